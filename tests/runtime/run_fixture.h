#pragma once
// A context to test the runtime in, around a small program.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "frontend/program.h"
#include "runtime/builtins.h"
#include "runtime/context.h"
#include "runtime/ops.h"

namespace tests {

inline std::unique_ptr<frontend::Program> Load(const std::string& text) {
  frontend::DiagnosticSink sink;
  auto program = frontend::LoadProgram("prog.gc", text, runtime::BuiltinSignatures(), sink);
  if (program == nullptr) {
    ADD_FAILURE() << text;
  }
  return program;
}

struct RunFixture {
  explicit RunFixture(const std::string& text = "def f(x) = x\n", runtime::Limits limits = {})
      : program(Load(text)), context(*program, types, out, limits) {}

  runtime::Value Str(const std::string& text) {
    uint64_t code_points = 0;
    for (const char c : text) {
      code_points += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }
    return runtime::Value::Of(context.heap.NewStr(text, code_points));
  }

  // A list of owned values, which it takes over.
  runtime::Value List(std::vector<runtime::Value> values) {
    runtime::List* list = runtime::NewListFromValues(context, values);
    for (const runtime::Value& value : values) {
      runtime::Release(value);
    }
    if (list == nullptr) {
      ADD_FAILURE() << context.failure->message;
      list = context.heap.NewList(runtime::kAny, 0);
    }
    return runtime::Value::Of(list);
  }
  runtime::Value Ints(const std::vector<int64_t>& numbers) {
    std::vector<runtime::Value> values;
    for (const int64_t number : numbers) {
      values.push_back(runtime::Value::Int(number));
    }
    return List(std::move(values));
  }

  std::string Text(runtime::Value value) {
    std::string text;
    EXPECT_TRUE(runtime::Format(context, value, &text));
    return text;
  }
  // The same, for an owned value.
  std::string Take(runtime::Value value) {
    std::string text = Text(value);
    runtime::Release(value);
    return text;
  }

  // "type: cannot add an int and a str", and forgets it.
  std::string Failure() {
    if (!context.failure.has_value()) {
      return "no failure";
    }
    std::string text(runtime::Name(context.failure->kind));
    text += ": " + context.failure->message;
    context.failure.reset();
    return text;
  }

  // The text of the result, or the failure. Takes the arguments over.
  std::string Op(frontend::BinaryOp op, runtime::Value a, runtime::Value b) {
    runtime::Value result;
    const bool ok = runtime::Binary(context, op, a, b, &result);
    runtime::Release(a);
    runtime::Release(b);
    return ok ? Take(result) : Failure();
  }
  std::string Call(runtime::BuiltinKind builtin, const std::vector<runtime::Value>& args) {
    runtime::Value result = runtime::Value::None();
    const bool ok =
        runtime::CallBuiltin(context, static_cast<frontend::BuiltinId>(builtin), args, &result);
    for (const runtime::Value& arg : args) {
      runtime::Release(arg);
    }
    return ok ? Take(result) : Failure();
  }

  // Everything made has been freed.
  void ExpectNothingLives() {
    EXPECT_EQ(context.heap.counters().live_objects, 0u);
    EXPECT_EQ(context.heap.counters().live_bytes, 0u);
  }

  runtime::TypeTable types;
  runtime::StringOutput out;
  std::unique_ptr<frontend::Program> program;
  runtime::Context context;
};

}  // namespace tests
