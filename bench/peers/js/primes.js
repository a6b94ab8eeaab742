'use strict';
const run = require('./driver.js');

function isPrimeLoop(k) {
  const end = Math.floor(Math.sqrt(k)) + 1;
  for (let d = 2; d < end; d++) {
    if (k % d === 0) return false;
  }
  return true;
}

function* remainders(k) {
  const end = Math.floor(Math.sqrt(k)) + 1;
  for (let d = 2; d < end; d++) yield k % d !== 0;
}

function all(values) {
  for (const value of values) {
    if (!value) return false;
  }
  return true;
}

function isPrimeAll(k) {
  return all(remainders(k));
}

function with_loop(n) {
  let count = 0;
  for (let k = 2; k < n; k++) {
    if (isPrimeLoop(k)) count += 1;
  }
  return count;
}

function with_all(n) {
  let count = 0;
  for (let k = 2; k < n; k++) {
    if (isPrimeAll(k)) count += 1;
  }
  return count;
}

run({ with_loop, with_all });
