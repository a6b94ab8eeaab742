// LLVM's texts cut into functions, and DumpCode with them.

#include "jit/listing.h"

#include <gtest/gtest.h>

#include "jit/jit.h"
#include "runtime/run.h"
#include "tests/jit/jit_run.h"

namespace jit {
namespace {

TEST(Listing, CutsIr) {
  const std::vector<CodeBlock> blocks = FunctionsOfIr(
      "declare i64 @lab_Failed()\n\n"
      "; a remark\n"
      "define internal i64 @gc$fib$3(i64 %n) #0 {\nentry:\n  ret i64 %n\n}\n\n"
      "define i1 @\"entry$<top>$0$unit0\"(ptr %a) {\n  ret i1 true\n}\n"
      "define void @other() {\n  ret void\n}\n");
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].function, "fib");
  EXPECT_FALSE(blocks[0].is_wrapper);
  EXPECT_EQ(blocks[0].text,
            "define internal i64 @gc$fib$3(i64 %n) #0 {\nentry:\n  ret i64 %n\n}\n");
  EXPECT_EQ(blocks[1].function, "<top>");
  EXPECT_TRUE(blocks[1].is_wrapper);
}

TEST(Listing, CutsAssembly) {
  const std::vector<CodeBlock> blocks = FunctionsOfAssembly(
      "\t.text\n\t.intel_syntax noprefix\n"
      "\t.section\t.rodata.cst8\n\t.p2align\t3\n.LCPI1_0:\n\t.quad\t0x3ff0\n"
      "\t.text\n\t.globl\tgc$f$1\n\t.type\tgc$f$1,@function\n"
      "gc$f$1:\n\t.cfi_startproc\n\tvaddsd\txmm0, xmm0, qword ptr [rip + .LCPI1_0]\n"
      ".LBB1_1:\n\tret\n.Lfunc_end1:\n\t.size\tgc$f$1, .Lfunc_end1-gc$f$1\n"
      "entry$f$1$unit0:\n\tjmp\tgc$f$1\n.Lfunc_end2:\n");
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].function, "f");
  EXPECT_EQ(blocks[0].text,
            ".LCPI1_0:\n\t.quad\t0x3ff0\n"
            "gc$f$1:\n\tvaddsd\txmm0, xmm0, qword ptr [rip + .LCPI1_0]\n.LBB1_1:\n\tret\n");
  EXPECT_TRUE(blocks[1].is_wrapper);
}

EngineTexts Dump(const std::string& text, std::string_view kept, int level) {
  const auto program = Load(text);
  runtime::TypeTable types;
  runtime::StringOutput output;
  runtime::Context context(*program, types, output, {});
  context.clock = Now;
  return DumpCode(*program, context, {.optimise = level}, kept);
}

bool HasCode(const std::vector<CodeBlock>& blocks, std::string_view function) {
  for (const CodeBlock& block : blocks) {
    if (block.function == function && !block.is_wrapper) {
      return true;
    }
  }
  return false;
}

TEST(DumpCode, ShowsWhatIsLeftAndWhatIsKept) {
  const std::string text =
      "def twice(x) = x * 2\n"
      "def gen(n) { for i in range(n) { yield i } }\n"
      "def main(n = 5) = sum(twice(i) for i in gen(n))\n";
  const EngineTexts plain = Dump(text, "", 2);
  EXPECT_TRUE(HasCode(FunctionsOfIr(plain.ir), "twice"));
  EXPECT_FALSE(HasCode(FunctionsOfIr(plain.optimised_ir), "twice"));
  for (const char* kept : {"twice", "gen", "main"}) {
    const EngineTexts texts = Dump(text, kept, 2);
    EXPECT_TRUE(HasCode(FunctionsOfIr(texts.ir), kept));
    EXPECT_TRUE(HasCode(FunctionsOfIr(texts.optimised_ir), kept));
    EXPECT_TRUE(HasCode(FunctionsOfAssembly(texts.assembly), kept)) << texts.assembly;
  }
}

TEST(DumpCode, HoldsNoDirectives) {
  for (const CodeBlock& block :
       FunctionsOfAssembly(Dump("def main(x = 2.5) = x * 0.1\n", "main", 2).assembly)) {
    for (const char* directive : {".cfi", ".p2align", ".globl", ".type", ".size", ".section"}) {
      EXPECT_EQ(block.text.find(directive), std::string::npos) << block.text;
    }
  }
}

}  // namespace
}  // namespace jit
