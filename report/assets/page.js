// What the page does as a whole: light and dark, tables that can be sorted, all charts.

function startTheme() {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const isDark = () => (root.dataset.theme ??
    (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const name = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    name();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  name();
}

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.key === undefined ? cell.textContent : Number(cell.dataset.key);
}

// Rows that have no number for a column stand last, whichever way the others are sorted.
function compareRows(a, b, column, sign) {
  const [x, y] = [keyOf(a, column), keyOf(b, column)];
  if (typeof x !== typeof y) {
    return typeof x === "number" ? -1 : 1;
  }
  return sign * (typeof x === "number" ? x - y : x.localeCompare(y, "en", { numeric: true }));
}

function makeSortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = html("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => compareRows(a, b, column, ascending ? 1 : -1));
      table.tBodies[0].append(...rows);
    });
  });
}

document.body.append(tooltip, spoken);
for (const start of [
  startTheme,
  () => document.querySelectorAll("table[data-sortable]").forEach(makeSortable),
  () => new WarmupView(document.getElementById("warmup-view")),
  () => showCosts(document.getElementById("cost-view")),
  () => document.querySelectorAll(".sweep-view").forEach((box, i) =>
    showSweep(page.sweeps[i], box)),
  () => showRatios(document.getElementById("ratio-view")),
  () => showPhases(document.getElementById("phase-view")),
]) {
  // One chart that cannot be drawn must not take the others with it.
  try {
    start();
  } catch (error) {
    reportError(error);
  }
}
