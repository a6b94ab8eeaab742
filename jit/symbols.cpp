// The table of symbols, made from support.def. The C names are those that
// runtime/arith.h calls: compiled code must get the same last bits. hypot is
// not among them, because the language's own (runtime/arith.cpp) is a helper.

#include "jit/symbols.h"

#include <math.h>

#include "jit/support.h"

namespace jit {

namespace {

using Unary = double (*)(double);
using Binary = double (*)(double, double);

template <typename Function>
const void* Address(Function* function) {
  return reinterpret_cast<const void*>(function);
}

Symbol OfUnary(std::string_view name, Unary function) { return {name, Address(function)}; }
Symbol OfBinary(std::string_view name, Binary function) { return {name, Address(function)}; }

}  // namespace

std::vector<Symbol> SupportSymbols() {
  return {
#define LAB_HELPER(name, is_cold) {"lab_" #name, Address(&support::name)},
#include "jit/support.def"
#undef LAB_HELPER
      OfUnary("sin", &::sin),     OfUnary("cos", &::cos),      OfUnary("tan", &::tan),
      OfUnary("asin", &::asin),   OfUnary("acos", &::acos),    OfUnary("atan", &::atan),
      OfUnary("exp", &::exp),     OfUnary("log", &::log),      OfUnary("log2", &::log2),
      OfUnary("log10", &::log10), OfUnary("sqrt", &::sqrt),    OfUnary("fabs", &::fabs),
      OfUnary("floor", &::floor), OfUnary("ceil", &::ceil),    OfUnary("trunc", &::trunc),
      OfUnary("rint", &::rint),   OfBinary("atan2", &::atan2), OfBinary("pow", &::pow),
      OfBinary("fmod", &::fmod),
  };
}

}  // namespace jit
