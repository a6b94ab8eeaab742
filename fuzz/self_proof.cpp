// One row for each fault. Faults that every function of a program shows stand on the lane that
// comes first of those that compile. Test: tests/fuzz/self_proof_test.cpp.

#include "fuzz/self_proof.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "fuzz/tree.h"

namespace fuzz {
namespace {

using jit::PlantedFault;

// Adds, loops, and has lists of lists to free.
constexpr std::string_view kRight = R"(def add(a, b) = a + b
def lengths(n) {
  var total = 0
  for i in range(n) { total = add(total, len([[i], [n]])) }
  total
}
def main() {
  print(lengths(40))
})";

// Fails in a call, at a place of its own.
constexpr std::string_view kWrong = R"(def pick(list, i) = list[i]
def main() {
  let list = [1, 2]
  print(pick(list, 1))
  pick(list, 2)
})";

// The lab's clock stands still while it is fuzzed, and that of CPython does not.
constexpr std::string_view kClock = "print(clock() > 0.0)";

// Long enough for this: the loop of `first` is compiled, then `add`, and then, while machine code
// of that runs, the loop of `second`.
constexpr std::string_view kLong = R"(def add(a, b) = a + b
def first(n) {
  var total = 0
  for i in range(n) { total = add(total, i) }
  total
}
def second(n) {
  var total = 1
  for i in range(n) { total = add(total, i) }
  total
}
def main() = print(first(2000000), second(4000000)))";

struct Row {
  std::string_view name;
  PlantedFault fault;
  std::string_view program;
  std::string_view key;               // of the finding
  std::string_view detail = "";       // what it has to say
  std::optional<Matrix> matrix = {};  // the only one to show it on; none: any
  int tries = 1;                      // two threads may miss each other
};

constexpr Row kRows[] = {
    {"wrong add", PlantedFault::WrongAdd, kRight, "jit-O0: output"},
    {"wrong line", PlantedFault::WrongPlace, kWrong, "jit-O0: traceback", "main:5"},
    {"missed poll", PlantedFault::MissedPoll, kRight, "jit-O0: status 70", "interrupt flag"},
    {"leak", PlantedFault::Leak, kRight, "jit-O0: leak", "left over"},
    {"writable code", PlantedFault::WritableCode, kRight, "memory map: writable and executable"},
    {"crash", PlantedFault::Crash, kRight, "jit-O0: signal 4"},
    {"hang", PlantedFault::Hang, kRight, "jit-O0: hang"},
};
constexpr Row kPython = {"CPython", PlantedFault::None, kClock, "python: output", "", Matrix::Full};
// Quick, since the program takes long.
constexpr Row kRace = {"race",      PlantedFault::Race, kLong, "tiered-auto: status 66",
                       "data race", Matrix::Quick,      5};

std::vector<Row> RowsFor(Matrix matrix) {
  std::vector<Row> rows(std::begin(kRows), std::end(kRows));
  if (matrix == Matrix::Full) {
    rows.push_back(kPython);
  }
  if (kSeesRaces) {
    rows.push_back(kRace);
  }
  return rows;
}

Generated ProgramOfText(std::string_view text) { return {MakeStatement(text), Temper::Clean, ""}; }

std::string NameOf(const std::optional<Finding>& finding) {
  return finding ? finding->Key() : "nothing";
}

// What is wrong with the finding as that of the row; "" when nothing is.
std::string Complaint(const Row& row, const std::optional<Finding>& finding) {
  if (NameOf(finding) != row.key) {
    return fmt::format("{}: expected {}, found {}", row.name, row.key, NameOf(finding));
  }
  if (finding->detail.find(row.detail) == std::string::npos) {
    return fmt::format("{}: {} without a word of \"{}\":\n{}", row.name, row.key, row.detail,
                       finding->detail);
  }
  return {};
}

// Not a multiple of 32: what is compiled is left as it was lowered.
constexpr uint64_t kSeed = 1;

}  // namespace

SelfProof ProveSelf(Matrix matrix, const ExamineOne& examine) {
  // Starting CPython takes longer than all the rest.
  const Matrix usual = matrix == Matrix::Quick ? Matrix::Quick : Matrix::Engines;
  SelfProof proof;
  const auto expect_nothing = [&](std::string_view program, Matrix lanes) {
    const ExaminedApart examined = examine(ProgramOfText(program), kSeed, {.matrix = lanes});
    if (examined.finding) {
      proof.complaints.push_back(fmt::format("none planted: found {}\n{}", NameOf(examined.finding),
                                             examined.finding->detail));
    }
    return examined.seconds;
  };
  const double seconds = expect_nothing(kRight, usual);
  expect_nothing(kWrong, usual);
  if (kSeesRaces) {
    expect_nothing(kLong, Matrix::Quick);
  }
  for (const Row& row : RowsFor(matrix)) {
    ApartOptions options{.matrix = row.matrix.value_or(usual), .fault = row.fault};
    if (row.fault == PlantedFault::Hang) {
      options.hang.processor_seconds = std::max(0.1, 4 * seconds);
    }
    std::optional<Finding> finding;
    for (int i = 0; i < row.tries && !finding; ++i) {
      finding = examine(ProgramOfText(row.program), kSeed, options).finding;
    }
    std::string complaint = Complaint(row, finding);
    ++proof.planted;
    proof.caught += complaint.empty() ? 1 : 0;
    if (!complaint.empty()) {
      proof.complaints.push_back(std::move(complaint));
    }
  }
  return proof;
}

std::string Text(const SelfProof& proof) {
  std::string text =
      fmt::format("self-proof: {} of {} planted faults caught{}\n", proof.caught, proof.planted,
                  kSeesRaces ? "" : " (races: only in a build for ThreadSanitizer)");
  for (const std::string& complaint : proof.complaints) {
    text += fmt::format("self-proof: {}\n", complaint);
  }
  return text;
}

}  // namespace fuzz
