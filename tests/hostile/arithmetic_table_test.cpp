// CPython's answers over all pairs of boundary values (tests/vectors/arith.txt), asked of compiled
// and interpreted programs: as arguments, where each pair of types has code of its own, and as
// constants, which compilers like to compute themselves.

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "frontend/program.h"
#include "runtime/builtins.h"
#include "runtime/number_text.h"
#include "runtime/run.h"
#include "tests/runtime/arith_cases.h"

namespace hostile {
namespace {

struct Case {
  std::string op;
  std::vector<std::string> operands;
  std::string expected;
};

// Operators with two operands, and functions; but for texts that are read as numbers.
std::vector<Case> ReadCases() {
  std::vector<Case> cases;
  std::vector<std::string> values;
  std::ifstream in("tests/vectors/arith.txt");
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string kind;
    std::string op;
    std::string a;
    words >> kind;
    if (kind == "values") {
      values.assign(std::istream_iterator<std::string>(words), {});
      continue;
    }
    words >> op >> a;
    std::string letters;
    if (kind == "bools") {
      words >> letters;
    }
    if (kind == "row" || kind == "bools") {
      for (size_t i = 0; i < values.size(); ++i) {
        std::string expected = kind == "bools" ? letters.substr(i, 1) : std::string();
        if (kind == "row") {
          words >> expected;
        }
        cases.push_back({op, {a, values[i]}, expected});
      }
    } else if (kind == "unary" && op != "repr" && !op.starts_with("parse")) {
      std::string expected;
      words >> expected;
      cases.push_back({op, {a}, expected});
    }
  }
  return cases;
}

bool IsOperator(const std::string& op) { return op.find_first_of("+-*/%=!<>") == 0; }

// "x + y", "pow(x, y)", "-x"
std::string Term(const std::string& op, const std::vector<std::string>& operands) {
  if (operands.size() == 1) {
    return op == "neg" ? "-" + operands[0] : op + "(" + operands[0] + ")";
  }
  return IsOperator(op) ? operands[0] + " " + op + " " + operands[1]
                        : op + "(" + operands[0] + ", " + operands[1] + ")";
}

std::string Encoded(const runtime::Outcome& outcome) {
  return outcome.error ? tests::EncodeFailure(outcome.error->failure)
                       : tests::EncodeValue(outcome.value);
}

// A program on an engine; must live on a large stack.
struct Prepared {
  Prepared(const std::string& text, const cli::Configuration& configuration)
      : program(frontend::LoadProgram("table.gc", text, runtime::BuiltinSignatures(), sink)),
        context(*program, types, out, {}),
        backend(configuration.make({})) {
    context.clock = [] { return 0.0; };
    executable = backend->Prepare(*program, context, runtime::Counting::No, runtime::Entry::Calls);
    EXPECT_FALSE(executable->RunTop().error.has_value());
  }

  std::string Call(const std::string& function, std::span<const runtime::Value> args) {
    return Encoded(executable->Call(program->IdOf(*program->FindFunction(function)), args));
  }

  frontend::DiagnosticSink sink;
  std::unique_ptr<frontend::Program> program;
  runtime::TypeTable types;
  runtime::StringOutput out;
  runtime::Context context;
  std::unique_ptr<runtime::Backend> backend;
  std::unique_ptr<runtime::Executable> executable;
};

TEST(ArithmeticTable, EveryEngineAnswersAsCPython) {
  const std::vector<Case> cases = ReadCases();
  ASSERT_GT(cases.size(), 37'000U);
  std::map<std::string, std::string> names;
  std::string text;
  for (const Case& each : cases) {
    const bool is_new = names.try_emplace(each.op, "f" + std::to_string(names.size())).second;
    if (is_new) {
      const bool is_unary = each.operands.size() == 1;
      text += "def " + names[each.op] + (is_unary ? "(x) = " : "(x, y) = ") +
              Term(each.op,
                   is_unary ? std::vector<std::string>{"x"} : std::vector<std::string>{"x", "y"}) +
              "\n";
    }
  }
  for (const cli::Configuration& configuration : cli::Configurations()) {
    runtime::OnLargeStack([&] {
      Prepared run(text, configuration);
      for (const Case& each : cases) {
        std::vector<runtime::Value> args;
        for (const std::string& operand : each.operands) {
          args.push_back(tests::DecodeValue(operand));
        }
        EXPECT_EQ(run.Call(names[each.op], args), each.expected)
            << Term(each.op, each.operands) << " on " << configuration.name;
      }
    });
  }
}

// As the language writes it; nothing for values that no literal has.
std::string Literal(const std::string& value) {
  const runtime::Value number = tests::DecodeValue(value);
  if (number.tag == runtime::Tag::Float && !std::isfinite(number.real)) {
    return std::isnan(number.real) ? "nan" : number.real < 0 ? "(-inf)" : "inf";
  }
  const std::string text = runtime::NumberText(number);
  return text.starts_with('-') ? "(" + text + ")" : text;
}

// A share of the cases, each a function without parameters.
TEST(ArithmeticTable, ConstantsAreComputedAsCPythonDoes) {
  constexpr size_t kStep = 211;  // has no factor in common with the rows
  const std::vector<Case> all = ReadCases();
  std::vector<const Case*> cases;
  std::string text;
  for (size_t i = 0; i < all.size(); i += kStep) {
    std::vector<std::string> literals;
    for (const std::string& operand : all[i].operands) {
      literals.push_back(Literal(operand));
    }
    text += "def f" + std::to_string(cases.size()) + "() = " + Term(all[i].op, literals) + "\n";
    cases.push_back(&all[i]);
  }
  for (const char* name : {"interp-fused", "jit-O0", "jit-O2", "tiered-calls"}) {
    runtime::OnLargeStack([&] {
      Prepared run(text, *cli::FindEngine(name)->configuration);
      for (size_t i = 0; i < cases.size(); ++i) {
        EXPECT_EQ(run.Call("f" + std::to_string(i), {}), cases[i]->expected)
            << Term(cases[i]->op, cases[i]->operands) << " on " << name;
      }
    });
  }
}

}  // namespace
}  // namespace hostile
