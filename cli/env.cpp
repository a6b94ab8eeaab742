// What commands ask of their surroundings. Tests: tests/cli/usage_test.cpp.

#include "cli/env.h"

namespace cli {

frontend::Color ResolveColor(ColorChoice choice, const Env& env, Stream stream) {
  switch (choice) {
    case ColorChoice::Always:
      return frontend::Color::Yes;
    case ColorChoice::Never:
      return frontend::Color::No;
    case ColorChoice::Auto:
      break;
  }
  const auto value_of = [&](const char* name) -> std::string_view {
    const char* value = env.variable ? env.variable(name) : nullptr;
    return value == nullptr ? "" : value;
  };
  const bool is_terminal = stream == Stream::Out ? env.out_is_terminal : env.err_is_terminal;
  const bool wanted = is_terminal && value_of("NO_COLOR").empty() && value_of("TERM") != "dumb";
  return wanted ? frontend::Color::Yes : frontend::Color::No;
}

void WriteError(Env& env, std::string_view text) {
  // What the program printed comes first, whatever the two streams are connected to. When that
  // fails, Main says so at the end.
  env.out.Flush();
  // There is nobody left to tell when standard error itself cannot be written.
  env.err.Write(text);
  env.err.Flush();
}

}  // namespace cli
