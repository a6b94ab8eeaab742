#pragma once
// JavaScript, as node runs it.

#include "emit/emit.h"

namespace emit {

Translation TranslateToJs(const frontend::Program& program, const Options& options);

}  // namespace emit
