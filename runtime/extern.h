#pragma once
// C functions called directly (`extern "m" def cosf(x: f32) -> f32`).
//
// libm is allowed, and only the functions of libm.def with the signature they
// have in C: a wrong declaration is an error, never a crash. Other libraries
// need Context::allowed_externs and are trusted to be declared rightly.

#include <memory>
#include <string>
#include <vector>

#include "frontend/program.h"
#include "runtime/context.h"
#include "runtime/value.h"

namespace runtime {

// Opens the libraries of Context::allowed_externs now, so that Bind finds them without opening a
// file. One that is not there shows when it is bound.
void LoadExternLibraries(const std::vector<std::string>& allowed_externs);

class ExternFunction {
 public:
  // Null, with context.failure set, when library or symbol are refused or missing.
  static std::unique_ptr<ExternFunction> Bind(Context& context, const frontend::FunctionDecl& decl);
  virtual ~ExternFunction() = default;

  // Arguments as declared (int where float is declared is converted; i32 is range-checked).
  virtual bool Call(Context& context, const Value* args, Value* out) = 0;

  // For engines that call without boxing: the C address, and whether the
  // signature is that common one; null otherwise.
  using DoubleUnary = double (*)(double);
  using FloatUnary = float (*)(float);
  using DoubleBinary = double (*)(double, double);
  DoubleUnary double_unary = nullptr;
  FloatUnary float_unary = nullptr;
  DoubleBinary double_binary = nullptr;
};

}  // namespace runtime
