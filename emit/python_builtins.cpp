// Built-ins in Python. tests/emit/python_test.cpp.

#include "emit/operators.h"
#include "emit/python_printer.h"
#include "frontend/check.h"

namespace emit {

using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kStr;
using runtime::TypeKind;

namespace {

bool IsPlain(TypeId type) {
  return type == kInt || type == kFloat || type == kStr || type == kNumber;
}

}  // namespace

std::string PythonPrinter::MathText(std::string_view name) {
  if (cython_ && cython_->HasTypedMath(name)) {  // which has the name
    prelude_.Use("math");
    return "math." + std::string(name);
  }
  from_math_.insert(std::string(name));
  return std::string(name);
}

// A value where Python would show another text than gc.
std::string PythonPrinter::ShownText(const Term& term) {
  return IsPlain(term.type) ? Text(term) : Use("text") + "(" + Text(term) + ")";
}

bool PythonPrinter::IsCallable(TypeId type) const {
  const TypeKind kind = type == kNumber ? TypeKind::Int : module_.types->Kind(type);
  return kind == TypeKind::Function || kind == TypeKind::Lambda || kind == TypeKind::Builtin;
}

// A sequence that was made elsewhere, and may have been consumed.
bool PythonPrinter::IsStored(const Term& source) const {
  const bool is_made_here = source.kind == TermKind::Call || source.kind == TermKind::CallBuiltin ||
                            source.kind == TermKind::Comprehension;
  return !is_made_here && source.type != kStr && ElementOf(source.type) == kAny;
}

std::string PythonPrinter::BuiltinText(const Term& call, Binding least) {
  if (auto native = NativeBuiltin(call)) {
    return *native;
  }
  const std::string name(runtime::Name(call.builtin));
  const std::span<Term* const> parts = call.parts;
  const auto plain = [&](std::string_view function) {
    // A generator alone needs no brackets of its own.
    const bool is_generator =
        parts.size() == 1 && parts[0]->kind == TermKind::Comprehension && !parts[0]->is_list;
    return std::string(function) + (is_generator ? ListText(parts) : "(" + ListText(parts) + ")");
  };
  const auto method = [&](std::string_view function) {
    return Text(*parts[0], Binding::Primary) + "." + std::string(function) + "(" +
           ListText(parts.subspan(1)) + ")";
  };
  const auto are_numbers = [&] {
    for (const Term* part : parts) {
      if (!IsNumber(part->type)) {
        return false;
      }
    }
    return true;
  };
  switch (call.builtin) {
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
      return MathText(name);
    case BuiltinKind::Fabs:
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Atan:
    case BuiltinKind::Atan2:
    case BuiltinKind::Exp:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
    case BuiltinKind::Pow:
    case BuiltinKind::Hypot: {
      const std::string function = MathText(name);
      return are_numbers() ? plain(function)
                           : Use("math_of") + "(" + function + ", " + ListText(parts) + ")";
    }
    case BuiltinKind::Abs:
      return are_numbers()
                 ? Checked(plain("abs"), parts[0]->type)
                 : Use("number64") + "(" + Use("math_of") + "(abs, " + ListText(parts) + "))";
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round: {
      const std::string how = call.builtin == BuiltinKind::Round ? "round" : MathText(name);
      if (!are_numbers()) {
        return Use("rounded") + "(" + how + ", " + Use("math_of") + "(" + MathText("fabs") + ", " +
               ListText(parts) + ") and " + Text(*parts[0], Binding::Or) + ")";
      }
      return parts[0]->type == kInt ? Text(*parts[0])
             : options_.overflow == Overflow::Native
                 ? plain(how)
                 : Use("rounded") + "(" + how + ", " + ListText(parts) + ")";
    }
    case BuiltinKind::Min:
    case BuiltinKind::Max: {
      if (parts.size() > 1) {
        const bool is_plain = parts[0]->type != kNumber && are_numbers();
        const bool is_str = parts[0]->type == kStr;
        return is_plain || is_str ? plain(name)
                                  : Use("extreme") + "(" + name + ", " + ListText(parts) + ")";
      }
      const bool is_settled = call.type == kInt || call.type == kFloat || call.type == kStr;
      return is_settled ? plain(name)
                        : Use("extreme_of") + "(" + name + ", " + ListText(parts) + ")";
    }
    case BuiltinKind::Int:
      if (parts[0]->type == kInt) {
        return Text(*parts[0], least);
      }
      return parts[0]->type == kBool ||
                     (parts[0]->type == kFloat && options_.overflow == Overflow::Native)
                 ? plain("int")
                 : Use("truncate") + "(" + ListText(parts) + ")";
    case BuiltinKind::Float:
      return parts[0]->type == kAny || parts[0]->type == kStr
                 ? Use("number_of") + "(" + ListText(parts) + ")"
                 : plain("float");
    case BuiltinKind::Str:
      return parts[0]->type == kStr    ? Text(*parts[0], least)
             : IsPlain(parts[0]->type) ? plain("str")
                                       : ShownText(*parts[0]);
    case BuiltinKind::Bool:
      return parts[0]->type == kAny || !IsPlain(parts[0]->type)
                 ? Use("truth") + "(" + ListText(parts) + ")"
                 : plain("bool");
    case BuiltinKind::Len:
    case BuiltinKind::Range:
      return plain(name);
    case BuiltinKind::Map:
      return IsCallable(parts[0]->type) && !IsStored(*parts[1])
                 ? plain(name)
                 : Use("map") + "(" + ListText(parts) + ")";
    case BuiltinKind::List:
      return ElementOf(call.type) != kAny ? plain(name)
                                          : Use("list_of") + "(" + ListText(parts) + ")";
    case BuiltinKind::Filter: {
      const Term& function = *parts[0];
      const runtime::Type& type =
          module_.types->Get(function.type == kNumber ? kAny : function.type);
      bool gives_bool = false;
      if (type.kind == TypeKind::Function || type.kind == TypeKind::Lambda) {
        for (const auto& routine : module_.routines) {
          gives_bool = gives_bool || (routine->function == type.index && routine->result == kBool);
        }
      }
      return gives_bool && !IsStored(*parts[1]) ? plain(name)
                                                : Use("passing") + "(" + ListText(parts) + ")";
    }
    case BuiltinKind::Sum: {
      const bool is_native = options_.overflow == Overflow::Native || call.type == kFloat;
      const bool is_settled = IsNumber(call.type);
      if (!is_settled) {
        return Use("sum_any") + "(" + ListText(parts) + ")";
      }
      prelude_.Use(is_native ? "sum" : "sum_checked");
      return plain(is_native ? "sum" : Use("sum_checked"));
    }
    case BuiltinKind::Any:
    case BuiltinKind::All: {
      const TypeId source = parts[0]->type;
      const bool has_element =
          source != kNumber && (module_.types->Kind(source) == TypeKind::List ||
                                module_.types->Kind(source) == TypeKind::Seq);
      return has_element && module_.types->Element(source) == kBool
                 ? plain(name)
                 : name + "(map(" + Use("condition") + ", " + ListText(parts) + "))";
    }
    case BuiltinKind::Join:
      return parts[0]->type == kStr ? method("join") : "str.join(" + ListText(parts) + ")";
    case BuiltinKind::Append: {
      const TypeId element = ElementOf(parts[0]->type);
      if (element == kAny) {
        return Use("append") + "(" + ListText(parts) + ")";
      }
      if (element == parts[1]->type) {
        return method("append");
      }
      return Text(*parts[0], Binding::Primary) + ".append(" + Use("element") + "(" +
             Text(*parts[1]) + ", \"" + module_.types->Name(element) + "\"))";
    }
    case BuiltinKind::Pop:
      return module_.types->Kind(parts[0]->type) == TypeKind::List
                 ? method("pop")
                 : "list.pop(" + ListText(parts) + ")";
    case BuiltinKind::Buffer:
      uses_buffers_ = true;
      return "StringIO()";
    case BuiltinKind::Write:
      return method("write");
    case BuiltinKind::Text:
      return method("getvalue");
    case BuiltinKind::Print: {
      std::string text;
      for (const Term* part : parts) {
        text += (text.empty() ? "" : ", ") + ShownText(*part);
      }
      return "print(" + text + ")";
    }
    case BuiltinKind::Assert:
      return Use("check") + "(" + ListText(parts) + ")";
    case BuiltinKind::Error:
      prelude_.Use("error");
      return plain("error");
    case BuiltinKind::Keep:
      return Text(*parts[0], Binding::Primary);
    case BuiltinKind::Clock:
      uses_clock_ = true;
      return "perf_counter()";
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

// A built-in that is not called here but handed on.
std::string PythonPrinter::BuiltinValue(BuiltinKind builtin) {
  const std::string name(runtime::Name(builtin));
  switch (builtin) {
    case BuiltinKind::Fabs:
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Atan:
    case BuiltinKind::Atan2:
    case BuiltinKind::Exp:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
    case BuiltinKind::Pow:
    case BuiltinKind::Hypot:
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
      return MathText(name);
    case BuiltinKind::Len:
    case BuiltinKind::Any:
    case BuiltinKind::All:
    case BuiltinKind::List:
    case BuiltinKind::Range:
    case BuiltinKind::Map:
      return name;
    case BuiltinKind::Float:
      return Use("number_of");
    case BuiltinKind::Filter:
      return Use("passing");
    case BuiltinKind::Abs:
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
    case BuiltinKind::Min:
    case BuiltinKind::Max:
    case BuiltinKind::Keep:
      return Use(name);
    case BuiltinKind::Int:
      return Use("truncate");
    case BuiltinKind::Str:
      return Use("text");
    case BuiltinKind::Bool:
      return Use("truth");
    case BuiltinKind::Sum:
      return Use("sum_any");
    case BuiltinKind::Join:
      return "str.join";
    case BuiltinKind::Append:
      return Use("append");
    case BuiltinKind::Pop:
      return "list.pop";
    case BuiltinKind::Buffer:
      uses_buffers_ = true;
      return "StringIO";
    case BuiltinKind::Write:
      uses_buffers_ = true;
      return "StringIO.write";
    case BuiltinKind::Text:
      uses_buffers_ = true;
      return "StringIO.getvalue";
    case BuiltinKind::Print:
      return Use("print");
    case BuiltinKind::Assert:
      return Use("check");
    case BuiltinKind::Error:
      prelude_.Use("error");
      return "error";
    case BuiltinKind::Clock:
      uses_clock_ = true;
      return "perf_counter";
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

}  // namespace emit
