// The engine without the language: modules come from text in LLVM's own notation.

#include "jit/engine.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <fstream>
#include <string>

#include <llvm/AsmParser/Parser.h>
#include <llvm/ExecutionEngine/Orc/TargetProcess/JITLoaderGDB.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Target/TargetMachine.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "jit/codegen.h"

// gdb reads it.
extern "C" jit_descriptor __jit_debug_descriptor;

namespace {

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::unique_ptr<llvm::Module> Parse(jit::Engine& engine, const std::string& text) {
  engine.context().setDiscardValueNames(false);  // the notation lives on names
  std::unique_ptr<llvm::Module> module = engine.NewModule("test");
  llvm::SMDiagnostic error;
  const llvm::MemoryBufferRef buffer(text, "test");
  EXPECT_FALSE(llvm::parseAssemblyInto(buffer, module.get(), nullptr, error))
      << error.getMessage().str() << " in line " << error.getLineNo();
  return module;
}

// Adds the functions in `text` as one module.
void CompileText(jit::Engine& engine, const std::string& text) {
  engine.Compile(Parse(engine, text));
}

template <typename Signature>
Signature* Function(jit::Engine& engine, const char* name) {
  return reinterpret_cast<Signature*>(engine.Address(name));
}

constexpr const char* kSumOfSquares = R"(
  define i64 @"gc$sum"(i64 %n) nounwind {
  entry:
    %i = alloca i64
    %s = alloca i64
    store i64 0, ptr %i
    store i64 0, ptr %s
    br label %head
  head:
    %k = load i64, ptr %i
    %more = icmp slt i64 %k, %n
    br i1 %more, label %body, label %done
  body:
    %square = mul nsw i64 %k, %k
    %old = load i64, ptr %s
    %new = add nsw i64 %old, %square
    store i64 %new, ptr %s
    %next = add nsw i64 %k, 1
    store i64 %next, ptr %i
    br label %head
  done:
    %result = load i64, ptr %s
    ret i64 %result
  })";

int64_t counter = 0;

int64_t Twice(int64_t x) { return 2 * x; }

// Not the power: a compiler that computes x * x shows.
double Pow(double x, double y) { return y == 2.0 ? 3.0 - 35.0 : x - 25.0; }

// The lines of /proc/self/maps whose pages can be written and executed.
int WritableCodeMappings() {
  std::ifstream maps("/proc/self/maps");
  int count = 0;
  for (std::string line; std::getline(maps, line);) {
    count += line.find(" rwx") != std::string::npos ? 1 : 0;
  }
  return count;
}

// A function of `count` checked additions: linear to write, dear to compile.
std::string ManyAdditions(const std::string& name, int count) {
  std::string text = "define i64 @\"" + name + "\"(i64 %a) nounwind {\nentry:\n br label %b0\n";
  for (int i = 0; i < count; i++) {
    const std::string n = std::to_string(i);
    const std::string last = i == 0 ? "%a" : "%v" + std::to_string(i - 1);
    text += "b" + n + ":\n %r" + n + " = call {i64, i1} @llvm.sadd.with.overflow.i64(i64 " + last +
            ", i64 %a)\n %o" + n + " = extractvalue {i64, i1} %r" + n + ", 1\n br i1 %o" + n +
            ", label %e" + n + ", label %c" + n + "\ne" + n + ":\n ret i64 -" + n + "\nc" + n +
            ":\n %v" + n + " = extractvalue {i64, i1} %r" + n + ", 0\n br label %b" +
            std::to_string(i + 1) + "\n";
  }
  return text + "b" + std::to_string(count) + ":\n ret i64 %v" + std::to_string(count - 1) +
         "\n}\n";
}

constexpr const char* kOverflow = "declare {i64, i1} @llvm.sadd.with.overflow.i64(i64, i64)\n";

class EngineTest : public testing::TestWithParam<int> {
 protected:
  jit::EngineOptions Options() { return {.optimise = GetParam()}; }
};

TEST_P(EngineTest, CompilesAndRuns) {
  jit::Engine engine(Options(), {}, Now, nullptr);
  CompileText(engine, kSumOfSquares);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$sum")(10), 285);
  EXPECT_EQ(engine.report().modules, 1U);
  EXPECT_EQ(engine.report().functions, 1U);
  EXPECT_GT(engine.report().code_bytes, 0U);
}

TEST_P(EngineTest, CallsWhatTheTableHolds) {
  const jit::Symbol symbols[] = {{"twice", reinterpret_cast<const void*>(Twice)},
                                 {"counter", &counter}};
  jit::Engine engine(Options(), symbols, Now, nullptr);
  CompileText(engine, R"(
    @counter = external global i64
    declare i64 @twice(i64)
    define i64 @"gc$f"(i64 %x) nounwind {
      %y = call i64 @twice(i64 %x)
      %c = load i64, ptr @counter
      %d = add i64 %c, 1
      store i64 %d, ptr @counter
      ret i64 %y
    })");
  counter = 0;
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$f")(21), 42);
  EXPECT_EQ(counter, 1);
}

// No symbol of the process resolves: what is not in the table is a bug of the lab.
TEST_P(EngineTest, RefusesWhatTheTableDoesNotHold) {
  for (const std::string name :
       {"system", "open", "dlsym", "malloc", "execve", "exit", "mprotect"}) {
    EXPECT_DEATH(
        {
          jit::Engine engine(Options(), {}, Now, nullptr);
          CompileText(engine, "declare i64 @" + name + "(i64) define i64 @f(i64 %x) {" +
                                  "%y = call i64 @" + name + "(i64 %x) ret i64 %y }");
        },
        "Symbols not found: \\[ " + name);
  }
}

// Lowering puts gc$ in front; even without it no name is special to LLVM, except the operations.
TEST_P(EngineTest, UsersNamesAreNotSpecial) {
  jit::Engine engine(Options(), {}, Now, nullptr);
  for (const std::string name : {"malloc", "memcpy", "exp2", "cbrt", "printf", "__stack_chk_fail",
                                 "main", "pow", "sin", "strlen", "puts"}) {
    const std::string symbol = "\"gc$" + name + "\"";
    CompileText(engine, "define double @" + symbol +
                            "(double %x, double %y) nounwind noinline {"
                            " %z = fsub double %x, %y ret double %z }"
                            "define double @\"gc$call_" +
                            name + "\"(double %x) nounwind { %r = call double @" + symbol +
                            "(double %x, double 2.0) ret double %r }");
    EXPECT_EQ(Function<double(double)>(engine, ("gc$call_" + name).c_str())(5.0), 3.0) << name;
  }
}

// pow(x, 2.0) is not x * x, whatever LLVM knows of pow; sin and cos are those of the C library,
// merged into one call or not.
TEST_P(EngineTest, LibraryCallsKeepTheirLastBits) {
  const jit::Symbol symbols[] = {{"pow", reinterpret_cast<const void*>(Pow)}};
  jit::Engine engine(Options(), symbols, Now, nullptr);
  CompileText(engine, R"(
    declare double @pow(double, double)
    declare double @llvm.sin.f64(double)
    declare double @llvm.cos.f64(double)
    define double @"gc$square"(double %x) nounwind {
      %y = call double @pow(double %x, double 2.0)
      ret double %y
    }
    define double @"gc$power"(double %x) nounwind {
      %y = call double @pow(double 2.0, double %x)
      ret double %y
    }
    define double @"gc$both"(double %x) nounwind {
      %s = call double @llvm.sin.f64(double %x)
      %c = call double @llvm.cos.f64(double %x)
      %y = fsub double %s, %c
      ret double %y
    }
    define double @"gc$folded"() nounwind {
      %s = call double @llvm.sin.f64(double 0.7)
      ret double %s
    })");
  EXPECT_EQ(Function<double(double)>(engine, "gc$square")(3.0), -32.0);
  EXPECT_EQ(Function<double(double)>(engine, "gc$power")(3.0), -23.0);
  const auto both = Function<double(double)>(engine, "gc$both");
  for (double x = -700.0; x < 700.0; x += 0.37) {
    const volatile double copy = x;
    EXPECT_EQ(both(x), std::sin(copy) - std::cos(copy));
  }
  const volatile double constant = 0.7;
  EXPECT_EQ(Function<double()>(engine, "gc$folded")(), std::sin(constant));
}

// a * b + c rounds twice.
TEST_P(EngineTest, DoesNotFuse) {
  jit::Engine engine(Options(), {}, Now, nullptr);
  CompileText(engine, R"(
    define double @"gc$f"(double %a, double %b, double %c) nounwind {
      %p = fmul double %a, %b
      %s = fadd double %p, %c
      ret double %s
    })");
  const double a = 1.0 + 0x1p-30;
  EXPECT_EQ(Function<double(double, double, double)>(engine, "gc$f")(a, a, -(1.0 + 0x1p-29)), 0.0);
}

TEST_P(EngineTest, OperationsOfTheCodeGeneratorResolve) {
  jit::Engine engine(Options(), {}, Now, nullptr);
  CompileText(engine, R"(
    declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
    declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
    declare double @llvm.floor.f64(double)
    declare double @llvm.rint.f64(double)
    define double @"gc$remainder"(double %a, double %b) nounwind {
      %r = frem double %a, %b
      %f = call double @llvm.floor.f64(double %r)
      %g = call double @llvm.rint.f64(double %a)
      %s = fadd double %f, %g
      ret double %s
    }
    define void @"gc$fill"(ptr %to, ptr %from, i64 %n) nounwind {
      call void @llvm.memset.p0.i64(ptr %to, i8 7, i64 %n, i1 false)
      call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 2, i1 false)
      ret void
    }
    define i64 @"gc$wide"(i64 %a, i64 %b) nounwind {
      %x = sext i64 %a to i128
      %y = shl i128 %x, 10
      %z = sext i64 %b to i128
      %q = sdiv i128 %y, %z
      %r = trunc i128 %q to i64
      ret i64 %r
    })");
  EXPECT_EQ(Function<double(double, double)>(engine, "gc$remainder")(7.5, 2.0), 9.0);
  char to[8] = {};
  const char from[8] = {1, 2, 3};
  Function<void(char*, const char*, int64_t)>(engine, "gc$fill")(to, from, 5);
  EXPECT_EQ(std::string(to, 6), std::string("\1\2\7\7\7\0", 6));
  EXPECT_EQ(Function<int64_t(int64_t, int64_t)>(engine, "gc$wide")(-7, 2), -3584);
}

INSTANTIATE_TEST_SUITE_P(Levels, EngineTest, testing::Values(0, 1, 2, 3));

TEST(EngineLimitsTest, NoPageIsWritableAndExecutable) {
  jit::Engine engine({}, {}, Now, nullptr);
  CompileText(engine, kSumOfSquares);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$sum")(3), 5);
  EXPECT_EQ(WritableCodeMappings(), 0);
}

TEST(EngineLimitsTest, RefusesALargeFunctionAndOptimisesTheRest) {
  jit::Engine engine({.max_instructions = 2000}, {}, Now, nullptr);
  CompileText(engine, kOverflow + ManyAdditions("gc$large", 1000) + kSumOfSquares + R"(
    @table = internal constant [2 x i64] [i64 40, i64 50]
    define internal i64 @helper(i64 %x) nounwind noinline {
      %p = getelementptr [2 x i64], ptr @table, i64 0, i64 %x
      %v = load i64, ptr %p
      ret i64 %v
    }
    define i64 @"gc$both"(i64 %x) nounwind {
      %a = call i64 @"gc$large"(i64 %x)
      %b = call i64 @helper(i64 1)
      %c = add i64 %a, %b
      ret i64 %c
    })");
  ASSERT_EQ(engine.report().refusals.size(), 1U);
  EXPECT_EQ(engine.report().refusals[0].function, "gc$large");
  EXPECT_EQ(engine.report().refusals[0].reason,
            "too large: 6,002 instructions, 0 loops, limit 2,000 (a loop counts 50)");
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$large")(3), 3003);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$both")(3), 3053);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$sum")(10), 285);
}

TEST(EngineLimitsTest, TwoModulesWithRefusalsDoNotClash) {
  jit::Engine engine({.max_instructions = 100}, {}, Now, nullptr);
  for (const std::string name : {"gc$a", "gc$b"}) {
    CompileText(engine, kOverflow + ManyAdditions(name, 100) + R"(
      define internal i64 @helper(i64 %x) nounwind noinline { ret i64 %x }
      define i64 @")" + name +
                            R"($call"(i64 %x) nounwind {
        %y = call i64 @helper(i64 %x)
        ret i64 %y
      })");
    EXPECT_EQ(Function<int64_t(int64_t)>(engine, (name + "$call").c_str())(7), 7);
  }
  EXPECT_EQ(engine.report().refusals.size(), 2U);
}

// A thousand loops in one function would take 12 s.
TEST(EngineLimitsTest, ManyLoopsAreRefused) {
  std::string text = "define i64 @f(i64 %n) nounwind {\nentry:\n br label %h0\n";
  for (int i = 0; i < 1000; i++) {
    const std::string n = std::to_string(i);
    const std::string before = i == 0 ? "entry" : "h" + std::to_string(i - 1);
    text += "h" + n + ":\n %i" + n + " = phi i64 [0, %" + before + "], [%j" + n + ", %h" + n +
            "]\n %j" + n + " = add i64 %i" + n + ", 1\n %c" + n + " = icmp slt i64 %j" + n +
            ", %n\n br i1 %c" + n + ", label %h" + n + ", label %h" + std::to_string(i + 1) + "\n";
  }
  text += "h1000:\n ret i64 %j999\n}\n";
  jit::Engine engine({}, {}, Now, nullptr);
  const double start = Now();
  CompileText(engine, text);
  EXPECT_LT(Now() - start, 5.0);
  EXPECT_EQ(engine.report().refusals.size(), 1U);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "f")(5), 5);
}

TEST(EngineInterruptTest, FinishesQuickly) {
  std::string text = kOverflow;
  for (int i = 0; i < 40; i++) {
    text += ManyAdditions("gc$f" + std::to_string(i), 500);
  }
  std::atomic<uint32_t> flag = 0;
  jit::Engine engine({}, {}, Now, &flag);
  flag = 1;
  CompileText(engine, text);
  const double interrupted = engine.report().optimise_seconds + engine.report().codegen_seconds;
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$f39")(2), 1002);

  jit::Engine patient({}, {}, Now, nullptr);
  CompileText(patient, text);
  const double whole = patient.report().optimise_seconds + patient.report().codegen_seconds;
  EXPECT_LT(interrupted, whole / 2);
  EXPECT_EQ(Function<int64_t(int64_t)>(patient, "gc$f39")(2), 1002);
}

TEST(EngineInterruptTest, TheNextModuleIsOptimisedAgain) {
  std::atomic<uint32_t> flag = 1;
  jit::Engine engine({.keep_text = true}, {}, Now, &flag);
  CompileText(engine, kSumOfSquares);
  EXPECT_NE(engine.texts().optimised_ir.find("alloca"), std::string::npos);
  flag = 0;
  CompileText(engine, R"(
    define i64 @g(i64 %x) nounwind {
      %s = alloca i64
      store i64 %x, ptr %s
      %y = load i64, ptr %s
      ret i64 %y
    })");
  EXPECT_EQ(engine.texts().optimised_ir.find("alloca"), std::string::npos);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$sum")(10), 285);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "g")(10), 10);
}

// One code generator for all modules: the thousandth is what a new engine would make.
TEST(EngineReuseTest, AThousandModules) {
  jit::Engine engine({}, {}, Now, nullptr);
  for (int i = 0; i < 1000; i++) {
    const std::string name = "gc$f" + std::to_string(i);
    CompileText(engine, "define i64 @\"" + name + "\"(i64 %x) nounwind { %y = add i64 %x, " +
                            std::to_string(i) + " ret i64 %y }");
    ASSERT_EQ(Function<int64_t(int64_t)>(engine, name.c_str())(1), i + 1);
  }
  EXPECT_EQ(engine.report().modules, 1000U);
  EXPECT_EQ(WritableCodeMappings(), 0);
}

TEST(EngineReuseTest, ObjectsEqualThoseOfANewGenerator) {
  jit::Engine engine({}, {}, Now, nullptr);  // brings LLVM to life
  const std::unique_ptr<llvm::TargetMachine> machine = jit::MakeMachine(2, jit::Math::Strict);
  jit::CodeGenerator reused(*machine);
  for (int i = 0; i < 50; i++) {
    std::string objects[2];
    for (std::string& object : objects) {
      const std::unique_ptr<llvm::Module> module =
          Parse(engine, kOverflow + ManyAdditions("f", 1 + i % 7) + kSumOfSquares);
      jit::CodeGenerator fresh(*machine);
      jit::CodeGenerator& generator = &object == &objects[0] ? reused : fresh;
      object = generator.Generate(*module)->getBuffer().str();
    }
    ASSERT_EQ(objects[0], objects[1]) << i;
  }
}

TEST(EngineReuseTest, SeveralEnginesLiveAtOnce) {
  jit::Engine first({}, {}, Now, nullptr);
  jit::Engine second({.optimise = 0}, {}, Now, nullptr);
  CompileText(first, kSumOfSquares);
  CompileText(second, kSumOfSquares);
  EXPECT_NE(first.Address("gc$sum"), second.Address("gc$sum"));
  EXPECT_EQ(Function<int64_t(int64_t)>(first, "gc$sum")(10),
            Function<int64_t(int64_t)>(second, "gc$sum")(10));
}

TEST(EngineTextsTest, ShowEachPhase) {
  jit::Engine engine({.keep_text = true}, {}, Now, nullptr);
  CompileText(engine, kSumOfSquares);
  EXPECT_NE(engine.texts().ir.find("alloca"), std::string::npos);
  EXPECT_EQ(engine.texts().optimised_ir.find("alloca"), std::string::npos);
  EXPECT_NE(engine.texts().assembly.find("imul"), std::string::npos);
  EXPECT_EQ(engine.texts().assembly.find("%r"), std::string::npos) << "not Intel's syntax";
}

TEST(ProfilerNamesTest, PerfMapNamesTheFunction) {
  jit::Engine engine({.perf_map = true}, {}, Now, nullptr);
  CompileText(engine, kSumOfSquares);
  const std::string path = "/tmp/perf-" + std::to_string(getpid()) + ".map";
  std::ifstream map(path);
  std::string address;
  std::string size;
  std::string name;
  map >> address >> size >> name;
  EXPECT_EQ(reinterpret_cast<void*>(std::stoull(address, nullptr, 16)), engine.Address("gc$sum"));
  EXPECT_NE(std::stoull(size, nullptr, 16), 0U);
  EXPECT_EQ(name, "gc$sum");
  unlink(path.c_str());
}

// Anybody can leave a link in /tmp.
TEST(ProfilerNamesTest, PerfMapFollowsNoLink) {
  const std::string path = "/tmp/perf-" + std::to_string(getpid()) + ".map";
  const std::string target = testing::TempDir() + "perf_map_target";
  std::ofstream(target) << "mine";
  ASSERT_EQ(symlink(target.c_str(), path.c_str()), 0);
  {
    jit::Engine engine({.perf_map = true}, {}, Now, nullptr);
    CompileText(engine, kSumOfSquares);
    EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$sum")(10), 285);
  }
  std::string text;
  std::getline(std::ifstream(target), text);
  EXPECT_EQ(text, "mine");
  unlink(path.c_str());
  unlink(target.c_str());
}

TEST(ProfilerNamesTest, GdbIsTold) {
  jit::Engine engine({.gdb = true}, {}, Now, nullptr);
  CompileText(engine, kSumOfSquares);
  ASSERT_NE(__jit_debug_descriptor.first_entry, nullptr);
  EXPECT_EQ(Function<int64_t(int64_t)>(engine, "gc$sum")(10), 285);
}

TEST(EngineDescriptionTest, NamesVersionAndTarget) {
  EXPECT_EQ(jit::EngineDescription().rfind("LLVM 19.", 0), 0U);
  EXPECT_NE(jit::EngineDescription().find("x86-64"), std::string::npos);
}

}  // namespace
