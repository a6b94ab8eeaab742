#pragma once
// Seeded faults, with which the tests are tested: a build with LAB_MUTANTS (the preset `mutants`)
// has all of them, and the environment variable LAB_MUTANT switches one on by its number. Every
// other build has none: there LAB_MUTANT(n, right, wrong) is `right`, to the last instruction.
//
//   if (LAB_MUTANT(101, overflow, false)) ...
//
// tests/mutants/mutants.txt says of each number where it stands and what the fault is;
// docs/testing.md how to choose a new one. Test: tests/mutants/table_test.sh.

#ifdef LAB_MUTANTS

#include <cstdlib>

namespace runtime {

inline int ReadMutant() {
  const char* number = std::getenv("LAB_MUTANT");
  return number == nullptr ? 0 : std::atoi(number);
}

inline const int kMutant = ReadMutant();

}  // namespace runtime

#define LAB_MUTANT(number, right, wrong) (::runtime::kMutant == (number) ? (wrong) : (right))

#else

#define LAB_MUTANT(number, right, wrong) (right)

#endif
