// Runs one bench of a twin: `PROGRAM BENCH N ITERATIONS`.
// Prints a line per iteration, `checksum<TAB>seconds`. Every checksum here fits a double exactly.
// The bench and its n are volatile: the compiler can neither know n nor move a call across a clock.
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct Bench {
  const char* name;
  double (*run)(long n);
};

static double Now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int RunBench(const struct Bench* benches, size_t count, int argc, char** argv) {
  if (argc != 4) return fprintf(stderr, "usage: PROGRAM BENCH N ITERATIONS\n"), 2;
  for (size_t i = 0; i < count; i++) {
    if (strcmp(benches[i].name, argv[1]) != 0) continue;
    double (*volatile run)(long) = benches[i].run;
    volatile long n = atol(argv[2]);
    for (int k = 0; k < atoi(argv[3]); k++) {
      double start = Now();
      volatile double value = run(n);
      double seconds = Now() - start;
      printf("%.17g\t%.9f\n", value, seconds);
    }
    return 0;
  }
  return fprintf(stderr, "no bench %s\n", argv[1]), 2;
}
