"""The envelope of `bench/tiered` as a table and as a plot: whole-process time over n, by engine."""
import math
import statistics
from html import escape

RATIO_BAR, EXTRA_BAR_SECONDS = 1.25, 2e-3  # of tiered: times the better of interp and jit, plus

# Okabe and Ito's colours, which stay apart for the colour-blind; lab's own lines are thick.
STYLES = {
    "interp": ("#0072B2", 2.5), "jit": ("#D55E00", 2.5), "tiered": ("#000000", 2.5),
    "CPython": ("#56B4E9", 1.2), "PyPy": ("#009E73", 1.2), "luajit": ("#CC79A7", 1.2),
    "node": ("#E69F00", 1.2),
}
PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 380, 260, 2
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 30, 34


def _envelope(record):
    rows = [row for row in record if row["section"] == "envelope"]
    return {name: [row for row in rows if row["name"] == name]
            for name in dict.fromkeys(row["name"] for row in rows)}


def cell(times):
    if not times:
        return "-"
    return f"{min(times) * 1e3:.1f} ({statistics.median(times) * 1e3:.1f})"


def markdown(record):
    """One table; milliseconds, the fastest round and in brackets the median."""
    engines = list(dict.fromkeys(name for row in record if row["section"] == "envelope"
                                 for name in row["seconds"]))
    lines = ["| bench | n | " + " | ".join(engines) + " | tiered / bar | fastest peer |",
             "|---|--:|" + "--:|" * (len(engines) + 1) + "---|"]
    for name, rows in _envelope(record).items():
        for row in rows:
            seconds = {engine: times for engine, times in row["seconds"].items() if times}
            best = min(min(seconds[engine]) for engine in ("interp", "jit") if engine in seconds)
            tiered = min(seconds["tiered"])
            peers = {engine: min(times) for engine, times in seconds.items()
                     if engine not in ("interp", "jit", "tiered")}
            first = min(peers, key=peers.get) if peers else None
            ahead = ""
            if first and peers[first] < tiered:
                ahead = f"{first}, {tiered / peers[first]:.2f}x"
            lines.append(f"| {name} | {row['n']:,} | "
                         + " | ".join(cell(seconds.get(engine)) for engine in engines)
                         + f" | {tiered / (RATIO_BAR * best + EXTRA_BAR_SECONDS):.2f} | {ahead} |")
    return "\n".join(lines) + "\n"


def _panel(name, rows, x0, y0):
    xs = [row["n"] for row in rows]
    times = [min(each) for row in rows for each in row["seconds"].values() if each]
    is_log = xs[-1] / xs[0] > 100  # the n of fib says little on a logarithmic scale
    scale = math.log10 if is_log else float
    x_low, x_high = scale(xs[0]), scale(xs[-1])
    y_low, y_high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    width, height = PANEL_WIDTH - LEFT - RIGHT, PANEL_HEIGHT - TOP - BOTTOM

    def place(n, seconds):
        return (x0 + LEFT + (scale(n) - x_low) / (x_high - x_low) * width,
                y0 + TOP + (y_high - math.log10(seconds)) / (y_high - y_low) * height)

    parts = [f'<text x="{x0 + LEFT}" y="{y0 + 18}" class="title">{escape(name)}</text>']
    for power in range(y_low, y_high + 1):
        _, y = place(xs[0], 10 ** power)
        label = {-3: "1 ms", -2: "10 ms", -1: "100 ms", 0: "1 s", 1: "10 s"}.get(power, "")
        parts.append(f'<path d="M{x0 + LEFT} {y:.1f}h{width}" class="grid"/>'
                     f'<text x="{x0 + LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    ticks = [10 ** p for p in range(0, 9, 2) if xs[0] <= 10 ** p <= xs[-1]] if is_log else \
        [n for n in range(0, 100, 10) if xs[0] <= n <= xs[-1]]
    for n in ticks:
        x, _ = place(n, 10 ** y_high)
        label = f"{n:,}" if n < 10_000 else "10" + {4: "⁴", 6: "⁶", 8: "⁸"}[len(str(n)) - 1]
        label = f"n = {n}" if n == ticks[0] else label
        parts.append(f'<text x="{x:.1f}" y="{y0 + PANEL_HEIGHT - 14}" text-anchor="middle">'
                     f'{label}</text>')
    for engine, (colour, stroke) in reversed(STYLES.items()):
        points = [place(row["n"], min(row["seconds"][engine])) for row in rows
                  if row["seconds"].get(engine)]
        if points:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" '
                         f'stroke-width="{stroke}"/>')
    return "\n".join(parts)


def svg(record):
    """Small multiples, one panel a bench, logarithmic time; a legend on top."""
    panels = _envelope(record)
    engines = {name for rows in panels.values() for row in rows for name in row["seconds"]}
    legend_height = 30
    width = PANEL_WIDTH * COLUMNS
    height = legend_height + PANEL_HEIGHT * math.ceil(len(panels) / COLUMNS)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
             "<title>Whole-process time over n</title>",
             "<style>text{font:11px sans-serif;fill:#333}.title{font-weight:bold;font-size:13px}"
             ".grid{stroke:#ddd;fill:none}</style>",
             f'<rect width="{width}" height="{height}" fill="#fff"/>']
    x = LEFT
    for engine, (colour, stroke) in STYLES.items():
        if engine in engines:
            parts.append(f'<path d="M{x} 18h22" stroke="{colour}" stroke-width="{stroke}"/>'
                         f'<text x="{x + 27}" y="22">{escape(engine)}</text>')
            x += 90
    for index, (name, rows) in enumerate(panels.items()):
        parts.append(_panel(name, rows, index % COLUMNS * PANEL_WIDTH,
                            legend_height + index // COLUMNS * PANEL_HEIGHT))
    return "\n".join(parts) + "\n</svg>\n"
