// Writes the tree as a person would: brackets only where precedence asks for
// them, a line for each item of a block. The round trip is tested by
// tests/frontend/print_source_test.cpp.

#include "frontend/print_source.h"

#include <utility>

#include "frontend/literal.h"

namespace frontend {
namespace {

// How tightly an expression holds together; the parser's levels.
enum Level : int {
  kExpr = 0,  // let, lambda, if ...
  kOr = 1,
  kAnd = 2,
  kNot = 3,
  kCompare = 4,
  kSum = 5,
  kTerm = 6,
  kUnary = 7,
  kPower = 8,
  kPostfix = 9,
};

int LevelOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::Add:
    case BinaryOp::Sub:
      return kSum;
    case BinaryOp::Mul:
    case BinaryOp::Div:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
      return kTerm;
    case BinaryOp::Pow:
      return kPower;
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      return kCompare;
  }
  LAB_CHECK(false);
}

int LevelOf(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Int:
      return Cast<IntExpr>(expr).value < 0 ? kUnary : kPostfix;
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
    case ExprKind::List:
    case ExprKind::Comprehension:
    case ExprKind::Call:
    case ExprKind::Index:
    case ExprKind::Block:
      return kPostfix;
    case ExprKind::Unary:
      return Cast<UnaryExpr>(expr).op == UnaryOp::Not ? kNot : kUnary;
    case ExprKind::Binary:
      return LevelOf(Cast<BinaryExpr>(expr).op);
    case ExprKind::Logical:
      return Cast<LogicalExpr>(expr).op == LogicalOp::Or ? kOr : kAnd;
    case ExprKind::Lambda:
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::If:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      return kExpr;
  }
  LAB_CHECK(false);
}

class SourceWriter {
 public:
  std::string Take() { return std::move(out_); }

  void WriteItem(const Item& item) {
    if (item.function != nullptr) {
      WriteFunction(*item.function);
    } else {
      WriteExpr(*item.expr);
    }
    out_ += '\n';
  }

  // In brackets when the expression holds together less than `level`.
  void WriteAt(int level, const Expr& expr) {
    bool brackets = LevelOf(expr) < level;
    out_ += brackets ? "(" : "";
    WriteExpr(expr);
    out_ += brackets ? ")" : "";
  }

  void WriteExpr(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::Int:
        out_ += std::to_string(Cast<IntExpr>(expr).value);
        return;
      case ExprKind::Float:
        out_ += EncodeFloat(Cast<FloatExpr>(expr).value);
        return;
      case ExprKind::Str:
        out_ += EncodeString(Cast<StrExpr>(expr).value);
        return;
      case ExprKind::Bool:
        out_ += Cast<BoolExpr>(expr).value ? "true" : "false";
        return;
      case ExprKind::None:
        out_ += "none";
        return;
      case ExprKind::Name:
        out_ += Cast<NameExpr>(expr).name;
        return;
      case ExprKind::List:
        out_ += '[';
        WriteList(Cast<ListExpr>(expr).items);
        out_ += ']';
        return;
      case ExprKind::Comprehension:
        WriteComprehension(Cast<ComprehensionExpr>(expr));
        return;
      case ExprKind::Unary:
        WriteUnary(Cast<UnaryExpr>(expr));
        return;
      case ExprKind::Binary:
        WriteBinary(Cast<BinaryExpr>(expr));
        return;
      case ExprKind::Logical:
        WriteLogical(Cast<LogicalExpr>(expr));
        return;
      case ExprKind::Call:
        WriteCall(Cast<CallExpr>(expr));
        return;
      case ExprKind::Index:
        WriteAt(kPostfix, *Cast<IndexExpr>(expr).object);
        out_ += '[';
        WriteExpr(*Cast<IndexExpr>(expr).index);
        out_ += ']';
        return;
      case ExprKind::Lambda:
        WriteParams(Cast<LambdaExpr>(expr).params);
        out_ += " => ";
        WriteExpr(*Cast<LambdaExpr>(expr).body);
        return;
      case ExprKind::Block:
        WriteBlock(Cast<BlockExpr>(expr));
        return;
      case ExprKind::Let: {
        const auto& let = Cast<LetExpr>(expr);
        out_ += let.is_var ? "var " : "let ";
        out_ += let.binding.name;
        WriteAnnotation(let.type);
        out_ += " = ";
        WriteExpr(*let.value);
        return;
      }
      case ExprKind::Assign: {
        const auto& assign = Cast<AssignExpr>(expr);
        WriteExpr(*assign.target);
        out_ += ' ';
        out_ += assign.is_compound ? Spelling(assign.op) : "";
        out_ += "= ";
        WriteExpr(*assign.value);
        return;
      }
      case ExprKind::If:
        WriteIf(Cast<IfExpr>(expr));
        return;
      case ExprKind::While:
        out_ += "while ";
        WriteAt(kOr, *Cast<WhileExpr>(expr).condition);
        out_ += ' ';
        WriteExpr(*Cast<WhileExpr>(expr).body);
        return;
      case ExprKind::For:
        out_ += "for " + std::string(Cast<ForExpr>(expr).variable.name) + " in ";
        WriteAt(kOr, *Cast<ForExpr>(expr).source);
        out_ += ' ';
        WriteExpr(*Cast<ForExpr>(expr).body);
        return;
      case ExprKind::Return:
        out_ += "return";
        if (Cast<ReturnExpr>(expr).value != nullptr) {
          out_ += ' ';
          WriteExpr(*Cast<ReturnExpr>(expr).value);
        }
        return;
      case ExprKind::Break:
        out_ += "break";
        return;
      case ExprKind::Continue:
        out_ += "continue";
        return;
      case ExprKind::Yield:
        out_ += "yield ";
        WriteExpr(*Cast<YieldExpr>(expr).value);
        return;
    }
  }

  void WriteType(const TypeExpr& type) {
    switch (type.kind) {
      case TypeExprKind::Int:
        out_ += "int";
        return;
      case TypeExprKind::Float:
        out_ += "float";
        return;
      case TypeExprKind::Bool:
        out_ += "bool";
        return;
      case TypeExprKind::Str:
        out_ += "str";
        return;
      case TypeExprKind::None:
        out_ += "none";
        return;
      case TypeExprKind::F32:
        out_ += "f32";
        return;
      case TypeExprKind::I32:
        out_ += "i32";
        return;
      case TypeExprKind::List:
      case TypeExprKind::Seq:
        out_ += type.kind == TypeExprKind::List ? "list[" : "seq[";
        WriteType(*type.args[0]);
        out_ += ']';
        return;
      case TypeExprKind::Function:
        out_ += "fn(";
        for (size_t i = 0; i + 1 < type.args.size(); ++i) {
          out_ += i == 0 ? "" : ", ";
          WriteType(*type.args[i]);
        }
        out_ += ") -> ";
        WriteType(*type.args.back());
        return;
    }
  }

 private:
  void WriteFunction(const FunctionDecl& decl) {
    out_ += decl.is_memo ? "memo " : "";
    switch (decl.kind) {
      case DeclKind::Def:
        out_ += "def ";
        break;
      case DeclKind::Bench:
        out_ += "bench ";
        break;
      case DeclKind::Extern:
        out_ += "extern " + EncodeString(decl.library) + " def ";
        break;
    }
    out_ += decl.binding.name;
    WriteParams(decl.params);
    if (decl.result_type != nullptr) {
      out_ += " -> ";
      WriteType(*decl.result_type);
    }
    if (decl.body != nullptr) {
      out_ += decl.body->kind == ExprKind::Block ? " " : " = ";
      WriteExpr(*decl.body);
    }
  }

  void WriteParams(std::span<const Param> params) {
    out_ += '(';
    for (const Param& param : params) {
      out_ += &param == params.data() ? "" : ", ";
      out_ += param.binding.name;
      WriteAnnotation(param.type);
      if (param.default_value != nullptr) {
        out_ += " = ";
        WriteExpr(*param.default_value);
      }
    }
    out_ += ')';
  }

  void WriteAnnotation(const TypeExpr* type) {
    if (type != nullptr) {
      out_ += ": ";
      WriteType(*type);
    }
  }

  void WriteList(std::span<const Expr* const> items) {
    for (const Expr* item : items) {
      out_ += item == items[0] ? "" : ", ";
      WriteExpr(*item);
    }
  }

  void WriteComprehension(const ComprehensionExpr& expr) {
    out_ += expr.is_list ? '[' : '(';
    WriteAt(kOr, *expr.element);
    for (const Clause& clause : expr.clauses) {
      out_ += clause.is_for ? " for " + std::string(clause.variable.name) + " in " : " if ";
      WriteAt(kOr, *clause.source);
    }
    out_ += expr.is_list ? ']' : ')';
  }

  void WriteUnary(const UnaryExpr& expr) {
    bool is_not = expr.op == UnaryOp::Not;
    out_ += is_not ? "not " : "-";
    WriteAt(is_not ? kNot : kUnary, *expr.operand);
  }

  void WriteBinary(const BinaryExpr& expr) {
    if (expr.op == BinaryOp::Pow) {
      WriteAt(kPostfix, *expr.left);
      out_ += " ** ";
      WriteAt(kUnary, *expr.right);
      return;
    }
    // Go left as long as no brackets are needed; a chain may be very long.
    std::vector<const BinaryExpr*> chain = {&expr};
    while (const auto* left = DynCast<BinaryExpr>(*chain.back()->left)) {
      int level = LevelOf(chain.back()->op);
      if (left->op == BinaryOp::Pow || LevelOf(left->op) < level || level == kCompare) {
        break;
      }
      chain.push_back(left);
    }
    const BinaryExpr& innermost = *chain.back();
    int innermost_level = LevelOf(innermost.op);
    WriteAt(innermost_level == kCompare ? kSum : innermost_level, *innermost.left);
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
      out_ += " " + std::string(Spelling((*it)->op)) + " ";
      WriteAt(LevelOf((*it)->op) + 1, *(*it)->right);
    }
  }

  void WriteLogical(const LogicalExpr& expr) {
    int level = LevelOf(expr);
    for (const Expr* operand : expr.operands) {
      out_ += operand == expr.operands[0] ? "" : " " + std::string(Spelling(expr.op)) + " ";
      WriteAt(level + 1, *operand);
    }
  }

  void WriteCall(const CallExpr& call) {
    std::span<const Argument> args = call.args;
    if (call.is_method) {
      WriteAt(kPostfix, *args[0].value);
      out_ += '.';
      args = args.subspan(1);
    }
    WriteAt(kPostfix, *call.callee);
    out_ += '(';
    for (const Argument& argument : args) {
      out_ += &argument == args.data() ? "" : ", ";
      if (!argument.name.empty()) {
        out_ += std::string(argument.name) + " = ";
      }
      WriteExpr(*argument.value);
    }
    out_ += ')';
  }

  void WriteIf(const IfExpr& expr) {
    std::string_view word = "if ";
    for (const Branch& branch : expr.branches) {
      out_ += std::exchange(word, " elif ");
      WriteAt(kOr, *branch.condition);
      out_ += ' ';
      WriteExpr(*branch.body);
    }
    if (expr.otherwise != nullptr) {
      out_ += " else ";
      WriteExpr(*expr.otherwise);
    }
  }

  void WriteBlock(const BlockExpr& block) {
    if (block.items.empty()) {
      out_ += "{}";
      return;
    }
    out_ += '{';
    indent_ += 4;
    for (const Expr* item : block.items) {
      out_ += '\n' + std::string(indent_, ' ');
      WriteExpr(*item);
    }
    indent_ -= 4;
    out_ += '\n' + std::string(indent_, ' ') + '}';
  }

  std::string out_;
  size_t indent_ = 0;
};

}  // namespace

std::string PrintSource(std::span<const Item> items) {
  SourceWriter writer;
  for (const Item& item : items) {
    writer.WriteItem(item);
  }
  return writer.Take();
}

std::string PrintSource(const Expr& expr) {
  SourceWriter writer;
  writer.WriteExpr(expr);
  return writer.Take();
}

std::string PrintType(const TypeExpr& type) {
  SourceWriter writer;
  writer.WriteType(type);
  return writer.Take();
}

}  // namespace frontend
