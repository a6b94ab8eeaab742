// Reads random cases from standard input and compares each with the runtime:
//   tests/vectors/make_vectors.py --random 1000000 | arith_replay
// The long test of arithmetic; tools/long_arith_vectors.sh runs it.

#include <cstdio>
#include <iostream>
#include <string>

#include "tests/runtime/arith_cases.h"
#include "tests/runtime/run_fixture.h"

int main() {
  std::ios::sync_with_stdio(false);
  tests::RunFixture run;
  unsigned long cases = 0;
  unsigned long wrong = 0;
  for (std::string line; std::getline(std::cin, line);) {
    ++cases;
    const std::string problem = tests::CheckLine(run.context, line);
    if (!problem.empty() && ++wrong <= 20) {
      std::printf("%s\n", problem.c_str());
    }
  }
  std::printf("%lu cases, %lu wrong\n", cases, wrong);
  return cases == 0 || wrong != 0;
}
