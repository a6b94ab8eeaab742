// Ratios with their intervals around 1, and bars of phases.

const kRowHeight = 44;

function pairName(pair) {
  const base = cells[pair.base];
  const other = cells[pair.other];
  return base.text === other.text ? `${other.text}: ${other.engine} / ${base.engine}` :
    `${other.engine}: ${other.text} / ${base.text}`;
}

function drawRatio(frame, x, pair, top) {
  const [low, high] = x.domain;
  const y = top + 30;
  const known = pair.interval.low !== null || pair.interval.high !== null;
  const from = Math.max(x.at(Math.max(pair.interval.low ?? low, low)), frame.left);
  const to = Math.min(x.at(Math.min(pair.interval.high ?? high, high)), frame.right);
  const decided = pair.verdict === "faster" || pair.verdict === "slower";
  const group = svg("g", { class: `ratio ${decided ? pair.verdict : "open"}` });
  group.append(svg("text", { x: frame.left, y: top + 16, class: "row-name" },
    shortened(pairName(pair), Math.floor((frame.right - frame.left) / 9))));
  group.append(svg("text", { x: frame.right, y: top + 16, "text-anchor": "end", class: "value" },
    pair.ratio === null ? "–" : ratioText(pair.ratio)));
  group.append(svg("line", { x1: from, x2: to, y1: y, y2: y, class: "whole",
    "stroke-dasharray": known ? "none" : "2 5" }));
  if (known) {
    for (const end of [from, to]) {
      group.append(svg("line", { x1: end, x2: end, y1: y - 5, y2: y + 5, class: "whole" }));
    }
  }
  const at = x.at(Math.min(Math.max(pair.ratio ?? 1, low), high));
  group.append(marker(decided ? "circle" : "ring", at, y, 5, "centre"));
  frame.svg.append(group);
  return { x: at, y, title: pairName(pair), lines: [
    pair.ratio === null ? "no common round" : `ratio ${ratioText(pair.ratio)}`,
    `interval ${intervalText(pair.interval, ratioText)}`, pair.verdict] };
}

function showRatios(box) {
  const pairs = [...page.summary.engines, ...page.summary.variants];
  if (pairs.length === 0) {
    box.append(html("p", {}, "Nothing was compared."));
    return;
  }
  const chartBox = html("div", { class: "chart", id: "ratio-chart" });
  box.append(chartBox);
  new Chart(chartBox, {
    along: "y",
    label: () => "Ratios of steady times with their intervals",
    height: () => pairs.length * kRowHeight + 84,
    draw: (frame) => {
      Object.assign(frame, { left: 16, right: frame.width - 16 });
      const values = pairs.flatMap((pair) => [pair.ratio, pair.interval.low, pair.interval.high])
        .filter((value) => value > 0);
      const range = padded([1 / 1.05, 1.05, ...values], true);
      const x = logScale(...range, frame.left, frame.right);
      x.domain = range;
      drawXAxis(frame, x, "time, as a multiple of the base", ratioText);
      const one = x.at(1);
      frame.svg.append(svg("line", { x1: one, x2: one, y1: frame.top - 6, y2: frame.bottom,
        class: "one" }));
      const side = (words, dx, anchor) => frame.svg.append(svg("text", { x: one + dx, y: 16,
        "text-anchor": anchor, class: "remark" }, words));
      if (one - frame.left > 60) {
        side("◂ faster", -8, "end");
      }
      if (frame.right - one > 60) {
        side("slower ▸", 8, "start");
      }
      return pairs.map((pair, i) => drawRatio(frame, x, pair, frame.top + i * kRowHeight));
    },
  });
}

const kPhaseSets = [["phases", "the engine's own phases"], ["before", "from start to first run"]];

function drawBar(frame, x, row, names, top) {
  const group = svg("g", { class: "bar" });
  const total = row.phases.reduce((sum, phase) => sum + phase.seconds, 0);
  group.append(svg("text", { x: frame.left, y: top + 16, class: "row-name" },
    shortened(row.name, Math.floor((frame.right - frame.left) / 9))));
  group.append(svg("text", { x: frame.right, y: top + 16, "text-anchor": "end", class: "value" },
    durationText(total)));
  let done = 0;
  for (const phase of row.phases) {
    const from = x.at(done);
    const width = x.at(done + phase.seconds) - from;
    const number = names.indexOf(phase.phase);
    group.append(svg("rect", { x: from, y: top + 22, width: Math.max(width - 1, 0.5), height: 16,
      class: `phase p${number % 8}` }));
    if (width > 18) {
      group.append(svg("text", { x: from + width / 2, y: top + 34, "text-anchor": "middle",
        class: `inside p${number % 8}` }, String(number + 1)));
    }
    done += phase.seconds;
  }
  frame.svg.append(group);
  return { x: x.at(total), y: top + 30, title: row.name, lines: [...row.phases.map((phase) =>
    `${names.indexOf(phase.phase) + 1} ${phase.phase}: ${durationText(phase.seconds)}`),
  `in all ${durationText(total)}`] };
}

function showPhases(box) {
  const sets = kPhaseSets.map(([field, title]) => {
    const rows = cells.filter((cell) => cell[field].length > 0)
      .map((cell) => ({ name: `${cell.text} on ${cell.engine}`, phases: cell[field] }));
    const names = [...new Set(rows.flatMap((row) => row.phases.map((phase) => phase.phase)))];
    return { title, rows, names };
  }).filter((set) => set.rows.length > 0);
  if (sets.length === 0) {
    box.append(html("p", {}, "No engine told its phases."));
    return;
  }
  let set = sets[0];
  const chartBox = html("div", { class: "chart", id: "phase-chart" });
  const legend = html("div", { class: "legend" });
  const fillLegend = () => legend.replaceChildren(...set.names.map((name, i) => html("span", {},
    html("span", { class: `swatch p${i % 8}` }, String(i + 1)), ` ${name}`)));
  const choice = selection("Show", sets.map((one) => one.title), (i) => {
    set = sets[i];
    chart.redraw();
    fillLegend();
  });
  box.append(html("div", { class: "controls" }, choice.node), chartBox, legend);
  fillLegend();
  const chart = new Chart(chartBox, {
    along: "y",
    label: () => `Time by phase: ${set.title}`,
    height: () => set.rows.length * kRowHeight + 72,
    draw: (frame) => {
      Object.assign(frame, { left: 16, right: frame.width - 16, top: 8 });
      const totals = set.rows.map((row) => row.phases.reduce((sum, one) => sum + one.seconds, 0));
      const x = linearScale(0, Math.max(...totals), frame.left, frame.right);
      drawXAxis(frame, x, "time", shortDuration);
      return set.rows.map((row, i) =>
        drawBar(frame, x, row, set.names, frame.top + i * kRowHeight));
    },
  });
}
