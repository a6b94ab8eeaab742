// libFuzzer's target for the frontend: any bytes are a text. `tools/fuzz --target=source`;
// CheckSource is tested by tests/fuzz/check_source_test.cpp.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "fuzz/check_source.h"
#include "runtime/run.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  runtime::OnLargeStack([&] {
    const fuzz::CheckedSource checked = fuzz::CheckSource(text);
    if (!checked.what.empty()) {
      fmt::print(stderr, "{}\n{}\n", checked.what, checked.detail);
      std::abort();
    }
    if (checked.program != nullptr) {
      fuzz::RunBriefly(*checked.program);
    }
  });
  return 0;
}
