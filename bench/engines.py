"""The engines under measurement: how to find each, and how to run one bench of one program on it.

Every engine keeps one protocol, `PROGRAM BENCH N ITERATIONS`: a line `checksum seconds` for each
iteration, all in one process. The peers' programs (peers/) do so by themselves; for the lab, a
program's `main` is replaced by one that does.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKED, UNCHECKED = "clang checked", "clang unchecked"
CLANG_FLAGS = ["-O3", "-march=x86-64-v3", "-ffp-contract=off"]

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
PROGRAMS = ROOT / "programs"
PEERS = BENCH / "peers"
TIMEOUT_SECONDS = 300

MEASURING_MAIN = """
def main(n: int, iterations: int) {{
    for turn in range(iterations) {{
        let start = clock()
        let value = {bench}(n = n)
        print(value, clock() - start)
    }}
}}
"""


class EngineError(Exception):
    """The engine could not run the bench; the text says what it printed."""


class Engine:
    """A name, and a function from (program, bench, n, iterations) to a command, or to None."""

    def __init__(self, name, command, version=""):
        self.name = name
        self.command = command
        self.version = version

    def has(self, program, bench):
        return self.command(program, bench, 1, 1) is not None

    def run(self, program, bench, n, iterations):
        """Runs one process; returns its checksum, as printed, and the seconds of each iteration."""
        command = [str(word) for word in self.command(program, bench, n, iterations)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            raise EngineError(f"{self.name}: no end after {TIMEOUT_SECONDS} s: {' '.join(command)}")
        rows = [line.split() for line in done.stdout.splitlines()]
        if done.returncode != 0 or len(rows) != iterations or any(len(row) != 2 for row in rows):
            said = (done.stderr or done.stdout).strip()
            raise EngineError(f"{self.name}: status {done.returncode}: {' '.join(command)}\n{said}")
        checksums = {row[0] for row in rows}
        if len(checksums) != 1:
            raise EngineError(f"{self.name}: iterations differ: {sorted(checksums)}")
        return checksums.pop(), [float(row[1]) for row in rows]


def first_line(command):
    """The first line a command prints, or None if it does not run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except OSError:
        return None
    return (done.stdout + done.stderr).strip().partition("\n")[0] if done.returncode == 0 else None


def text_without_main(path):
    """A program's text up to its `main`, which is its last item."""
    return re.split(r"^def main\(", path.read_text(encoding="utf-8"), maxsplit=1, flags=re.M)[0]


def lab(binary, mode, scratch):
    return lab_with(binary, mode, [f"--interp={mode}"], scratch)


def lab_with(binary, name, flags, scratch):
    """The lab with flags of `run`, such as --backend=NAME."""

    def command(program, bench, n, iterations):
        path = Path(scratch) / f"{program}_{bench}.gc"
        if not path.exists():
            text = text_without_main(PROGRAMS / f"{program}.gc")
            path.write_text(text + MEASURING_MAIN.format(bench=bench), encoding="utf-8")
        return [binary, "run", *flags, path, n, iterations]

    return Engine(name, command, first_line([str(binary), "--version"]) or "")


def peer(name, launcher, folder, suffixes, version):
    """An interpreter: the first existing peers/FOLDER/PROGRAM+SUFFIX, run by `launcher`."""

    def command(program, bench, n, iterations):
        for suffix in suffixes:
            path = PEERS / folder / (program + suffix)
            if path.exists():
                return [*launcher, path, bench, n, iterations]
        return None

    return Engine(name, command, version)


def compiled(name, compiler, flags, scratch, version):
    """The twin in C or, where there are strings or lists, in C++, built when first asked for."""

    def command(program, bench, n, iterations):
        for folder, language in (("c", []), ("cpp", ["-std=c++20"])):
            source = PEERS / folder / f"{program}.{folder}"
            if source.exists():
                break
        else:
            return None
        binary = Path(scratch) / f"{program}.{name.replace(' ', '_')}"
        if not binary.exists():
            libraries = ["-lstdc++", "-lm"] if language else ["-lm"]
            subprocess.run([compiler, *language, *flags, "-o", binary, source, *libraries],
                           check=True)
        return [binary, bench, n, iterations]

    return Engine(name, command, f"{version}, {' '.join(flags)}")


def real_python(candidates):
    """The interpreter behind the first candidate that runs: a version manager's shim costs time."""
    for candidate in candidates:
        path = first_line([candidate, "-c", "import sys; print(sys.executable)"])
        if path:
            return path
    return None


def find_cpython():
    return real_python(["/usr/bin/python3.11", "python3.11", "python3"])


def find_peers(scratch, wanted=None):
    """The peers that are installed, and for each absent one a line that says how to get it."""
    python_flags = ["-B"]
    python, pypy = find_cpython(), real_python(["pypy3"])
    lua = shutil.which("lua5.4") or shutil.which("lua")
    luajit = shutil.which("luajit")
    compiler = shutil.which("gcc") or shutil.which("cc")
    clang = shutil.which("clang-19")
    node = shutil.which("node")
    luajit_files = (".luajit.lua", ".lua")
    table = [
        ("CPython", python, "python3.11",
         lambda v: peer("CPython", [python, *python_flags], "python", (".py",), v), "--version"),
        ("Lua 5.4", lua, "lua5.4",
         lambda v: peer("Lua 5.4", [lua], "lua", (".lua",), v), "-v"),
        ("luajit -joff", luajit, "luajit",
         lambda v: peer("luajit -joff", [luajit, "-joff"], "lua", luajit_files, v), "-v"),
        ("luajit", luajit, "luajit",
         lambda v: peer("luajit", [luajit], "lua", luajit_files, v), "-v"),
        ("PyPy", pypy, "pypy3",
         lambda v: peer("PyPy", [pypy, *python_flags], "python", (".py",), v), "--version"),
        ("node", node, "nodejs",
         lambda v: peer("node", [node], "js", (".js",), v), "--version"),
        ("C -O2", compiler, "gcc g++",
         lambda v: compiled("C -O2", compiler, ["-O2", "-ffp-contract=off"], scratch, v),
         "--version"),
        (CHECKED, clang, "clang-19",
         lambda v: compiled(CHECKED, clang, [*CLANG_FLAGS, "-DCHECKED=1"], scratch, v),
         "--version"),
        (UNCHECKED, clang, "clang-19",
         lambda v: compiled(UNCHECKED, clang, [*CLANG_FLAGS, "-DCHECKED=0"], scratch, v),
         "--version"),
    ]
    unknown = (wanted or set()) - {row[0] for row in table}
    if unknown:
        known = ", ".join(row[0] for row in table)
        raise SystemExit(f"no peer {sorted(unknown)}; there are: {known}")
    found, absent = [], []
    for name, path, package, make, version_flag in table:
        if wanted is not None and name not in wanted:
            continue
        if path:
            found.append(make(first_line([path, version_flag]) or ""))
        else:
            absent.append(f"{name} is not installed, left out: sudo apt-get install {package}")
    return found, absent


def agreement(a, b, tolerance):
    """Compares two checksums as printed: 'same', 'close' (within `tolerance`) or 'differ'.

    Whole numbers must be equal. Floats are printed by every engine so that they read back exactly,
    so equal means equal bits. Lua prints a float that is whole without a point: that is 'same'.
    """
    if a == b:
        return "same"
    try:
        return "same" if int(a) == int(b) else "differ"
    except ValueError:
        x, y = float(a), float(b)
    if x == y:
        return "same"
    return "close" if abs(x - y) <= tolerance * max(abs(x), abs(y)) else "differ"


def scratch_folder():
    return tempfile.TemporaryDirectory(prefix="lab-bench-")


def lab_binary(path):
    """The lab's release binary, or the end of the script with a line that says what is missing."""
    binary = Path(path).resolve()
    if not os.access(binary, os.X_OK):
        print(f"{path} is missing; `./lab --version` builds it", file=sys.stderr)
        sys.exit(69)
    return binary


def phase_seconds(stats):
    """The times in what `lab run --stats` writes to standard error, by phase."""
    units = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0}
    row = r"^\s*(\w+):?\s+([\d.]+)\s*(ns|us|µs|ms|s)\b"
    return {name: float(number) * units[unit]
            for name, number, unit in re.findall(row, stats, re.M)}


def machine():
    """A line on the processor, how many there are, and how busy they are just now."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
