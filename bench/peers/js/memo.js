// A Map for the table; for two arguments, a Map of Maps: JavaScript has no tuples that compare by
// value.
'use strict';
const run = require('./driver.js');
const { acos, cos, PI: pi, sin } = Math;

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

const fibTable = new Map();

function memoFib(n) {
  const known = fibTable.get(n);
  if (known !== undefined) return known;
  const value = n < 2 ? n : memoFib(n - 1) + memoFib(n - 2);
  fibTable.set(n, value);
  return value;
}

function distance(lon, lat) {
  const x = pi / 180.0;
  const a = (90.0 - 47.6) * x;
  const b = (90.0 - lat) * x;
  const theta = (lon + 122.3) * x;
  return 3956 * acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta));
}

const distanceTable = new Map();

function memoDistance(lon, lat) {
  let byLat = distanceTable.get(lon);
  if (byLat === undefined) {
    byLat = new Map();
    distanceTable.set(lon, byLat);
  }
  const known = byLat.get(lat);
  if (known !== undefined) return known;
  const value = distance(lon, lat);
  byLat.set(lat, value);
  return value;
}

function fib_plain(n) {
  let total = 0;
  for (let i = 0; i < n; i++) total += fib(i % 16);
  return total;
}

function fib_memo(n) {
  let total = 0;
  for (let i = 0; i < n; i++) total += memoFib(i % 16);
  return total;
}

function distance_plain(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) total += distance(i % 60, i % 37);
  return total;
}

function distance_memo(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) total += memoDistance(i % 60, i % 37);
  return total;
}

run({ fib_plain, fib_memo, distance_plain, distance_memo });
