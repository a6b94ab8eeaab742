// JavaScript has no 24-bit cos: this peer computes in double, and its checksum differs from the
// seventh digit on.
'use strict';
const run = require('./driver.js');
const { acos, cos, PI: pi, sin } = Math;

function calculateAcos(a, b, theta) {
  return acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta));
}

function calculateX() {
  return pi / 180.0;
}

function calculateCoordinate(lat, x) {
  return (90.0 - lat) * x;
}

function calculateTheta(lon2, lon1, x) {
  return (lon2 - lon1) * x;
}

function greatCircle(lon1, lat1, lon2, lat2) {
  const radius = 3956;
  const x = calculateX();
  const a = calculateCoordinate(lat1, x);
  const b = calculateCoordinate(lat2, x);
  const theta = calculateTheta(lon2, lon1, x);
  return radius * calculateAcos(a, b, theta);
}

function distance(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    const d = i * 1e-7;
    total += greatCircle(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

run({ distance });
