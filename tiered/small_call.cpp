// Adds up the expressions of a version and all it calls, until they are too many. Tests:
// tests/tiered/small_call_test.cpp.

#include "tiered/small_call.h"

#include "infer/reach.h"
#include "runtime/builtins.h"

namespace tiered {
namespace {

using frontend::Expr;
using frontend::ExprKind;
using runtime::BuiltinKind;

// Going over and back takes 15 to 20 ns; so much is evaluated meanwhile.
constexpr uint32_t kSmallExpressions = 24;

class Counter {
 public:
  Counter(const frontend::Program& program, const infer::Inference& inference)
      : program_(program), inference_(inference) {}

  bool StaysSmall(infer::VersionId id) {
    const infer::Version& version = inference_.Get(id);
    const frontend::Function& function = program_.resolution.functions[version.function];
    // A recursion comes by often enough to run out here.
    count_ += function.end_expr - function.first_expr + 1;
    if (count_ > kSmallExpressions) {
      return false;
    }
    for (const Expr* e : infer::OwnExprs(program_, version.function)) {
      const bool is_loop = e->kind == ExprKind::For || e->kind == ExprKind::While ||
                           e->kind == ExprKind::Comprehension;
      if (is_loop || (e->kind == ExprKind::Call && !CallStaysSmall(version, *e))) {
        return false;
      }
    }
    return true;
  }

 private:
  bool CallStaysSmall(const infer::Version& version, const Expr& e) {
    const infer::VersionId callee = inference_.Callee(version, e);
    if (callee != infer::kNoVersion) {
      return StaysSmall(callee);
    }
    const Expr& called = *frontend::Cast<frontend::CallExpr>(e).callee;
    if (called.kind != ExprKind::Name) {
      return false;
    }
    const frontend::Ref ref = program_.resolution.names[called.id];
    if (ref.kind != frontend::RefKind::Builtin) {
      return false;
    }
    const auto kind = static_cast<BuiltinKind>(ref.index);
    return program_.builtins[ref.index].consumed_argument < 0 && kind != BuiltinKind::Map &&
           kind != BuiltinKind::Filter;
  }

  const frontend::Program& program_;
  const infer::Inference& inference_;
  uint32_t count_ = 0;
};

}  // namespace

bool IsSmallCall(const frontend::Program& program, const infer::Inference& inference,
                 infer::VersionId version) {
  return Counter(program, inference).StaysSmall(version);
}

}  // namespace tiered
