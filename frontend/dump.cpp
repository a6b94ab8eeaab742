// The S-expression printers. One writer serves both trees: with a program at
// hand it adds what the resolver found. Blocks break lines, all else stays on
// one. Tested by tests/frontend/dump_test.cpp.

#include "frontend/dump.h"

#include <string>
#include <string_view>

#include "frontend/literal.h"

namespace frontend {
namespace {

std::string_view TypeName(TypeExprKind kind) {
  switch (kind) {
    case TypeExprKind::Int:
      return "int";
    case TypeExprKind::Float:
      return "float";
    case TypeExprKind::Bool:
      return "bool";
    case TypeExprKind::Str:
      return "str";
    case TypeExprKind::None:
      return "none";
    case TypeExprKind::List:
      return "list";
    case TypeExprKind::Seq:
      return "seq";
    case TypeExprKind::Function:
      return "fn";
    case TypeExprKind::F32:
      return "f32";
    case TypeExprKind::I32:
      return "i32";
  }
  LAB_CHECK(false);
}

class TreeWriter {
 public:
  // `program` is null for the bare tree.
  explicit TreeWriter(const Program* program) : program_(program) {}

  std::string Write(std::span<const Item> items) {
    for (const Item& item : items) {
      if (item.function != nullptr) {
        WriteFunction(*item.function);
      } else {
        WriteExpr(*item.expr);
      }
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  void WriteFunction(const FunctionDecl& decl) {
    switch (decl.kind) {
      case DeclKind::Def:
        out_ += decl.is_memo ? "(memo def " : "(def ";
        break;
      case DeclKind::Bench:
        out_ += "(bench ";
        break;
      case DeclKind::Extern:
        out_ += "(extern " + EncodeString(decl.library) + " ";
        break;
    }
    WriteBinding(decl.binding);
    WriteParams(decl.params);
    if (decl.result_type != nullptr) {
      out_ += " -> ";
      WriteType(*decl.result_type);
    }
    if (decl.body != nullptr) {
      out_ += ' ';
      WriteExpr(*decl.body);
    }
    out_ += ')';
  }

  void WriteParams(std::span<const Param> params) {
    out_ += " (";
    for (const Param& param : params) {
      out_ += &param == params.data() ? "" : " ";
      WriteBinding(param.binding);
      WriteAnnotation(param.type);
      if (param.default_value != nullptr) {
        out_ += '=';
        WriteExpr(*param.default_value);
      }
    }
    out_ += ')';
  }

  void WriteAnnotation(const TypeExpr* type) {
    if (type != nullptr) {
      out_ += ':';
      WriteType(*type);
    }
  }

  void WriteType(const TypeExpr& type) {
    out_ += TypeName(type.kind);
    if (type.args.empty()) {
      return;
    }
    out_ += '[';
    for (const TypeExpr* arg : type.args) {
      out_ += arg == type.args[0] ? "" : ", ";
      WriteType(*arg);
    }
    out_ += ']';
  }

  void WriteRef(Ref ref) {
    switch (ref.kind) {
      case RefKind::None:
        return;
      case RefKind::Local:
        out_ += "@local" + std::to_string(ref.index);
        return;
      case RefKind::Global:
        out_ += "@global" + std::to_string(ref.index);
        return;
      case RefKind::Function:
        out_ += "@function" + std::to_string(ref.index);
        return;
      case RefKind::Builtin:
        out_ += "@builtin";
        return;
    }
  }

  void WriteBinding(const Binding& binding) {
    out_ += binding.name;
    if (program_ != nullptr) {
      WriteRef(program_->resolution.bindings[binding.id]);
    }
  }

  // " @function4 [y@local1<-local3]" behind what makes a Function.
  void WriteMade(const Expr& expr) {
    if (program_ == nullptr) {
      return;
    }
    FunctionId id = program_->resolution.function_of_expr[expr.id];
    if (id == kTopFunction) {
      out_ += "@in_place";
      return;
    }
    out_ += "@function" + std::to_string(id);
    const Function& function = program_->resolution.functions[id];
    if (function.captures.empty()) {
      return;
    }
    out_ += " [";
    for (const Capture& capture : function.captures) {
      out_ += &capture == function.captures.data() ? "" : " ";
      out_ += function.locals[capture.inner].name;
      WriteRef({RefKind::Local, capture.inner});
      out_ += "<-local" + std::to_string(capture.outer.index);
    }
    out_ += ']';
  }

  void WriteChild(const Expr& expr) {
    out_ += ' ';
    WriteExpr(expr);
  }

  void WriteOptional(std::string_view head, const Expr* child) {
    out_ += '(';
    out_ += head;
    if (child != nullptr) {
      WriteChild(*child);
    }
    out_ += ')';
  }

  void WriteAll(std::string_view head, std::span<const Expr* const> children) {
    out_ += '(';
    out_ += head;
    for (const Expr* child : children) {
      WriteChild(*child);
    }
    out_ += ')';
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
        if (program_ != nullptr) {
          WriteRef(program_->resolution.names[expr.id]);
        }
        return;
      case ExprKind::List:
        WriteAll("list", Cast<ListExpr>(expr).items);
        return;
      case ExprKind::Comprehension:
        WriteComprehension(Cast<ComprehensionExpr>(expr));
        return;
      case ExprKind::Unary:
        WriteOptional(Spelling(Cast<UnaryExpr>(expr).op), Cast<UnaryExpr>(expr).operand);
        return;
      case ExprKind::Binary:
        WriteBinary(Cast<BinaryExpr>(expr));
        return;
      case ExprKind::Logical:
        WriteAll(Spelling(Cast<LogicalExpr>(expr).op), Cast<LogicalExpr>(expr).operands);
        return;
      case ExprKind::Call:
        WriteCall(Cast<CallExpr>(expr));
        return;
      case ExprKind::Index:
        out_ += "(index";
        WriteChild(*Cast<IndexExpr>(expr).object);
        WriteChild(*Cast<IndexExpr>(expr).index);
        out_ += ')';
        return;
      case ExprKind::Lambda:
        out_ += "(lambda";
        WriteMade(expr);
        WriteParams(Cast<LambdaExpr>(expr).params);
        WriteChild(*Cast<LambdaExpr>(expr).body);
        out_ += ')';
        return;
      case ExprKind::Block:
        WriteBlock(Cast<BlockExpr>(expr));
        return;
      case ExprKind::Let: {
        const auto& let = Cast<LetExpr>(expr);
        out_ += let.is_var ? "(var " : "(let ";
        WriteBinding(let.binding);
        WriteAnnotation(let.type);
        WriteChild(*let.value);
        out_ += ')';
        return;
      }
      case ExprKind::Assign: {
        const auto& assign = Cast<AssignExpr>(expr);
        out_ += "(assign";
        out_ += assign.is_compound ? Spelling(assign.op) : "";
        WriteChild(*assign.target);
        WriteChild(*assign.value);
        out_ += ')';
        return;
      }
      case ExprKind::If: {
        const auto& branching = Cast<IfExpr>(expr);
        out_ += "(if";
        for (const Branch& branch : branching.branches) {
          WriteChild(*branch.condition);
          WriteChild(*branch.body);
        }
        if (branching.otherwise != nullptr) {
          out_ += " else";
          WriteChild(*branching.otherwise);
        }
        out_ += ')';
        return;
      }
      case ExprKind::While:
        out_ += "(while";
        WriteChild(*Cast<WhileExpr>(expr).condition);
        WriteChild(*Cast<WhileExpr>(expr).body);
        out_ += ')';
        return;
      case ExprKind::For:
        out_ += "(for ";
        WriteBinding(Cast<ForExpr>(expr).variable);
        WriteChild(*Cast<ForExpr>(expr).source);
        WriteChild(*Cast<ForExpr>(expr).body);
        out_ += ')';
        return;
      case ExprKind::Return:
        WriteOptional("return", Cast<ReturnExpr>(expr).value);
        return;
      case ExprKind::Break:
        out_ += "(break)";
        return;
      case ExprKind::Continue:
        out_ += "(continue)";
        return;
      case ExprKind::Yield:
        WriteOptional("yield", Cast<YieldExpr>(expr).value);
        return;
    }
  }

  // (+ (* a b) c), without recursion along the left operands.
  void WriteBinary(const BinaryExpr& expr) {
    std::vector<const BinaryExpr*> spine = LeftSpine(expr);
    for (auto it = spine.rbegin(); it != spine.rend(); ++it) {
      out_ += '(';
      out_ += Spelling((*it)->op);
      out_ += ' ';
    }
    WriteExpr(*spine.front()->left);
    for (const BinaryExpr* binary : spine) {
      WriteChild(*binary->right);
      out_ += ')';
    }
  }

  void WriteCall(const CallExpr& call) {
    out_ += call.is_method ? "(method" : "(call";
    WriteChild(*call.callee);
    for (const Argument& argument : call.args) {
      out_ += ' ';
      if (!argument.name.empty()) {
        out_ += argument.name;
        out_ += '=';
      }
      WriteExpr(*argument.value);
    }
    out_ += ')';
  }

  void WriteComprehension(const ComprehensionExpr& expr) {
    out_ += expr.is_list ? "(listcomp" : "(generator";
    WriteMade(expr);
    WriteChild(*expr.element);
    for (const Clause& clause : expr.clauses) {
      out_ += clause.is_for ? " (for " : " (if";
      if (clause.is_for) {
        WriteBinding(clause.variable);
      }
      WriteChild(*clause.source);
      out_ += ')';
    }
    out_ += ')';
  }

  void WriteBlock(const BlockExpr& block) {
    out_ += "(block";
    indent_ += 2;
    for (const Expr* item : block.items) {
      out_ += '\n' + std::string(indent_, ' ');
      WriteExpr(*item);
    }
    indent_ -= 2;
    out_ += ')';
  }

  const Program* program_;
  std::string out_;
  size_t indent_ = 0;
};

std::string_view KindWord(FunctionKind kind) {
  switch (kind) {
    case FunctionKind::Top:
      return "top";
    case FunctionKind::Def:
      return "def";
    case FunctionKind::Bench:
      return "bench";
    case FunctionKind::Extern:
      return "extern";
    case FunctionKind::Lambda:
      return "lambda";
    case FunctionKind::Generator:
      return "generator";
  }
  LAB_CHECK(false);
}

}  // namespace

std::string DumpTokens(const SourceFile& source, const TokenBuffer& buffer) {
  std::string out;
  for (const Token& token : buffer.tokens) {
    Place place = source.Locate(token.span.begin);
    out += std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
    out += KindName(token.kind);
    if (token.kind != TokenKind::Newline && token.span.begin != token.span.end) {
      out += ' ';
      out += source.text(token.span);
    }
    out += '\n';
  }
  return out;
}

std::string DumpTree(std::span<const Item> items) { return TreeWriter(nullptr).Write(items); }

std::string DumpResolved(const Program& program) {
  std::string out;
  for (size_t i = 0; i < program.resolution.functions.size(); ++i) {
    const Function& function = program.resolution.functions[i];
    out += "function" + std::to_string(i) + " " + std::string(KindWord(function.kind)) + " " +
           std::string(function.name) + ": " + std::to_string(function.param_count) + " params, " +
           std::to_string(function.captures.size()) + " captures, " +
           std::to_string(function.locals.size()) + " locals";
    out += function.yields ? ", yields" : "";
    out += function.is_memo ? ", memo" : "";
    out += '\n';
  }
  for (size_t i = 0; i < program.resolution.globals.size(); ++i) {
    const Global& global = program.resolution.globals[i];
    out += "global" + std::to_string(i) + " " + std::string(global.name) +
           (global.may_be_unset ? ": may be unset\n" : "\n");
  }
  return out + TreeWriter(&program).Write(program.items);
}

}  // namespace frontend
