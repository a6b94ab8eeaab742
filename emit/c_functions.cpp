// Functions as values, which are called without being known; and functions that yield, which
// become structs with a function that goes on from where it was. tests/emit/c_test.cpp.

#include <algorithm>

#include "emit/c_printer.h"
#include "frontend/check.h"

namespace emit {

using runtime::BuiltinKind;
using runtime::kAny;
using runtime::TypeKind;

namespace {

std::string Capitalised(std::string name) {
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') {
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  }
  return name;
}

}  // namespace

// The object that stands for the function; for a lambda that captures, its functions are made.
std::string CPrinter::FunctionValue(const Routine& routine) {
  const auto found = std::find_if(values_.begin(), values_.end(),
                                  [&](RoutineId id) { return &RoutineAt(id) == &routine; });
  const std::string name = FunctionName(routine) + "_value";
  if (found != values_.end()) {
    return name;
  }
  for (RoutineId id = 0; id < module_.routines.size(); ++id) {
    if (&RoutineAt(id) == &routine) {
      values_.push_back(id);
    }
  }
  std::string captures;
  std::string fields;
  for (uint32_t i = 0; i < routine.capture_count; ++i) {
    const Variable& capture = routine.locals[routine.param_count + i];
    if (routine.kind == RoutineKind::Lambda && ShapeOf(capture.type) != Shape::Unit) {
      captures += (captures.empty() ? "" : ", ") + Declared(capture.type, capture.name);
      fields += "  " + Declared(capture.type, capture.name) + ";\n";
    }
  }
  if (captures.empty()) {
    value_names_.push_back("static Function " + name + ";");
    return name;
  }
  const std::string type = CaptureStruct(routine);
  types_of_head_.push_back("typedef struct " + type + " {\n  Function function;\n" + fields + "} " +
                           type + ";");
  prototypes_.push_back("static Function *new_" + FunctionName(routine) + "(" + captures + ");");
  return name;
}

std::string CPrinter::CaptureStruct(const Routine& routine) {
  return Capitalised(FunctionName(routine)) + "Function";
}

std::string CPrinter::BuiltinValue(BuiltinKind builtin) {
  const std::string name = "builtin_" + std::string(Name(builtin));
  if (std::find(builtin_values_.begin(), builtin_values_.end(), builtin) == builtin_values_.end()) {
    builtin_values_.push_back(builtin);
    value_names_.push_back("static Function " + name + ";");
  }
  return name;
}

// The object behind the only value of a type; empty for none.
std::string CPrinter::FunctionOfType(TypeId type) {
  const runtime::Type& it = module_.types->Get(type);
  if (it.kind == TypeKind::Builtin) {
    return BuiltinValue(static_cast<BuiltinKind>(it.index));
  }
  if (it.kind != TypeKind::Function && it.kind != TypeKind::Lambda) {
    return "";
  }
  // The routine that takes whatever comes, if there is one.
  const Routine* best = nullptr;
  for (const auto& routine : module_.routines) {
    if (routine->function != it.index) {
      continue;
    }
    bool fits = true;
    for (uint32_t i = 0; i < routine->capture_count; ++i) {
      fits = fits && routine->locals[routine->param_count + i].type == it.args[i];
    }
    bool is_general = true;
    for (uint32_t i = 0; i < routine->param_count; ++i) {
      is_general =
          is_general && (routine->locals[i].type == kAny || routine->locals[i].declared != nullptr);
    }
    if (fits && (best == nullptr || is_general)) {
      best = routine.get();
    }
  }
  LAB_CHECK(best != nullptr);
  return FunctionValue(*best);
}

void CPrinter::PrintFunctionValue(const Routine& routine) {
  routine_ = &routine;
  CountUses(routine);
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  const std::string name = FunctionName(routine);
  const std::string shown = function.decl != nullptr
                                ? "<function " + std::string(function.name) + ">"
                                : std::string(function.name);
  size_t least = routine.param_count;
  while (function.decl != nullptr && least > 0 &&
         function.decl->params[least - 1].default_value != nullptr) {
    --least;
  }
  has_line_parameter_ = true;
  std::vector<std::string> args;
  for (uint32_t i = 0; i < routine.param_count; ++i) {
    const Variable& param = routine.locals[i];
    std::string value = "args[" + std::to_string(i) + "]";
    if (i >= least) {
      value = "(count > " + std::to_string(i) + " ? " + value + " : " +
              DefaultText(*function.decl->params[i].default_value, kAny) + ")";
    }
    if (param.declared != nullptr) {
      args.push_back(CheckText(value, param.type, *param.declared, param.name));
    } else if (ShapeOf(param.type) != Shape::Unit) {
      args.push_back(Unboxed(value, param.type));
    }
  }
  std::vector<std::string> stores;
  std::vector<std::string> drops;
  const std::string type = CaptureStruct(routine);
  std::string captures;
  for (uint32_t i = 0; i < routine.capture_count; ++i) {
    const Variable& capture = routine.locals[routine.param_count + i];
    if (ShapeOf(capture.type) == Shape::Unit) {
      continue;
    }
    captures += (captures.empty() ? "" : ", ") + Declared(capture.type, capture.name);
    args.push_back("((" + type + " *)self)->" + capture.name);
    stores.push_back("created->" + capture.name + " = " + Retained(capture.name, capture.type) +
                     ";");
    if (IsObject(capture.type)) {
      const bool is_value = ShapeOf(capture.type) == Shape::Value;
      drops.push_back((is_value ? "drop_value(lambda->" : "drop(lambda->") + capture.name + ");");
    }
  }
  const std::string call =
      routine.kind == RoutineKind::Extern ? ExternCall(routine, args) : Call(name, args);
  has_line_parameter_ = false;
  out_->Gap();
  out_->Plain("static Value call_" + name +
              "(Function *self, int count, const Value *args, int line) {");
  out_->Plain("  (void)self, (void)args;");
  out_->Plain("  check_count(\"" + std::string(function.name) + "\", " + std::to_string(least) +
              ", " + std::to_string(routine.param_count) + ", count, line);");
  if (routine.yields) {
    out_->Plain("  return of_seq(" + call + ");");
  } else if (ShapeOf(routine.result) == Shape::Unit) {
    out_->Plain("  " + call + ";");
    out_->Plain("  return " + Boxed({.text = "", .type = routine.result}) + ";");
  } else {
    out_->Plain("  return " + Boxed({.text = call, .type = routine.result}) + ";");
  }
  out_->Plain("}");
  out_->Gap();
  if (captures.empty()) {
    out_->Plain("static Function " + name + "_value = {{FOREVER, free}, \"" + shown + "\", call_" +
                name + "};");
    return;
  }
  std::string destroy = "free";
  if (!drops.empty()) {
    destroy = "destroy_" + name;
    out_->Plain("static void " + destroy + "(void *self) {");
    out_->Plain("  " + type + " *lambda = self;");
    for (const std::string& drop : drops) {
      out_->Plain("  " + drop);
    }
    out_->Plain("  free(self);");
    out_->Plain("}");
    out_->Gap();
  }
  out_->Plain("static Function *new_" + name + "(" + captures + ") {");
  out_->Plain("  " + type + " *created = checked_memory(malloc(sizeof *created));");
  out_->Plain("  created->function = (Function){{1, " + destroy + "}, \"" + shown + "\", call_" +
              name + "};");
  for (const std::string& store : stores) {
    out_->Plain("  " + store);
  }
  out_->Plain("  return &created->function;");
  out_->Plain("}");
}

void CPrinter::PrintBuiltinValue(BuiltinKind builtin) {
  const std::string name(Name(builtin));
  const frontend::Signature& signature = runtime::BuiltinSignatures()[static_cast<size_t>(builtin)];
  const bool takes_any = signature.max_args == frontend::kAnyCount;
  out_->Gap();
  out_->Plain("static Value call_builtin_" + name +
              "(Function *self, int count, const Value *args, int line) {");
  out_->Plain("  (void)self, (void)args;");
  out_->Plain("  check_count(\"" + name + "\", " + std::to_string(signature.min_args) + ", " +
              (takes_any ? "-1" : std::to_string(signature.max_args)) + ", count, line);");
  has_line_parameter_ = true;
  if (builtin == BuiltinKind::Print) {
    out_->Plain("  print_values((size_t)count, args);");
    out_->Plain("  return of_none();");
  } else if (builtin == BuiltinKind::Min || builtin == BuiltinKind::Max) {
    const std::string sign = builtin == BuiltinKind::Min ? "-1" : "1";
    out_->Plain("  if (count == 1) {");
    out_->Plain("    return extreme_of_at(args[0], " + sign + ", \"" + name + "\", line);");
    out_->Plain("  }");
    out_->Plain("  Value best = retain_value(args[0]);");
    out_->Plain("  for (int i = 1; i < count; i++) {");
    out_->Plain("    assign_value(&best, choose_value_at(best, args[i], " + sign + ", \"" + name +
                "\", line));");
    out_->Plain("  }");
    out_->Plain("  return best;");
  } else {
    for (uint32_t count = signature.max_args + 1; count-- > signature.min_args;) {
      std::vector<Operand> args;
      for (uint32_t i = 0; i < count; ++i) {
        args.push_back({.text = "args[" + std::to_string(i) + "]", .type = kAny});
      }
      const bool gives_none = GivesNone(builtin);
      const std::string text = BuiltinText(builtin, kAny, args, Binding::Comma);
      const std::string indent = count > signature.min_args ? "    " : "  ";
      if (count > signature.min_args) {
        out_->Plain("  if (count == " + std::to_string(count) + ") {");
      }
      if (gives_none) {
        out_->Plain(indent + text + ";");
        if (builtin != BuiltinKind::Error) {
          out_->Plain(indent + "return of_none();");
        }
      } else {
        out_->Plain(indent + "return " + text + ";");
      }
      if (count > signature.min_args) {
        out_->Plain("  }");
      }
    }
  }
  has_line_parameter_ = false;
  out_->Plain("}");
  out_->Gap();
  out_->Plain("static Function builtin_" + name + " = {{FOREVER, free}, \"<built-in " + name +
              ">\", call_builtin_" + name + "};");
}

// Functions that yield -------------------------------------------------------------

void CPrinter::PrintGenerator(const Routine& routine) {
  const std::string name = FunctionName(routine);
  const std::string type = UniqueName(Capitalised(name) + "Seq");
  // The body is written twice: its fields are known only at its end.
  Writer trial = *out_;
  Writer* const out = out_;
  out_ = &trial;
  PrintBlock(routine.body);
  out_ = out;
  std::vector<std::string> fields;
  std::vector<std::string> drops;
  const auto add = [&](const std::string& declaration, const std::string& field) {
    fields.push_back(declaration + ";");
    if (declaration.starts_with("Items ")) {
      drops.push_back("drop_items(&seq->" + field + ");");
    } else if (declaration.starts_with("Value ")) {
      drops.push_back("drop_value(seq->" + field + ");");
    } else if (declaration.find('*') != std::string::npos) {
      drops.push_back("drop(seq->" + field + ");");
    }
  };
  for (LocalId local = 0; local < routine.locals.size(); ++local) {
    const Variable& variable = routine.locals[local];
    if (ShapeOf(variable.type) != Shape::Unit && lambdas_[local] == nullptr) {
      add(Declared(variable.type, variable.name), variable.name);
    }
  }
  for (const std::string& extra : extra_fields_) {
    if (extra.starts_with("Value ")) {
      fields.push_back(extra);  // handed on to a variable
    } else {
      const std::string declaration = extra.substr(0, extra.size() - 1);
      add(declaration, declaration.substr(declaration.find_last_of(" *") + 1));
    }
  }
  out_->Plain("typedef struct " + type + " {");
  out_->Plain("  Seq seq;");
  out_->Plain("  int state;");
  for (const std::string& field : fields) {
    out_->Plain("  " + field);
  }
  out_->Plain("} " + type + ";");
  out_->Gap();
  std::string destroy = "free";
  if (!drops.empty()) {
    destroy = "destroy_" + name;
    out_->Plain("static void " + destroy + "(void *self) {");
    out_->Plain("  " + type + " *seq = self;");
    for (const std::string& drop : drops) {
      out_->Plain("  " + drop);
    }
    out_->Plain("  free(seq);");
    out_->Plain("}");
    out_->Gap();
  }
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  frontend::Span header = {.begin = routine.span.begin, .end = routine.span.begin + 1};
  if (function.decl != nullptr) {
    header.end = function.decl->body->span.begin;
  }
  CountUses(routine);
  Line(header, "static bool next_of_" + name + "(Seq *seq, Value *item, int line) {");
  out_->Plain("  " + type + " *self = (" + type + " *)seq;");
  out_->Plain("  (void)self, (void)item, (void)line;");
  out_->Plain("  switch (self->state) {");
  out_->Plain("    case 0:;");
  out_->Indent();
  out_->Indent();
  out_->Indent();
  PrintBlock(routine.body);
  out_->Outdent();
  out_->Outdent();
  out_->Outdent();
  out_->Plain("  }");
  out_->Plain("  return false;");
  out_->Plain("}");
  out_->Gap();
  out_->Plain(Signature(routine, name) + " {");
  out_->Plain("  " + type + " *self = checked_memory(calloc(1, sizeof *self));");
  out_->Plain("  self->seq = (Seq){{1, " + destroy + "}, next_of_" + name + ", false};");
  for (uint32_t i = 0; i < routine.param_count + routine.capture_count; ++i) {
    const Variable& param = routine.locals[i];
    if (ShapeOf(param.type) != Shape::Unit) {
      out_->Plain("  self->" + param.name + " = " + Retained(param.name, param.type) + ";");
    }
  }
  out_->Plain("  return &self->seq;");
  out_->Plain("}");
}

}  // namespace emit
