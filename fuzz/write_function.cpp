// Functions: plain ones, generators, memo functions, recursions, functions of several types or of
// functions, and C functions. Test: tests/fuzz/generator_test.cpp.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

// Names that mean something to C or to a linker, and nothing to gc.
constexpr const char* kForeignNames[] = {"malloc", "printf", "memcpy", "free",   "strlen", "fmod",
                                         "exp2",   "cosf",   "abort",  "system", "floorf", "memset",
                                         "ldexp",  "stack",  "_start", "environ"};

constexpr Type kParams[] = {Type::Int,  Type::Float, Type::Str,    Type::Bool,  Type::Ints,
                            Type::Strs, Type::Int,   Type::Number, Type::IntFn, Type::Floats};
constexpr Type kResults[] = {Type::Int,  Type::Float, Type::Str,   Type::Bool,  Type::Ints,
                             Type::Strs, Type::Int,   Type::Float, Type::Floats};

bool IsText(Type type) { return type == Type::Str || type == Type::Strs; }

}  // namespace

std::string Writer::NewFunctionName() {
  const std::string plain = "f" + std::to_string(functions_.size());
  if (!Chance(8)) {
    return plain;
  }
  const std::string name = OneOf(kForeignNames);
  const bool is_taken = std::any_of(functions_.begin(), functions_.end(),
                                    [&](const Function& other) { return other.name == name; });
  return is_taken ? plain : name;
}

void Writer::Finish(Function function) {
  function.cost = spent_ + 2;
  function.changes_lists = changes_lists_;
  function.reads_growing = reads_growing_;
  function.is_value = function.params.size() == 1 && !function.changes_lists;
  functions_.push_back(std::move(function));
}

Node Writer::FunctionItem() {
  const Scope scope(*this);
  first_local_ = variables_.size();
  spent_ = 0;
  turns_ = 1;
  budget_ = 400;
  changes_lists_ = false;
  reads_growing_ = false;
  Node item;
  switch (Weighted({8, 5, 2, 3, 2, 2, 1, 1})) {
    case 0:
      item = PlainFunction();
      break;
    case 1:
      item = GeneratorFunction();
      break;
    case 2:
      item = MemoFunction();
      break;
    case 3:
      item = RecursiveFunction();
      break;
    case 4:
      item = GenericFunction();
      break;
    case 5:
      item = HigherFunction();
      break;
    case 6:
      item = ExternFunction();
      break;
    default:
      item = NestingGenerator();
      break;
  }
  returns_.reset();
  first_local_ = 0;
  return item;
}

std::vector<Parameter> Writer::Parameters(uint32_t count) {
  std::vector<Parameter> params;
  for (uint32_t i = 0; i < count; ++i) {
    Parameter param{NewName(), OneOf(kParams)};
    const bool is_list = ElementOf(param.type) != Type::None;
    param.bound = {.low = -1000,
                   .high = 1000,
                   .length = is_list ? kElementsOfParam : kTextOfParam,
                   .least = is_list ? 1U : 0};
    if (is_list) {
      param.bound.low = -kMostOfVariable;
      param.bound.high = kMostOfVariable;
    }
    param.has_default = i > 0 && (params.back().has_default || Chance(25)) &&
                        param.type != Type::IntFn && param.type != Type::Number;
    params.push_back(std::move(param));
  }
  // Those with defaults come last.
  for (size_t i = params.size(); i-- > 0;) {
    if (!params[i].has_default) {
      for (size_t j = 0; j < i; ++j) {
        params[j].has_default = false;
      }
      break;
    }
  }
  return params;
}

Node Writer::ParameterList(const std::vector<Parameter>& params) {
  std::string text;
  for (const Parameter& param : params) {
    text += text.empty() ? "" : ", ";
    text += param.name;
    if (!Name(param.type).empty() && Chance(35)) {
      text += fmt::format(": {}", Name(param.type));
    }
    if (param.has_default) {
      text += fmt::format(" = {}", SimplestText(param.type));
    }
  }
  return Make(NodeKind::Block, Type::None, text);
}

Node Writer::PlainFunction() {
  Function function{NewFunctionName(), Parameters(1 + Below(3)), OneOf(kResults)};
  for (const Parameter& param : function.params) {
    Add({param.name, param.type, Variable::Kind::Let, param.bound});
  }
  Node params = ParameterList(function.params);
  returns_ = function.result;
  returned_ = {.low = -kMostOfVariable, .high = kMostOfVariable};
  const bool is_short = Chance(35);
  Node body{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  if (!is_short) {
    Statements(1 + Below(extent_.body), extent_.nesting - 1, &body.parts);
  }
  Term value = Expr(function.result, 3);
  if (function.result == Type::Int) {
    value = Fit(std::move(value), returned_.low, returned_.high);
  }
  function.bound = {.low = -kMostOfVariable, .high = kMostOfVariable, .length = 60};
  const std::string declared =
      Chance(25) ? fmt::format(" -> {}", Name(function.result)) : std::string();
  const std::string head = fmt::format("def {}($){}", function.name, declared);
  Finish(std::move(function));
  if (is_short) {
    return Make(NodeKind::Item, Type::None, head + " = $", {std::move(params), value.node});
  }
  body.parts.push_back(MakeStatement("$", {value.node}));
  return Make(NodeKind::Item, Type::None, head + " $", {std::move(params), std::move(body)});
}

Node Writer::GeneratorFunction() {
  constexpr Type kYielded[] = {Type::Int, Type::Int, Type::Float, Type::Str};
  const Type element = OneOf(kYielded);
  Function function{
      NewFunctionName(), {{NewName(), Type::Int, {.low = 0, .high = 12}}}, SeqOf(element)};
  const std::string& param = function.params[0].name;
  Add({param, Type::Int, Variable::Kind::Let, {.low = 0, .high = 12}});
  returns_ = Type::None;
  const std::string name = NewName();
  Node before = Statement(extent_.nesting - 1);
  in_loop_ = true;
  const Scope scope(*this);
  const uint32_t turns = 1 + Below(10);
  turns_ = turns;
  Add({name, Type::Int, Variable::Kind::Let, {.low = 0, .high = 12}});
  std::vector<Node> body;
  Statements(Below(extent_.body), extent_.nesting - 1, &body);
  Term value = Expr(element, 3);
  if (element == Type::Int) {
    value = Fit(std::move(value), -1000, 1000);
  }
  body.push_back(MakeStatement("yield $", {value.node}));
  if (Chance(40)) {
    body.push_back(MakeStatement("if $ { return }", {Expr(Type::Bool, 2).node}));
  }
  Statements(Below(extent_.body), extent_.nesting - 1, &body);
  turns_ = 1;
  in_loop_ = false;
  const bool is_while = Chance(40);
  Node block{.kind = NodeKind::Block,
             .type = Type::None,
             .text = {},
             .parts = std::move(body),
             .cell = {}};
  function.bound = {.low = -1000, .high = 1000, .length = turns};
  const std::string head = fmt::format("def {}({})", function.name, param);
  Node loop;
  if (is_while) {
    block.parts.insert(block.parts.begin(),
                       Make(NodeKind::Block, Type::None,
                            fmt::format("let {} = {}_turn\n{}_turn += 1", name, name, name)));
    loop = MakeStatement(
        fmt::format("var {}_turn = 0\nwhile {}_turn < min({}, {}) $", name, name, param, turns),
        {std::move(block)});
  } else {
    loop = MakeStatement(fmt::format("for {} in range(min({}, {})) $", name, param, turns),
                         {std::move(block)});
  }
  Finish(std::move(function));
  functions_.back().is_value = false;
  return Make(NodeKind::Item, Type::None, head + " {\n  $\n  $\n}",
              {std::move(before), std::move(loop)});
}

Node Writer::MemoFunction() {
  constexpr Type kTypes[] = {Type::Int, Type::Float, Type::Str, Type::Bool};
  Function function{NewFunctionName(), {}, OneOf(kTypes)};
  const uint32_t count = 1 + Below(2);
  for (uint32_t i = 0; i < count; ++i) {
    function.params.push_back(
        {NewName(), OneOf(kTypes), {.low = -1000, .high = 1000, .length = 20}});
    Add({function.params.back().name, function.params.back().type, Variable::Kind::Let,
         function.params.back().bound});
  }
  Node params = ParameterList(function.params);
  Term value = Expr(function.result, 3);
  if (function.result == Type::Int) {
    value = Fit(std::move(value), -kMostOfVariable, kMostOfVariable);
  }
  function.bound = {.low = -kMostOfVariable, .high = kMostOfVariable, .length = 60};
  const std::string head = fmt::format("memo def {}($) = $", function.name);
  Finish(std::move(function));
  return Make(NodeKind::Item, Type::None, head, {std::move(params), value.node});
}

// Down to nothing by ones, with or without a memo; the depth is small.
Node Writer::RecursiveFunction() {
  const bool is_memo = Chance(30);
  const uint32_t most = Chance(10) && !is_memo ? 200 : 12;
  const Type result = OneOf({Type::Int, Type::Float, Type::Str, Type::Ints});
  Function function{NewFunctionName(), {{NewName(), Type::Int, {.low = 0, .high = most}}}, result};
  const std::string& n = function.params[0].name;
  Add({n, Type::Int, Variable::Kind::Let, function.params[0].bound});
  turns_ = most;
  Term last = Expr(result, 2);
  Term step = Expr(result, 2);
  if (result == Type::Int) {
    last = Fit(std::move(last), -(1 << 20), 1 << 20);
    step = Fit(std::move(step), -(1 << 20), 1 << 20);
  }
  turns_ = 1;
  if (IsText(result) && most > 12) {
    step.node = MakeExpr(result, SimplestText(result));
  }
  function.bound = {.low = -kMostOfVariable, .high = kMostOfVariable, .length = 400};
  const std::string item =
      fmt::format("{}def {}({}) = if {} < 1 {{ $ }} else {{ $ {} {}({} - 1) }}",
                  is_memo ? "memo " : "", function.name, n, n, "+", function.name, n);
  Finish(std::move(function));
  return Make(NodeKind::Item, Type::None, item, {last.node, step.node});
}

// Called with ints and with floats.
Node Writer::GenericFunction() {
  Function function{
      NewFunctionName(), {{NewName(), Type::Number}, {NewName(), Type::Number}}, Type::Number};
  for (const Parameter& param : function.params) {
    Add({param.name, param.type, Variable::Kind::Let});
  }
  const std::string& a = function.params[0].name;
  const std::string& b = function.params[1].name;
  constexpr const char* kBodies[] = {"if A < B { A } else { B }",
                                     "A % 1000 + B % 1000",
                                     "{ var t = A % 100\n t -= B % 100\n t }",
                                     "abs(A % 1000) - B % 7",
                                     "max(A, B)",
                                     "if A == B { 1 } else { A % 8 * (B % 8) }",
                                     "{ var t = 0\n for x in [A, A] { t += x % 50 }\n t }"};
  std::string body;
  for (const char c : std::string_view(OneOf(kBodies))) {
    body += c == 'A' ? a : c == 'B' ? b : std::string(1, c);
  }
  const std::string item = fmt::format("def {}({}, {}) = {}", function.name, a, b, body);
  Spend(10);
  Finish(std::move(function));
  return Make(NodeKind::Item, Type::None, item);
}

// Takes a function, or a sequence of any kind.
Node Writer::HigherFunction() {
  const std::string name = NewFunctionName();
  const std::string f = NewName();
  const std::string x = NewName();
  const size_t shape = Below(3);
  if (shape == 0) {
    Spend(10);
    Finish({name,
            {{f, Type::IntFn}, {x, Type::Int, {.low = -1000, .high = 1000}}},
            Type::Int,
            {.low = 0, .high = 9999}});
    return Make(NodeKind::Item, Type::None,
                fmt::format("def {}({}, {}) = {}({}({}) % 1000) % 10000", name, f, x, f, f, x));
  }
  if (shape == 1) {
    Spend(40);
    Finish({name,
            {{x, Type::IntSeq, {.low = -kMostOfVariable, .high = kMostOfVariable, .length = 12}}},
            Type::Int,
            {.low = -kMostOfVariable, .high = kMostOfVariable}});
    return Make(
        NodeKind::Item, Type::None,
        fmt::format("def {}({}) {{\n  for x in {} {{ if x % 5 == 3 {{ return x }} }}\n  0\n}}",
                    name, x, x));
  }
  Spend(30);
  Finish({name,
          {{x, Type::IntSeq, {.low = -1000, .high = 1000, .length = 12}}},
          Type::IntSeq,
          {.low = -2000, .high = 2000, .length = 12}});
  functions_.back().is_value = false;
  return Make(NodeKind::Item, Type::None,
              fmt::format("def {}({}) {{\n  for x in {} {{\n    if x > 700 {{ return }}\n"
                          "    yield x * 2\n  }}\n}}",
                          name, x, x));
}

Node Writer::ExternFunction() {
  constexpr const char* kExterns[] = {"cbrt", "cosf", "floorf", "erf", "ldexp"};
  const std::string name = OneOf(kExterns);
  for (const Function& function : functions_) {
    if (function.name == name) {
      return PlainFunction();
    }
  }
  const bool is_f32 = name.ends_with('f') && name != "erf";
  std::vector<Parameter> params{{"x", Type::Float}};
  std::string list = is_f32 ? "x: f32" : "x: float";
  if (name == "ldexp") {
    params.push_back({"n", Type::Int, {.low = 0, .high = 9}});
    list += ", n: i32";
  }
  Spend(5);
  Function function{name, std::move(params), Type::Float};
  function.is_extern = true;
  Finish(std::move(function));
  functions_.back().is_value = false;
  return Make(NodeKind::Item, Type::None,
              fmt::format("extern \"m\" def {}({}) -> {}", name, list, is_f32 ? "f32" : "float"));
}

// A generator that goes through another call of itself. Each level costs a turn of all others.
Node Writer::NestingGenerator() {
  const std::string name = NewFunctionName();
  const std::string n = NewName();
  Spend(60);
  Finish({name,
          {{n, Type::Int, {.low = 0, .high = 5}}},
          Type::IntSeq,
          {.low = 0, .high = 100, .length = 6}});
  functions_.back().is_value = false;
  return Make(NodeKind::Item, Type::None,
              fmt::format("def {}({}) {{\n  if {} > 0 {{\n    yield {}\n"
                          "    for x in {}(min({}, 6) - 1) {{ yield x + {} }}\n  }}\n}}",
                          name, n, n, n, name, n, n));
}

std::optional<Term> Writer::Call(Type result, int depth) {
  std::vector<size_t> found;
  for (size_t i = 0; i < functions_.size(); ++i) {
    const Function& function = functions_[i];
    if (function.result == result && Affords(function.cost) &&
        !(function.changes_lists && (lists_in_use_ > 0 || closed_ > 0)) &&
        !(function.reads_growing && reach_ == Reach::Bounded)) {
      found.push_back(i);
    }
  }
  if (found.empty()) {
    return std::nullopt;
  }
  return CallOf(functions_[found[Below(static_cast<uint32_t>(found.size()))]], depth);
}

Term Writer::CallOf(Function& function, int depth) {
  function.is_used = true;
  Spend(function.cost);
  changes_lists_ = changes_lists_ || function.changes_lists;
  reads_growing_ = reads_growing_ || function.reads_growing;
  std::string pattern = function.name + "(";
  std::vector<Node> args;
  bool is_named = false;
  Bound bound = function.bound;
  for (const Parameter& param : function.params) {
    if (param.has_default && Chance(50)) {
      is_named = true;  // what follows the one left out needs its name
      continue;
    }
    Term arg = Expr(param.type, depth - 1);
    if (arg.bound.length > param.bound.length && param.type != Type::IntSeq) {
      arg = Short(param.type);
    }
    if (param.type == Type::Int || param.type == Type::IntSeq) {
      if (param.type == Type::IntSeq &&
          (arg.bound.low < param.bound.low || arg.bound.high > param.bound.high ||
           arg.bound.length > param.bound.length)) {
        arg = Range();
      }
      arg = param.type == Type::Int ? Fit(std::move(arg), param.bound.low, param.bound.high) : arg;
    } else if (param.bound.least > 0 && arg.bound.least == 0) {
      arg.node = MakeExpr(param.type, fmt::format("($ + {})", SimplestText(param.type)),
                          {std::move(arg.node)});
    }
    bound.borrows_list = bound.borrows_list || arg.bound.borrows_list;
    is_named = is_named || (Chance(8) && !function.is_extern);
    pattern += args.empty() ? "" : ", ";
    pattern += is_named ? param.name + " = $" : "$";
    args.push_back(std::move(arg.node));
  }
  Node node = MakeExpr(function.result, pattern + ")", std::move(args));
  node.cell = "call " + std::string(Name(function.result));
  return {std::move(node), bound};
}

}  // namespace fuzz
