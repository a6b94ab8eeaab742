// What programs look like in Lua. That they mean the same is tested by running them (tests/peers).

#include "tests/emit/translated.h"

namespace emit {
namespace {

std::string Lua(std::string_view text, Overflow overflow = Overflow::Checked) {
  return Translated(text, Target::Lua, {.overflow = overflow});
}

std::string LuaJit(std::string_view text, Overflow overflow = Overflow::Checked) {
  return Translated(text, Target::LuaJit, {.overflow = overflow});
}

TEST(LuaTest, KeepsNamesCommentsAndStructure) {
  EXPECT_EQ(Lua("def area(r) = pi * r * r   # of a disc\n"
                "bench b(n = 1_000) {\n"
                "    var total = 0.0\n"
                "    for i in range(n) { total += area(i * 0.5) }\n"
                "    total\n"
                "}\n"),
            "local function area(r)  -- of a disc\n"
            "  return math.pi * r * r\n"
            "local function b(n)\n"
            "  local total = 0.0\n"
            "  for i = 0, n - 1 do\n"
            "    total = total + area(i * 0.5)\n"
            "  return total\n");
}

TEST(LuaTest, ChecksIntsOf64BitsUnlessTheyFit) {
  constexpr std::string_view kProgram =
      "def f(x: int, y: int) = x * y + len(\"abc\") - 1\nlet g = f\nprint(g(2, 3))\n";
  EXPECT_EQ(Lua(kProgram),
            "local function f(x, y)\n"
            "  return (int_sub(int_add(int_mul(x, y), utf8.len(\"abc\")), 1))\n"
            "local g = f\n"
            "print(g(2, 3))\n");
  EXPECT_EQ(Lua(kProgram, Overflow::Native),
            "local function f(x, y)\n"
            "  return x * y + utf8.len(\"abc\") - 1\n"
            "local g = f\n"
            "print(g(2, 3))\n");
}

TEST(LuaTest, ChecksTheExactnessOfDoublesInLuaJit) {
  EXPECT_EQ(LuaJit("def f(x: int) = x * 3 + x // 2\nlet g = f\nprint(g(2))\n", Overflow::Native),
            "local function f(x)\n"
            "  return (exact(exact(x * 3) + math.floor(x / 2)))\n"
            "local g = f\n"
            "print(int_text(g(2)))\n");
  EXPECT_EQ(LuaJit("print(9007199254740993)\n"), "print(int_text(out_of_range()))\n");
}

TEST(LuaTest, CountsPlacesFromOne) {
  constexpr std::string_view kProgram =
      "let xs = [1, 2, 3]\nfor i in range(1, 3) { xs[i] = xs[i - 1] }\n";
  EXPECT_EQ(Lua(kProgram),
            "local xs = {1, 2, 3}\n"
            "for i = 1, 2 do\n"
            "  local value = element(xs, i - 1)\n"
            "  set_element(xs, i, value)\n");
  EXPECT_EQ(Lua(kProgram, Overflow::Native),
            "local xs = {1, 2, 3}\n"
            "for i = 1, 2 do\n"
            "  local value = xs[i]\n"
            "  xs[i + 1] = value\n");
}

TEST(LuaTest, LeavesLoopsThroughLabels) {
  EXPECT_EQ(Lua("for x in [1, 2] {\n"
                "    if x == 1 { continue }\n"
                "    while true { if x == 2 { break } }\n"
                "    print(x)\n"
                "}\n"),
            "for _, x in ipairs({1, 2}) do\n"
            "  if x == 1 then\n"
            "    goto continue_1\n"
            "  while true do\n"
            "    if x == 2 then\n"
            "      break\n"
            "  print(x)\n");
}

TEST(LuaTest, MakesCoroutinesOfFunctionsThatYield) {
  EXPECT_EQ(Lua("def up(n) { for i in range(n) { yield i } }\nfor i in up(3) { print(i) }\n"),
            "local function up(n)\n"
            "    for i = 0, n - 1 do\n"
            "      coroutine.yield(i)\n"
            "for i in up(3) do\n"
            "  print(i)\n");
}

TEST(LuaTest, DeclaresAboveWhatIsUsedAbove) {
  const std::string text = Translate(*Load("def f(n) = if n < 1 { 0 } else { g(n - 1) }\n"
                                           "def g(n) = f(n)\n"
                                           "print(f(3))\n"),
                                     Target::Lua, {})
                               .text;
  EXPECT_NE(text.find("\nlocal g\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nfunction g(n)\n"), std::string::npos) << text;
}

// A call in the place of a result would vanish from the traceback.
TEST(LuaTest, KeepsTheCallersOfWhatMayFail) {
  EXPECT_EQ(Lua("def f(x: float) = sqrt(x)\ndef g(n) = if n < 1 { 0 } else { g(n - 1) }\n"
                "f(1)\ng(5)\n"),
            "local function f(x)\n"
            "  return (sqrt(x))\n"
            "local function g(n)\n"
            "  if n < 1 then\n"
            "    return 0\n"
            "    return (g(n - 1))\n"
            "f(1.0)\n"
            "g(5)\n");
}

TEST(LuaTest, TellsTheLinesOfTheProgram) {
  const auto program = Load("print(\"a\")\n\nprint(\n    \"b\")\n");
  const Translation translation = Translate(*program, Target::Lua, {});
  ASSERT_GE(translation.lines.size(), 2U);
  EXPECT_EQ(translation.lines.back().first, 3U);
  EXPECT_EQ(translation.lines.back().last, 4U);
  EXPECT_EQ(translation.lines.front().first, 0U);  // the prelude
}

TEST(LuaTest, RenamesWhatLuaNeeds) {
  EXPECT_EQ(Lua("let end = 1\nlet nil = 2\nlet element = 3\nprint(end, nil, element)\n"),
            "local end_ = 1\n"
            "local nil_ = 2\n"
            "local element_ = 3\n"
            "print(end_, nil_, element_)\n");
}

TEST(LuaTest, CallsCOnlyFromLuaJit) {
  constexpr std::string_view kProgram = "extern \"m\" def cosf(x: f32) -> f32\nprint(cosf(0.5))\n";
  EXPECT_EQ(LuaJit(kProgram),
            "ffi.cdef[[ float cosf(float x); ]]\n"
            "local cosf = ffi.C.cosf\n"
            "print(float_text(cosf(0.5)))\n");
  const Translation refused = Translate(*Load(kProgram), Target::Lua, {});
  ASSERT_TRUE(refused.refusal.has_value());
  EXPECT_EQ(refused.refusal->text, "standard Lua cannot call C: it has no `cosf`");
  EXPECT_EQ(refused.text, "");
}

// A file has room for 200 local names.
TEST(LuaTest, MakesNamesGlobalWhereTheyAreMany) {
  std::string program;
  for (int i = 0; i < 250; ++i) {
    program += "let name" + std::to_string(i) + " = " + std::to_string(i) + "\n";
  }
  const std::string text = Lua(program);
  EXPECT_EQ(text.find("local name"), std::string::npos);
  EXPECT_NE(text.find("name249 = 249\n"), std::string::npos);
}

}  // namespace
}  // namespace emit
