// Command-line texts become values: by the declared type of the parameter,
// else by their spelling. A parameter that is skipped while a later one is
// named takes its default here, which then must be a plain value. Tests:
// tests/runtime/run_test.cpp.

#include "runtime/program_args.h"

#include <algorithm>
#include <optional>

#include "runtime/error_texts.h"
#include "runtime/number_text.h"
#include "runtime/ops.h"

namespace runtime {

namespace {

using frontend::Param;

bool IsName(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

uint64_t CountCodePoints(std::string_view text) {
  return static_cast<uint64_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool MakeStr(Context& context, std::string_view text, Value* value) {
  Str* str = context.heap.NewStr(text, CountCodePoints(text));
  if (str == nullptr) {
    return context.FailMemory();
  }
  *value = Value::Of(str);
  return true;
}

bool BySpelling(Context& context, std::string_view text, Value* value) {
  int64_t whole;
  double real;
  if (text == "true" || text == "false") {
    *value = Value::Bool(text == "true");
    return true;
  }
  const ParseResult as_int = ParseInt(text, &whole);
  if (as_int == ParseResult::OutOfRange) {
    return context.Fail(ParseText(BuiltinKind::Int, text, true));
  }
  if (as_int == ParseResult::Ok) {
    *value = Value::Int(whole);
    return true;
  }
  if (ParseFloat(text, &real) == ParseResult::Ok) {
    *value = Value::Float(real);
    return true;
  }
  return MakeStr(context, text, value);
}

bool ReadValue(Context& context, const Param& param, std::string_view text, Value* value) {
  if (param.type == nullptr) {
    return BySpelling(context, text, value);
  }
  const TypeId declared = context.types.FromDeclaration(*param.type);
  if (declared == kStr) {
    return MakeStr(context, text, value);
  }
  if (!BySpelling(context, text, value)) {
    return false;
  }
  if (CheckDeclared(context, declared, param.binding.name, value)) {
    return true;
  }
  Release(*value);
  return context.Fail(
      ProgramArgTypeText(param.binding.name, WithArticle(context.types.Name(declared)), text));
}

// The value of a default that is a literal; nothing for any other expression.
bool ReadDefault(Context& context, const Param& param, Value* value) {
  const frontend::Expr& expr = *param.default_value;
  bool ok = true;
  if (const auto* whole = frontend::DynCast<frontend::IntExpr>(expr)) {
    *value = Value::Int(whole->value);
  } else if (const auto* real = frontend::DynCast<frontend::FloatExpr>(expr)) {
    *value = Value::Float(real->value);
  } else if (const auto* boolean = frontend::DynCast<frontend::BoolExpr>(expr)) {
    *value = Value::Bool(boolean->value);
  } else if (const auto* str = frontend::DynCast<frontend::StrExpr>(expr)) {
    ok = MakeStr(context, str->value, value);
  } else if (expr.kind == frontend::ExprKind::None) {
    *value = Value::None();
  } else {
    return context.Fail(MissingProgramArgText(param.binding.name));
  }
  return ok && (param.type == nullptr ||
                CheckDeclared(context, context.types.FromDeclaration(*param.type),
                              param.binding.name, value));
}

std::string KnownNames(std::span<const Param> params) {
  std::string names;
  for (const Param& param : params) {
    names += names.empty() ? "`" : ", `";
    names += std::string(param.binding.name) + "`";
  }
  return names;
}

// Which text belongs to which parameter.
bool AssignTexts(Context& context, const frontend::Function& function,
                 const std::vector<std::string>& texts,
                 std::vector<std::optional<std::string_view>>* text_of) {
  const std::span<const Param> params = function.decl->params;
  size_t next = 0;
  for (const std::string_view text : texts) {
    const size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    size_t at = next;
    std::string_view value = text;
    if (equals != std::string_view::npos && IsName(name)) {
      const auto named = std::find_if(params.begin(), params.end(), [name](const Param& param) {
        return param.binding.name == name;
      });
      if (named == params.end()) {
        return context.Fail(UnknownProgramArgText(name, KnownNames(params)));
      }
      at = static_cast<size_t>(named - params.begin());
      value = text.substr(equals + 1);
    } else if (next++ >= params.size()) {
      return context.Fail(TooManyProgramArgsText(function.name, params.size(), texts.size()));
    }
    if ((*text_of)[at].has_value()) {
      return context.Fail(RepeatedProgramArgText(params[at].binding.name));
    }
    (*text_of)[at] = value;
  }
  return true;
}

}  // namespace

bool ReadProgramArgs(Context& context, const frontend::Function& function,
                     const std::vector<std::string>& texts, std::vector<Value>* values) {
  const std::span<const Param> params = function.decl->params;
  std::vector<std::optional<std::string_view>> text_of(params.size());
  if (!AssignTexts(context, function, texts, &text_of)) {
    return false;
  }
  size_t count = params.size();  // up to the last that is given or has no default
  while (count > 0 && !text_of[count - 1].has_value() &&
         params[count - 1].default_value != nullptr) {
    --count;
  }
  for (size_t i = 0; i < count; ++i) {
    Value value = Value::None();
    bool ok;
    if (const auto& text = text_of[i]; text.has_value()) {
      ok = ReadValue(context, params[i], *text, &value);
    } else if (params[i].default_value != nullptr) {
      ok = ReadDefault(context, params[i], &value);
    } else {
      ok = context.Fail(MissingProgramArgText(params[i].binding.name));
    }
    if (!ok) {
      for (const Value& made : *values) {
        Release(made);
      }
      values->clear();
      return false;
    }
    values->push_back(value);
  }
  return true;
}

}  // namespace runtime
