// Built-in functions in C. tests/emit/c_test.cpp; that they mean the same: tests/peers.

#include "emit/c_printer.h"
#include "emit/c_text.h"
#include "emit/operators.h"
#include "frontend/check.h"

namespace emit {

using runtime::BuiltinKind;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kStr;

namespace {

// A literal is an int for C.
std::string AsInt64(const std::string& text) {
  return text.find_first_not_of("-()0123456789") == std::string::npos ? "(int64_t)" + text : text;
}

}  // namespace

// print as printf, where no string is printed that the program made (it may hold a NUL); else
// empty.
std::string CPrinter::PrintText(const Term& call) {
  std::string format;
  std::string args;
  for (const Term* part : call.parts) {
    format += part == call.parts.front() ? "" : " ";
    switch (ShapeOf(part->type)) {
      case Shape::Bool:
        format += "%s";
        args += ", " + Text(*part, Binding::Or) + " ? \"true\" : \"false\"";
        break;
      case Shape::Int:
        format += "%\" PRId64 \"";
        args += ", " + AsInt64(Text(*part));
        break;
      case Shape::Float:
        format += "%s";
        args += ", " + Call("float_text", {Text(*part)});
        break;
      case Shape::Str:
        if (part->kind != TermKind::Str || part->text.find('\0') != std::string_view::npos) {
          return "";
        }
        format += EscapedForC(part->text, CText::Format);
        break;
      case Shape::Unit:
        if (part->kind != TermKind::None) {
          return "";
        }
        format += "none";
        break;
      case Shape::List:
      case Shape::Buffer:
      case Shape::Seq:
      case Shape::Function:
      case Shape::Value:
        return "";
    }
  }
  return "printf(\"" + format + "\\n\"" + args + ")";
}

// An argument of a function of the math library.
std::string CPrinter::NumberArgument(BuiltinKind builtin, const Operand& arg) {
  if (ShapeOf(arg.type) == Shape::Int || ShapeOf(arg.type) == Shape::Float) {
    return arg.text;
  }
  return Failing("number_of", {Boxed(arg), "\"" + std::string(Name(builtin)) + "\""});
}

std::string CPrinter::BuiltinText(const Term& call, Binding least) {
  if (GivesNone(call.builtin) && ShapeOf(call.type) != Shape::Unit) {
    Term plain = call;  // the program does not come to what follows
    plain.type = runtime::kNone;
    return "(" + BuiltinText(plain, Binding::Comma) + ", " +
           Converted({.text = "", .type = runtime::kNone}, call.type) + ")";
  }
  if (call.builtin == BuiltinKind::Print) {
    const std::string text = PrintText(call);
    if (!text.empty()) {
      return text;
    }
  }
  std::vector<Operand> args;
  for (const Term* part : call.parts) {
    args.push_back(OperandOf(*part));
  }
  return BuiltinText(call.builtin, call.type, args, least);
}

// `type`: of the result. One that is Any comes as a Value.
std::string CPrinter::BuiltinText(BuiltinKind builtin, TypeId type,
                                  const std::vector<Operand>& args, Binding least) {
  const std::string name(Name(builtin));
  const auto shape = [&](size_t i) { return ShapeOf(args[i].type); };
  const auto is = [&](size_t i, Shape wanted) { return i < args.size() && shape(i) == wanted; };
  // The text of a value of this type as what the call is expected to give.
  const auto gives = [&](TypeId own, std::string text) {
    return Converted({.text = std::move(text), .type = own}, type);
  };
  const auto value = [&](size_t i) { return Boxed(args[i]); };
  const auto as_seq = [&](const std::string& text) {
    return ShapeOf(type) == Shape::Value ? "of_seq(" + text + ")" : text;
  };
  const auto quoted = "\"" + name + "\"";
  const auto bracket = [&](std::string text) {
    return least > Binding::Compare ? "(" + text + ")" : text;
  };
  switch (builtin) {
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
      break;
    case BuiltinKind::Abs:
      if (is(0, Shape::Int)) {
        return gives(kInt, Failing("abs_int", {args[0].text}));
      }
      if (is(0, Shape::Float)) {
        return gives(kFloat, "fabs(" + args[0].text + ")");
      }
      return Unboxed(Failing("abs_value", {value(0)}), type);
    case BuiltinKind::Fabs:
      return gives(kFloat, "fabs(" + std::string(is(0, Shape::Int) ? "(double)" : "") +
                               NumberArgument(builtin, args[0]) + ")");
    case BuiltinKind::Atan:
      return gives(kFloat, "atan(" + NumberArgument(builtin, args[0]) + ")");
    case BuiltinKind::Atan2:
      return gives(kFloat, "atan2(" + NumberArgument(builtin, args[0]) + ", " +
                               NumberArgument(builtin, args[1]) + ")");
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Exp:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
      return gives(kFloat, Failing(name, {NumberArgument(builtin, args[0])}));
    case BuiltinKind::Pow:
      return gives(kFloat, Failing(name, {NumberArgument(builtin, args[0]),
                                          NumberArgument(builtin, args[1])}));
    case BuiltinKind::Hypot:
      return gives(
          kFloat, Call(name, {NumberArgument(builtin, args[0]), NumberArgument(builtin, args[1])}));
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
      if (is(0, Shape::Int)) {
        return gives(kInt, args[0].text);
      }
      if (is(0, Shape::Float)) {
        return gives(kInt, Failing(name + "_of", {args[0].text}));
      }
      return gives(kInt, Failing(name + "_of_value", {value(0)}));
    case BuiltinKind::Min:
    case BuiltinKind::Max: {
      const bool is_min = builtin == BuiltinKind::Min;
      const std::string sign = is_min ? "-1" : "1";
      if (args.size() == 1) {
        return Unboxed(Failing("extreme_of", {value(0), sign, quoted}), type);
      }
      const Shape own = ShapeOf(type);
      std::string_view kind = "value";
      if (own == Shape::Int) {
        kind = "int";
      } else if (own == Shape::Float) {
        kind = "float";
      } else if (own == Shape::Str && args.size() == 2) {
        kind = "str";
      }
      for (size_t i = 0; i < args.size(); ++i) {
        const bool is_number = is(i, Shape::Int) || is(i, Shape::Float);
        if ((kind == "str" && !is(i, Shape::Str)) ||
            ((kind == "int" || kind == "float") && !is_number)) {
          kind = "value";
        }
      }
      std::string text = kind == "value" ? value(0) : args[0].text;
      for (size_t i = 1; i < args.size(); ++i) {
        text = kind == "value" ? Failing("choose_value", {text, value(i), sign, quoted})
                               : Call(name + "_" + std::string(kind), {text, args[i].text});
      }
      return kind == "value" ? Unboxed(text, type) : text;
    }
    case BuiltinKind::Int:
      if (is(0, Shape::Int)) {
        return gives(kInt, args[0].text);
      }
      if (is(0, Shape::Bool)) {
        return gives(kInt, bracket("(int64_t)(" + args[0].text + ")"));
      }
      if (is(0, Shape::Float)) {
        return gives(kInt, Failing("int_of", {args[0].text}));
      }
      if (is(0, Shape::Str)) {
        return gives(kInt, Failing("parse_int", {args[0].text}));
      }
      return gives(kInt, Failing("int_of_value", {value(0)}));
    case BuiltinKind::Float:
      if (is(0, Shape::Float)) {
        return gives(kFloat, args[0].text);
      }
      if (is(0, Shape::Int) || is(0, Shape::Bool)) {
        return gives(kFloat, bracket("(double)(" + args[0].text + ")"));
      }
      if (is(0, Shape::Str)) {
        return gives(kFloat, Failing("parse_float", {args[0].text}));
      }
      return gives(kFloat, Failing("float_of_value", {value(0)}));
    case BuiltinKind::Str:
      if (is(0, Shape::Int)) {
        return gives(kStr, Call("str_of_int", {args[0].text}));
      }
      if (is(0, Shape::Float)) {
        return gives(kStr, Call("str_of_float", {args[0].text}));
      }
      if (is(0, Shape::Str)) {
        return gives(kStr, args[0].is_owned ? args[0].text : "retain(" + args[0].text + ")");
      }
      return gives(kStr, Call("str_of_value", {value(0)}));
    case BuiltinKind::Bool:
      if (is(0, Shape::Int) || is(0, Shape::Float)) {
        return gives(kBool, bracket("(" + args[0].text + ") != 0"));
      }
      if (is(0, Shape::Bool)) {
        return gives(kBool, args[0].text);
      }
      return gives(kBool, Failing("truth_of", {value(0)}));
    case BuiltinKind::Len:
      if (is(0, Shape::Str)) {
        return gives(kInt, args[0].text + "->length");
      }
      if (is(0, Shape::List)) {
        return gives(kInt, args[0].text + "->size");
      }
      return gives(kInt, Failing("length_of", {value(0)}));
    case BuiltinKind::Range: {
      std::vector<std::string> parts;
      for (size_t i = 0; i < args.size(); ++i) {
        parts.push_back(is(i, Shape::Int)
                            ? args[i].text
                            : Failing("check_argument", {value(i), "INT", quoted, "\"ints\""}) +
                                  ".integer");
      }
      if (parts.size() == 1) {
        parts.insert(parts.begin(), "0");
      }
      if (parts.size() == 2) {
        parts.push_back("1");
      }
      return as_seq(Failing("range_seq", parts));
    }
    case BuiltinKind::Map:
    case BuiltinKind::Filter:
      return as_seq(Failing(name + "_seq", {value(0), value(1)}));
    case BuiltinKind::Sum: {
      const std::string start = args.size() == 2 ? value(1) : "of_none()";
      return Unboxed(Failing("sum_of", {value(0), start}), type);
    }
    case BuiltinKind::Any:
    case BuiltinKind::All: {
      const bool is_any = builtin == BuiltinKind::Any;
      return gives(kBool, (is_any ? "" : "!") +
                              Failing("search_items", {value(0), is_any ? "true" : "false"}));
    }
    case BuiltinKind::List: {
      const std::string text = Failing("list_of_items", {value(0)});
      return ShapeOf(type) == Shape::Value ? "of_list(" + text + ")" : text;
    }
    case BuiltinKind::Join:
      return gives(kStr, Failing("join", {value(0), value(1)}));
    case BuiltinKind::Append: {
      if (!is(0, Shape::List)) {
        const std::string list =
            Failing("check_argument", {value(0), "LIST", quoted, "\"a list\""}) + ".list";
        return Failing("append_value", {list, value(1)});
      }
      switch (ShapeOf(module_.types->Element(args[0].type))) {
        case Shape::Bool:
          return Call("append_bool", {args[0].text, args[1].text});
        case Shape::Int:
          return Call("append_int", {args[0].text, args[1].text});
        case Shape::Float:
          return Call("append_float", {args[0].text, args[1].text});
        case Shape::Str:
          return Call("append_str", {args[0].text, args[1].text});
        case Shape::List:
          return Failing("append_list", {args[0].text, args[1].text});
        case Shape::Unit:
        case Shape::Buffer:
        case Shape::Seq:
        case Shape::Function:
        case Shape::Value:
          return Failing("append_value", {args[0].text, value(1)});
      }
      break;
    }
    case BuiltinKind::Pop: {
      const std::string_view field =
          is(0, Shape::List) ? FieldOf(module_.types->Element(args[0].type)) : "";
      if (field.empty()) {
        const std::string list =
            is(0, Shape::List)
                ? args[0].text
                : Failing("check_argument", {value(0), "LIST", quoted, "\"a list\""}) + ".list";
        return Unboxed(Failing("pop_value", {list}), type);
      }
      const std::string text =
          args[0].text + "->" + std::string(field) + "[" + Failing("pop", {args[0].text}) + "]";
      return Converted({.text = text, .type = module_.types->Element(args[0].type)}, type);
    }
    case BuiltinKind::Buffer:
      return gives(runtime::kBuffer, "new_buffer()");
    case BuiltinKind::Write: {
      const std::string buffer =
          is(0, Shape::Buffer)
              ? args[0].text
              : Failing("check_argument", {value(0), "BUFFER", quoted, "\"a buffer first\""}) +
                    ".buffer";
      const std::string text =
          is(1, Shape::Str)
              ? args[1].text
              : Failing("check_argument", {value(1), "TEXT", quoted, "\"a str second\""}) + ".str";
      return "write_buffer(" + buffer + ", " + text + ")";
    }
    case BuiltinKind::Text: {
      const std::string buffer =
          is(0, Shape::Buffer)
              ? args[0].text
              : Failing("check_argument", {value(0), "BUFFER", quoted, "\"a buffer\""}) + ".buffer";
      return gives(kStr, "text_of(" + buffer + ")");
    }
    case BuiltinKind::Print: {
      if (args.empty()) {
        return "putchar('\\n')";
      }
      std::string values;
      for (size_t i = 0; i < args.size(); ++i) {
        values += (i == 0 ? "" : ", ") + value(i);
      }
      return "print(" + values + ")";
    }
    case BuiltinKind::Assert: {
      const std::string condition =
          is(0, Shape::Bool)
              ? args[0].text
              : Failing("check_argument", {value(0), "BOOL", quoted, "\"a bool first\""}) +
                    ".boolean";
      std::string text = "\"the assertion does not hold\"";
      if (args.size() == 2) {
        text = is(1, Shape::Str)
                   ? args[1].text + "->data"
                   : Failing("check_argument", {value(1), "TEXT", quoted, "\"a str second\""}) +
                         ".str->data";
      }
      return Failing("assert_that", {condition, text});
    }
    case BuiltinKind::Error: {
      const std::string text =
          is(0, Shape::Str)
              ? args[0].text
              : Failing("check_argument", {value(0), "TEXT", quoted, "\"a str\""}) + ".str";
      return "fail(" + std::string(has_line_parameter_ ? "line" : "__LINE__") +
             ", \"error\", \"%s\", " + text + "->data)";
    }
    case BuiltinKind::Keep:
      if (!IsObject(type) && ShapeOf(type) != Shape::Unit) {
        return Call("keep", {is(0, Shape::Int) ? AsInt64(args[0].text) : args[0].text});
      }
      if (!IsObject(type) || args[0].is_owned) {
        return Converted(args[0], type);
      }
      return Converted(
          {.text = (is(0, Shape::Value) ? "retain_value(" : "retain(") + args[0].text + ")",
           .type = args[0].type},
          type);
    case BuiltinKind::Clock:
      return gives(kFloat, Call("clock_seconds", {}));
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

}  // namespace emit
