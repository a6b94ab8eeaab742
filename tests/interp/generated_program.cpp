// Writes programs that are well typed as a person would write them; errors come from arithmetic,
// indices and planted calls of `error`.

#include "tests/interp/generated_program.h"

#include <random>
#include <vector>

namespace interp {

namespace {

enum class Kind : uint8_t { Int, Float, Bool, Str, Ints, Strs };
constexpr Kind kKinds[] = {Kind::Int, Kind::Float, Kind::Bool, Kind::Str, Kind::Ints, Kind::Strs};

// What every program has. `mixed` is called with ints, floats and strings; `steps` stops early.
constexpr const char* kPrelude = R"(let limit = 3
let names = ["ab", "c", "déf"]
def half(n: int) -> int = n // 2
def mixed(a, b) = a + b
def pick(c, a, b) = if c { a } else { b }
def first(xs) { for x in xs { return x }
  0 }
def count(n) { var i = 0
  while i < n { yield i
    i += 1 } }
def words(n) { for w in names { if len(w) <= n { yield w + "!" } } }
def pairs(n) { for a in count(n) { for b in count(a) { yield a * 10 + b } } }
def nest(n) { if n > 0 { yield n
    for x in nest(n - 1) { yield x + n } } }
def steps(xs) { for x in xs { if x > 6 { return }
    yield x } }
memo def fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
memo def tag(n, s) = s + str(n)
)";

class Writer {
 public:
  explicit Writer(uint32_t seed) : random_(seed) {}

  std::string Program() {
    text_ = kPrelude;
    for (int f = 0; f < 3; ++f) {
      Function("f" + std::to_string(f));
      ++functions_;
    }
    Generator();
    Open("def main() {");
    Statements(6, 2);
    // Each function with each of two sets of argument types.
    for (int f = 0; f < functions_; ++f) {
      const std::string name = "f" + std::to_string(f);
      Line("print(" + name + "(" + Expr(Kind::Int, 2) + ", " + Expr(Kind::Int, 1) + ", " +
           Expr(Kind::Str, 1) + "))");
      Line("print(" + name + "(" + Expr(Kind::Float, 2) + ", " + Expr(Kind::Int, 1) + ", " +
           Expr(Kind::Str, 1) + "))");
    }
    Line("print(list(g(" + Expr(Kind::Int, 1) + ")))");
    Line("for v in g(3) { if v == " + Number(5) + " { break }\n print(v) }");
    Line("none");
    Close();
    return text_;
  }

 private:
  struct Variable {
    std::string name;
    Kind kind;
    bool is_var;
  };

  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_()) % n; }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  std::string Number(uint32_t n) { return std::to_string(Below(n)); }

  void Line(const std::string& line) { text_ += std::string(depth_ * 2, ' ') + line + "\n"; }
  void Open(const std::string& line) {
    Line(line);
    ++depth_;
    scopes_.push_back(variables_.size());
  }
  void Close(const std::string& line = "}") {
    --depth_;
    variables_.resize(scopes_.back());
    scopes_.pop_back();
    Line(line);
  }

  void Function(const std::string& name) {
    Open("def " + name + "(a, n, s) {");
    is_function_ = true;
    // `a` has no one kind, so only `mixed` and str take it.
    variables_.push_back({"n", Kind::Int, false});
    variables_.push_back({"s", Kind::Str, false});
    Line("var t = a");
    Line("t += " + Expr(Kind::Int, 2));
    Statements(5, 2);
    Line("t = mixed(t, a)");
    Line("str(t) + " + Expr(Kind::Str, 2));
    is_function_ = false;
    Close();
  }

  void Generator() {
    Open("def g(n) {");
    variables_.push_back({"n", Kind::Int, false});
    Statements(2, 1);
    Open("for e in pairs(n % 4) {");
    variables_.push_back({"e", Kind::Int, false});
    Line("if e == " + Number(30) + " { return }");
    Line("yield " + Expr(Kind::Int, 2));
    Statements(2, 1);
    Close();
    Line("yield " + Expr(Kind::Int, 1));
    Close();
  }

  std::string NewName() { return "v" + std::to_string(names_++); }

  // A part of a lambda or comprehension: nothing leaves it, and it sees no var.
  template <typename Write>
  std::string Inside(const Write& write) {
    ++closed_;
    std::string text = write();
    --closed_;
    return text;
  }

  // A visible variable of the kind; empty: there is none.
  std::string Find(Kind kind, bool assignable) {
    std::vector<std::string> found;
    for (const Variable& variable : variables_) {
      const bool fits = assignable ? variable.is_var : closed_ == 0 || !variable.is_var;
      if (variable.kind == kind && fits) {
        found.push_back(variable.name);
      }
    }
    return found.empty() ? "" : found[Below(static_cast<uint32_t>(found.size()))];
  }

  void Statements(int count, int nesting) {
    for (int i = 0; i < count; ++i) {
      Statement(nesting);
    }
  }

  void Declare(bool is_var) {
    const Kind kind = kKinds[Below(6)];
    const std::string name = NewName();
    Line((is_var ? "var " : "let ") + name + " = " + Expr(kind, 3));
    variables_.push_back({name, kind, is_var});
  }

  void Assign() {
    const Kind kind = kKinds[Below(6)];
    const std::string name = Find(kind, true);
    if (name.empty()) {
      Declare(true);
    } else if (kind == Kind::Int || kind == Kind::Float) {
      Line(name + (Chance(50) ? " += " : " -= ") + Expr(kind, 2));
    } else if (kind == Kind::Str) {
      Line(name + " += " + Expr(kind, 1));
    } else if (kind == Kind::Bool || Chance(30)) {
      Line(name + " = " + Expr(kind, 2));
    } else {
      const Kind element = kind == Kind::Ints ? Kind::Int : Kind::Str;
      if (Chance(50)) {
        Line("append(" + name + ", " + Expr(element, 1) + ")");
      } else {
        Line(name + "[" + Index() + "] " + (Chance(50) ? "=" : "+=") + " " + Expr(element, 1));
      }
    }
  }

  std::string Index() { return Chance(97) ? "0" : "(" + Expr(Kind::Int, 1) + ") % 3"; }

  void Statement(int nesting) {
    switch (Below(nesting > 0 ? 10 : 5)) {
      case 0:
        Declare(false);
        break;
      case 1:
        Declare(true);
        break;
      case 2:
      case 3:
        Assign();
        break;
      case 4:
        Line("print(" + Expr(kKinds[Below(6)], 2) + ")");
        break;
      case 5:
        Open("if " + Expr(Kind::Bool, 2) + " {");
        Statements(2, nesting - 1);
        Close("}");
        if (Chance(50)) {
          text_.insert(text_.size() - 1, " elif " + Expr(Kind::Bool, 1) + " { " + Simple() + " }");
        }
        break;
      case 6: {
        const std::string name = NewName();
        const std::string turns = name + "_turns";
        Line("var " + turns + " = 0");
        Open("while " + turns + " < " + Number(6) + (Chance(30) ? " and true {" : " {"));
        Line(turns + " += 1");
        Line("let " + name + " = " + turns);
        variables_.push_back({name, Kind::Int, false});
        LoopBody(nesting);
        break;
      }
      case 7:
      case 8: {
        const std::string name = NewName();
        const bool ints = Chance(70);
        std::string source = Sequence(ints);
        if (source[0] == 'v') {
          source = "list(" + source + ")";  // the body may append to the variable, without end
        }
        Open("for " + name + " in " + source + " {");
        variables_.push_back({name, ints ? Kind::Int : Kind::Str, false});
        LoopBody(nesting);
        break;
      }
      default:
        Line(Simple());
        break;
    }
  }

  std::string Simple() {
    if (Chance(1)) {
      return "error(\"planted\")";
    }
    if (is_function_ && Chance(10)) {
      return "return " + Expr(Kind::Str, 1);
    }
    return "print(" + Expr(kKinds[Below(6)], 1) + ")";
  }

  void LoopBody(int nesting) {
    const bool was_loop = in_loop_;
    in_loop_ = true;
    Statements(2, nesting - 1);
    if (Chance(40)) {
      Line("if " + Expr(Kind::Bool, 1) + (Chance(50) ? " { break }" : " { continue }"));
    }
    in_loop_ = was_loop;
    Close();
  }

  std::string Sequence(bool ints) {
    if (!ints) {
      switch (Below(4)) {
        case 0:
          return "words(" + Number(5) + ")";
        case 1:
          return "map(x => x + " + Inside([&] { return Atom(Kind::Str); }) + ", names)";
        case 2:
          return Atom(Kind::Str);
        default:
          return Atom(Kind::Strs);
      }
    }
    switch (Below(11)) {
      case 0:
        return "range(" + Number(5) + ")";
      case 1:
        return "range(" + Number(9) + ", " + Number(4) + ", -2)";
      case 2:
        return "count(" + Number(5) + ")";
      case 3:
        return "pairs(" + Number(4) + ")";
      case 4:
        return "nest(" + Number(4) + ")";
      case 5:
        return "map(x => x * 2 + " + Inside([&] { return Atom(Kind::Int); }) + ", " + "list(" +
               Atom(Kind::Ints) + "))";
      case 6:
        return "filter(x => x % 2 == 0, count(" + Number(7) + "))";
      case 7:
        return "steps(map(half, list(" + Atom(Kind::Ints) + ")))";
      case 8:
        return "(x + 1 for x in range(4) if x != " + Number(4) + ")";
      case 9:
        return "pick(" + Expr(Kind::Bool, 0) + ", count(3), range(2))";
      default:
        return Atom(Kind::Ints);
    }
  }

  std::string Atom(Kind kind) {
    const std::string name = Find(kind, false);
    if (!name.empty() && Chance(75)) {
      return name;
    }
    switch (kind) {
      case Kind::Int:
        return Below(200) == 0 ? "9223372036854775807" : Chance(20) ? "limit" : Number(9);
      case Kind::Float:
        return Number(9) + (Chance(50) ? ".5" : ".0");
      case Kind::Bool:
        return Chance(50) ? "true" : "false";
      case Kind::Str:
        return "\"" + std::string(1, static_cast<char>('a' + Below(26))) + "é\"";
      case Kind::Ints:
        return "[" + Number(9) + ", " + Number(9) + ", " + Number(9) + "]";
      case Kind::Strs:
        return "[\"p\", " + std::string(Chance(50) ? "\"q\"" : "names[0]") + ", \"r\"]";
    }
    return "";
  }

  // An expression that may leave what it stands in.
  std::string Exit(Kind kind, int depth) {
    const std::string condition = Expr(Kind::Bool, 0);
    const bool returns = is_function_ && (!in_loop_ || Chance(30));
    const std::string leave = returns ? "return \"left\"" : Chance(50) ? "break" : "continue";
    return "(if " + condition + " { " + leave + " } else { " + Expr(kind, depth) + " })";
  }

  std::string Expr(Kind kind, int depth) {
    if (depth <= 0) {
      return Atom(kind);
    }
    if (closed_ == 0 && (in_loop_ || is_function_) && Chance(5)) {
      return Exit(kind, depth - 1);
    }
    if (Chance(8)) {
      return "(if " + Expr(Kind::Bool, depth - 1) + " { " + Expr(kind, depth - 1) + " } else { " +
             Expr(kind, depth - 1) + " })";
    }
    if (Chance(4)) {
      return "pick(" + Expr(Kind::Bool, depth - 1) + ", " + Expr(kind, depth - 1) + ", " +
             Expr(kind, depth - 1) + ")";
    }
    const std::string assigned = Find(kind, true);
    if (closed_ == 0 && !assigned.empty() && Chance(4)) {
      return "{ " + assigned + " = " + Expr(kind, depth - 1) + "; " + assigned + " }";
    }
    const auto sub = [&](Kind of) { return Expr(of, depth - 1); };
    switch (kind) {
      case Kind::Int:
        return IntExpr(sub);
      case Kind::Float:
        return FloatExpr(sub);
      case Kind::Bool:
        return BoolExpr(sub);
      case Kind::Str:
        return StrExpr(sub);
      case Kind::Ints:
        return Chance(50) ? "[x + " + Inside([&] { return sub(Kind::Int); }) + " for x in " +
                                Sequence(true) + "]"
               : Chance(50) ? "list(" + Sequence(true) + ")"
                            : "[" + sub(Kind::Int) + ", " + sub(Kind::Int) + "]";
      case Kind::Strs:
        return Chance(50) ? "[w for w in " + Sequence(false) +
                                " if w != " + Inside([&] { return sub(Kind::Str); }) + "]"
                          : "[" + sub(Kind::Str) + ", " + sub(Kind::Str) + "]";
    }
    return "";
  }

  template <typename Sub>
  std::string IntExpr(const Sub& sub) {
    switch (Below(11)) {
      case 0:
        return "(" + sub(Kind::Int) + " * " + Number(4) + " % 17)";
      case 1:
        return "(" + sub(Kind::Int) + " // (" + sub(Kind::Int) + " % 7 + 7))";
      case 2:
        return "len(" + sub(Chance(50) ? Kind::Str : Kind::Ints) + ")";
      case 3:
        return "sum(" + Sequence(true) + ", 0)";
      case 4:
        return "sum((x * " + Inside([&] { return sub(Kind::Int); }) + " for x in " +
               Sequence(true) + "), 0)";
      case 5:
        return "fib(" + Number(12) + ")";
      case 6:
        return sub(Kind::Ints) + "[" + Index() + "]";
      case 7:
        return "first(" + Sequence(true) + ")";
      case 8:
        return "(x => x - " + Inside([&] { return sub(Kind::Int); }) + ")(" + sub(Kind::Int) + ")";
      default:
        return "(" + sub(Kind::Int) + (Chance(50) ? " + " : " - ") + sub(Kind::Int) + ")";
    }
  }

  template <typename Sub>
  std::string FloatExpr(const Sub& sub) {
    switch (Below(5)) {
      case 0:
        return "(" + sub(Kind::Int) + " / (abs(" + sub(Kind::Int) + ") + " +
               (Chance(97) ? "1))" : "0))");
      case 1:
        return "sqrt(fabs(" + sub(Kind::Float) + "))";
      case 2:
        return "mixed(" + sub(Kind::Int) + ", " + sub(Kind::Float) + ")";
      default:
        return "(" + sub(Kind::Float) + (Chance(50) ? " * " : " - ") +
               sub(Chance(70) ? Kind::Float : Kind::Int) + ")";
    }
  }

  template <typename Sub>
  std::string BoolExpr(const Sub& sub) {
    switch (Below(6)) {
      case 0:
        return "(" + sub(Kind::Bool) + (Chance(50) ? " and " : " or ") + sub(Kind::Bool) + ")";
      case 1:
        return "(not " + sub(Kind::Bool) + ")";
      case 2:
        return "(" + sub(Kind::Float) + " <= " + sub(Kind::Int) + ")";
      case 3:
        return "(" + sub(Kind::Str) + (Chance(50) ? " == " : " < ") + sub(Kind::Str) + ")";
      case 4:
        return (Chance(50) ? "any(x > " : "all(x > ") + Inside([&] { return sub(Kind::Int); }) +
               " for x in " + Sequence(true) + ")";
      default:
        return "(" + sub(Kind::Int) + (Chance(50) ? " < " : " != ") + sub(Kind::Int) + ")";
    }
  }

  template <typename Sub>
  std::string StrExpr(const Sub& sub) {
    switch (Below(6)) {
      case 0:
        return "str(" + sub(kKinds[Below(6)]) + ")";
      case 1:
        return "join(" + sub(Kind::Str) + ", " + Sequence(false) + ")";
      case 2:
        return "tag(" + Number(4) + ", " + sub(Kind::Str) + ")";
      case 3:
        return "names[" + Index() + "]";
      default:
        return "(" + sub(Kind::Str) + " + " + sub(Kind::Str) + ")";
    }
  }

  std::mt19937 random_;
  std::string text_;
  size_t depth_ = 0;
  std::vector<size_t> scopes_;
  std::vector<Variable> variables_;
  int names_ = 0;
  int functions_ = 0;
  int closed_ = 0;
  bool is_function_ = false;
  bool in_loop_ = false;
};

}  // namespace

std::string GeneratedProgram(uint32_t seed) { return Writer(seed).Program(); }

}  // namespace interp
