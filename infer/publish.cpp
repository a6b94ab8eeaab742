// The end of a session: cells are replaced by what they hold, versions that
// turned out equal become one, and what is not settled gets its reason.

#include <algorithm>

#include "infer/explain.h"
#include "infer/versions.h"

namespace infer {

void Versions::Publish() {
  const auto end = static_cast<VersionId>(versions_.size());
  merged_into_.assign(end - first_version_, kNoVersion);
  if (lattice_.cell_count() > first_cell_) {
    for (VersionId id = first_version_; id < end; ++id) {
      Finalize(id);
    }
    if (first_version_ == top_) {
      for (Grown& global : globals_) {
        global.type = lattice_.Final(global.type);
      }
      for (auto& [expr, grown] : defaults_) {
        grown.type = lattice_.Final(grown.type);
      }
    }
    MergeEqual();
  }
  for (VersionId id = first_version_; id < end; ++id) {
    State& state = states_[id];
    state.is_final = true;
    state.readers = {};
    Explain(id);
    state.literals = {};
  }
  open_lists_.clear();
}

void Versions::Finalize(VersionId id) {
  Version& version = versions_[id];
  const auto finalize = [&](TypeId& type) { type = lattice_.Final(type); };
  std::for_each(version.params.begin(), version.params.end(), finalize);
  std::for_each(version.locals.begin(), version.locals.end(), finalize);
  std::for_each(version.exprs.begin(), version.exprs.end(), finalize);
  finalize(version.result);
  finalize(version.yielded);
}

// Versions that differed in the cells of their arguments only: what their
// callers see is the same, so that one of them will do.
void Versions::MergeEqual() {
  bool has_merged = false;
  for (VersionId id = first_version_; id < versions_.size(); ++id) {
    const Version& version = versions_[id];
    std::vector<VersionId>& siblings = by_function_[version.function];
    for (const VersionId other : siblings) {
      const Version& twin = versions_[other];
      if (other < id && twin.params == version.params && twin.result == version.result &&
          twin.yielded == version.yielded) {
        merged_into_[id - first_version_] = other;
        siblings.erase(std::find(siblings.begin(), siblings.end(), id));
        has_merged = true;
        break;
      }
    }
  }
  if (!has_merged) {
    return;
  }
  for (VersionId id = first_version_; id < versions_.size(); ++id) {
    for (VersionId& callee : versions_[id].callees) {
      if (callee != kNoVersion && callee >= first_version_ &&
          merged_into_[callee - first_version_] != kNoVersion) {
        callee = merged_into_[callee - first_version_];
      }
    }
  }
}

void Versions::Explain(VersionId id) {
  Version& version = versions_[id];
  std::vector<OpenList> lists;
  for (const Literal& literal : states_[id].literals) {
    if (const CellCause* cause = lattice_.CauseOf(literal.list);
        cause != nullptr && cause->kind != CellCause::Kind::None) {
      lists.push_back({literal.expr, *cause});
    }
  }
  Explainer(program_, types_, lattice_, versions_, version)
      .Run(lists, states_[id].is_capped ? Capped::Yes : Capped::No);
}

}  // namespace infer
