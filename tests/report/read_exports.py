#!/usr/bin/env python3
"""Reads the lab's exports in DIRECTORY with Python's own csv, json and statistics, the way their
readers do, and prints what it found, a line an export. Ends with a traceback when one is wrong.

Usage: read_exports.py DIRECTORY
"""

import csv
import datetime
import json
import math
import statistics
import sys
from pathlib import Path


def read_table(path):
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=True))
    for row in rows:
        assert None not in row and None not in row.values(), row
        if row["void"] == "no":
            assert float(row["steady_seconds_low"]) <= float(row["steady_seconds"])
    return rows


def read_warmup(path):
    """As csv_to_krun_json of warmup_stats does."""
    times = {}
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        iterations = int(next(reader)[-1]) + 1
        for row in reader:
            data = [float(field) for field in row[2:]]
            assert len(data) <= iterations
            key = f"gc:{row[1]}:lab"
            assert len(key.split(":")) == 3, key
            times.setdefault(key, []).append(data)
    return times


def read_hyperfine(path):
    """As the scripts that come with hyperfine do."""
    results = json.loads(path.read_text(encoding="utf-8"))["results"]
    for result in results:
        times = result["times"]
        assert math.isclose(result["mean"], statistics.mean(times))
        assert math.isclose(result["median"], statistics.median(times))
        assert math.isclose(result["stddev"], statistics.stdev(times))
        assert (result["min"], result["max"]) == (min(times), max(times))
    return results


def read_pyperf(path):
    """Benchmark.get_dates() and get_values() of pyperf."""
    suite = json.loads(path.read_text(encoding="utf-8"))
    assert suite["version"] == "1.0"
    for benchmark in suite["benchmarks"]:
        for run in benchmark["runs"]:
            datetime.datetime.strptime(run["metadata"]["date"], "%Y-%m-%d %H:%M:%S.%f")
            assert statistics.mean(run["values"]) > 0
    return suite["benchmarks"]


def main():
    directory = Path(sys.argv[1])
    for name, read in (("csv", read_table), ("warmup-csv", read_warmup),
                       ("hyperfine", read_hyperfine), ("hyperfine-iterations", read_hyperfine),
                       ("pyperf", read_pyperf)):
        print(name, len(read(directory / name)))


if __name__ == "__main__":
    main()
