#pragma once
// How JavaScript writes what ScriptPrinter decides.

#include "emit/script_printer.h"

namespace emit {

class JsPrinter : public ScriptPrinter {
 public:
  JsPrinter(const Module& module, const Options& options);

 private:
  Piece PrintNumber(const Term& term) override;
  Piece PrintConstant(runtime::BuiltinKind builtin) override;
  Piece PrintNone() override { return {"null", Level::Literal}; }
  std::string PrintLambda(const Term& term) override;
  Piece PrintChoose(const Term& term) override;
  Piece PrintElement(Piece list, const Term& index) override;
  void PrintSetElement(const Statement& statement) override;
  void PrintRoutine(const Routine& routine) override;
  void PrintExtern(const Routine& routine) override;
  void PrintDeclare(const Statement& statement) override;
  void PrintLoop(const Statement& loop) override;
  void PrintJump(const Statement& jump) override;
  void PrintYield(const Statement& statement) override;
  void PrintEffect(frontend::Span span, const Term& term) override;
  void PrintForwards() override;
  void PrintConstantGlobal(const Statement& statement) override;
  Piece NoneAfter(const Piece& piece) override {
    return {"void " + Wrap(piece, Level::Literal), Level::Unary};
  }
  std::string ToFloat(const Piece& piece) override { return piece.text; }
  Piece BoxFloat(const Piece& piece) override;
  Piece UnboxFloat(const Piece& piece) override;
  std::string Function(const std::vector<std::string>& params, const Piece& result) override;
  bool PrintNativeBuiltin(runtime::BuiltinKind builtin, std::span<const Arg> args, TypeId result,
                          Piece* piece) override;
  Piece TextOfInt(const Arg& arg) override;
  Piece PrintedText(const Arg& arg) override;
  Piece DivideFloats(const Term& term, const Piece& a, const Piece& b) override;
  Piece CompareTexts(frontend::BinaryOp op, const Piece& a, const Piece& b) override;
  void PrintEnding() override;

  std::string RangeHeader(const Statement& loop);
  std::string Params(const Routine& routine);
  void PrintArguments() override;
  void PrintReturn(frontend::Span span, const Term& term) override;
  std::string Readers(const Routine& routine);
  std::string MemoKey(const Routine& routine);
  bool IsFixedIn(const Statement& loop, const Term& term) const;
};

// What JavaScript calls the C function; empty when it has none like it.
std::string_view JsMathFunction(std::string_view c_name);

}  // namespace emit
