'use strict';
const run = require('./driver.js');
const { abs, cos, sin, sqrt } = Math;

function wobble(i) {
  return sqrt(i * abs(sin(i - cos(i))));
}

function inline(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) total += sqrt(i * abs(sin(i - cos(i))));
  return total;
}

function call(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) total += wobble(i);
  return total;
}

run({ inline, function: call });
