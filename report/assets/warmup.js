// The iterations of one process in their order: its levels, where they change, what is steady.

function noteOf(process, i) {
  const notes = [];
  if (process.outliers.includes(i)) {
    notes.push("outlier");
  }
  const segment = process.segments.findIndex((part) => part.begin <= i && i < part.end);
  if (segment >= 0) {
    notes.push(`level ${segment + 1} of ${process.segments.length}`);
  }
  if (process.is_steady && i >= process.steady_from) {
    notes.push("steady");
  }
  for (const change of process.changes ?? []) {
    if (change.iteration === i) {
      notes.push(`change of level: ${change.cause}`);
    }
  }
  return notes.join(", ");
}

// Where the time before the steady part went, as far as the engine tells.
function costText(cost) {
  const parts = [["interpreting", cost.interpreting],
    ["interpreting while compiling beside it", cost.beside], ["compiling", cost.compiling],
    ["waiting", cost.waiting], ["the rest", cost.residual]].filter(([, value]) => value !== 0);
  const text = (value) => value < 0 ? `-${durationText(-value)}` : durationText(value);
  return `warm-up cost ${text(cost.total)}: ` +
    parts.map(([name, value]) => `${name} ${text(value)}`).join(", ");
}

class WarmupView {
  constructor(box) {
    this.usable = cells.map((_, i) => i).filter((i) => page.series[i].length > 0);
    if (this.usable.length === 0) {
      box.append(html("p", {}, "No process was measured."));
      return;
    }
    Object.assign(this, { cell: this.usable[0], process: 0, logTime: false, logIteration: false,
      others: true });
    this.makeControls(box);
    this.caption = html("p", { class: "says" });
    const chartBox = html("div", { class: "chart", id: "warmup-chart" });
    this.table = html("details", {}, html("summary", {}, "The iterations of this process"));
    this.table.addEventListener("toggle", () => this.fillTable());
    box.append(this.caption, chartBox, this.makeLegend(), this.table);
    this.describe();
    this.chart = new Chart(chartBox, {
      label: () => `Warm-up of ${cells[this.cell].text} on ${cells[this.cell].engine}, process ` +
        `${this.process + 1}`,
      height: (width) => width < 520 ? 280 : 360,
      draw: (frame) => this.draw(frame),
    });
  }

  makeControls(box) {
    const names = this.usable.map((i) => `${cells[i].text} on ${cells[i].engine}`);
    const cellChoice = selection("Row", names, (i) => {
      this.cell = this.usable[i];
      this.process = 0;
      this.listProcesses();
      this.update();
    });
    cellChoice.select.id = "warmup-cell";
    const processChoice = selection("Process", [], (i) => this.choose(i));
    this.processSelect = processChoice.select;
    this.processSelect.id = "warmup-process";
    const step = (label, name, by) => {
      const button = html("button", { type: "button", "aria-label": name }, label);
      button.addEventListener("click", () => {
        const count = page.series[this.cell].length;
        this.choose((this.process + by + count) % count);
      });
      return button;
    };
    const flag = (label, name) => toggle(label, this[name], (on) => {
      this[name] = on;
      this.update();
    });
    box.append(html("div", { class: "controls" }, cellChoice.node,
      html("span", { class: "joined" }, processChoice.node, step("‹", "previous process", -1),
        step("›", "next process", 1)),
      flag("logarithmic time", "logTime"), flag("logarithmic iterations", "logIteration"),
      flag("other processes", "others")));
    this.listProcesses();
  }

  listProcesses() {
    this.processSelect.replaceChildren(...page.series[this.cell].map((process, i) =>
      html("option", { value: i }, `${process.round + 1}: ${process.class ?? "too short"}`)));
  }

  choose(process) {
    this.process = process;
    this.processSelect.value = process;
    this.update();
  }

  update() {
    this.describe();
    this.chart.redraw();
    this.fillTable();
  }

  chosen() {
    return page.series[this.cell][this.process];
  }

  describe() {
    const process = this.chosen();
    const changes = Math.max(0, process.segments.length - 1);
    const words = [process.class ?? "too few iterations for a class",
      changes === 0 ? "no change of level" : changes === 1 ? "one change of level" :
        `${changes} changes of level`];
    if (process.is_steady) {
      words.push(`steady from iteration ${process.steady_from + 1} on at ` +
        durationText(process.steady_seconds));
    }
    if (process.cost && process.steady_from > 0) {
      words.push(costText(process.cost));
    }
    this.caption.textContent = `${words.join("; ")}.`;
    this.caption.setAttribute("title", process.rule);
  }

  makeLegend() {
    const sample = (...shapes) => svg("svg", { width: 26, height: 14, "aria-hidden": "true" },
      ...shapes);
    const row = (shape, words) => html("span", {}, shape, ` ${words}`);
    return html("div", { class: "legend" },
      row(sample(svg("path", { d: "M0 7H26", class: "run" }), marker("circle", 13, 7, 3, "dot")),
        "this process"),
      row(sample(svg("path", { d: "M0 7H26", class: "run faint" })), "other processes"),
      row(sample(svg("path", { d: "M0 7H26", class: "level" })), "mean of a level"),
      row(sample(svg("path", { d: "M13 0V14", class: "change" })), "change of level"),
      row(sample(marker("cross", 13, 7, 4, "outlier")), "outlier"),
      row(sample(svg("rect", { width: 26, height: 14, class: "steady" })), "steady part"),
      row(sample(svg("path", { d: "M0 12H26", class: "event" })),
        "h hot, c compiling, E machine code entered"));
  }

  draw(frame) {
    const process = this.chosen();
    const all = page.series[this.cell];
    const shown = this.others ? all : [process];
    const count = Math.max(...shown.map((one) => one.seconds.length));
    const x = scale(this.logIteration, this.logIteration ? 1 : 0.5, count + 0.5, frame.left,
      frame.right);
    const [low, high] = padded(shown.flatMap((one) => one.seconds), this.logTime);
    const y = scale(this.logTime, low, high, frame.bottom, frame.top);
    if (process.is_steady) {
      this.drawSteady(frame, process, x);
    }
    const whole = (count) => x.ticks(count).filter((value) => Number.isInteger(value) && value > 0);
    drawXAxis(frame, { at: x.at, ticks: whole }, "iteration", shortCount);
    drawYAxis(frame, y, "time of a run", shortDuration);
    if (process.is_steady) {
      frame.svg.append(svg("text", { x: frame.right - 6, y: frame.top + 15, "text-anchor": "end",
        class: "remark" }, "steady"));
    }
    const at = (seconds, i) => [x.at(i + 1), y.at(seconds)];
    for (const one of shown.filter((candidate) => candidate !== process)) {
      frame.svg.append(svg("path", { d: path(one.seconds.map(at)), class: "run faint" }));
    }
    this.drawLevels(frame, process, x, y);
    const usual = new Set(process.outliers);
    frame.svg.append(svg("path", { d: path(process.seconds.map(at)), class: "run" }));
    process.seconds.forEach((seconds, i) => {
      if (usual.has(i)) {
        frame.svg.append(marker("cross", ...at(seconds, i), 5, "outlier"));
      } else if (process.seconds.length <= 300) {
        frame.svg.append(marker("circle", ...at(seconds, i), 2.5, "dot"));
      }
    });
    this.drawMarks(frame, process, x);
    return process.seconds.map((seconds, i) => {
      const note = noteOf(process, i);
      const [atX, atY] = at(seconds, i);
      const marks = process.marks.filter((mark) => mark.first <= i && i <= mark.last);
      return { x: atX, y: atY, title: `iteration ${i + 1}`,
        lines: [durationText(seconds), ...(note ? [note] : []),
          ...marks.map((mark) => mark.text)] };
    });
  }

  drawMarks(frame, process, x) {
    const edge = (iteration) => x.at(Math.max(iteration, this.logIteration ? 1 : 0.5));
    for (const mark of process.marks) {
      const from = edge(mark.first + 0.5);
      const to = Math.max(edge(mark.last + 1.5), from + 2);
      const height = 6 + 12 * "hcE".indexOf(mark.letter);
      const tip = svg("title", {});
      tip.textContent = mark.text;
      frame.svg.append(svg("path", { d: path([[from, frame.bottom - 1], [to, frame.bottom - 1]]),
        class: "event" }));
      frame.svg.append(svg("text", { x: (from + to) / 2, y: frame.bottom - height,
        "text-anchor": "middle", class: "remark" }, mark.letter, tip));
    }
  }

  drawSteady(frame, process, x) {
    const from = x.at(Math.max(process.steady_from + 0.5, this.logIteration ? 1 : 0.5));
    const to = x.at(process.seconds.length + 0.5);
    frame.svg.append(svg("rect", { x: from, y: frame.top, width: to - from,
      height: frame.bottom - frame.top, class: "steady" }));
  }

  drawLevels(frame, process, x, y) {
    process.segments.forEach((segment, i) => {
      const from = x.at(Math.max(segment.begin + 0.5, this.logIteration ? 1 : 0.5));
      const to = x.at(segment.end + 0.5);
      const mean = y.at(segment.mean);
      frame.svg.append(svg("path", { d: path([[from, mean], [to, mean]]), class: "level" }));
      if (i > 0) {
        frame.svg.append(svg("path", { d: path([[from, frame.top], [from, frame.bottom]]),
          class: "change" }));
      }
    });
  }

  fillTable() {
    if (!this.table.open) {
      return;
    }
    const process = this.chosen();
    const rows = process.seconds.map((seconds, i) => html("tr", {},
      html("th", { scope: "row", class: "number" }, String(i + 1)),
      html("td", { class: "number" }, durationText(seconds)), html("td", {}, noteOf(process, i))));
    const head = html("tr", {}, html("th", { scope: "col", class: "number" }, "Iteration"),
      html("th", { scope: "col", class: "number" }, "Time"), html("th", { scope: "col" }, "What"));
    const table = html("table", { id: "iteration-data" }, html("thead", {}, head),
      html("tbody", {}, ...rows));
    this.table.replaceChildren(this.table.firstElementChild,
      html("div", { class: "scroll" }, table));
  }
}
