// Runs one bench of a peer program: `PROGRAM BENCH N ITERATIONS`.
// Prints a line per iteration, `checksum<TAB>seconds`. Every whole number in these programs stays
// below 2^53, so a Number holds it exactly, and no BigInt is needed. A Number prints so that it
// reads back exactly.
'use strict';

module.exports = function run(benches) {
  const [name, n, iterations] = process.argv.slice(2);
  const bench = benches[name];
  for (let k = 0; k < Number(iterations); k++) {
    const start = process.hrtime.bigint();
    const value = bench(Number(n));
    const seconds = Number(process.hrtime.bigint() - start) * 1e-9;
    console.log(`${value}\t${seconds.toFixed(9)}`);
  }
};
