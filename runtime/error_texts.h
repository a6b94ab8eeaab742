#pragma once
// The words of every run-time error, in one place, so that no two engines can
// differ. Each function makes a complete Failure; hand it to Context::Fail.
// `a_type` and its like are types with their article, as DescribeType (ops.h)
// gives them: "an int", "a list[str]", "none".
//
// A message is a sentence without a full stop, identifiers in backticks, that
// says what was found and what was expected; help is a concrete edit.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "frontend/ast.h"
#include "runtime/arith.h"
#include "runtime/builtins.h"
#include "runtime/error.h"
#include "runtime/value.h"

namespace runtime {

// "an int", "a str", "a list[int]"; names that are complete ("none", "a function") stay.
std::string WithArticle(std::string_view type_name);
// 10000 as "10,000".
std::string GroupedText(uint64_t number);

// Arithmetic. The operands are numbers, those of an operator both ints or both floats.
Failure ArithText(frontend::BinaryOp op, Arith error, Value a, Value b);
Failure NegateText(Value a);
Failure MathText(BuiltinKind builtin, Arith error, std::span<const Value> args);

// Types.
Failure OperandsText(frontend::BinaryOp op, std::string_view a_type, std::string_view b_type);
Failure CompareText(std::string_view a_type, std::string_view b_type);
Failure UnaryText(frontend::UnaryOp op, std::string_view a_type);
Failure ConditionText(std::string_view a_type);
Failure DeclaredText(std::string_view name, std::string_view declared_type,
                     std::string_view a_type);
// `expected`: "a number", "a str or a list" ...
Failure ArgumentText(BuiltinKind builtin, std::string_view expected, std::string_view a_type);
Failure NotCallableText(std::string_view a_type);
Failure NotIterableText(std::string_view a_type);
Failure NotIndexableText(std::string_view a_type);
Failure IndexTypeText(std::string_view a_type);
Failure FixedElementText();  // s[i] = v on a str
Failure MemoKeyText(std::string_view a_type);
Failure ArgumentCountText(std::string_view function, uint64_t least, uint64_t most, uint64_t given);

// Lists.
Failure ElementText(std::string_view a_type);  // of a kind that no list holds
Failure MixedListText(std::string_view first_type, std::string_view other_type);
Failure AppendText(std::string_view a_type, std::string_view list_type);
Failure StoreText(std::string_view a_type, std::string_view list_type);
Failure JoinListsText(std::string_view a_type, std::string_view b_type);
Failure NestedListText();
Failure CyclicListText();

// Values.
Failure IndexText(int64_t index, uint64_t size, bool is_str);
Failure PopText();
Failure ParseText(BuiltinKind builtin, std::string_view text, bool out_of_range);
Failure RangeStepText();
Failure EmptyText(BuiltinKind consumer);  // sum, min or max of nothing
Failure ConsumedText();
Failure UnsetText(std::string_view name);

// What the program says itself.
Failure AssertText();
Failure AssertText(std::string_view text);
Failure RaisedText(std::string_view text);

// Limits and the outside.
Failure DepthText(uint32_t limit);
Failure MemoryText(uint64_t wanted_bytes, uint64_t limit_bytes);
Failure LargeFramesText();  // the calls' variables fill the stack
Failure TimeText(double seconds);
Failure InterruptText();
Failure OutputText(int error_number);
Failure ExternLibraryText(std::string_view library);                     // not allowed
Failure ExternLoadText(std::string_view library, std::string_view why);  // not found
Failure ExternSymbolText(std::string_view library, std::string_view symbol);
Failure ExternSignatureText(std::string_view symbol, std::string_view expected);
Failure ExternTypeText(std::string_view symbol);
Failure ExternRangeText(std::string_view parameter, int64_t value);

// The program's arguments.
Failure NoMainText(uint64_t given);
Failure TooManyProgramArgsText(std::string_view function, uint64_t most, uint64_t given);
Failure MissingProgramArgText(std::string_view parameter);
Failure UnknownProgramArgText(std::string_view name, std::string_view known);
Failure RepeatedProgramArgText(std::string_view parameter);
Failure ProgramArgTypeText(std::string_view parameter, std::string_view declared_type,
                           std::string_view text);

}  // namespace runtime
