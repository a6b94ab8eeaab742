'use strict';
const run = require('./driver.js');

function matrix(n, shift) {
  const m = [];
  for (let i = 0; i < n; i++) {
    const row = [];
    for (let j = 0; j < n; j++) row.push((i * 7 + j * 3) % 11 + shift);
    m.push(row);
  }
  return m;
}

function multiplyLoops(a, b, n) {
  const c = [];
  for (let i = 0; i < n; i++) c.push(new Array(n).fill(0.0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0.0;
      for (let k = 0; k < n; k++) total += a[i][k] * b[k][j];
      c[i][j] = total;
    }
  }
  return c;
}

// The comprehension: the row is at hand, and the result is built as it is computed.
function multiplyComprehension(a, b, n) {
  const c = [];
  for (const row of a) {
    const out = [];
    for (let j = 0; j < n; j++) {
      let total = 0.0;
      for (let k = 0; k < n; k++) total += row[k] * b[k][j];
      out.push(total);
    }
    c.push(out);
  }
  return c;
}

function sumRows(m) {
  let total = 0.0;
  for (const row of m) {
    let rowTotal = 0.0;
    for (const value of row) rowTotal += value;
    total += rowTotal;
  }
  return total;
}

function with_loops(n) {
  return sumRows(multiplyLoops(matrix(n, 0.5), matrix(n, 0.25), n));
}

function with_comprehension(n) {
  return sumRows(multiplyComprehension(matrix(n, 0.5), matrix(n, 0.25), n));
}

run({ with_loops, with_comprehension });
