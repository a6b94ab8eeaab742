// libFuzzer's target for the engines: bytes are the choices of the generator, so that what it
// changes is a program. `tools/fuzz --target=programs`; the parts are tested by
// tests/fuzz/generator_test.cpp and matrix_test.cpp.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include <fmt/format.h>

#include "fuzz/generator.h"
#include "fuzz/matrix.h"
#include "fuzz/tree.h"
#include "jit/llvm_start.h"
#include "runtime/run.h"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  jit::StartLlvm();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  runtime::OnLargeStack([&] {
    const fuzz::Generated generated = fuzz::Generate({data, size});
    // The same bytes go over at the same turns.
    const uint64_t seed = std::accumulate(data, data + size, uint64_t{0});
    const fuzz::Examined examined = fuzz::Examiner(fuzz::Matrix::Quick).Examine(generated, seed);
    if (examined.finding) {
      fmt::print(stderr, "{}\nlab run {}\n{}\n{}\n", examined.finding->Key(),
                 fuzz::FlagsOf(examined.finding->lane, seed), fuzz::Print(generated.program).text,
                 examined.finding->detail);
      std::abort();
    }
  });
  return 0;
}
