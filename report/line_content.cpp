// What stands on a line: a walk over the whole tree. Test: tests/report/why_test.cpp.

#include <algorithm>

#include "frontend/walk.h"
#include "report/why.h"

namespace report {
namespace {

using frontend::DynCast;
using frontend::Expr;
using frontend::ExprKind;
using frontend::Span;

class Finder {
 public:
  Finder(const frontend::Program& program, uint32_t line) : program_(program), line_(line) {}

  LineContent Find() {
    for (const frontend::Item& item : program_.items) {
      if (item.expr != nullptr) {
        Walk(*item.expr);
        continue;
      }
      const frontend::FunctionDecl& decl = *item.function;
      if (Contains(decl.span)) {
        content_.function_line = LineOf(decl.binding.span.begin);
      }
      Note(decl.span);
      for (const frontend::Param& param : decl.params) {
        Bind(param.binding);
        if (param.default_value != nullptr) {
          Walk(*param.default_value);
        }
      }
      if (decl.body != nullptr) {
        Walk(*decl.body);
      }
    }
    std::reverse(content_.loop_lines.begin(), content_.loop_lines.end());
    return std::move(content_);
  }

 private:
  uint32_t LineOf(uint32_t offset) const { return program_.source->Locate(offset).line; }

  bool Contains(Span span) const {
    return LineOf(span.begin) <= line_ && line_ <= LineOf(std::max(span.begin, span.end - 1));
  }

  void Note(Span span) { content_.is_empty &= LineOf(span.begin) != line_; }

  void AddName(std::string_view name) {
    std::vector<std::string>& names = content_.names;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.emplace_back(name);
    }
  }

  void Bind(const frontend::Binding& binding) {
    if (LineOf(binding.span.begin) == line_) {
      AddName(binding.name);
    }
  }

  void Walk(const Expr& root) {
    std::vector<const Expr*> open{&root};
    while (!open.empty()) {
      const Expr& expr = *open.back();
      open.pop_back();
      if (!Contains(expr.span)) {
        continue;
      }
      Note(expr.span);
      Look(expr);
      const size_t base = open.size();
      frontend::ForEachChild(expr, [&](const Expr& child) { open.push_back(&child); });
      std::reverse(open.begin() + static_cast<std::ptrdiff_t>(base), open.end());
    }
  }

  void Look(const Expr& expr) {
    if (expr.kind == ExprKind::For || expr.kind == ExprKind::While) {
      content_.loop_lines.push_back(LineOf(expr.span.begin));
    }
    if (const auto* loop = DynCast<frontend::ForExpr>(expr)) {
      Bind(loop->variable);
    } else if (const auto* let = DynCast<frontend::LetExpr>(expr)) {
      Bind(let->binding);
    } else if (expr.kind == ExprKind::Name && LineOf(expr.span.begin) == line_ &&
               program_.resolution.names[expr.id].kind == frontend::RefKind::Local) {
      AddName(program_.source->text(expr.span));
    }
  }

  const frontend::Program& program_;
  uint32_t line_;
  LineContent content_;
};

}  // namespace

LineContent ContentOf(const frontend::Program& program, uint32_t line) {
  return Finder(program, line).Find();
}

}  // namespace report
