#pragma once
// Whether two runs of the same program say the same.

#include <string>
#include <vector>

#include "measure/answers.h"
#include "peers/run.h"

namespace peers {

// What can be compared of a run. A run that says nothing has a `note` and nothing else.
struct Outcome {
  enum class Kind {
    Complete,       // to the end, or to an error of the program
    NotComparable,  // stopped by a limit, or it left what the peer computes exactly
    Refused,        // the language cannot express the program
    Missing,        // the peer is not installed
    Broken,         // it crashed, or could not be built: something is wrong with the translation
  };
  Kind kind = Kind::Complete;
  std::string output;
  std::string error_kind;                // empty: it ended well
  emit::Translation::Lines error_lines;  // of the program; both 0: not known
  std::string note;
};

Outcome OutcomeOf(PeerRun run);

enum class Verdict { Ok, Differs, NotComparable, Missing, Refused };

// "ok", "differs", "not comparable", "missing", "refused".
std::string_view Name(Verdict verdict);

// How `other` compares with `base`, whose error lies on one line. An error must be of the same kind
// and on the same line; on how deep calls may go languages agree only roughly, so that at the depth
// limit the kind is enough. Limits of the lab (memory, time) compare with nothing.
Verdict Compare(const Outcome& base, const Outcome& other, measure::Tolerance tolerance);

// What differs, as a text for people: the first differing lines of the outputs and the ends, behind
// "- " those of `base` and behind "+ " those of `other`.
std::string Difference(const Outcome& base, const Outcome& other, measure::Tolerance tolerance);

}  // namespace peers
