// The recipe for vectorised libm calls: the variants are declared and named at each call, so the
// vectoriser needs no table of its own (LLVM's lacks acos and 512 bits). It also needs a counted
// loop without exits and without other calls, and the option for ordered sums that llvm_start.cpp
// sets: then a sum is added in the order of the source, and only the functions' own error, at most
// 4 units in the last place, differs from strict mode. Test: tests/jit/vector_math_test.cpp.

#include "jit/vector_math.h"

#include <deque>
#include <string>
#include <unordered_map>

#include <dlfcn.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/VFABIDemangler.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>
#include <sys/platform/x86.h>

namespace jit {

namespace {

// What libmvec of glibc 2.35 has, by the number of arguments.
constexpr const char* kUnary[] = {"sin",   "cos",   "tan",   "asin",  "acos",  "atan",
                                  "sinh",  "cosh",  "tanh",  "asinh", "acosh", "atanh",
                                  "exp",   "exp2",  "exp10", "expm1", "log",   "log2",
                                  "log10", "log1p", "cbrt",  "erf",   "erfc"};
constexpr const char* kBinary[] = {"pow", "atan2", "hypot"};

// Of the x86 vector ABI.
struct Width {
  char letter;
  unsigned lanes;
};

const std::vector<Width>& HostWidths() {
  static const std::vector<Width> widths = [] {
    std::vector<Width> result = {{'b', 2}};
    if (CPU_FEATURE_ACTIVE(AVX2)) {
      result.push_back({'d', 4});
    }
    if (CPU_FEATURE_ACTIVE(AVX512F)) {
      result.push_back({'e', 8});
    }
    return result;
  }();
  return widths;
}

// "_ZGVdN4vv_pow"
std::string VariantName(Width width, unsigned arity, const std::string& scalar) {
  return "_ZGV" + std::string(1, width.letter) + "N" + std::to_string(width.lanes) +
         std::string(arity, 'v') + "_" + scalar;
}

// Every variant that this process can call, by name.
struct Library {
  Library() {
    void* handle = dlopen("libmvec.so.1", RTLD_LAZY | RTLD_LOCAL);
    if (handle == nullptr) {
      return;
    }
    for (const char* name : kUnary) {
      Find(handle, name, 1);
    }
    for (const char* name : kBinary) {
      Find(handle, name, 2);
    }
  }

  void Find(void* handle, const char* name, unsigned arity) {
    for (const Width width : HostWidths()) {
      const std::string& variant = names.emplace_back(VariantName(width, arity, name));
      if (const void* address = dlsym(handle, variant.c_str())) {
        symbols.push_back({.name = variant, .address = address});
        addresses.emplace(variant, address);
      }
    }
  }

  std::deque<std::string> names;  // the symbols refer to them
  std::vector<Symbol> symbols;
  std::unordered_map<std::string, const void*> addresses;
};

// Stays open: compiled code calls into it.
const Library& TheLibrary() {
  static const Library library;
  return library;
}

// "sin" for both `sin` and `llvm.sin.f64`.
std::string PlainName(llvm::StringRef name) {
  name.consume_front("llvm.");
  name.consume_back(".f64");
  return name.str();
}

void Declare(llvm::Module& module, const std::string& name, Width width, unsigned arity) {
  if (module.getFunction(name) != nullptr) {
    return;
  }
  auto* vector =
      llvm::FixedVectorType::get(llvm::Type::getDoubleTy(module.getContext()), width.lanes);
  const llvm::SmallVector<llvm::Type*, 2> params(arity, vector);
  auto* function = llvm::Function::Create(llvm::FunctionType::get(vector, params, false),
                                          llvm::Function::ExternalLinkage, name, module);
  function->setDoesNotThrow();
  function->setDoesNotAccessMemory();
  function->setWillReturn();
  function->addFnAttr(llvm::Attribute::NonLazyBind);
  // Nothing calls it yet.
  llvm::appendToCompilerUsed(module, {function});
}

}  // namespace

void MarkVectorisable(llvm::CallInst* call) {
  const llvm::Function* callee = call->getCalledFunction();
  if (callee == nullptr) {
    return;
  }
  const std::string scalar = callee->getName().str();
  const std::string plain = PlainName(callee->getName());
  const unsigned arity = call->arg_size();
  llvm::SmallVector<std::string, 4> variants;
  for (const Width width : HostWidths()) {
    const std::string name = VariantName(width, arity, plain);
    if (TheLibrary().addresses.contains(name)) {
      Declare(*call->getModule(), name, width, arity);
      variants.push_back("_ZGV_LLVM_N" + std::to_string(width.lanes) + std::string(arity, 'v') +
                         "_" + scalar + "(" + name + ")");
    }
  }
  if (!variants.empty()) {
    call->setDoesNotThrow();
    call->setDoesNotAccessMemory();
    call->addFnAttr(llvm::Attribute::WillReturn);
    // The vectoriser leaves calls alone that are marked as no built-ins. No name is a built-in to
    // the other passes, whatever the call says (optimise.cpp).
    call->addFnAttr(llvm::Attribute::Builtin);
    llvm::VFABI::setVectorVariantNames(call, variants);
  }
}

const std::vector<Symbol>& VectorMathSymbols() { return TheLibrary().symbols; }

std::vector<std::string> FunctionsWithVectorMath(const llvm::Module& module) {
  std::vector<std::string> found;
  for (const llvm::Function& function : module) {
    for (const llvm::Instruction& instruction : llvm::instructions(function)) {
      const auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction);
      const llvm::Function* callee = call == nullptr ? nullptr : call->getCalledFunction();
      if (callee != nullptr && callee->getName().starts_with("_ZGV")) {
        found.push_back(function.getName().str());
        break;
      }
    }
  }
  return found;
}

}  // namespace jit
