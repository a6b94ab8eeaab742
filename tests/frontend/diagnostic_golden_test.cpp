// Runs tests/golden/diagnostics: each file must provoke exactly the diagnostics
// its comments name, at their lines and columns, and together the files must
// provoke every kind there is.

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "frontend/program.h"
#include "tests/frontend/test_builtins.h"
#include "tests/support/golden_file.h"

namespace frontend {
namespace {

const std::string kRoot = "tests/golden/diagnostics/";

struct Found {
  std::vector<Diagnostic> diagnostics;
  SourceFile source;
};

Found Diagnose(const support::GoldenFile& golden) {
  DiagnosticSink sink;
  LoadProgram(golden.path, golden.text, kTestBuiltins, sink);
  return {sink.Take(), SourceFile(golden.path, golden.text)};
}

std::string Where(std::string_view code, uint32_t line, uint32_t column) {
  return std::string(code) + " at " + std::to_string(line) + ":" + std::to_string(column);
}

class DiagnosticGolden : public testing::TestWithParam<std::string> {};

TEST_P(DiagnosticGolden, ReportsExactlyWhatIsExpected) {
  support::GoldenFile golden = support::LoadGoldenFile(GetParam());
  ASSERT_TRUE(golden.problems.empty()) << golden.problems[0];
  ASSERT_FALSE(golden.diagnostics.empty()) << "the file expects nothing";
  Found found = Diagnose(golden);

  std::vector<std::string> expected;
  expected.reserve(golden.diagnostics.size());
  for (const support::ExpectedDiagnostic& one : golden.diagnostics) {
    expected.push_back(Where(one.code, one.line, one.column.value_or(0)));
  }
  std::vector<std::string> actual;
  for (const Diagnostic& one : found.diagnostics) {
    Place place = found.source.Locate(one.span.begin);
    std::string_view code = Code(one.kind);
    // The column counts only where the file names it.
    bool names_column = std::any_of(
        golden.diagnostics.begin(), golden.diagnostics.end(), [&](const auto& expectation) {
          return expectation.line == place.line && expectation.code == code &&
                 expectation.column == place.column;
        });
    actual.push_back(Where(code, place.line, names_column ? place.column : 0));
  }
  std::sort(expected.begin(), expected.end());
  std::sort(actual.begin(), actual.end());
  EXPECT_EQ(expected, actual) << RenderDiagnostics(found.source, found.diagnostics, Color::No, 50);
}

INSTANTIATE_TEST_SUITE_P(All, DiagnosticGolden, testing::ValuesIn(support::FindGoldenFiles(kRoot)),
                         [](const testing::TestParamInfo<std::string>& param) {
                           return support::TestNameOf(param.param, kRoot);
                         });

TEST(DiagnosticCoverage, EveryKindIsProvokedByAGolden) {
  // Kinds that no readable file can provoke, each with its reason.
  const std::map<std::string_view, std::string_view> exempt = {
      {"E0213", "needs more than 4,096 names; resolver_test.cpp makes them"},
  };
  std::set<std::string_view> provoked;
  for (const std::string& path : support::FindGoldenFiles(kRoot)) {
    Found found = Diagnose(support::LoadGoldenFile(path));
    for (const Diagnostic& one : found.diagnostics) {
      provoked.insert(Code(one.kind));
    }
  }
#define LAB_DIAGNOSTIC(name, code, title)                       \
  EXPECT_TRUE(provoked.contains(code) || exempt.contains(code)) \
      << code << " (" << title << ") is provoked by no file below " << kRoot;
#include "frontend/diagnostic_kinds.def"
#undef LAB_DIAGNOSTIC
}

}  // namespace
}  // namespace frontend
