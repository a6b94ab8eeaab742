#!/usr/bin/env python3
"""Writes results.jsonl beside itself: a run with a bit of everything that a report must show.

Three engines and a sweep of n, two variants, a warm-up, a slowdown, processes without a steady
state, outliers, a row that is void, doubts, and names that try to be markup. The noise comes from a
fixed seed, so that the file stays the same.
"""

import json
import random
from pathlib import Path

RUN = "2026-11-28T10:11:36Z-1"
ROUNDS = 6
HOSTILE = "</script><img src=x onerror=hostile()>"
BEFORE = {"lex": 2e-5, "parse": 4e-5, "resolve": 3e-5, "prepare": 2e-5}
ENGINE = {
    "interp": {"infer": 9e-5, "build": 6e-5},
    "jit-O0": {"infer": 9e-5, "lower": 4e-4, "optimise": 1e-5, "codegen": 1.2e-3, "link": 3e-4},
    "jit": {"infer": 9e-5, "lower": 4e-4, "optimise": 2.9e-3, "codegen": 1.7e-3, "link": 3e-4},
}
TIERS = {"interp": "tree, fused", "jit-O0": "machine code -O0", "jit": "machine code -O2"}
CALL_SECONDS = {"interp": 6.1e-7, "jit-O0": 9.5e-8, "jit": 3.4e-8}  # for each unit of n

noise = random.Random(20261128)


def cell(bench, engine, n, program="great_circle.gc", iterations=24):
    return {"program": program, "bench": bench, "engine": engine,
            "parameters": [] if n is None else [{"name": "n", "value": str(n)}],
            "calls": 1, "iterations": iterations, "cold": 8, "block": 8}


def cells():
    rows = [cell("raw", engine, n) for n in (100, 1000, 10000) for engine in ENGINE]
    rows += [cell("factored", engine, 1000) for engine in ENGINE]
    rows.append(cell("folded", "jit", None))
    rows.append(cell(HOSTILE, "interp", "<b>&amp;'\"", HOSTILE, 48))
    rows.append(cell(HOSTILE, '"><img src=x onerror=hostile()>', "<b>&amp;'\"", HOSTILE, 48))
    return rows


def steady_seconds(row):
    n = row["parameters"][0]["value"] if row["parameters"] else "1"
    size = int(n) if n.isdigit() else 3000
    seconds = 2e-6 + size * CALL_SECONDS.get(row["engine"], 6.1e-7)
    if row["bench"] == "factored":
        seconds *= {"interp": 1.62, "jit-O0": 1.24, "jit": 1.0}[row["engine"]]
    return 3e-9 if row["bench"] == "folded" else seconds


def series(row, round_):
    """The iterations of one process: warm caches, levels, outliers, noise."""
    steady = steady_seconds(row) * noise.gauss(1, 0.004)
    values = []
    for i in range(row["iterations"]):
        level = 1 + (0.9 if i == 0 else 0.25 if i < 5 and row["engine"] == "interp" else 0)
        if row["bench"] == HOSTILE and row["engine"] == "interp":
            level = 1.0 if i < 20 else 1.3 if round_ % 2 or i < 40 else 1.0
        elif row["bench"] == HOSTILE:
            level = 1.6 if i < 9 else 1.2 if i < 15 else 1.0
        value = steady * level * noise.gauss(1, 0.003)
        if i > 8 and noise.random() < 0.02:
            value *= 1.5
        values.append(float(f"{value:.6g}"))
    return values


def environment():
    return {"cpu": {"model": "Example CPU @ 2.00GHz " + HOSTILE, "online": 2, "smt": False},
            "frequency": {"governors": ["performance"], "turbo": None},
            "system": {"name": "Debian GNU/Linux 12", "kernel": "6.1.0", "clock_source": "tsc"},
            "load": {"average_1": 0.12},
            "build": {"lab_version": "0.1.0", "is_optimised": True}}


def doubts(row):
    if row["bench"] == "folded":
        return [{"kind": "folded", "text": "its work was left out: 3 ns whatever its parameters"}]
    if row["bench"] == HOSTILE:
        return [{"kind": "no growth", "text": "its time does not grow with n " + HOSTILE}]
    return []


def phases(means):
    return [{"phase": name, "seconds": float(f"{seconds * noise.gauss(1, 0.03):.3g}")}
            for name, seconds in means.items()]


def records():
    rows = cells()
    head = {"lab_results": 1}
    yield {**head, "record": "plan", "run": RUN, "started": "2026-11-28T10:11:36Z",
           "rounds": ROUNDS, "seed": 7, "base_engine": "interp", "base_bench": "raw",
           "max_memory_bytes": 1 << 30, "allowed_externs": [], "cells": rows,
           "programs": [{"name": "great_circle.gc", "text": "bench raw(n = 1000) = n\n"},
                        {"name": HOSTILE, "text": HOSTILE}],
           "environment": environment()}
    for i, row in enumerate(rows):
        yield {**head, "record": "probe", "run": RUN, "cell": i,
               "call_seconds": steady_seconds(row), "doubts": doubts(row)}
    for round_ in range(ROUNDS):
        for i, row in enumerate(rows):
            key = {**head, "run": RUN, "attempt": "a", "round": round_, "cell": i}
            engine = phases(ENGINE.get(row["engine"], ENGINE["interp"]))
            # What is compiled before the first run is part of `prepare`.
            compiled = sum(phase["seconds"] for phase in engine)
            before = phases({**BEFORE, "prepare": BEFORE["prepare"] + compiled})
            yield {**key, "record": "start", "startup_seconds": 0.0011, "before": before}
            values = series(row, round_)
            for first in range(0, len(values), 8):
                yield {**key, "record": "batch", "first": first, "calls": 1,
                       "at_seconds": round_ + i * 0.01, "seconds": values[first:first + 8]}
            yield {**key, "record": "end",
                   "engine": engine, "value": "0.5", "output": "",
                   "peak_bytes": 9_000_000 + 4_000_000 * (i % 3),
                   "tiers": [{"tier": TIERS.get(row["engine"], HOSTILE), "calls": len(values)}],
                   "involuntary_switches": round_ % 2}
        yield {**head, "record": "round", "run": RUN, "attempt": "a", "round": round_}


def main():
    path = Path(__file__).with_name("results.jsonl")
    with path.open("w", encoding="utf-8") as file:
        for record in records():
            file.write(json.dumps(record, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
