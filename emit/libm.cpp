// The names of runtime/libm.def. tests/emit/js_test.cpp.

#include "emit/libm.h"

#include <algorithm>
#include <iterator>

namespace emit {

bool IsLibm(std::string_view name) {
  constexpr std::string_view kNames[] = {
#define LAB_LIBM(function, shape) #function,
#include "runtime/libm.def"
#undef LAB_LIBM
  };
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace emit
