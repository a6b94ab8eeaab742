#pragma once
// How Lua writes what ScriptPrinter decides.

#include "emit/lua.h"
#include "emit/script_printer.h"

namespace emit {

class LuaPrinter : public ScriptPrinter {
 public:
  LuaPrinter(const Module& module, LuaDialect dialect, const Options& options);

 private:
  Piece PrintNumber(const Term& term) override;
  Piece PrintConstant(runtime::BuiltinKind builtin) override;
  Piece PrintNone() override { return {Use("none")}; }
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
  Piece NoneAfter(const Piece& piece) override { return Call("none_after", {piece.text}); }
  std::string ToFloat(const Piece& piece) override;
  Piece BoxFloat(const Piece& piece) override;
  Piece UnboxFloat(const Piece& piece) override;
  std::string Function(const std::vector<std::string>& params, const Piece& result) override;
  bool PrintNativeBuiltin(runtime::BuiltinKind builtin, std::span<const Arg> args, TypeId result,
                          Piece* piece) override;
  Piece TextOfInt(const Arg& arg) override;
  Piece PrintedText(const Arg& arg) override;
  Piece DivideFloats(const Term& term, const Piece& a, const Piece& b) override;
  Piece CompareTexts(frontend::BinaryOp op, const Piece& a, const Piece& b) override;
  void PrintReturn(frontend::Span span, const Term& term) override;
  void PrintArguments() override;
  void PrintEnding() override;

  bool IsJit() const { return dialect_ == LuaDialect::LuaJit; }
  bool ReturnsNone(const Routine& routine) const;
  std::string RangeHeader(const Statement& loop);
  std::string Params(const Routine& routine);
  std::string MemoKey(const Routine& routine);
  void PrintDefaults(const Routine& routine);
  void PrintBody(const Routine& routine);
  std::string Readers(const Routine& routine);
  // The place of an index in a table, which counts from 1; empty when the index may be negative.
  std::string PlaceOf(const Term& list, const Term& index);
  std::string OneMore(const Term& index);
  bool HasManyNames() const;
  std::string ReturnedText(const Term& term);

  const LuaDialect dialect_;
  std::vector<bool> is_forward_;  // by routine: declared above what uses it
};

}  // namespace emit
