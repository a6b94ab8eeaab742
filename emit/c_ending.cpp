// What the program does when it is started: main, or the protocol of measuring.
// tests/emit/c_test.cpp.

#include "emit/c_printer.h"
#include "frontend/check.h"
#include "frontend/print_source.h"
#include "runtime/error_texts.h"

namespace emit {

using frontend::ExprKind;
using frontend::TypeExprKind;
using runtime::kFloat;

// The value of a default, which is a constant expression.
std::string CPrinter::DefaultText(const frontend::Expr& value, TypeId type) {
  const auto gives = [&](TypeId own, std::string text) {
    if (type == kFloat && own == runtime::kInt) {
      return "(double)" + text;
    }
    return Converted({.text = std::move(text), .type = own}, type);
  };
  switch (value.kind) {
    case ExprKind::Int: {
      Term term{.kind = TermKind::Int, .type = runtime::kInt, .span = value.span};
      term.integer = frontend::Cast<frontend::IntExpr>(value).value;
      return gives(runtime::kInt, Text(term));
    }
    case ExprKind::Float: {
      Term term{.kind = TermKind::Float, .type = kFloat, .span = value.span};
      term.real = frontend::Cast<frontend::FloatExpr>(value).value;
      return gives(kFloat, Text(term));
    }
    case ExprKind::Bool:
      return gives(runtime::kBool,
                   frontend::Cast<frontend::BoolExpr>(value).value ? "true" : "false");
    case ExprKind::Str: {
      Term term{.kind = TermKind::Str, .type = runtime::kStr, .span = value.span};
      term.text = frontend::Cast<frontend::StrExpr>(value).value;
      return gives(runtime::kStr, Text(term));
    }
    case ExprKind::None:
      return gives(runtime::kNone, "");
    case ExprKind::Unary: {
      const auto& unary = frontend::Cast<frontend::UnaryExpr>(value);
      const frontend::Expr& operand = *unary.operand;
      if (unary.op == frontend::UnaryOp::Negate && operand.kind == ExprKind::Int) {
        const int64_t integer = frontend::Cast<frontend::IntExpr>(operand).value;
        if (integer == INT64_MIN) {
          break;
        }
        return gives(runtime::kInt, std::to_string(-integer));
      }
      if (unary.op == frontend::UnaryOp::Negate && operand.kind == ExprKind::Float) {
        return gives(kFloat, "-" + DefaultText(operand, kFloat));
      }
      break;
    }
    case ExprKind::Name: {
      const frontend::Ref ref =
          module_.program->resolution.names[frontend::Cast<frontend::NameExpr>(value).id];
      if (ref.kind == frontend::RefKind::Global) {
        const TypeId own = module_.globals[ref.index].type;
        return gives(own, ShapeOf(own) == Shape::Unit ? "" : global_names_[ref.index]);
      }
      if (ref.kind == frontend::RefKind::Builtin) {
        Term term{.kind = TermKind::Constant, .type = kFloat, .span = value.span};
        term.builtin = static_cast<runtime::BuiltinKind>(ref.index);
        return gives(kFloat, Text(term));
      }
      break;
    }
    case ExprKind::List:
    case ExprKind::Comprehension:
    case ExprKind::Binary:
    case ExprKind::Logical:
    case ExprKind::Call:
    case ExprKind::Index:
    case ExprKind::Lambda:
    case ExprKind::Block:
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::If:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      break;
  }
  refusal_ =
      Refusal{.span = value.span, .text = "a default that is computed cannot be used here in C"};
  return "0";
}

// What kind of argument a parameter takes.
std::string CPrinter::TagOf(const frontend::Param& param, TypeId type) const {
  if (param.type == nullptr) {
    const std::string code = ElementCode(type);
    return code.starts_with("LIST_OF") ? "LIST" : code;
  }
  switch (param.type->kind) {
    case TypeExprKind::Int:
    case TypeExprKind::I32:
      return "INT";
    case TypeExprKind::Float:
    case TypeExprKind::F32:
      return "FLOAT";
    case TypeExprKind::Bool:
      return "BOOL";
    case TypeExprKind::Str:
      return "TEXT";
    case TypeExprKind::None:
      return "NONE";
    case TypeExprKind::List:
      return "LIST";
    case TypeExprKind::Seq:
      return "SEQ";
    case TypeExprKind::Function:
      return "FUNCTION";
  }
  LAB_CHECK(false);
}

// The argument of main that `text` is, or an error.
std::string CPrinter::ArgumentText(const frontend::Param& param, TypeId type,
                                   const std::string& text) {
  const std::vector<std::string> args{"\"" + std::string(param.binding.name) + "\"", text};
  switch (ShapeOf(type)) {
    case Shape::Bool:
      return Call("bool_argument", args);
    case Shape::Int:
      return Call("int_argument", args);
    case Shape::Float:
      return Call("float_argument", args);
    case Shape::Str:
      return Call("str_argument", args);
    case Shape::Value:
      return Call("value_argument", args);
    case Shape::Unit:
    case Shape::List:
    case Shape::Buffer:
    case Shape::Seq:
    case Shape::Function: {
      const std::string wanted = param.type == nullptr
                                     ? "of the type of its default"
                                     : runtime::WithArticle(frontend::PrintType(*param.type));
      return "(fail_argument(" + args[0] + ", \"" + wanted + "\", given_text(" + args[0] + ", " +
             text + ")), NULL)";
    }
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

// The top level is routine_.
void CPrinter::PrintTopLevel() {
  out_->Indent();
  PrintBody(*routine_);
  out_->Outdent();
}

void CPrinter::PrintMain() {
  const frontend::Function* main = module_.program->FindFunction("main");
  const bool has_main = main != nullptr && main->kind == frontend::FunctionKind::Def;
  out_->Gap();
  const std::vector<frontend::Function>& functions = module_.program->resolution.functions;
  const Routine* routine =
      has_main ? &RoutineAt(module_.entry_of_function[static_cast<size_t>(main - functions.data())])
               : nullptr;
  routine_ = &module_.top();
  CountUses(*routine_);
  if (routine == nullptr || routine->param_count == 0) {
    out_->Plain("int main(void) {");
    PrintTopLevel();
  } else {
    const std::string count = std::to_string(routine->param_count);
    std::string names;
    for (const frontend::Param& param : main->decl->params) {
      names += (names.empty() ? "\"" : ", \"") + std::string(param.binding.name) + "\"";
    }
    out_->Plain("int main(int argc, char **argv) {");
    out_->Plain("  const char *texts[" + count + "] = {0};");
    out_->Plain("  read_arguments(argc, argv, " + count + ", (const char *[]){" + names +
                "}, texts);");
  }
  // Their names must be free beside those of the top level.
  std::vector<std::string> args;
  for (uint32_t i = 0; routine != nullptr && i < routine->param_count; ++i) {
    const frontend::Param& param = main->decl->params[i];
    const TypeId type = routine->locals[i].type;
    const std::string text = "texts[" + std::to_string(i) + "]";
    std::string value = ArgumentText(param, type, text);
    if (param.default_value != nullptr) {
      value = text + " == NULL ? " + DefaultText(*param.default_value, type) + " : " + value;
    }
    if (ShapeOf(type) == Shape::Unit) {
      out_->Plain("  " + value + ";");
      continue;
    }
    args.push_back(NewVariable(routine->locals[i].name, CType(type)));
    const std::string owned = !IsObject(type)                 ? ""
                              : ShapeOf(type) == Shape::Value ? "OWNED_VALUE "
                                                              : "OWNED ";
    out_->Plain("  " + owned + Declared(type, args.back()) + " = " + value + ";");
  }
  if (routine != nullptr && routine->param_count > 0) {
    PrintTopLevel();
  }
  if (routine != nullptr) {
    const std::string call = Call(FunctionName(*routine), args);
    PrintResult(call, routine->result);
  }
  out_->Plain("}");
}

// main's value, unless it is none.
void CPrinter::PrintResult(const std::string& call, TypeId type) {
  const std::string result = IsObject(type) ? NewVariable("result", CType(type)) : "";
  switch (ShapeOf(type)) {
    case Shape::Unit:
      out_->Plain("  " + call + ";");
      return;
    case Shape::Bool:
      out_->Plain("  printf(\"%s\\n\", " + call + " ? \"true\" : \"false\");");
      return;
    case Shape::Int:
      out_->Plain("  printf(\"%\" PRId64 \"\\n\", " + call + ");");
      return;
    case Shape::Float:
      out_->Plain("  printf(\"%s\\n\", " + Call("float_text", {call}) + ");");
      return;
    case Shape::Str:
    case Shape::List:
    case Shape::Buffer:
    case Shape::Seq:
    case Shape::Function:
      out_->Plain("  OWNED " + Declared(type, result) + " = " + call + ";");
      out_->Plain("  print(" + Boxed({.text = result, .type = type}) + ");");
      return;
    case Shape::Value:
      out_->Plain("  OWNED_VALUE Value " + result + " = " + call + ";");
      out_->Plain("  if (" + result + ".tag != NONE) {");
      out_->Plain("    print(" + result + ");");
      out_->Plain("  }");
      return;
  }
  LAB_CHECK(false);
}

void CPrinter::PrintMeasure() {
  out_->Gap();
  routine_ = &module_.top();
  CountUses(*routine_);
  out_->Plain("static void top_level(void) {");
  PrintTopLevel();
  out_->Plain("}");
  const std::vector<frontend::Function>& functions = module_.program->resolution.functions;
  std::string benches;
  size_t count = 0;
  for (frontend::FunctionId id = 0; id < functions.size(); ++id) {
    const frontend::Function& function = functions[id];
    if (function.kind != frontend::FunctionKind::Bench) {
      continue;
    }
    const Routine& routine = RoutineAt(module_.entry_of_function[id]);
    const std::string name = FunctionName(routine);
    std::string args;
    std::string names;
    std::string tags;
    for (uint32_t i = 0; i < routine.param_count; ++i) {
      const frontend::Param& param = function.decl->params[i];
      const TypeId type = routine.locals[i].type;
      if (ShapeOf(type) != Shape::Unit) {
        args += (args.empty() ? "" : ", ") + Unboxed("args[" + std::to_string(i) + "]", type);
      }
      names += (i == 0 ? "\"" : ", \"") + std::string(param.binding.name) + "\"";
      tags += (i == 0 ? "" : ", ") + TagOf(param, type);
    }
    const std::string call = name + "(" + args + ")";
    out_->Gap();
    out_->Plain("static Value run_" + name + "(const Value *args) {");
    out_->Plain("  (void)args;");
    if (ShapeOf(routine.result) == Shape::Unit && !routine.yields) {
      out_->Plain("  " + call + ";");
      out_->Plain("  return of_none();");
    } else {
      out_->Plain("  return " +
                  (routine.yields ? "of_seq(" + call + ")"
                                  : Boxed({.text = call, .type = routine.result})) +
                  ";");
    }
    out_->Plain("}");
    benches += "    {\"" + std::string(function.name) + "\", " +
               std::to_string(routine.param_count) + ", (const char *[]){" +
               (names.empty() ? "NULL" : names) + "}, (int[]){" + (tags.empty() ? "0" : tags) +
               "}, run_" + name + "},\n";
    ++count;
  }
  out_->Gap();
  out_->Plain("int main(int argc, char **argv) {");
  if (count == 0) {
    benches = "    {\"\", 0, NULL, NULL, NULL},\n";
  }
  out_->Plain("  const Bench benches[] = {");
  out_->Plain(benches);
  out_->Plain("  };");
  out_->Plain("  return measure_bench(argc, argv, top_level, benches, " + std::to_string(count) +
              ");");
  out_->Plain("}");
}

}  // namespace emit
