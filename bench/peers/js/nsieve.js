'use strict';
const run = require('./driver.js');

function sieve(n) {
  const isPrime = new Array(n + 1).fill(true);
  let count = 0;
  for (let p = 2; p <= n; p++) {
    if (isPrime[p]) {
      count += 1;
      for (let multiple = p * p; multiple <= n; multiple += p) isPrime[multiple] = false;
    }
  }
  return count;
}

run({ sieve });
