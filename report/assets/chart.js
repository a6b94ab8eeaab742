// Axes, and a chart that redraws itself when its box changes and tells its values to the pointer
// and to the arrow keys.

function linearScale(low, high, from, to) {
  const span = high - low || Math.abs(high) || 1;
  const start = high === low ? low - span / 2 : low;
  const at = (value) => from + (value - start) / span * (to - from);
  const ticks = (count) => {
    const raw = span / count;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((unit) => unit * power).find((candidate) => candidate >= raw);
    const values = [];
    for (let i = Math.ceil(start / step); i * step <= start + span * (1 + 1e-9); ++i) {
      values.push(i * step);
    }
    return values;
  };
  return { at, ticks };
}

function logScale(low, high, from, to) {
  const start = Math.log10(low);
  const span = Math.log10(high) - start || 1;
  const at = (value) => from + (Math.log10(value) - start) / span * (to - from);
  const ticks = (count) => {
    const units = span < 1.2 ? [1, 1.5, 2, 3, 5, 7] : span < 2.5 ? [1, 2, 5] : [1];
    const skip = Math.max(1, Math.ceil(span / count));
    const values = [];
    for (let power = Math.floor(start); power <= start + span; ++power) {
      for (const unit of power % skip === 0 ? units : []) {
        const value = unit * 10 ** power;
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
          values.push(value);
        }
      }
    }
    return values.length > 1 ? values : linearScale(low, high, from, to).ticks(count);
  };
  return { at, ticks };
}

function scale(isLog, ...range) {
  return isLog ? logScale(...range) : linearScale(...range);
}

// Extent of positive or any values with a little air.
function padded(values, isLog) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (isLog) {
    const air = Math.max((high / low) ** 0.06, 1.02);
    return [low / air, high * air];
  }
  const air = (high - low || Math.abs(high)) * 0.06;
  return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
}

function drawXAxis(frame, x, label, text) {
  const { left, right, top, bottom } = frame;
  const group = svg("g", { class: "axis" });
  let free = -Infinity;
  for (const value of x.ticks(Math.max(3, Math.floor((right - left) / 90)))) {
    const at = x.at(value);
    const words = text(value);
    const half = words.length * 3.6 + 4;
    group.append(svg("line", { x1: at, x2: at, y1: top, y2: bottom, class: "grid" }));
    if (at - half > free) {
      group.append(svg("text", { x: at, y: bottom + 17, "text-anchor": "middle" }, words));
      free = at + half;
    }
  }
  group.append(svg("line", { x1: left, x2: right, y1: bottom, y2: bottom, class: "edge" }));
  group.append(svg("text", { x: (left + right) / 2, y: bottom + 36, "text-anchor": "middle",
    class: "name" }, label));
  frame.svg.append(group);
}

function drawYAxis(frame, y, label, text) {
  const { left, right, top, bottom } = frame;
  const group = svg("g", { class: "axis" });
  for (const value of y.ticks(Math.max(3, Math.floor((bottom - top) / 45)))) {
    const at = y.at(value);
    group.append(svg("line", { x1: left, x2: right, y1: at, y2: at, class: "grid" }));
    group.append(svg("text", { x: left - 8, y: at + 4, "text-anchor": "end" }, text(value)));
  }
  group.append(svg("text", { x: 4, y: top - 10, class: "name" }, label));
  frame.svg.append(group);
}

function path(points) {
  return points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

const tooltip = html("div", { class: "tooltip", hidden: "" });
const spoken = html("div", { class: "unseen", role: "status" });

function showTooltip(stop, clientX, clientY) {
  tooltip.replaceChildren(html("strong", {}, stop.title),
    ...stop.lines.map((line) => html("div", {}, line)));
  tooltip.hidden = false;
  const width = tooltip.offsetWidth;
  const room = document.documentElement.clientWidth;
  const left = clientX + 16 + width < room ? clientX + 16 : Math.max(4, clientX - 16 - width);
  tooltip.style.left = `${left}px`;
  tooltip.style.top = `${Math.max(4, clientY - tooltip.offsetHeight - 12)}px`;
}

// `height(width)` in pixels; `draw(frame)` fills frame.svg and returns the stops of the cursor:
// {x, y, title, lines}. `along` is the axis, "x" or "y", by which the nearest stop is found.
class Chart {
  constructor(box, { label, height, draw, along = "x" }) {
    Object.assign(this, { box, label, height, draw, along, stops: [], current: -1, width: 0 });
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "group");
    box.addEventListener("pointermove", (event) => this.point(event));
    box.addEventListener("pointerleave", () => this.leave());
    box.addEventListener("blur", () => this.leave());
    box.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => {
      if (box.clientWidth !== this.width) {
        this.redraw();
      }
    }).observe(box);
    this.redraw();
  }

  redraw() {
    this.width = this.box.clientWidth;
    const width = Math.max(this.width, 240);
    const height = this.height(width);
    const label = this.label();
    this.box.setAttribute("aria-label",
      `${label}. Left and right arrow keys read the values; the table below holds them all.`);
    const canvas = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
      "aria-label": label });
    const narrow = width < 520;
    const frame = { svg: canvas, width, height, narrow, left: 64, right: width - 16, top: 28,
      bottom: height - 44 };
    this.stops = this.draw(frame);
    this.cursor = svg("g", { class: "cursor" });
    canvas.append(this.cursor);
    this.frame = frame;
    this.current = -1;
    tooltip.hidden = true;
    this.box.replaceChildren(canvas);
  }

  point(event) {
    const bounds = this.box.getBoundingClientRect();
    const at = this.along === "x" ? event.clientX - bounds.left : event.clientY - bounds.top;
    let nearest = -1;
    let distance = Infinity;
    this.stops.forEach((stop, i) => {
      if (Math.abs(stop[this.along] - at) < distance) {
        distance = Math.abs(stop[this.along] - at);
        nearest = i;
      }
    });
    this.go(nearest);
  }

  key(event) {
    const last = this.stops.length - 1;
    const targets = {
      ArrowRight: Math.min(last, this.current + 1), ArrowDown: Math.min(last, this.current + 1),
      ArrowLeft: Math.max(0, this.current - 1), ArrowUp: Math.max(0, this.current - 1),
      Home: 0, End: last,
    };
    if (event.key === "Escape") {
      this.leave();
    } else if (event.key in targets) {
      event.preventDefault();
      this.go(targets[event.key]);
      const stop = this.stops[this.current];
      spoken.textContent = stop ? `${stop.title}: ${stop.lines.join(", ")}` : "";
    }
  }

  go(index) {
    const stop = this.stops[index];
    if (!stop) {
      return;
    }
    this.current = index;
    const { left, right, top, bottom } = this.frame;
    const line = this.along === "x" ? { x1: stop.x, x2: stop.x, y1: top, y2: bottom } :
      { x1: left, x2: right, y1: stop.y, y2: stop.y };
    this.cursor.replaceChildren(svg("line", line), svg("circle", { cx: stop.x, cy: stop.y, r: 5 }));
    const bounds = this.box.getBoundingClientRect();
    showTooltip(stop, bounds.left + stop.x, bounds.top + stop.y);
  }

  leave() {
    this.current = -1;
    this.cursor.replaceChildren();
    tooltip.hidden = true;
  }
}
