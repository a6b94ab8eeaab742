// Stands at the end of the page that html_page_test.cpp opens: uses it as a reader would and leaves
// what it saw in <pre id="probe">. `problems` is filled from the head of the page on.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const count = (selector) => all(selector).length;
  const seen = {};

  const change = (select, value) => {
    select.value = value;
    select.dispatchEvent(new Event("change"));
  };
  const press = (words) => all("button").find((button) => button.textContent === words).click();

  seen.width = document.documentElement.clientWidth;
  seen.overflow = document.documentElement.scrollWidth - seen.width;
  seen.images = document.images.length;
  seen.resources = performance.getEntriesByType("resource").length;
  seen.chartsWithoutTable = all(".chart")
    .filter((chart) => !one("details table", chart.closest("section"))).length;
  seen.charts = count(".chart");

  const rows = () => all("#comparison tbody tr");
  const sort = (title) => all("#comparison thead button")
    .find((button) => button.textContent === title).click();
  const keys = () => rows().map((row) => row.cells[2].dataset.key ?? null);
  seen.rows = rows().length;
  sort("Steady time");
  seen.ascending = keys();
  sort("Steady time");
  seen.descending = keys();
  sort("Engine");
  seen.engines = rows().map((row) => row.cells[1].textContent);
  seen.ariaSort = all("#comparison [aria-sort]").map((head) => head.textContent);

  const marks = () => ({ dots: count("#warmup-chart .dot"), levels: count("#warmup-chart .level"),
    changes: count("#warmup-chart .change"), outliers: count("#warmup-chart .outlier"),
    steady: count("#warmup-chart .steady"), faint: count("#warmup-chart .faint") });
  seen.warmup = marks();
  const shape = () => one("#warmup-chart .run:not(.faint)").getAttribute("d");
  const linear = shape();
  press("logarithmic time");
  seen.logTimeChanges = shape() !== linear;
  press("logarithmic iterations");
  press("other processes");
  seen.alone = marks();
  const choice = one("#warmup-cell");
  seen.rowNames = all("option", choice).map((option) => option.textContent);
  change(choice, String(choice.length - 2));
  change(one("#warmup-process"), "2");
  seen.hostileMarks = marks();
  const table = one("#warmup details");
  table.open = true;
  table.dispatchEvent(new Event("toggle"));
  seen.iterationRows = count("#iteration-data tbody tr");

  const chart = one("#warmup-chart");
  const box = chart.getBoundingClientRect();
  chart.dispatchEvent(new PointerEvent("pointermove",
    { clientX: box.right - 18, clientY: box.top + 50 }));
  seen.tooltip = one(".tooltip").hidden ? null : one(".tooltip strong").textContent;
  chart.dispatchEvent(new PointerEvent("pointerleave"));
  seen.tooltipGone = one(".tooltip").hidden;
  chart.dispatchEvent(new KeyboardEvent("keydown", { key: "Home" }));
  chart.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  seen.spoken = one("[role=status]").textContent;

  seen.curves = count("#cost-chart .curve");
  seen.crossings = count("#cost-chart .crossing");
  change(one("#cost-bench"), "1");
  seen.shownCostTables = all("#cost-tables > .data").filter((data) => !data.hidden).length;
  seen.costLabel = one("#cost-chart").getAttribute("aria-label");
  seen.dashes = new Set(all("#cost-chart .curve")
    .map((curve) => curve.getAttribute("stroke-dasharray"))).size;
  seen.sweepCurves = count(".sweep .curve");
  seen.ratios = count("#ratio-chart .ratio");
  seen.openRatios = count("#ratio-chart .ratio.open .hollow");
  seen.bars = count("#phase-chart .bar");

  const paper = () => getComputedStyle(document.body).backgroundColor;
  const before = paper();
  one("#theme").click();
  seen.themeChanges = paper() !== before;
  one("#theme").click();
  seen.themeReturns = paper() === before;

  seen.problems = problems;
  const pre = document.createElement("pre");
  pre.id = "probe";
  pre.textContent = JSON.stringify(seen);
  document.body.append(pre);
})();
