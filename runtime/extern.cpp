// Calling C functions through libffi.
//
// For the math library the table libm.def is asked first: only its names are
// ever looked up (dlsym on libm alone would also find the C library behind
// it), and only with the types they have in C. A function of another library
// must lie in that library itself. Nan arguments are given their usual bits,
// so that copysign cannot show a sign that the language does not have.
// Tests: tests/runtime/extern_test.cpp.

#include "runtime/extern.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <dlfcn.h>
#include <ffi.h>
#include <link.h>

#include "frontend/check.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace runtime {

namespace {

using frontend::TypeExprKind;

struct LibmRow {
  std::string_view name;
  std::string_view shape;
};

constexpr LibmRow kLibm[] = {
#define LAB_LIBM(name, shape) {#name, #shape},
#include "runtime/libm.def"
#undef LAB_LIBM
};

// 'D', 'F', 'I', 'L', 'B' (bool), 'V' (void); 0 for a type that C functions cannot take.
char Letter(TypeExprKind kind) {
  switch (kind) {
    case TypeExprKind::Int:
      return 'L';
    case TypeExprKind::Float:
      return 'D';
    case TypeExprKind::Bool:
      return 'B';
    case TypeExprKind::F32:
      return 'F';
    case TypeExprKind::I32:
      return 'I';
    case TypeExprKind::None:
      return 'V';
    case TypeExprKind::Str:
    case TypeExprKind::List:
    case TypeExprKind::Seq:
    case TypeExprKind::Function:
      break;
  }
  return 0;
}

std::string_view TypeSpelling(char letter) {
  return letter == 'D' ? "float" : letter == 'F' ? "f32" : letter == 'I' ? "i32" : "int";
}

// "D_DD" of a declaration; empty when a type is not one of C's.
std::string ShapeOf(const frontend::FunctionDecl& decl) {
  std::string shape = {Letter(decl.result_type->kind), '_'};
  for (const frontend::Param& param : decl.params) {
    const char letter = Letter(param.type->kind);
    shape += letter == 'V' ? '\0' : letter;
  }
  return shape.find('\0') == std::string::npos ? shape : std::string();
}

// The declaration that the row asks for, as the program would write it.
std::string DeclarationText(const LibmRow& row) {
  std::string text = "extern \"m\" def " + std::string(row.name) + "(";
  constexpr std::string_view kNames = "xyz";
  for (size_t i = 2; i < row.shape.size(); ++i) {
    text += i == 2 ? "" : ", ";
    text += kNames[i - 2];
    text += ": " + std::string(TypeSpelling(row.shape[i]));
  }
  return text + ") -> " + std::string(TypeSpelling(row.shape[0]));
}

ffi_type* FfiType(char letter) {
  switch (letter) {
    case 'D':
      return &ffi_type_double;
    case 'F':
      return &ffi_type_float;
    case 'I':
      return &ffi_type_sint32;
    case 'L':
      return &ffi_type_sint64;
    case 'B':
      return &ffi_type_uint8;
    default:
      return &ffi_type_void;
  }
}

double Canonical(double x) { return std::isnan(x) ? std::numeric_limits<double>::quiet_NaN() : x; }

union Slot {
  double d;
  float f;
  int32_t i;
  int64_t l;
  uint8_t b;
};

union Returned {
  double d;
  float f;
  ffi_arg unsigned_word;
  ffi_sarg word;
};

class FfiFunction : public ExternFunction {
 public:
  FfiFunction(const frontend::FunctionDecl& decl, std::string shape, void* address)
      : decl_(decl), shape_(std::move(shape)), address_(address), slots_(decl.params.size()) {}

  bool Prepare() {
    for (const char letter : std::string_view(shape_).substr(2)) {
      types_.push_back(FfiType(letter));
    }
    for (Slot& slot : slots_) {
      places_.push_back(&slot);
    }
    return ffi_prep_cif(&cif_, FFI_DEFAULT_ABI, static_cast<unsigned>(types_.size()),
                        FfiType(shape_[0]), types_.data()) == FFI_OK;
  }

  // Addresses that engines call themselves. Not for functions that look at a nan's sign.
  void OfferAddress() {
    if (shape_ == "D_D") {
      double_unary = reinterpret_cast<DoubleUnary>(address_);
    } else if (shape_ == "F_F") {
      float_unary = reinterpret_cast<FloatUnary>(address_);
    } else if (shape_ == "D_DD" && decl_.binding.name != "copysign") {
      double_binary = reinterpret_cast<DoubleBinary>(address_);
    }
  }

  bool Call(Context& context, const Value* args, Value* out) override {
    for (size_t i = 0; i < slots_.size(); ++i) {
      if (!Convert(context, decl_.params[i], args[i], shape_[i + 2], &slots_[i])) {
        return false;
      }
    }
    Returned returned;
    ffi_call(&cif_, reinterpret_cast<void (*)()>(address_), &returned, places_.data());
    *out = ToValue(shape_[0], returned);
    return true;
  }

 private:
  static bool Convert(Context& context, const frontend::Param& param, Value arg, char letter,
                      Slot* slot) {
    if (!CheckDeclared(context, context.types.FromDeclaration(*param.type), param.binding.name,
                       &arg)) {
      return false;
    }
    switch (letter) {
      case 'D':
        slot->d = Canonical(arg.real);
        return true;
      case 'F':
        slot->f = static_cast<float>(Canonical(arg.real));
        return true;
      case 'B':
        slot->b = arg.boolean;
        return true;
      case 'I':
        if (arg.integer < INT32_MIN || arg.integer > INT32_MAX) {
          return context.Fail(ExternRangeText(param.binding.name, arg.integer));
        }
        slot->i = static_cast<int32_t>(arg.integer);
        return true;
      default:
        slot->l = arg.integer;
        return true;
    }
  }

  static Value ToValue(char letter, const Returned& returned) {
    switch (letter) {
      case 'D':
        return Value::Float(returned.d);
      case 'F':
        return Value::Float(static_cast<double>(returned.f));
      case 'B':
        return Value::Bool((returned.unsigned_word & 0xff) != 0);
      case 'I':
        return Value::Int(static_cast<int32_t>(returned.word));
      case 'L':
        return Value::Int(static_cast<int64_t>(returned.word));
      default:
        return Value::None();
    }
  }

  const frontend::FunctionDecl& decl_;
  std::string shape_;
  void* address_;
  std::vector<Slot> slots_;
  std::vector<void*> places_;
  std::vector<ffi_type*> types_;
  ffi_cif cif_;
};

void* FindInLibm(std::string_view name) {
  static void* const kLibrary = ::dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
  return kLibrary == nullptr ? nullptr : ::dlsym(kLibrary, std::string(name).c_str());
}

// Letters, digits and what else stands in names of libraries: no path.
bool IsLibraryName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '+' || c == '.';
  });
}

// "lib<name>.so" is there only where headers are installed; the others are versions.
void* OpenLibrary(std::string_view name, std::string* why) {
  const std::string file = "lib" + std::string(name) + ".so";
  constexpr int kVersions = 20;
  for (int version = -1; version < kVersions; ++version) {
    const std::string candidate = version < 0 ? file : file + "." + std::to_string(version);
    if (void* library = ::dlopen(candidate.c_str(), RTLD_NOW | RTLD_LOCAL)) {
      return library;
    }
  }
  *why = "no " + file + " or " + file + ".N was found";
  return nullptr;
}

// dlsym also looks into the libraries that this one needs.
bool LiesIn(void* library, void* address) {
  link_map* map = nullptr;
  Dl_info found;
  return ::dlinfo(library, RTLD_DI_LINKMAP, &map) == 0 && ::dladdr(address, &found) != 0 &&
         reinterpret_cast<uintptr_t>(found.dli_fbase) == map->l_addr;
}

// Null, with the failure set.
void* FindInLibrary(Context& context, std::string_view library_name, std::string_view symbol) {
  const std::vector<std::string>& allowed = context.allowed_externs;
  if (std::find(allowed.begin(), allowed.end(), library_name) == allowed.end() ||
      !IsLibraryName(library_name)) {
    context.Fail(ExternLibraryText(library_name));
    return nullptr;
  }
  std::string why;
  void* library = OpenLibrary(library_name, &why);
  if (library == nullptr) {
    context.Fail(ExternLoadText(library_name, why));
    return nullptr;
  }
  void* address = ::dlsym(library, std::string(symbol).c_str());
  if (address == nullptr || !LiesIn(library, address)) {
    context.Fail(ExternSymbolText(library_name, symbol));
    return nullptr;
  }
  return address;
}

// The same for a function of the math library, whose type is known.
void* FindMath(Context& context, std::string_view symbol, std::string_view shape) {
  const auto* row = std::find_if(std::begin(kLibm), std::end(kLibm),
                                 [symbol](const LibmRow& each) { return each.name == symbol; });
  if (row == std::end(kLibm)) {
    context.Fail(ExternSymbolText("m", symbol));
    return nullptr;
  }
  if (row->shape != shape) {
    context.Fail(ExternSignatureText(symbol, DeclarationText(*row)));
    return nullptr;
  }
  void* address = FindInLibm(symbol);
  if (address == nullptr) {
    context.Fail(ExternSymbolText("m", symbol));
  }
  return address;
}

}  // namespace

void LoadExternLibraries(const std::vector<std::string>& allowed_externs) {
  for (const std::string& name : allowed_externs) {
    std::string why;
    if (IsLibraryName(name)) {
      OpenLibrary(name, &why);
    }
  }
}

std::unique_ptr<ExternFunction> ExternFunction::Bind(Context& context,
                                                     const frontend::FunctionDecl& decl) {
  LAB_CHECK(decl.kind == frontend::DeclKind::Extern && decl.result_type != nullptr);
  const std::string_view symbol = decl.binding.name;
  const bool is_math = decl.library == "m";
  std::string shape = ShapeOf(decl);
  void* address =
      is_math ? FindMath(context, symbol, shape) : FindInLibrary(context, decl.library, symbol);
  if (address == nullptr) {
    return nullptr;
  }
  if (shape.empty()) {
    context.Fail(ExternTypeText(symbol));
    return nullptr;
  }
  auto function = std::make_unique<FfiFunction>(decl, std::move(shape), address);
  LAB_CHECK(function->Prepare());
  if (is_math) {
    function->OfferAddress();
  }
  return function;
}

}  // namespace runtime
