// Tests: tests/report/import_test.cpp.

#include "report/json_place.h"

#include <fmt/format.h>

#include "frontend/check.h"
#include "frontend/diagnostic.h"

namespace report {
namespace {

constexpr size_t kLongestShown = 40;
constexpr double kLargestCount = 9007199254740992;
constexpr std::string_view kExportAgain = "export it again with the tool that made it";

bool IsTimeJson(const JsonPlace::Json& json) { return json.is_number() && IsTime(json); }

}  // namespace

void JsonPlace::Fail(std::string_view what, std::string_view remedy) const {
  throw BadImport{fmt::format("{} {}; {}", Where(), what, remedy)};
}

JsonPlace JsonPlace::Member(const char* member) const {
  if (!json_.is_object()) {
    Fail(fmt::format("is {}, and an object was expected", Shown()), kExportAgain);
  }
  if (!Has(member)) {
    Fail(fmt::format("has no `{}`", member), kExportAgain);
  }
  return JsonPlace(json_[member], path_.empty() ? member : fmt::format("{}.{}", path_, member));
}

size_t JsonPlace::Size() const {
  if (!json_.is_array()) {
    Fail(fmt::format("is {}, and a list was expected", Shown()), kExportAgain);
  }
  if (json_.empty()) {
    Fail("is empty", "there is nothing to import: measure again");
  }
  return json_.size();
}

JsonPlace JsonPlace::Element(size_t index) const {
  LAB_CHECK(index < Size());
  return JsonPlace(json_[index], fmt::format("{}[{}]", path_, index));
}

std::string JsonPlace::Text() const {
  if (!json_.is_string() || json_.get_ref<const std::string&>().empty()) {
    Fail(fmt::format("is {}, and a text was expected", Shown()), kExportAgain);
  }
  return json_;
}

double JsonPlace::Time() const {
  if (!IsTimeJson(json_)) {
    Fail(fmt::format("is {}, but {}", Shown(), kTimeRule), "measure again, or remove it");
  }
  return json_;
}

std::vector<double> JsonPlace::Times() const {
  std::vector<double> times;
  times.reserve(Size());
  for (size_t i = 0; i < json_.size(); ++i) {
    // Its path is put together only to fail.
    times.push_back(IsTimeJson(json_[i]) ? json_[i].get<double>() : Element(i).Time());
  }
  return times;
}

uint64_t JsonPlace::Count() const {
  if (!json_.is_number_integer() || json_ < 1 || json_ > kLargestCount) {
    Fail(fmt::format("is {}, and a whole number from 1 to 2^53 was expected", Shown()),
         kExportAgain);
  }
  return json_;
}

std::string JsonPlace::Shown() const {
  switch (json_.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::boolean:
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return json_.dump();
    case Json::value_t::string: {
      std::string text = json_.get<std::string>();
      const bool is_long = text.size() > kLongestShown;
      text = frontend::Printable(std::string_view(text).substr(0, kLongestShown));
      return fmt::format("the text \"{}{}\"", text, is_long ? "..." : "");
    }
    case Json::value_t::binary:
    case Json::value_t::discarded:
      break;
  }
  return "something else";
}

}  // namespace report
