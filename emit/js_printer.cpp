// Terms and statements in JavaScript. tests/emit/js_test.cpp.

#include "emit/js_printer.h"

#include <algorithm>

#include "frontend/check.h"
#include "runtime/builtins.h"
#include "runtime/number_text.h"

namespace emit {

using frontend::BinaryOp;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

constexpr int64_t kMaxExact = 9007199254740991;

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : ", " + word;
  }
  return text;
}

// Whether a statement of the block gives the local another value.
bool Assigns(const Block& block, LocalId local) {
  return std::any_of(block.begin(), block.end(), [local](const Statement* statement) {
    const bool is_one = statement->kind == StatementKind::Assign ||
                        statement->kind == StatementKind::Update ||
                        (statement->kind == StatementKind::Declare);
    return (is_one && statement->local == local) || Assigns(statement->body, local) ||
           std::any_of(statement->arms.begin(), statement->arms.end(),
                       [local](const Arm& arm) { return Assigns(arm.body, local); });
  });
}

}  // namespace

// Literals -----------------------------------------------------------------------------

std::string JsPrinter::Quote(std::string_view text) const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (c == '\r') {
      quoted += "\\r";
    } else if (byte < 0x20 || byte == 0x7f) {
      quoted += "\\x";
      quoted += kDigits[byte >> 4];
      quoted += kDigits[byte & 0xf];
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

Piece JsPrinter::PrintNumber(const Term& term) {
  if (term.kind == TermKind::Int) {
    if (term.integer > kMaxExact || term.integer < -kMaxExact) {
      return Call("out_of_range", {});
    }
    const std::string text =
        term.text.empty() ? std::to_string(term.integer) : std::string(term.text);
    return {text, text.starts_with('-') ? Level::Unary : Level::Literal};
  }
  if (!term.text.empty()) {
    return {std::string(term.text), Level::Literal};
  }
  char digits[runtime::kNumberChars];
  const std::string text(digits, runtime::WriteFloat(term.real, digits));
  return {text, text.starts_with('-') ? Level::Unary : Level::Literal};
}

Piece JsPrinter::PrintConstant(BuiltinKind builtin) {
  switch (builtin) {
    case BuiltinKind::Pi:
      return {"Math.PI"};
    case BuiltinKind::E:
      return {"Math.E"};
    case BuiltinKind::Inf:
      return {"Infinity"};
    default:
      return {"NaN"};
  }
}

Piece JsPrinter::BoxFloat(const Piece& piece) {
  return {"new " + Call("Float", {piece.text}).text};
}

Piece JsPrinter::UnboxFloat(const Piece& piece) {
  return {Wrap(piece, Level::Postfix) + ".value"};
}

// Functions ----------------------------------------------------------------------------

std::string JsPrinter::Function(const std::vector<std::string>& params, const Piece& result) {
  return "(" + Joined(params) + ") => " + result.text;
}

std::string JsPrinter::Params(const Routine& routine) {
  std::vector<std::string> params = ParamNames(routine);
  for (LocalId i = 0; i < routine.param_count && routine.kind == RoutineKind::Named; ++i) {
    const std::string value = DefaultOf(routine, i);
    if (!value.empty() && !routine.is_memo) {
      params[i] += " = " + value;
    }
  }
  return Joined(params);
}

std::string JsPrinter::PrintLambda(const Term& term) {
  const Routine& lambda = *module_.routines[term.index];
  std::string text;
  InRoutine(term.index, [&] {
    const Block& body = lambda.body;
    text = "(" + Joined(ParamNames(lambda)) + ") => ";
    if (body.size() == 1 && body[0]->kind == StatementKind::Return && body[0]->term != nullptr) {
      text += PrintReturned(*body[0]->term).text;
    } else if (body.size() == 1 && body[0]->kind == StatementKind::Evaluate) {
      text += PrintReturned(*body[0]->term).text;
    } else {
      text += "{" + Nested([&] { PrintBlock(body); }) + "}";
    }
  });
  return text;
}

std::string JsPrinter::MemoKey(const Routine& routine) {
  bool has_floats = false;
  bool has_others = false;
  for (LocalId i = 0; i < routine.param_count; ++i) {
    const TypeId type = routine.locals[i].type;
    has_floats |= type == kFloat;
    has_others |= type != kFloat && type != kInt && type != kBool && type != kStr;
  }
  return has_others ? ", " + Use("key") : has_floats ? ", " + Use("float_key") : "";
}

void JsPrinter::PrintRoutine(const Routine& routine) {
  if (routine.is_memo) {
    const std::string key = MemoKey(routine);
    const std::string_view part = !key.empty() || routine.param_count > 2 ? "memo_of_many"
                                  : routine.param_count == 2              ? "memo_of_two"
                                                                          : "memo";
    std::vector<std::string> defaults;
    bool has_defaults = false;
    for (LocalId i = 0; i < routine.param_count; ++i) {
      const std::string value = DefaultOf(routine, i);
      has_defaults |= !value.empty();
      defaults.push_back(value.empty() ? "undefined" : value);
    }
    Line(HeaderOf(routine), "const " + routine.name + " = " +
                           (has_defaults ? Use("with_defaults") + "(" : "") + Use(part) + "((" +
                           Params(routine) + ") => {");
    Open();
    PrintBlock(routine.body);
    Close("}" + key + ")" +
          (has_defaults ? ", [" + Joined(defaults) + "])" : "") + ";");
    return;
  }
  Line(HeaderOf(routine), std::string("function") + (routine.yields ? "* " : " ") + routine.name + "(" +
                         Params(routine) + ") {");
  Open();
  PrintBlock(routine.body);
  Close("}");
}

void JsPrinter::PrintExtern(const Routine& routine) {
  const frontend::FunctionDecl& decl = *FunctionOf(routine).decl;
  const std::string_view function = JsMathFunction(decl.binding.name);
  if (function.empty()) {
    Line(routine.span, "const " + routine.name + " = () => " + Use("fail") + "(" +
                           Quote("extern: the library \"m\" has no function `" +
                                 std::string(decl.binding.name) + "` that may be called") +
                           ");");
    return;
  }
  const bool is_single = decl.result_type->kind == frontend::TypeExprKind::F32;
  std::vector<std::string> params = ParamNames(routine);
  std::vector<std::string> args;
  for (LocalId i = 0; i < params.size(); ++i) {
    args.push_back(is_single ? "Math.fround(" + params[i] + ")" : params[i]);
  }
  const std::string call =
      function == "%"       ? args[0] + " % " + args[1]
      : function == "ldexp" ? Call(function, args).text
                      : "Math." + std::string(function) + "(" + Joined(args) + ")";
  Line(routine.span, "const " + routine.name + " = (" + Joined(params) + ") => " +
                         (is_single ? "Math.fround(" + call + ")" : call) + ";");
}

// Terms --------------------------------------------------------------------------------

Piece JsPrinter::PrintChoose(const Term& term) {
  return {Text(*term.parts[0], Level::Or) + " ? " + Text(*term.parts[1]) + " : " +
              Text(*term.parts[2]),
          Level::Loose};
}

Piece JsPrinter::PrintElement(Piece list, const Term& index) {
  if (OmitsChecks() && BoundsOf(index).low >= 0) {
    return {Wrap(list, Level::Postfix) + "[" + Text(index) + "]"};
  }
  return Call("element", {list.text, Text(index)});
}

Piece JsPrinter::DivideFloats(const Term& term, const Piece& a, const Piece& b) {
  return ExcludesZero(*term.parts[1]) || OmitsChecks() ? Infix(a, "/", b, Level::Mul)
                                      : Call("divide", {a.text, b.text});
}

Piece JsPrinter::CompareTexts(BinaryOp op, const Piece& a, const Piece& b) {
  return Infix(Call("text_order", {a.text, b.text}), SpellingOf(op), {"0", Level::Literal},
               Level::Compare);
}

Piece JsPrinter::PrintedText(const Arg& arg) {
  return arg.type == kInt || arg.type == kBool ? arg.piece : TextOf(arg);
}

Piece JsPrinter::TextOf(const Arg& arg) {
  switch (KindOf(arg.type)) {
    case TypeKind::Str:
      return arg.piece;
    case TypeKind::Int:
    case TypeKind::Bool:
      return {"String(" + arg.piece.text + ")"};
    case TypeKind::Float:
      return Call("float_text", {arg.piece.text});
    case TypeKind::None:
      if (arg.term == nullptr || arg.term->kind == TermKind::None) {
        return {Quote("none"), Level::Literal};
      }
      break;
    case TypeKind::List:
      if (!IsOpen(arg.type)) {
        return Call("list_text", {arg.piece.text, TypeText(arg.type)});
      }
      break;
    case TypeKind::Never:
    case TypeKind::Buffer:
    case TypeKind::Seq:
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Lambda:
    case TypeKind::Any:
    case TypeKind::Cell:
      break;
  }
  return Call("text", {Boxed(arg.piece, arg.type, arg.term).text});
}

bool JsPrinter::PrintNativeBuiltin(BuiltinKind builtin, std::span<const Arg> args, TypeId,
                                   Piece* piece) {
  const auto arg = [&](size_t i) { return args[i].piece.text; };
  const auto base = [&](size_t i) { return Wrap(args[i].piece, Level::Postfix); };
  const auto type = [&](size_t i) { return i < args.size() ? args[i].type : kNone; };
  const bool is_number = type(0) == kInt || type(0) == kFloat;
  const bool is_list = KindOf(type(0)) == TypeKind::List && !IsOpen(type(0));
  switch (builtin) {
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Exp:
      *piece = {"Math." + std::string(runtime::Name(builtin)) + "(" + arg(0) + ")"};
      return OmitsChecks() && is_number;
    case BuiltinKind::Abs:
    case BuiltinKind::Fabs:
      *piece = {"Math.abs(" + (args.empty() ? "" : arg(0)) + ")"};
      return is_number;
    case BuiltinKind::Atan:
      *piece = {"Math.atan(" + arg(0) + ")"};
      return is_number;
    case BuiltinKind::Atan2:
      *piece = {"Math.atan2(" + arg(0) + ", " + arg(1) + ")"};
      return is_number && (type(1) == kInt || type(1) == kFloat);
    case BuiltinKind::Min:
    case BuiltinKind::Max: {
      std::vector<std::string> items;
      for (const Arg& each : args) {
        if (each.type != kInt) {
          return false;
        }
        items.push_back(each.piece.text);
      }
      *piece = {(builtin == BuiltinKind::Min ? "Math.min(" : "Math.max(") + Joined(items) + ")"};
      return items.size() > 1;
    }
    case BuiltinKind::Len:
      if (type(0) == kStr) {
        *piece = Call("length", {arg(0)});
        return true;
      }
      *piece = {base(0) + ".length"};
      return KindOf(type(0)) == TypeKind::List;
    case BuiltinKind::Bool:
      if (is_number) {
        const std::string zero = Infix(args[0].piece, "!==", {"0", Level::Literal},
                                       Level::Compare).text;
        *piece = {zero, Level::Compare};
        return true;
      }
      if (type(0) == kStr || is_list) {
        *piece = {base(0) + ".length > 0", Level::Compare};
        return true;
      }
      *piece = args[0].piece;
      return type(0) == kBool;
    case BuiltinKind::Append:
      *piece = {base(0) + ".push(" + arg(1) + ")"};
      return is_list;
    case BuiltinKind::Buffer:
      *piece = {"[]", Level::Literal};
      return true;
    case BuiltinKind::Write:
      *piece = {base(0) + ".push(" + arg(1) + ")"};
      return type(0) == runtime::kBuffer && type(1) == kStr;
    case BuiltinKind::Text:
      *piece = {base(0) + ".join(\"\")"};
      return type(0) == runtime::kBuffer;
    case BuiltinKind::Join:
      *piece = {base(1) + ".join(" + arg(0) + ")"};
      return type(0) == kStr && KindOf(type(1)) == TypeKind::List && ElementOf(type(1)) == kStr;
    case BuiltinKind::List: {
      const bool is_settled = type(0) == kStr || is_list ||
                              (KindOf(type(0)) == TypeKind::Seq && !IsOpen(ElementOf(type(0))));
      *piece = is_settled ? Piece{"Array.from(" + PrintSource(args[0]) + ")"} : Piece{};
      return is_settled;
    }
    case BuiltinKind::Clock:
      *piece = {"performance.now() / 1000", Level::Mul};
      return true;
    default:
      return false;
  }
}

// Statements ---------------------------------------------------------------------------

void JsPrinter::PrintForwards() {
  for (size_t i = 0; i < module_.globals.size(); ++i) {
    if (!is_constant_global_[i]) {
      Plain("let " + module_.globals[i].name + ";");
    }
  }
}

void JsPrinter::PrintConstantGlobal(const Statement& statement) {
  Line(statement.span,
       "const " + module_.globals[statement.index].name + " = " + Text(*statement.term) + ";");
}

void JsPrinter::PrintDeclare(const Statement& statement) {
  const Variable& local = routine().locals[statement.local];
  if (statement.term == nullptr) {
    Line(statement.span, "let " + local.name + ";");
  } else {
    Line(statement.span, (local.is_var ? "let " : "const ") + local.name + " = " +
                             Text(*statement.term) + ";");
  }
}

void JsPrinter::PrintEffect(frontend::Span span, const Term& term) {
  if (term.kind == TermKind::CallBuiltin && term.builtin == BuiltinKind::Error &&
      term.parts[0]->type == kStr) {
    const Term& text = *term.parts[0];
    const std::string message = text.kind == TermKind::Str
                                    ? Quote("error: " + std::string(text.text))
                                    : "\"error: \" + " + Text(text, Level::Mul);
    Line(span, "throw new Error(" + message + ");");
    return;
  }
  if (term.kind == TermKind::Local || term.kind == TermKind::None) {
    return;
  }
  Line(span, PrintReturned(term).text + ";");
}

void JsPrinter::PrintReturn(frontend::Span span, const Term& term) {
  Line(span, "return " + PrintReturned(term).text + ";");
}

void JsPrinter::PrintYield(const Statement& statement) {
  Line(statement.span, "yield " + Text(*statement.term) + ";");
}

void JsPrinter::PrintSetElement(const Statement& statement) {
  const Term& object = *statement.object;
  const Term& index = *statement.subscript;
  const bool is_settled = KindOf(object.type) == TypeKind::List && !IsOpen(object.type) &&
                          index.type == kInt &&
                          (statement.kind == StatementKind::UpdateElement ||
                           statement.term->type == ElementOf(object.type));
  if (!is_settled) {
    const Term& value = *statement.term;
    Line(statement.span,
         Call("any_set_element", {Boxed(Print(object), object.type, &object).text, Text(index),
                                  Boxed(Print(value), value.type, &value).text})
                 .text +
             ";");
    return;
  }
  std::string place;
  if (OmitsChecks() && BoundsOf(index).low >= 0) {
    place = Text(object, Level::Postfix) + "[" + Text(index) + "]";
  }
  if (statement.kind == StatementKind::SetElement && !place.empty()) {
    Line(statement.span, place + " = " + Text(*statement.term) + ";");
    return;
  }
  if (statement.kind == StatementKind::SetElement) {
    Line(statement.span,
         Call("set_element", {Text(object), Text(index), Text(*statement.term)}).text + ";");
    return;
  }
  Term old{.kind = TermKind::Index, .type = statement.term->type, .span = statement.span};
  old.type = ElementOf(object.type);
  Term* const parts[] = {&old, statement.term};
  Term sum{.kind = TermKind::Binary, .type = old.type, .span = statement.span};
  sum.op = statement.op;
  sum.parts = parts;
  const bool is_simple = object.kind == TermKind::Local &&
                         (index.kind == TermKind::Local || index.kind == TermKind::Int);
  alias_ = {&old, is_simple ? PrintElement(Print(object), index).text : item_};
  const Piece value = PrintBinary(sum);
  alias_.first = nullptr;
  if (is_simple && !place.empty()) {
    Line(statement.span, place + " = " + value.text + ";");
    return;
  }
  Line(statement.span,
       (is_simple ? Call("set_element", {Text(object), Text(index), value.text})
                  : Call("update_element", {Text(object), Text(index), Function({item_}, value)}))
               .text +
           ";");
}

void JsPrinter::PrintJump(const Statement& jump) {
  const std::string word = jump.kind == StatementKind::Break ? "break" : "continue";
  Line(jump.span,
       word + (IsInnermost(jump.loop) ? "" : " loop_" + std::to_string(jump.loop + 1)) + ";");
}

bool JsPrinter::IsFixedIn(const Statement& loop, const Term& term) const {
  return term.kind == TermKind::Int ||
         (term.kind == TermKind::Local &&
          (!Local(term).is_var || !Assigns(loop.body, term.index)));
}

std::string JsPrinter::RangeHeader(const Statement& loop) {
  const Term& last = *loop.parts[1];
  const Term& step = *loop.parts[2];
  const std::string& name = routine().locals[loop.local].name;
  const Bounds steps = BoundsOf(step);
  const bool is_literal = step.kind == TermKind::Int || step.kind == TermKind::Negate;
  if (!(is_literal || IsFixedIn(loop, step)) || (steps.low <= 0 && steps.high >= 0)) {
    return "for (const " + name + " of " +
           Call("range", {Text(*loop.parts[0]), Text(last),
                          Call("checked_step", {Text(step)}).text})
               .text +
           ") {";
  }
  std::string end = Text(last, Level::Concat);
  std::string header = "for (let " + name + " = " + Text(*loop.parts[0]);
  if (!IsFixedIn(loop, last)) {
    const std::string end_name = FreshName(name + "_end");
    header += ", " + end_name + " = " + end;
    end = end_name;
  }
  header += "; " + name + (steps.low > 0 ? " < " : " > ") + end + "; ";
  if (steps.low == 1 && steps.high == 1) {
    header += name + "++";
  } else if (steps.low == -1 && steps.high == -1) {
    header += name + "--";
  } else {
    header += name + " += " + Text(step);
  }
  return header + ") {";
}

void JsPrinter::PrintLoop(const Statement& loop) {
  const Jumps jumps = JumpsTo(loop);
  std::string header;
  if (jumps.breaks_from_inside || jumps.continues_from_inside) {
    header = "loop_" + std::to_string(loop.loop + 1) + ": ";
  }
  if (loop.kind == StatementKind::While) {
    header += "while (" + (loop.term == nullptr ? "true" : Text(*loop.term)) + ") {";
  } else if (loop.kind == StatementKind::ForRange) {
    header += RangeHeader(loop);
  } else {
    const Term& source = *loop.term;
    const Arg arg{.piece = Print(source), .type = source.type, .term = &source};
    const bool is_settled = source.type == kStr ||
                            (KindOf(source.type) == TypeKind::List && !IsOpen(source.type)) ||
                            KindOf(source.type) == TypeKind::Seq;
    header += "for (const " + routine().locals[loop.local].name + " of " +
              (is_settled ? PrintSource(arg) : Call("any_items", {arg.piece.text}).text) + ") {";
  }
  Line(loop.span, header);
  loops_.push_back(loop.loop);
  Open();
  PrintBlock(loop.body);
  Close("}");
  loops_.pop_back();
}

}  // namespace emit
