// Modules: declarations of versions and helpers, wrappers of entries, metadata.

#include "jit/unit.h"

#include <type_traits>

#include <llvm/IR/MDBuilder.h>

#include "frontend/check.h"
#include "jit/lowering.h"
#include "jit/support.h"

namespace jit {
namespace {

// The C++ types of helpers as LLVM's.
template <typename T>
void AddType(llvm::LLVMContext& context, std::vector<llvm::Type*>* types) {
  if constexpr (std::is_same_v<T, runtime::Value>) {
    types->push_back(llvm::Type::getInt64Ty(context));
    types->push_back(llvm::Type::getInt64Ty(context));
  } else if constexpr (std::is_pointer_v<T>) {
    types->push_back(llvm::PointerType::getUnqual(context));
  } else if constexpr (std::is_same_v<T, bool>) {
    types->push_back(llvm::Type::getInt1Ty(context));
  } else if constexpr (std::is_same_v<T, double>) {
    types->push_back(llvm::Type::getDoubleTy(context));
  } else {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    types->push_back(llvm::Type::getIntNTy(context, 8 * sizeof(T)));
  }
}

struct HelperType {
  llvm::FunctionType* type;
  bool returns_bool;
  bool returns_object;  // or null
  std::vector<unsigned> bool_params;
};

template <typename R, bool NoExcept, typename... A>
HelperType TypeOfHelper(llvm::LLVMContext& context, R (*)(A...) noexcept(NoExcept)) {
  HelperType helper{};
  std::vector<llvm::Type*> params;
  const auto add = [&]<typename T>() {
    if (std::is_same_v<T, bool>) {
      helper.bool_params.push_back(static_cast<unsigned>(params.size()));
    }
    AddType<T>(context, &params);
  };
  (add.template operator()<A>(), ...);
  llvm::Type* result = llvm::Type::getVoidTy(context);
  if constexpr (std::is_same_v<R, runtime::Value>) {
    llvm::Type* word = llvm::Type::getInt64Ty(context);
    result = llvm::StructType::get(word, word);
  } else if constexpr (!std::is_void_v<R>) {
    std::vector<llvm::Type*> types;
    AddType<R>(context, &types);
    result = types[0];
  }
  helper.returns_bool = std::is_same_v<R, bool>;
  helper.returns_object = std::is_same_v<R, support::Object*> ||
                          std::is_same_v<R, support::List*> || std::is_same_v<R, support::Str*>;
  helper.type = llvm::FunctionType::get(result, params, false);
  return helper;
}

template <typename R, typename First, bool NoExcept, typename... A>
constexpr bool BeginsWithMachine(R (*)(First, A...) noexcept(NoExcept)) {
  return std::is_same_v<First, Machine*>;
}

constexpr llvm::Align kObjectAlignment = llvm::Align::Constant<8>();

llvm::MDNode* NewAlias(llvm::MDBuilder& md, llvm::MDNode* root, llvm::StringRef name) {
  llvm::MDNode* type = md.createTBAAScalarTypeNode(name, root);
  return md.createTBAAStructTagNode(type, type, 0);
}

}  // namespace

Unit::Unit(Machine& machine, llvm::Module& module)
    : machine_(machine),
      module_(module),
      module_name_(module.getName().str()),
      call_graph_(machine) {
  llvm::MDBuilder md(module.getContext());
  unlikely_ = md.createBranchWeights(1, 1 << 20);
  llvm::MDNode* root = md.createTBAARoot("lab");
  constexpr const char* kNames[] = {"header", "count",   "ints",   "floats",
                                    "bools",  "objects", "values", "flags"};
  static_assert(std::size(kNames) == std::tuple_size_v<decltype(alias_)>);
  for (size_t i = 0; i < alias_.size(); ++i) {
    alias_[i] = NewAlias(md, root, kNames[i]);
  }
}

bool Unit::TakesMachine(HelperId id) {
  switch (id) {
#define LAB_HELPER(name, is_cold) \
  case HelperId::name:            \
    return BeginsWithMachine(&support::name);
#include "jit/support.def"
#undef LAB_HELPER
  }
  return false;
}

llvm::FunctionCallee Unit::Helper(HelperId id) {
  const char* name = nullptr;
  bool is_cold = false;
  HelperType helper{};
  switch (id) {
#define LAB_HELPER(Name, cold)                          \
  case HelperId::Name:                                  \
    name = "lab_" #Name;                                \
    is_cold = (cold) != 0;                              \
    if (llvm::Function* known = module_.getFunction(name)) { \
      return known;                                     \
    }                                                   \
    helper = TypeOfHelper(context(), &support::Name);   \
    break;
#include "jit/support.def"
#undef LAB_HELPER
  }
  llvm::Function* function =
      llvm::Function::Create(helper.type, llvm::Function::ExternalLinkage, name, module_);
  function->setDoesNotThrow();
  function->addFnAttr(llvm::Attribute::NoBuiltin);
  if (is_cold) {
    function->addFnAttr(llvm::Attribute::Cold);
  }
  if (helper.returns_bool) {
    function->addRetAttr(llvm::Attribute::ZExt);
  }
  if (helper.returns_object) {
    function->addRetAttr(
        llvm::Attribute::getWithDereferenceableOrNullBytes(context(), runtime::kObjectBytes));
    function->addRetAttr(llvm::Attribute::getWithAlignment(context(), kObjectAlignment));
  }
  for (const unsigned param : helper.bool_params) {
    function->addParamAttr(param, llvm::Attribute::ZExt);
  }
  return function;
}

llvm::FunctionCallee Unit::MathFunction(llvm::StringRef name, unsigned arity) {
  if (llvm::Function* known = module_.getFunction(name)) {
    return known;
  }
  llvm::Type* real = llvm::Type::getDoubleTy(context());
  const std::vector<llvm::Type*> params(arity, real);
  llvm::Function* function =
      llvm::Function::Create(llvm::FunctionType::get(real, params, false),
                             llvm::Function::ExternalLinkage, name, module_);
  function->setDoesNotThrow();
  function->setWillReturn();
  function->setMemoryEffects(llvm::MemoryEffects::none());
  // So that it leaves loops that it does not vary in.
  function->addFnAttr(llvm::Attribute::Speculatable);
  function->addFnAttr(llvm::Attribute::NoBuiltin);
  return function;
}

void Unit::MarkObject(llvm::LoadInst* load) {
  const auto number = [&](uint64_t value) {
    return llvm::MDNode::get(context(),
                             llvm::ConstantAsMetadata::get(llvm::ConstantInt::get(
                                 llvm::Type::getInt64Ty(context()), value)));
  };
  load->setMetadata(llvm::LLVMContext::MD_nonnull, llvm::MDNode::get(context(), {}));
  load->setMetadata(llvm::LLVMContext::MD_dereferenceable, number(runtime::kObjectBytes));
  load->setMetadata(llvm::LLVMContext::MD_align, number(kObjectAlignment.value()));
}

llvm::Constant* Unit::Address(const void* pointer) {
  return llvm::ConstantExpr::getIntToPtr(
      llvm::ConstantInt::get(llvm::Type::getInt64Ty(context()),
                             reinterpret_cast<uintptr_t>(pointer)),
      llvm::PointerType::getUnqual(context()));
}

llvm::Type* Unit::TypeOf(Rep rep) {
  switch (rep) {
    case Rep::Unit:
      return llvm::Type::getVoidTy(context());
    case Rep::Int:
    case Rep::Value:
      return llvm::Type::getInt64Ty(context());
    case Rep::Float:
      return llvm::Type::getDoubleTy(context());
    case Rep::Bool:
      return llvm::Type::getInt1Ty(context());
    case Rep::Ref:
      return llvm::PointerType::getUnqual(context());
  }
  return nullptr;
}

llvm::Type* Unit::MemoryTypeOf(Rep rep) {
  return rep == Rep::Bool ? llvm::Type::getInt8Ty(context()) : TypeOf(rep);
}

llvm::Type* Unit::ResultType(Rep rep) {
  llvm::Type* flag = llvm::Type::getInt1Ty(context());
  if (rep == Rep::Unit) {
    return flag;
  }
  if (rep == Rep::Value) {
    return llvm::StructType::get(TypeOf(rep), TypeOf(rep), flag);
  }
  return llvm::StructType::get(TypeOf(rep), flag);
}

llvm::FunctionType* Unit::SignatureOf(infer::VersionId id, const CallInfo& calls) {
  const infer::Version& inferred = machine_.inference.Get(id);
  const frontend::Function& function = machine_.program.resolution.functions[inferred.function];
  llvm::Type* word32 = llvm::Type::getInt32Ty(context());
  std::vector<llvm::Type*> params;
  if (function.yields) {
    return llvm::FunctionType::get(llvm::Type::getInt8Ty(context()),
                                   {word32, llvm::PointerType::getUnqual(context())}, false);
  }
  if (calls.has_depth) {
    params.push_back(word32);
  }
  for (const runtime::TypeId type : inferred.params) {
    const Rep rep = machine_.RepOf(type);
    if (rep != Rep::Unit) {
      params.push_back(TypeOf(rep));
    }
    if (rep == Rep::Value) {
      params.push_back(TypeOf(rep));
    }
  }
  return llvm::FunctionType::get(ResultType(machine_.RepOf(ResultOf(id, nullptr))), params, false);
}

runtime::TypeId Unit::ResultOf(infer::VersionId id, const infer::LoopEntry* loop) const {
  const infer::Version& inferred = machine_.inference.Get(id);
  if (loop != nullptr && loop->root != nullptr) {
    return machine_.inference.ExprType(inferred, *loop->root);
  }
  return inferred.function == frontend::kTopFunction ? runtime::kAny : inferred.result;
}

const Version& Unit::VersionOf(infer::VersionId id) {
  if (const auto known = by_id_.find(id); known != by_id_.end()) {
    return *known->second;
  }
  const CallInfo& calls = call_graph_.Of(id);
  const infer::Version& inferred = machine_.inference.Get(id);
  const frontend::Function& function = machine_.program.resolution.functions[inferred.function];
  const bool is_kept = function.yields || function.name == machine_.kept;
  llvm::Function* lowered = llvm::Function::Create(
      SignatureOf(id, calls),
      is_kept ? llvm::Function::ExternalLinkage : llvm::Function::InternalLinkage,
      function.yields ? EntryName(id)
                      : "gc$" + std::string(function.name) + "$" + std::to_string(id),
      module_);
  if (!function.yields) {
    lowered->setCallingConv(llvm::CallingConv::Fast);
  }
  lowered->setDoesNotThrow();
  lowered->addFnAttr(llvm::Attribute::NoBuiltin);
  if (!function.yields) {
    // Objects can be read ahead of the checks that guard what is done with them.
    unsigned at = calls.has_depth ? 1 : 0;
    for (const runtime::TypeId type : inferred.params) {
      const Rep rep = machine_.RepOf(type);
      if (rep == Rep::Ref) {
        lowered->addDereferenceableParamAttr(at, runtime::kObjectBytes);
        lowered->addParamAttr(at, llvm::Attribute::NonNull);
        lowered->addParamAttr(at,
                              llvm::Attribute::getWithAlignment(context(), kObjectAlignment));
      }
      at += rep == Rep::Unit ? 0 : rep == Rep::Value ? 2 : 1;
    }
  }
  versions_.push_back({id, lowered, calls});
  by_id_[id] = &versions_.back();
  pending_.push_back(id);
  return versions_.back();
}

// One version may be an entry of several units. listing.cpp knows these names.
std::string Unit::EntryName(infer::VersionId version) const {
  const frontend::FunctionId function = machine_.inference.Get(version).function;
  return (IsGenerator(version) ? "gc$" : "entry$") +
         std::string(machine_.program.resolution.functions[function].name) + "$" +
         std::to_string(version) + "$" + module_name_;
}

bool Unit::IsGenerator(infer::VersionId version) const {
  return machine_.program.resolution.functions[machine_.inference.Get(version).function].yields;
}

void Unit::AddEntry(infer::VersionId version, Depths depths) {
  call_graph_.Add(version, depths);
  entries_.push_back(version);
  depths_ = depths;
}

void Unit::AddLoop(infer::VersionId version, const infer::LoopEntry& loop, const LoopFacts& facts) {
  LAB_CHECK(!loop_.has_value());
  call_graph_.Add(version, facts.depths);
  loop_ = {version, &loop, facts};
  depths_ = facts.depths;
}

void Unit::BeginLowering() {
  call_graph_.Solve();
  // What begins with a recursion counts in any case.
  const auto is_recursive = [&](infer::VersionId id) { return call_graph_.IsRecursive(id); };
  if (depths_ == Depths::Shallow && std::all_of(entries_.begin(), entries_.end(), is_recursive) &&
      (!loop_.has_value() || is_recursive(loop_->version))) {
    depths_ = Depths::Any;
  }
  if (loop_.has_value()) {
    LowerLoop();
  }
  for (const infer::VersionId entry : entries_) {
    VersionOf(entry);
  }
}

bool Unit::LowerMore() {
  if (!is_begun_) {
    is_begun_ = true;
    BeginLowering();
    return true;
  }
  if (!pending_.empty()) {
    const infer::VersionId id = pending_.back();
    pending_.pop_back();
    Lowering(*this, VersionOf(id)).Run();
    ++machine_.counters.versions;
    return true;
  }
  MarkInlined();
  for (const infer::VersionId entry : entries_) {
    if (!IsGenerator(entry)) {
      LowerEntry(entry);
    }
  }
  return false;
}

// Which functions LLVM shall inline wherever they are called: those that stay small with what is
// inlined into them. What only failures run does not count, as it moves out of the way. Deciding it
// here makes factoring free whatever LLVM's own estimate is, and bounds the growth.
void Unit::MarkInlined() {
  constexpr uint64_t kMaxInlined = 160;  // instructions as lowered
  std::unordered_map<const llvm::Function*, uint64_t> sizes;  // of those that are inlined
  for (const infer::VersionId id : call_graph_.versions()) {
    const auto known = by_id_.find(id);
    const bool is_loop = call_graph_.IsRecursive(id) && machine_.MemoCacheOf(id) == nullptr;
    if (known == by_id_.end() || IsGenerator(id) || is_loop) {
      continue;
    }
    llvm::Function* function = known->second->function;
    uint64_t size = 0;
    for (const llvm::BasicBlock& block : *function) {
      const llvm::BasicBlock* next = block.getSingleSuccessor();
      if (next != nullptr && next->getName() == kFailureBlock) {
        continue;
      }
      for (const llvm::Instruction& instruction : block) {
        if (llvm::isa<llvm::AllocaInst, llvm::BranchInst, llvm::LoadInst, llvm::StoreInst>(
                instruction)) {
          continue;  // slots mostly, which become registers
        }
        const auto* call = llvm::dyn_cast<llvm::CallInst>(&instruction);
        const auto callee =
            call != nullptr ? sizes.find(call->getCalledFunction()) : sizes.end();
        size += callee != sizes.end() ? callee->second : 1;
      }
    }
    if (size <= kMaxInlined) {
      function->addFnAttr(llvm::Attribute::AlwaysInline);
      sizes[function] = size;
    }
  }
}

llvm::Function* Unit::NewWrapper(const std::string& name) {
  llvm::Type* pointer = llvm::PointerType::getUnqual(context());
  llvm::Function* wrapper = llvm::Function::Create(
      llvm::FunctionType::get(llvm::Type::getInt1Ty(context()),
                              {llvm::Type::getInt32Ty(context()), pointer, pointer}, false),
      llvm::Function::ExternalLinkage, name, module_);
  wrapper->addRetAttr(llvm::Attribute::ZExt);
  wrapper->setDoesNotThrow();
  return wrapper;
}

// Unboxes the arguments, calls the version, boxes its result.
void Unit::LowerEntry(infer::VersionId id) {
  const Version& version = VersionOf(id);
  const infer::Version& inferred = machine_.inference.Get(id);
  llvm::IRBuilder<> b(context());
  llvm::Type* pointer = b.getPtrTy();
  llvm::Function* wrapper = NewWrapper(EntryName(id));
  b.SetInsertPoint(llvm::BasicBlock::Create(context(), "entry", wrapper));
  std::vector<llvm::Value*> args;
  if (version.calls.has_depth) {
    args.push_back(wrapper->getArg(0));
  }
  const auto word_at = [&](llvm::Value* base, uint64_t index) {
    return b.CreateConstInBoundsGEP1_64(b.getInt64Ty(), base, index);
  };
  for (size_t i = 0; i < inferred.params.size(); ++i) {
    llvm::Value* word = b.CreateLoad(b.getInt64Ty(), word_at(wrapper->getArg(1), 2 * i + 1));
    switch (machine_.RepOf(inferred.params[i])) {
      case Rep::Unit:
        break;
      case Rep::Int:
        args.push_back(word);
        break;
      case Rep::Float:
        args.push_back(b.CreateBitCast(word, b.getDoubleTy()));
        break;
      case Rep::Bool:
        args.push_back(b.CreateTrunc(word, b.getInt1Ty()));
        break;
      case Rep::Ref:
        args.push_back(b.CreateIntToPtr(word, pointer));
        break;
      case Rep::Value:
        args.push_back(b.CreateLoad(b.getInt64Ty(), word_at(wrapper->getArg(1), 2 * i)));
        args.push_back(word);
        break;
    }
  }
  CallFromWrapper(b, version.function, ResultOf(id, nullptr), args, wrapper);
}

// The rest of a version from a loop on, and its wrapper.
void Unit::LowerLoop() {
  const CallInfo calls = call_graph_.Of(loop_->version);
  const infer::Version& inferred = machine_.inference.Get(loop_->version);
  llvm::IRBuilder<> b(context());
  std::vector<llvm::Type*> params;
  if (calls.has_depth) {
    params.push_back(b.getInt32Ty());
  }
  params.push_back(b.getPtrTy());
  const runtime::TypeId result = ResultOf(loop_->version, loop_->entry);
  const std::string_view name = machine_.program.resolution.functions[inferred.function].name;
  llvm::Function* function = llvm::Function::Create(
      llvm::FunctionType::get(ResultType(machine_.RepOf(result)), params, false),
      llvm::Function::InternalLinkage,
      "gc$" + std::string(name) + "$" + std::to_string(loop_->version) + "$loop", module_);
  function->setCallingConv(llvm::CallingConv::Fast);
  function->setDoesNotThrow();
  function->addFnAttr(llvm::Attribute::NoBuiltin);
  const Version rest{loop_->version, function, calls};
  Lowering(*this, rest, loop_->entry, loop_->facts.naturals).Run();
  ++machine_.counters.versions;

  llvm::Function* wrapper = NewWrapper(LoopName());
  b.SetInsertPoint(llvm::BasicBlock::Create(context(), "entry", wrapper));
  std::vector<llvm::Value*> args;
  if (calls.has_depth) {
    args.push_back(wrapper->getArg(0));
  }
  args.push_back(wrapper->getArg(1));
  CallFromWrapper(b, function, result, args, wrapper);
}

void Unit::CallFromWrapper(llvm::IRBuilder<>& b, llvm::Function* function, runtime::TypeId type,
                           const std::vector<llvm::Value*>& args, llvm::Function* wrapper) {
  const auto word_at = [&](llvm::Value* base, uint64_t index) {
    return b.CreateConstInBoundsGEP1_64(b.getInt64Ty(), base, index);
  };
  llvm::CallInst* call = b.CreateCall(function, args);
  call->setCallingConv(llvm::CallingConv::Fast);
  if (!function->hasFnAttribute(llvm::Attribute::AlwaysInline)) {
    // Inlined into the wrapper, a large function would be optimised twice.
    wrapper->addFnAttr(llvm::Attribute::NoInline);
    wrapper->addFnAttr(llvm::Attribute::OptimizeNone);
  }
  const Rep rep = machine_.RepOf(type);
  llvm::Value* failed = call;
  llvm::Value* tag = b.getInt64(static_cast<uint64_t>(runtime::Tag::None));
  llvm::Value* bits = b.getInt64(0);
  const auto part = [&](unsigned index) { return b.CreateExtractValue(call, index); };
  const auto tagged = [&](runtime::Tag value) { tag = b.getInt64(static_cast<uint64_t>(value)); };
  switch (rep) {
    case Rep::Unit: {
      const runtime::Type& unit = machine_.context.types.Get(type);
      tagged(runtime::TagOf(unit.kind));
      bits = b.getInt64(unit.index);
      break;
    }
    case Rep::Int:
      tagged(runtime::Tag::Int);
      bits = part(0);
      break;
    case Rep::Float:
      tagged(runtime::Tag::Float);
      bits = b.CreateBitCast(part(0), b.getInt64Ty());
      break;
    case Rep::Bool:
      tagged(runtime::Tag::Bool);
      bits = b.CreateZExt(part(0), b.getInt64Ty());
      break;
    case Rep::Ref:
      tagged(runtime::TagOf(machine_.context.types.Kind(type)));
      bits = b.CreatePtrToInt(part(0), b.getInt64Ty());
      break;
    case Rep::Value:
      tag = part(0);
      bits = part(1);
      break;
  }
  if (rep != Rep::Unit) {
    failed = part(rep == Rep::Value ? 2 : 1);
  }
  b.CreateStore(tag, word_at(wrapper->getArg(2), 0));
  b.CreateStore(bits, word_at(wrapper->getArg(2), 1));
  b.CreateRet(b.CreateNot(failed));
}

}  // namespace jit
