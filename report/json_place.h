#pragma once
// A value in JSON that somebody else wrote, and where it stands. Reading throws BadImport, which
// says what was found there and what was expected. For .cpp files only: it brings in nlohmann's
// header.

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "report/imported_run.h"

namespace report {

class JsonPlace {
 public:
  using Json = nlohmann::ordered_json;

  // `json` must outlive the place and those below it. The path of the whole is empty.
  explicit JsonPlace(const Json& json, std::string path = {})
      : json_(json), path_(std::move(path)) {}

  const Json& json() const { return json_; }

  // "`results[2].times` WHAT; REMEDY".
  [[noreturn]] void Fail(std::string_view what, std::string_view remedy) const;

  bool Has(const char* member) const { return json_.contains(member) && !json_[member].is_null(); }
  // Of an object; null counts as missing.
  JsonPlace Member(const char* member) const;
  // Of an array that is not empty; an index below its size.
  size_t Size() const;
  JsonPlace Element(size_t index) const;

  std::string Text() const;  // not empty
  double Time() const;
  std::vector<double> Times() const;  // of an array that is not empty
  uint64_t Count() const;             // 1 to 2^53

 private:
  std::string Where() const { return path_.empty() ? "the JSON" : "`" + path_ + "`"; }
  // What stands there, in a few words.
  std::string Shown() const;

  const Json& json_;
  std::string path_;
};

}  // namespace report
