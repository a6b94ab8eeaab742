#pragma once
// Which versions must be analysed again, and since when what they read is
// stale. A type that still grows (a cell's content, a version's result, a
// global) keeps its Readers; growing tells them.

#include <cstdint>
#include <vector>

#include "infer/infer.h"

namespace infer {

// A moment of the analysis. Ticks pass when a pass or a loop begins, so that a
// loop can tell whether only its own reads are stale.
using Tick = uint64_t;
inline constexpr Tick kNoTick = UINT64_MAX;

// Who has read a type since it last changed, and when the first of them did.
struct Readers {
  std::vector<VersionId> versions;
  Tick first = kNoTick;
};

// One walk over the body of a version. Passes nest as calls do.
struct Pass {
  VersionId version;
  Tick stale = kNoTick;  // the first read that is out of date
  Pass* outer = nullptr;

  void MarkStale(Tick since) { stale = since < stale ? since : stale; }
};

class Worklist {
 public:
  Tick now() const { return now_; }
  Tick Advance() { return ++now_; }

  void Begin(Pass& pass);
  void End(Pass& pass);
  // The innermost pass; null between passes.
  const Pass* current() const { return current_; }
  bool IsRunning(VersionId version) const {
    return version < entries_.size() && entries_[version].pass != nullptr;
  }

  // The current pass reads what `readers` belongs to.
  void Read(Readers& readers);
  // What `readers` belongs to has grown: versions being walked note since when
  // they are stale, the others are queued.
  void Changed(Readers& readers);

  void Enqueue(VersionId version);
  // A version that waits; kNoVersion when there is none.
  VersionId Next();

 private:
  struct Entry {
    Pass* pass = nullptr;
    bool is_queued = false;
  };

  Entry& EntryOf(VersionId version);

  Tick now_ = 0;
  Pass* current_ = nullptr;
  std::vector<Entry> entries_;
  std::vector<VersionId> queue_;
};

}  // namespace infer
