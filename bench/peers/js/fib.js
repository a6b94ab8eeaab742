'use strict';
const run = require('./driver.js');

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function recursive(n) {
  return fib(n);
}

run({ recursive });
