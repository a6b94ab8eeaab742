'use strict';
const run = require('./driver.js');

function place(row, n, columns, rising, falling) {
  if (row === n) return 1;
  let count = 0;
  for (let column = 0; column < n; column++) {
    const up = row + column;
    const down = row - column + n;
    if (columns[column] && rising[up] && falling[down]) {
      columns[column] = false;
      rising[up] = false;
      falling[down] = false;
      count += place(row + 1, n, columns, rising, falling);
      columns[column] = true;
      rising[up] = true;
      falling[down] = true;
    }
  }
  return count;
}

function free(n) {
  return new Array(n).fill(true);
}

function solutions(n) {
  return place(0, n, free(n), free(2 * n), free(2 * n));
}

run({ solutions });
