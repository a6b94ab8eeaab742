// Elements, numbers as people read them, and the data of the page. Texts of programs reach the page
// through text nodes and attributes only: nothing here parses markup.
"use strict";

const kSvgNamespace = "http://www.w3.org/2000/svg";
const page = JSON.parse(document.getElementById("report-data").textContent);
const cells = page.summary.cells;

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function html(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(kSvgNamespace, name), attributes, children);
}

// Three significant digits, as in the tables.
function decimalsFor(value) {
  const size = Math.abs(value);
  return size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
}

function durationText(seconds) {
  for (const [scale, unit] of [[1e9, "ns"], [1e6, "µs"], [1e3, "ms"]]) {
    const value = seconds * scale;
    if (Math.abs(value) < 999.5) {
      return `${value.toFixed(decimalsFor(value))} ${unit}`;
    }
  }
  return `${seconds.toFixed(decimalsFor(seconds))} s`;
}

function ratioText(ratio) {
  return ratio.toFixed(Math.abs(ratio) < 0.9995 ? 3 : decimalsFor(ratio));
}

function countText(count) {
  return count >= 1e7 ? count.toExponential(1).replace("+", "") :
    Math.ceil(count).toLocaleString("en");
}

// Labels of axes: without digits that say nothing.
function shortDuration(seconds) {
  if (seconds === 0) {
    return "0";
  }
  for (const [scale, unit] of [[1e9, "ns"], [1e6, "µs"], [1e3, "ms"], [1, "s"]]) {
    if (Math.abs(seconds) * scale < 999.5 || unit === "s") {
      return `${Number((seconds * scale).toPrecision(4))} ${unit}`;
    }
  }
  return "";
}

function shortCount(count) {
  return count >= 1e6 ? count.toExponential(0).replace("+", "") : count.toLocaleString("en");
}

function intervalText(interval, text) {
  if (interval.low === null && interval.high === null) {
    return "not known";
  }
  if (interval.high === null) {
    return `at least ${text(interval.low)}`;
  }
  return interval.low === null ? `at most ${text(interval.high)}` :
    `${text(interval.low)} to ${text(interval.high)}`;
}

// The look of an engine, the same in every chart: colour, dashes and marker all differ.
const kMarkers = ["circle", "square", "triangle", "diamond", "cross", "ring"];
const kDashes = ["", "7 4", "2 4", "12 4 2 4", "4 2", "1 3"];
const engines = [...new Set(cells.map((cell) => cell.engine))];

function styleOf(engine) {
  const index = engines.indexOf(engine) % kMarkers.length;
  return { index, marker: kMarkers[index], dash: kDashes[index] };
}

function marker(kind, x, y, size, className) {
  const at = (...points) => points.map(([dx, dy]) => `${x + dx * size},${y + dy * size}`).join(" ");
  switch (kind) {
    case "square":
      return svg("rect", { x: x - size * 0.85, y: y - size * 0.85, width: size * 1.7,
        height: size * 1.7, class: className });
    case "triangle":
      return svg("polygon", { points: at([0, -1.15], [1.1, 0.85], [-1.1, 0.85]),
        class: className });
    case "diamond":
      return svg("polygon", { points: at([0, -1.3], [1.1, 0], [0, 1.3], [-1.1, 0]),
        class: className });
    case "cross":
      return svg("path", { d: `M${x - size} ${y - size}L${x + size} ${y + size}` +
        `M${x - size} ${y + size}L${x + size} ${y - size}`, class: `${className} stroke` });
    case "ring":
      return svg("circle", { cx: x, cy: y, r: size, class: `${className} hollow` });
    default:
      return svg("circle", { cx: x, cy: y, r: size, class: className });
  }
}

// A <select> with a label before it. `choices` are texts.
function selection(label, choices, onChange) {
  const select = html("select");
  choices.forEach((choice, i) => select.append(html("option", { value: i }, choice)));
  select.addEventListener("change", () => onChange(Number(select.value)));
  return { select, node: html("label", {}, `${label} `, select) };
}

function toggle(label, pressed, onChange) {
  const button = html("button", { type: "button", "aria-pressed": pressed }, label);
  button.addEventListener("click", () => {
    const next = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", next);
    onChange(next);
  });
  return button;
}
