// The table of peers. Tests: tests/peers/find_test.cpp.

#include "peers/peer.h"

#include <string>

#include <fmt/format.h>

namespace peers {
namespace {

using emit::Target;
using measure::MathLibrary;

constexpr std::string_view kPython[] = {"python3", "python"};
constexpr std::string_view kPyPy[] = {"pypy3", "pypy"};
constexpr std::string_view kCython[] = {"cython3", "cython"};
constexpr std::string_view kLua[] = {"lua5.4", "lua54", "lua"};
constexpr std::string_view kLuaJit[] = {"luajit"};
constexpr std::string_view kNode[] = {"node", "nodejs"};
constexpr std::string_view kGcc[] = {"gcc"};
constexpr std::string_view kClang[] = {"clang-21", "clang-20", "clang-19", "clang-18", "clang-17",
                                       "clang-16", "clang-15", "clang-14", "clang"};

constexpr std::string_view kAskPython[] = {"-c", "import sys; print(sys.executable)"};
constexpr std::string_view kAskNode[] = {"-p", "process.execPath"};

// LuaJIT has its own `^` for whole exponents, node its own everything.
constexpr Peer kPeers[] = {
    {"cpython", "CPython", Target::Python, kPython, "--version", "Python ", "3.", kAskPython,
     "python3", MathLibrary::Shared},
    {"pypy", "PyPy", Target::Python, kPyPy, "--version", "[PyPy ", "", kAskPython, "pypy3",
     MathLibrary::Shared},
    {"cython",
     "Cython",
     Target::Cython,
     kCython,
     "--version",
     "Cython version ",
     "",
     {},
     "cython3 python3-dev gcc",
     MathLibrary::Shared},
    {"lua", "Lua", Target::Lua, kLua, "-v", "Lua ", "5.4", {}, "lua5.4", MathLibrary::Shared},
    {"luajit",
     "LuaJIT",
     Target::LuaJit,
     kLuaJit,
     "-v",
     "LuaJIT ",
     "2.",
     {},
     "luajit",
     MathLibrary::Own},
    {"node", "Node.js", Target::Js, kNode, "--version", "v", "", kAskNode, "nodejs",
     MathLibrary::Own},
    {"gcc",
     "GCC",
     Target::C,
     kGcc,
     "--version",
     ") ",
     "",
     {},
     "gcc libc6-dev",
     MathLibrary::Shared},
    {"clang",
     "Clang",
     Target::C,
     kClang,
     "--version",
     "clang version ",
     "",
     {},
     "clang-19 libc6-dev",
     MathLibrary::Shared},
};

// gcc computes calls with constant arguments itself, and rounds exactly; the C library is off by an
// ulp now and then. sin, cos, tan, exp, log and pow are left to the compiler: there the library
// errs so rarely that it does not show, and sin and cos of one angle are computed together.
constexpr std::string_view kNotRoundedByTheLibrary[] = {
    "asin", "acos",   "atan",   "atan2", "log2", "log10", "hypot", "sinh",  "cosh",
    "tanh", "asinh",  "acosh",  "atanh", "cbrt", "exp2",  "expm1", "log1p", "erf",
    "erfc", "tgamma", "lgamma", "j0",    "j1",   "y0",    "y1"};

}  // namespace

std::span<const Peer> Peers() { return kPeers; }

const Peer* FindPeer(std::string_view name) {
  name = name.substr(0, name.find('#'));
  for (const Peer& peer : kPeers) {
    if (peer.name == name) {
      return &peer;
    }
  }
  return nullptr;
}

std::vector<std::string_view> PeerNames() {
  std::vector<std::string_view> names;
  for (const Peer& peer : kPeers) {
    names.push_back(peer.name);
  }
  return names;
}

measure::MathLibrary MathOf(const Peer& peer, const frontend::Program& program) {
  // LuaJIT calls functions declared `extern` in the C library; JavaScript has no way to.
  if (peer.math == MathLibrary::Shared || peer.target != emit::Target::Js) {
    return peer.math;
  }
  const auto is_single = [](const frontend::TypeExpr* type) {
    return type != nullptr && type->kind == frontend::TypeExprKind::F32;
  };
  for (const frontend::Function& function : program.resolution.functions) {
    if (function.kind == frontend::FunctionKind::Extern && is_single(function.decl->result_type)) {
      return MathLibrary::OwnSingle;
    }
  }
  return peer.math;
}

bool IsBuilt(const Peer& peer) {
  switch (peer.target) {
    case Target::C:
    case Target::Cython:
      return true;
    case Target::Python:
    case Target::Lua:
    case Target::LuaJit:
    case Target::Js:
      break;
  }
  return false;
}

std::vector<std::string> CompilerFlags() {
  std::vector<std::string> flags = {"-O2", "-ffp-contract=off"};
  for (const std::string_view function : kNotRoundedByTheLibrary) {
    flags.push_back(fmt::format("-fno-builtin-{}", function));
  }
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v3")) {
    flags.push_back("-march=x86-64-v3");
  }
#endif
  return flags;
}

}  // namespace peers
