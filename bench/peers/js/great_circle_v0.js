'use strict';
const run = require('./driver.js');
const { acos, cos, PI: pi, sin } = Math;

function greatCircle(lon1, lat1, lon2, lat2) {
  const radius = 3956;
  const x = pi / 180.0;
  const a = (90.0 - lat1) * x;
  const b = (90.0 - lat2) * x;
  const theta = (lon2 - lon1) * x;
  const c = acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta));
  return radius * c;
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
