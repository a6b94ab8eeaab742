#pragma once
// What became of each function and loop of a program in one run, from the run's log: the data
// behind `lab why`.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "frontend/program.h"
#include "report/events_text.h"

namespace report {

// The machine code that holds a function or loop. Times in seconds since the run began.
struct WhyCode {
  double from = 0;       // may be used
  std::string unit;      // what it was compiled for: SubjectText
  bool is_own = false;   // the item itself
  bool is_rest = false;  // of an item that is a function: only what follows from a loop of it on
};

// One version of a function, or a loop of it.
struct WhyItem {
  std::string name;  // SubjectText: "raw", "the loop at line 12 of raw"
  uint32_t line = 0;
  uint32_t column = 0;  // of a loop
  bool is_loop = false;
  bool was_reached = false;  // false: never called, and no version of it was made
  uint32_t version = 0;
  std::string types;   // "int, float"
  std::string result;  // of a function
  std::vector<runtime::TypedName> names;

  std::optional<double> hot_at;
  double spent_seconds = 0;  // on interpreting it: until it was hot, or in all
  double estimated_seconds = 0;
  double compile_seconds = 0;  // of its own code; 0: there is none
  runtime::EventThread compiled_by = runtime::EventThread::Run;
  std::vector<std::pair<std::string, double>> phases;
  uint64_t instructions = 0;
  uint64_t code_bytes = 0;
  std::optional<WhyCode> code;  // the first that holds it
  std::optional<double> entered_at;

  std::vector<std::string> inlined;       // into it; names
  std::vector<std::string> inlined_into;  // of a function
  std::vector<runtime::Event> boxed;
  std::vector<runtime::Event> refused;
};

struct Why {
  std::string program;
  std::string engine;
  double run_seconds = 0;
  std::vector<WhyItem> items;  // by line; functions before their loops
};

Why ExplainRun(const EventLog& log, const frontend::Program& program);

// What stands on a line of a program.
struct LineContent {
  bool is_empty = true;              // neither code nor a declaration begins on it
  std::vector<std::string> names;    // of variables, each once
  std::vector<uint32_t> loop_lines;  // of the loops around it, the innermost first; its own too
  uint32_t function_line = 0;        // of the function around it; 0: the top level
};

LineContent ContentOf(const frontend::Program& program, uint32_t line);

// Only what concerns the line: what begins there; else the innermost loop around it that the log
// knows, or its function; with what is boxed there, or has a name that stands there.
Why AtLine(const Why& why, const LineContent& content, uint32_t line);

}  // namespace report
