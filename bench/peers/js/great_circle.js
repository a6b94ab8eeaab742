'use strict';
const run = require('./driver.js');
const { acos, cos, PI: pi, sin } = Math;

function greatCircleRaw(lon1, lat1, lon2, lat2) {
  const radius = 3956;
  const x = pi / 180.0;
  const a = (90.0 - lat1) * x;
  const b = (90.0 - lat2) * x;
  const theta = (lon2 - lon1) * x;
  const c = acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta));
  return radius * c;
}

function calculateAcos(a, b, theta) {
  return acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta));
}

function greatCircleAcos(lon1, lat1, lon2, lat2) {
  const radius = 3956;
  const x = pi / 180.0;
  const a = (90.0 - lat1) * x;
  const b = (90.0 - lat2) * x;
  const theta = (lon2 - lon1) * x;
  return radius * calculateAcos(a, b, theta);
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

function greatCircleFactored(lon1, lat1, lon2, lat2) {
  const radius = 3956;
  const x = calculateX();
  const a = calculateCoordinate(lat1, x);
  const b = calculateCoordinate(lat2, x);
  const theta = calculateTheta(lon2, lon1, x);
  return radius * calculateAcos(a, b, theta);
}

function raw(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    const d = i * 1e-7;
    total += greatCircleRaw(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

function with_acos(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    const d = i * 1e-7;
    total += greatCircleAcos(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

function factored(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    const d = i * 1e-7;
    total += greatCircleFactored(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d);
  }
  return total;
}

function fixed_misleading(n) {
  let total = 0.0;
  for (let i = 0; i < n; i++) total += greatCircleRaw(-72.345, 34.323, -61.823, 54.826);
  return total;
}

run({ raw, with_acos, factored, fixed_misleading });
