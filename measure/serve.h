#pragma once
// The inside of a measuring process: makes one bench ready and answers requests about it.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/backend.h"

namespace measure {

struct Service {
  // The next request; false at the end.
  std::function<bool(std::string* line)> read_line;
  // False when nobody reads any more.
  std::function<bool(std::string_view line)> write_line;
  std::function<double()> clock;
  // Null for an engine of a name that is not known.
  std::function<std::unique_ptr<runtime::Backend>(std::string_view engine)> make_engine;
  // Confines this process before the program runs; `descriptor` stays readable, and so do the
  // streams. Null: it is not confined.
  std::function<void(int descriptor)> enter_sandbox = {};
  // What runs on the large stack where signals are handled too (cli/crash.h); calls its argument.
  std::function<void(const std::function<void()>&)> guarded;
};

// Returns when a Finish was answered, a failure reported, or the requests end.
void Serve(const Service& service);

}  // namespace measure
