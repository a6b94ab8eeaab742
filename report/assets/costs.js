// Lines of engines on logarithmic axes, with the places where one overtakes another: costs over the
// number of runs, and over a parameter.

// Keeps labels at least `gap` apart, moving them as little as needed downwards, then up again.
function spread(labels, gap, bottom) {
  labels.sort((a, b) => a.y - b.y);
  for (let i = 1; i < labels.length; ++i) {
    labels[i].y = Math.max(labels[i].y, labels[i - 1].y + gap);
  }
  for (let i = labels.length - 1, limit = bottom; i >= 0; --i, limit -= gap) {
    labels[i].y = Math.min(labels[i].y, limit);
  }
}

function shortened(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

// The interval and the place, below everything else; returns the label, which goes above.
function drawCrossing(frame, x, y, crossing, row) {
  const [low, high] = x.domain;
  const inside = (value) => Math.min(Math.max(value, low), high);
  const from = x.at(inside(crossing.interval.low ?? low));
  const to = x.at(inside(crossing.interval.high ?? high));
  const style = styleOf(crossing.engine);
  if (to > from) {
    frame.svg.append(svg("rect", { x: from, y: frame.top, width: to - from,
      height: frame.bottom - frame.top, class: `range s${style.index}` }));
  }
  const at = x.at(crossing.x);
  frame.svg.append(svg("line", { x1: at, x2: at, y1: frame.top, y2: frame.bottom,
    class: `crossing s${style.index}`, "stroke-dasharray": style.dash || "none" }));
  if (crossing.y) {
    frame.svg.append(svg("circle", { cx: at, cy: y.at(crossing.y), r: 7, class: "crossed" }));
  }
  const onLeft = at > (frame.left + frame.right) / 2;
  return svg("text", { x: at + (onLeft ? -6 : 6), y: frame.top + 14 + 16 * row,
    "text-anchor": onLeft ? "end" : "start", class: `remark s${style.index}` },
    frame.narrow ? crossing.short : shortened(crossing.words, 60));
}

// lines: [{engine, points: [[x, y], ...]}]; crossings: [{x, y, interval, engine, words, short}].
function drawLines(frame, { lines, crossings, xName, xText, yName }) {
  frame.right -= frame.narrow ? 66 : 110;
  const points = lines.flatMap((line) => line.points);
  const xRange = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
  const x = logScale(...xRange, frame.left, frame.right);
  x.domain = xRange;
  const y = logScale(...padded(points.map(([, value]) => value), true), frame.bottom, frame.top);
  const above = crossings.filter((one) => one.x >= xRange[0] && one.x <= xRange[1])
    .map((one, row) => drawCrossing(frame, x, y, one, row));
  drawXAxis(frame, x, xName, xText);
  drawYAxis(frame, y, yName, shortDuration);
  const labels = [];
  for (const line of lines) {
    const style = styleOf(line.engine);
    const drawn = line.points.map(([px, py]) => [x.at(px), y.at(py)]);
    frame.svg.append(svg("path", { d: path(drawn), class: `curve s${style.index}`,
      "stroke-dasharray": style.dash || "none" }));
    const skip = Math.max(1, Math.round(drawn.length / 7));
    drawn.filter((_, i) => i % skip === 0 || drawn.length < 9)
      .forEach(([px, py]) => frame.svg.append(marker(style.marker, px, py, 4,
        `mark s${style.index}`)));
    labels.push({ y: drawn.at(-1)[1], engine: line.engine, style });
  }
  spread(labels, 16, frame.bottom);
  for (const label of labels) {
    frame.svg.append(marker(label.style.marker, frame.right + 12, label.y, 4,
      `mark s${label.style.index}`));
    frame.svg.append(svg("text", { x: frame.right + 21, y: label.y + 4,
      class: `remark s${label.style.index}` }, shortened(label.engine, frame.narrow ? 6 : 12)));
  }
  frame.svg.append(...above);
  const xs = [...new Set(points.map(([px]) => px))].sort((a, b) => a - b);
  return xs.map((value) => {
    const here = lines.map((line) => [line.engine, line.points.find(([px]) => px === value)])
      .filter(([, point]) => point);
    const sorted = here.sort((a, b) => a[1][1] - b[1][1]);
    return { x: x.at(value), y: y.at(sorted[0][1][1]), title: `${xName}: ${xText(value)}`,
      lines: sorted.map(([engine, point]) => `${engine}: ${durationText(point[1])}`) };
  });
}

function costCrossings(chart) {
  const drawn = new Set(chart.curves.map((curve) => curve.cell));
  return page.summary.engines.filter((pair) => drawn.has(pair.base) &&
    pair.break_even.runs !== null && pair.break_even.state !== "ahead from the first run")
    .map((pair) => {
      const { runs, seconds, runs_interval: interval } = pair.break_even;
      const engine = cells[pair.late].engine;
      const range = intervalText(interval, countText);
      return { x: runs, y: seconds, interval, engine, short: countText(runs),
        words: `${engine} catches up: ${countText(runs)} (${range})` };
    });
}

function sizeCrossings(sweep) {
  return sweep.crossings.filter((one) => one.size > 0).map((one) => {
    const size = String(Number(one.size.toPrecision(3)));
    return { x: one.size, y: null, interval: one.interval, engine: one.other, short: size,
      words: `${one.other} is cheaper than ${one.base} from ${size} on` };
  });
}

function showCosts(box) {
  if (page.costs.length === 0) {
    box.append(html("p", {}, "No bench was measured on two engines."));
    return;
  }
  let current = 0;
  const tables = [...document.querySelectorAll("#cost-tables > .data")];
  const showTable = () => tables.forEach((table, i) => { table.hidden = i !== current; });
  const chartBox = html("div", { class: "chart", id: "cost-chart" });
  const choice = selection("Bench", page.costs.map((chart) => chart.bench), (i) => {
    current = i;
    chart.redraw();
    showTable();
    showCaption();
  });
  choice.select.id = "cost-bench";
  const caption = html("p", { class: "says" });
  const showCaption = () => {
    const words = costCrossings(page.costs[current]).map((crossing) => crossing.words);
    caption.textContent = words.length === 0 ? "" : `${words.join("; ")}.`;
  };
  box.append(html("div", { class: "controls" }, choice.node), chartBox, caption);
  showTable();
  showCaption();
  const chart = new Chart(chartBox, {
    label: () => `Cost of runs of ${page.costs[current].bench}, start included, by engine`,
    height: (width) => width < 520 ? 300 : 380,
    draw: (frame) => {
      const data = page.costs[current];
      const lines = data.curves.map((curve) => ({ engine: cells[curve.cell].engine,
        points: data.runs.map((runs, i) => [runs, curve.seconds[i]]) }));
      return drawLines(frame, { lines, crossings: costCrossings(data), xName: "runs",
        xText: shortCount, yName: "time in all, start included" });
    },
  });
}

function showSweep(sweep, box) {
  const crossings = sizeCrossings(sweep);
  const chartBox = html("div", { class: "chart sweep" });
  const words = crossings.map((crossing) => crossing.words);
  box.prepend(chartBox, html("p", { class: "says" },
    words.length === 0 ? "" : `${words.join("; ")}.`));
  new Chart(chartBox, {
    label: () => `The first run of ${sweep.bench} over ${sweep.parameter}, start included`,
    height: (width) => width < 520 ? 280 : 340,
    draw: (frame) => drawLines(frame, { lines: sweep.lines.map((line) => ({ engine: line.engine,
      points: line.points.map((point) => [point.size, point.seconds]) })), crossings,
    xName: sweep.parameter, xText: shortCount, yName: "first run, start included" }),
  });
}
