// Errors at known places. Test: tests/fuzz/generator_test.cpp.

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

struct Mistake {
  const char* text;       // an expression; V stands for an int variable that is there
  const char* kind;       // of the error, or the code of the diagnostic
  const char* says = "";  // a part of the message
};

constexpr Mistake kMistakes[] = {
    {"1 // (V - V)", "division by zero", "cannot divide 1 by zero"},
    {"1 % (V * 0)", "division by zero", "cannot take 1 modulo zero"},
    {"1.5 / (V - V)", "division by zero", "cannot divide 1.5 by zero"},
    {"9223372036854775807 + V * V + 1", "overflow"},
    {"(-9223372036854775807 - 1) // (-1 + V * 0)", "overflow"},
    {"-(-9223372036854775808 + V * 0)", "overflow", "-(-9223372036854775808) does not fit"},
    {"(4611686018427387904 + V * 0) * 2", "overflow", "4611686018427387904 * 2 does not fit"},
    {"10 ** (19 + V * 0)", "overflow", "10 ** 19 does not fit"},
    {"floor(1e300 + V)", "overflow"},
    {"[1, 2, 3][3 + abs(V)]", "index"},
    {"[1, 2, 3][-4 - abs(V)]", "index"},
    {"\"abc\"[-4 - abs(V)]", "index"},
    {"sqrt(-1.0 - abs(V))", "domain"},
    {"log(V * 0)", "domain"},
    {"2 ** (-1 - abs(V))", "domain"},
    {"str(V) + V", "type", "cannot add a str and an int"},
    {"V + true", "type", "cannot add an int and a bool"},
    {"[V] + V", "type", "cannot add a list[int] and an int"},
    {"(V > 0) + 1", "type", "cannot add a bool and an int"},
    {"[V, 1.5]", "type", "cannot hold both an int and a float"},
    {"len(V)", "type", "not an int"},
    {"keep(V)(1)", "type"},
    {"(if V { 1 } else { 2 })", "type"},
    {"sum(V)", "type"},
    {"int(\"x\" + str(V))", "value"},
    {"error(\"planted \" + str(V))", "error"},
    {"assert(V != V)", "assert"},
    {"min(x for x in [V] if x != V)", "empty"},
    {"sum(range(V, V))", "empty"},
    {"[V][0:1]", "E0117"},
    {"undefined_name + V", "E0201"},
    {"len(V, V)", "E0301"},
    {"{ let s = (x for x in [V]); sum(s) + sum(s) }", "consumed"},
    {"sum(map(x => 1 // (x - V), [V]))", "division by zero"},
    {"(x => 1 // (x - V))(V)", "division by zero"},
    {"sum(filter(x => 1 // (x - V) > 0, [V]))", "division by zero"},
    {"range(V, 2, V - V)", "value"},
    {"{ let t = [9223372036854775807]; t[0] += abs(V) + 1; t[0] }", "overflow"},
    {"{ let t = [V, 8]; t[1] //= V - V; t[1] }", "division by zero"},
    {"V + 7 * (V + 2) - 100 // (V - V)", "division by zero"},
    {"4611686018427387904 * (V - V + 2) + 1", "overflow"},
    {"1.5 * V + 2.5 / (V - V)", "division by zero"},
    {"[5, 6][V - V + 1] + [5, 6][V - V - 3]", "index"},
    {"(1 < V - V + 2 and 1 // (V - V) > 0)", "division by zero"},
    {"[1.5, 2.5][V - V] * [3.5][V - V + 1]", "index"},
    {"(V * 0 - 9223372036854775807) - 2", "overflow", "-9223372036854775807 - 2 does not fit"},
    {"\"a\" - V", "type", "cannot subtract an int from a str"},
    {"V - \"a\"", "type", "cannot subtract a str from an int"},
    {"[\"a\", V]", "type", "cannot hold both a str and an int"},
    {"{ let t = [\"a\"]; append(t, V); t }", "type", "cannot append an int to a list[str]"},
    {"{ var t = V; if t == V { t = \"a\" }; var u = V; if u != V { u = \"a\" }; [[t], [u]] }",
     "type", "cannot hold both a list[str] and a list[int]"},
    {"{ var t = V; if t == V { t = 0.5 }; let u = [[V]]; append(u, [t]); u }", "type",
     "cannot append a list[float] to a list[list[int]]"},
    {"[1, 2, 3][V - V - 4]", "index", "index -4 is outside a list of length 3"},
    {"{ let t = [V, V]; t[V - V - 3] }", "index", "index -3 is outside a list of length 2"},
    {"{ let t = [V, V]; t[V - V - 3] = 1; t }", "index", "index -3 is outside a list of length 2"},
    {"{ let t = [\"a\"]; t[V - V - 9] }", "index", "index -9 is outside a list of length 1"},
    {"\"abc\"[V - V + 3]", "index", "index 3 is outside a str of length 3"},
    {"int(\"\\u{1}\\u{1b}\" + str(V))", "value", "\\u{1}\\u{1b}"},
    {"float(\"\\u{e9}\" * (30 + abs(V) % 9))", "value", "\u00e9..."},
    {"int(\"a\" + \"\\u{e9}\" * (30 + abs(V) % 9))", "value", "\u00e9..."},
    {"{ var t = 4611686018427387904; var u = 2 + V * 0; t * u + 1 }", "overflow",
     "4611686018427387904 * 2"},
    {"{ var t = 3; var u = V - V; t + t // u * t }", "division by zero", "cannot divide 3 by zero"},
    {"{ var t = 3; var u = V - V; (t - u) % u }", "division by zero", "cannot take 3 modulo zero"},
    {"{ var t = 1.5; var u = 0.0 * V; t * t + t / u }", "division by zero", "cannot divide 1.5 by"},
};

}  // namespace

// In a statement of its own, at some turn of the loops around it.
Node Writer::Planted() {
  Node mistake = PlantedExpr(Type::None, {});
  return MakeStatement("$", {std::move(mistake)});
}

Node Writer::PlantedExpr(Type type, Node otherwise) {
  is_planted_ = true;
  const Mistake& mistake = kMistakes[Below(std::size(kMistakes))];
  const Variable* variable = Find(Type::Int);
  // A lambda may use fixed names only.
  const bool is_captured = std::string_view(mistake.text).find("=>") != std::string_view::npos;
  const bool fits = variable != nullptr && !(is_captured && variable->kind != Variable::Kind::Let);
  const std::string name = fits ? variable->name : "3";
  const std::string text = Filled(
      mistake.text, [&](char c) { return c == 'V' ? std::string_view(name) : std::string_view(); });
  planted_ = mistake.kind;
  planted_says_ = mistake.says;
  Node wrong = MakeExpr(type, text);
  wrong.is_planted = true;
  const uint32_t turn = Below(4);
  const std::string when = Chance(70) ? fmt::format("{} >= {}", name, turn) : "true";
  if (otherwise.text.empty()) {
    return MakeStatement(fmt::format("if {} {{ keep($) }}", when), {std::move(wrong)});
  }
  return MakeExpr(type, fmt::format("(if {} {{ $ }} else {{ $ }})", when),
                  {std::move(wrong), std::move(otherwise)});
}

}  // namespace fuzz
