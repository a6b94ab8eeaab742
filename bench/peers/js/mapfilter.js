// node 20 has no lazy map and filter: they are generators here. A comprehension fills an array.
'use strict';
const run = require('./driver.js');

function* range(n) {
  for (let i = 0; i < n; i++) yield i;
}

function* map(f, values) {
  for (const x of values) yield f(x);
}

function* filter(keep, values) {
  for (const x of values) {
    if (keep(x)) yield x;
  }
}

function sum(values) {
  let total = 0;
  for (const x of values) total += x;
  return total;
}

function multiplyByTwo(x) {
  return x * 2;
}

function isOdd(x) {
  return x % 2 === 1;
}

function map_filter_with_functions(n) {
  return sum(map(multiplyByTwo, filter(isOdd, range(n))));
}

function map_filter_with_lambdas(n) {
  return sum(map((x) => x * 2, filter((x) => x % 2 === 1, range(n))));
}

function comprehension(n) {
  const xs = [];
  for (let x = 0; x < n; x++) {
    if (x % 2 === 1) xs.push(x * 2);
  }
  return sum(xs);
}

function comprehension_with_functions(n) {
  const xs = [];
  for (let x = 0; x < n; x++) {
    if (isOdd(x)) xs.push(multiplyByTwo(x));
  }
  return sum(xs);
}

function comprehension_with_lambdas(n) {
  const xs = [];
  for (let x = 0; x < n; x++) {
    if (((v) => v % 2 === 1)(x)) xs.push(((v) => v * 2)(x));
  }
  return sum(xs);
}

function* doubledOddNumbers(n) {
  for (let x = 0; x < n; x++) {
    if (x % 2 === 1) yield x * 2;
  }
}

function generator(n) {
  return sum(doubledOddNumbers(n));
}

run({
  map_filter_with_functions,
  map_filter_with_lambdas,
  comprehension,
  comprehension_with_functions,
  comprehension_with_lambdas,
  generator,
});
