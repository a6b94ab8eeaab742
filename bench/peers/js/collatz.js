// The half of an even number is exact, so `/` serves for `//`.
'use strict';
const run = require('./driver.js');

function nextStep(k) {
  return k % 2 === 0 ? k / 2 : 3 * k + 1;
}

function inline(n) {
  let steps = 0;
  for (let start = 1; start < n; start++) {
    let k = start;
    while (k !== 1) {
      if (k % 2 === 0) k = k / 2; else k = 3 * k + 1;
      steps += 1;
    }
  }
  return steps;
}

function call(n) {
  let steps = 0;
  for (let start = 1; start < n; start++) {
    let k = start;
    while (k !== 1) {
      k = nextStep(k);
      steps += 1;
    }
  }
  return steps;
}

run({ inline, function: call });
