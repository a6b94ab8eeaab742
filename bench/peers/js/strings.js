// `s += x` only notes that two strings belong together, and `length` adds up the lengths: node never
// puts the characters in one place, which the other languages do here.
'use strict';
const run = require('./driver.js');

function plus_equals(n) {
  let s = '';
  for (let i = 0; i < n; i++) s += String(i);
  return s.length;
}

// JavaScript's buffer is an array that is joined at the end.
function with_buffer(n) {
  const out = [];
  for (let i = 0; i < n; i++) out.push(String(i));
  return out.join('').length;
}

function with_join(n) {
  const parts = [];
  for (let i = 0; i < n; i++) parts.push(String(i));
  return parts.join('').length;
}

run({ plus_equals, with_buffer, with_join });
