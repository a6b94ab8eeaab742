// C functions: the table of libm, what is refused, and calling.

#include "runtime/extern.h"

#include <limits>

#include <math.h>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using runtime::ExternFunction;
using runtime::Value;

// The shapes of libm.def as C types: a row that <math.h> declares otherwise does not compile.
using D_D = double (*)(double);
using F_F = float (*)(float);
using D_DD = double (*)(double, double);
using F_FF = float (*)(float, float);
using D_DDD = double (*)(double, double, double);
using F_FFF = float (*)(float, float, float);
using I_D = int (*)(double);
using I_F = int (*)(float);
using D_DI = double (*)(double, int);
using F_FI = float (*)(float, int);
using D_DL = double (*)(double, long);
using F_FL = float (*)(float, long);
using D_ID = double (*)(int, double);
using L_D = long (*)(double);
using L_F = long (*)(float);

struct Row {
  std::string name;
  std::string shape;
};

const Row kRows[] = {
#define LAB_LIBM(name, shape) {#name, (static_cast<void>(static_cast<shape>(&::name)), #shape)},
#include "runtime/libm.def"
#undef LAB_LIBM
};

std::string TypeOfLetter(char letter) {
  return letter == 'D' ? "float" : letter == 'F' ? "f32" : letter == 'I' ? "i32" : "int";
}

std::string Declaration(const Row& row) {
  std::string text = "extern \"m\" def " + row.name + "(";
  for (size_t i = 2; i < row.shape.size(); ++i) {
    text += std::string(i == 2 ? "" : ", ") + static_cast<char>('a' + i) + ": " +
            TypeOfLetter(row.shape[i]);
  }
  return text + ") -> " + TypeOfLetter(row.shape[0]) + "\n";
}

// A program whose first item is an extern declaration.
struct Extern {
  explicit Extern(const std::string& declaration, std::vector<std::string> allowed = {})
      : run(declaration) {
    run.context.allowed_externs = std::move(allowed);
    function = ExternFunction::Bind(run.context, *run.program->items[0].function);
  }

  std::string Call(const std::vector<Value>& args) {
    Value result = Value::None();
    return function->Call(run.context, args.data(), &result) ? run.Text(result) : run.Failure();
  }

  RunFixture run;
  std::unique_ptr<ExternFunction> function;
};

TEST(Extern, EveryRowOfTheTableCanBeBound) {
  for (const Row& row : kRows) {
    // A built-in of the same name shadows it at the top level; only the others can be declared.
    frontend::DiagnosticSink sink;
    if (frontend::LoadProgram("prog.gc", Declaration(row), runtime::BuiltinSignatures(), sink) ==
        nullptr) {
      continue;
    }
    Extern bound(Declaration(row));
    EXPECT_NE(bound.function, nullptr) << row.name << ": " << bound.run.Failure();
  }
}

TEST(Extern, CallsAsCDoes) {
  Extern cosf("extern \"m\" def cosf(x: f32) -> f32\n");
  ASSERT_NE(cosf.function, nullptr);
  ASSERT_NE(cosf.function->float_unary, nullptr);
  EXPECT_EQ(cosf.Call({Value::Float(0.1)}),
            cosf.run.Text(Value::Float(static_cast<double>(::cosf(0.1F)))));
  EXPECT_EQ(cosf.Call({Value::Int(0)}), "1.0");

  Extern cbrt("extern \"m\" def cbrt(x: float) -> float\n");
  ASSERT_NE(cbrt.function->double_unary, nullptr);
  EXPECT_EQ(cbrt.Call({Value::Int(8)}), "2.0");
  EXPECT_EQ(cbrt.Call({Value::Bool(true)}), "type: `x` must be a float, not a bool");

  Extern fmod("extern \"m\" def fmod(x: float, y: float) -> float\n");
  ASSERT_NE(fmod.function->double_binary, nullptr);
  EXPECT_EQ(fmod.Call({Value::Float(-7), Value::Float(3)}), "-1.0");

  Extern ldexp("extern \"m\" def ldexp(x: float, n: i32) -> float\n");
  EXPECT_EQ(ldexp.Call({Value::Float(0.5), Value::Int(4)}), "8.0");
  EXPECT_EQ(ldexp.Call({Value::Float(0.5), Value::Int(int64_t{1} << 31)}),
            "overflow: 2147483648 does not fit in the i32 `n`");

  Extern lround("extern \"m\" def lround(x: float) -> int\n");
  EXPECT_EQ(lround.Call({Value::Float(-2.5)}), "-3");

  Extern ilogb("extern \"m\" def ilogb(x: float) -> i32\n");
  EXPECT_EQ(ilogb.Call({Value::Float(0.1)}), "-4");

  Extern fma("extern \"m\" def fma(x: float, y: float, z: float) -> float\n");
  EXPECT_EQ(fma.Call({Value::Float(2), Value::Float(3), Value::Float(4)}), "10.0");
}

TEST(Extern, TheSignOfANanDoesNotShow) {
  Extern copysign("extern \"m\" def copysign(x: float, y: float) -> float\n");
  EXPECT_EQ(copysign.function->double_binary, nullptr);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(copysign.Call({Value::Float(1), Value::Float(nan)}), "1.0");
  EXPECT_EQ(copysign.Call({Value::Float(1), Value::Float(::copysign(nan, -1.0))}), "1.0");
  EXPECT_EQ(copysign.Call({Value::Float(1), Value::Float(-0.0)}), "-1.0");
}

TEST(Extern, ReachesNothingBesidesLibm) {
  const auto refused = [](const std::string& declaration) {
    Extern bound(declaration);
    EXPECT_EQ(bound.function, nullptr) << declaration;
    return bound.run.Failure();
  };
  EXPECT_EQ(refused("extern \"m\" def system(x: int) -> i32\n"),
            "extern: the library \"m\" has no function `system` that may be called");
  EXPECT_EQ(refused("extern \"m\" def malloc(x: int) -> int\n"),
            "extern: the library \"m\" has no function `malloc` that may be called");
  EXPECT_EQ(refused("extern \"m\" def frexp(x: float, y: int) -> float\n"),
            "extern: the library \"m\" has no function `frexp` that may be called");
  EXPECT_EQ(refused("extern \"c\" def system(x: int) -> i32\n"),
            "extern: the library \"c\" is not allowed");
  EXPECT_EQ(refused("extern \"../evil\" def f(x: int) -> i32\n"),
            "extern: the library \"../evil\" is not allowed");
}

TEST(Extern, AWrongDeclarationSaysTheRightOne) {
  Extern bound("extern \"m\" def cosf(x: float) -> float\n");
  EXPECT_EQ(bound.function, nullptr);
  EXPECT_EQ(bound.run.context.failure->help,
            "declare it as `extern \"m\" def cosf(x: f32) -> f32`");
  EXPECT_EQ(bound.run.Failure(), "extern: the declaration of `cosf` is not the one it has in C");
}

TEST(Extern, OtherLibrariesWhenAllowed) {
  Extern abs("extern \"c\" def labs(x: int) -> int\n", {"c"});
  ASSERT_NE(abs.function, nullptr) << abs.run.Failure();
  EXPECT_EQ(abs.Call({Value::Int(-5)}), "5");
  EXPECT_EQ(abs.function->double_unary, nullptr);
  Extern absent("extern \"nowhere_at_all\" def f(x: int) -> int\n", {"nowhere_at_all"});
  EXPECT_EQ(absent.function, nullptr);
  EXPECT_EQ(absent.run.Failure(),
            "extern: the library \"nowhere_at_all\" cannot be loaded: "
            "no libnowhere_at_all.so or libnowhere_at_all.so.N was found");
  // What the library itself loads stays out of reach.
  Extern behind("extern \"ffi\" def system(x: int) -> i32\n", {"ffi"});
  EXPECT_EQ(behind.function, nullptr);
  Extern path("extern \"../c\" def labs(x: int) -> int\n", {"../c"});
  EXPECT_EQ(path.function, nullptr);
}

TEST(Extern, TypesThatCDoesNotHave) {
  Extern bound("extern \"c\" def labs(x: str) -> int\n", {"c"});
  EXPECT_EQ(bound.function, nullptr);
  EXPECT_EQ(bound.run.Failure(), "extern: `labs` cannot be called with these types");
}

}  // namespace
}  // namespace tests
