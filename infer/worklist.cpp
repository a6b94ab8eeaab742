// Bookkeeping of the fixpoint. The queue is a stack: what was disturbed last is
// mended first, so that callees come to rest before the large functions that
// use them are walked again.

#include "infer/worklist.h"

namespace infer {

Worklist::Entry& Worklist::EntryOf(VersionId version) {
  if (entries_.size() <= version) {
    entries_.resize(version + 1);
  }
  return entries_[version];
}

void Worklist::Begin(Pass& pass) {
  pass.outer = current_;
  current_ = &pass;
  EntryOf(pass.version).pass = &pass;
}

void Worklist::End(Pass& pass) {
  EntryOf(pass.version).pass = nullptr;
  current_ = pass.outer;
}

void Worklist::Read(Readers& readers) {
  if (current_ == nullptr) {
    return;
  }
  if (readers.versions.empty() || readers.versions.back() != current_->version) {
    readers.versions.push_back(current_->version);
  }
  if (readers.first == kNoTick) {
    readers.first = now_;
  }
}

void Worklist::Changed(Readers& readers) {
  for (const VersionId version : readers.versions) {
    if (Pass* pass = EntryOf(version).pass) {
      pass->MarkStale(readers.first);
    } else {
      Enqueue(version);
    }
  }
  readers.versions.clear();
  readers.first = kNoTick;
}

void Worklist::Enqueue(VersionId version) {
  Entry& entry = EntryOf(version);
  if (!entry.is_queued) {
    entry.is_queued = true;
    queue_.push_back(version);
  }
}

VersionId Worklist::Next() {
  if (queue_.empty()) {
    return kNoVersion;
  }
  const VersionId version = queue_.back();
  queue_.pop_back();
  EntryOf(version).is_queued = false;
  return version;
}

}  // namespace infer
