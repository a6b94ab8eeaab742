#pragma once
// What a program of a peer wrote to standard error when it ended badly, understood: which error of
// the language it was, and on which lines of the program.

#include <string>
#include <string_view>
#include <vector>

#include "emit/emit.h"

namespace peers {

struct PeerError {
  // In the words of runtime/error_kinds.def, or kRangeKind; empty: the text does not tell.
  std::string kind;
  std::string message;             // what stands behind the kind, or the line that tells best
  emit::Translation::Lines lines;  // both 0: it does not tell
};

// The value of an int has left what the peer computes exactly: its run says nothing.
inline constexpr std::string_view kRangeKind = "range";

// `lines` is that of the translation which was run.
PeerError ReadError(emit::Target target, std::string_view text,
                    const std::vector<emit::Translation::Lines>& lines);

}  // namespace peers
