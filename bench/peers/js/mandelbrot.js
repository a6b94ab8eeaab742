'use strict';
const run = require('./driver.js');

const LIMIT = 100;

function escapeTime(x, y, limit) {
  let re = 0.0;
  let im = 0.0;
  for (let turn = 0; turn < limit; turn++) {
    const re2 = re * re;
    const im2 = im * im;
    if (re2 + im2 > 4.0) return turn;
    im = 2.0 * re * im + y;
    re = re2 - im2 + x;
  }
  return limit;
}

function call(n) {
  let total = 0;
  for (let row = 0; row < n; row++) {
    const y = 2.0 * row / n - 1.0;
    for (let column = 0; column < n; column++) {
      const x = 3.0 * column / n - 2.0;
      total += escapeTime(x, y, LIMIT);
    }
  }
  return total;
}

function inline(n) {
  let total = 0;
  for (let row = 0; row < n; row++) {
    const y = 2.0 * row / n - 1.0;
    for (let column = 0; column < n; column++) {
      const x = 3.0 * column / n - 2.0;
      let re = 0.0;
      let im = 0.0;
      let turn = 0;
      while (turn < LIMIT && re * re + im * im <= 4.0) {
        const oldRe = re;
        re = re * re - im * im + x;
        im = 2.0 * oldRe * im + y;
        turn += 1;
      }
      total += turn;
    }
  }
  return total;
}

run({ function: call, inline });
