"""Contests in rounds: in a round every contestant runs one process, in an order that rotates.

A process runs its bench several times; its time is the fastest iteration after the first. Ratios
are taken within a round, whose processes ran within seconds of each other, so that slow drifts of
the machine cancel; shown are their median and extremes.
"""
import os
import statistics
import time
from dataclasses import dataclass

import engines


@dataclass(frozen=True)
class Contestant:
    engine: engines.Engine
    program: str
    bench: str
    n: int
    iterations: int

    def run(self):
        return self.engine.run(self.program, self.bench, self.n, self.iterations)


@dataclass(frozen=True)
class Results:
    """By the contestants' keys: the checksum, the time of each round, and all iterations' times."""
    checksums: dict
    times: dict
    samples: dict

    def ratios(self, above, below):
        return [a / b for a, b in zip(self.times[above], self.times[below])]


def rotated(keys, turn):
    """The keys, starting with another one in each turn."""
    keys = list(keys)
    shift = turn % len(keys)
    return keys[shift:] + keys[:shift]


def measure(contestants, rounds):
    """Runs the rounds; `contestants` maps keys of any kind to Contestants."""
    checksums, times, samples = {}, {}, {}
    for turn in range(rounds):
        for key in rotated(contestants, turn):
            checksum, seconds = contestants[key].run()
            previous = checksums.setdefault(key, checksum)
            if previous != checksum:
                name = contestants[key].engine.name
                raise engines.EngineError(f"{name}: {previous}, then {checksum}")
            times.setdefault(key, []).append(min(seconds[1:]))
            samples.setdefault(key, []).append(seconds)
    return Results({key: checksums[key] for key in contestants}, times, samples)


def disagreements(checksums, tolerance, same_text=(), same_value=()):
    """Lines on the checksums that are not the first one, and whether one of them is wrong.

    Those of `same_text` must be printed alike, those of `same_value` be equal; all others may be
    off by `tolerance`, relatively.
    """
    (first, expected), *others = checksums.items()
    lines, wrong = [], False
    for name, checksum in others:
        verdict = engines.agreement(expected, checksum, tolerance)
        if name in same_text and checksum != expected or name in same_value and verdict != "same":
            verdict = "differ"
        if verdict != "same":
            lines.append(f"    {verdict}: {first} {expected}, {name} {checksum}")
        wrong = wrong or verdict == "differ"
    return lines, wrong


def spread(values, places=2):
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:.{places}f} ({low:.{places}f}-{high:.{places}f})"


def process_seconds(command):
    """One process from start to end, its output thrown away. Returns its time and its status."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, "/dev/null", os.O_WRONLY, 0) for stream in (1, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return time.perf_counter() - start, status
