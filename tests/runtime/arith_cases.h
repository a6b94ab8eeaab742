#pragma once
// Replays cases that CPython has answered (tests/vectors) in two ways: through
// the inline functions of arith.h, and through the dynamic operators and
// built-ins. Notation: tests/vectors/make_vectors.py.

#include <string>
#include <string_view>

#include "runtime/context.h"

namespace tests {

// "" when both ways give `expected`, else what went wrong.
std::string CheckBinary(runtime::Context& context, std::string_view op, std::string_view a,
                        std::string_view b, std::string_view expected);
std::string CheckUnary(runtime::Context& context, std::string_view op, std::string_view a,
                       std::string_view expected);

// A value and its notation, and the letter of an error.
runtime::Value DecodeValue(std::string_view text);
std::string EncodeValue(runtime::Value value);
std::string EncodeFailure(const runtime::Failure& failure);

// One line of random cases: "binary OP A B RESULT" or "unary OP A RESULT".
std::string CheckLine(runtime::Context& context, std::string_view line);

}  // namespace tests
