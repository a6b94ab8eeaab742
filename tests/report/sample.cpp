// Reads the file once.

#include "tests/report/sample.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "measure/results_json.h"

namespace report {
namespace {

measure::Results Read() {
  std::ifstream file("tests/report/results.jsonl");
  std::ostringstream text;
  text << file.rdbuf();
  measure::ReadResults read;
  std::string error;
  EXPECT_TRUE(measure::ParseResults(text.str(), "", &read, &error)) << error;
  EXPECT_EQ(read.skipped_lines, 0U);
  return read.results;
}

}  // namespace

const measure::Results& SampleResults() {
  static const measure::Results results = Read();
  return results;
}

const measure::Summary& SampleSummary() {
  static const measure::Summary summary = measure::Summarise(SampleResults());
  return summary;
}

}  // namespace report
