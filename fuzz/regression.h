#pragma once
// A program as a golden file (docs/testing.md): with what it does in comments, ready to be put into
// tests/golden.

#include <string>

#include "fuzz/observe.h"

namespace fuzz {

// `text` with `observation` as the expectation: that of the base, which a person has to look at
// before it is believed. `title` is the first comment.
std::string GoldenText(const std::string& title, const std::string& text,
                       const Observation& observation);

}  // namespace fuzz
