// Test: tests/fuzz/options_test.cpp.

#include "fuzz/options.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace fuzz {
namespace {

template <typename Number>
std::optional<Number> ToNumber(std::string_view text) {
  Number number{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = end.ec == std::errc{} && end.ptr == text.data() + text.size();
  return is_whole && number >= 0 ? std::optional(number) : std::nullopt;
}

// Puts the number into `place`. False: it is none.
template <typename Number, typename Place>
bool Take(std::string_view text, Place* place, Number factor = 1) {
  const std::optional<Number> number = ToNumber<Number>(text);
  *place = static_cast<Place>(number.value_or(0) * factor);
  return number.has_value();
}

bool TakeFlag(std::string_view name, std::string_view value, DriverOptions* options) {
  CampaignOptions& campaign = options->campaign;
  if (name == "--hours") {
    return Take<double>(value, &campaign.seconds, 3600.0);
  }
  if (name == "--seed") {
    return Take<uint64_t>(value, &campaign.first_seed);
  }
  if (name == "--count") {
    return Take<uint64_t>(value, &campaign.count);
  }
  if (name == "--jobs") {
    return Take<uint32_t>(value, &campaign.jobs);
  }
  if (name == "--out") {
    options->folder = value;
    return !value.empty();
  }
  if (name == "--matrix") {
    const std::optional<Matrix> matrix = FindMatrix(value);
    campaign.matrix = matrix.value_or(campaign.matrix);
    return matrix.has_value();
  }
  return false;
}

}  // namespace

DriverOptions ParseOptions(const std::vector<std::string>& arguments, uint64_t now_seconds) {
  DriverOptions options;
  options.campaign.first_seed = now_seconds << 20;  // room for all programs of a night
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--help") {
      options.shows_help = true;
    } else if (argument == "--until-fault") {
      options.stops_at_fault = true;
      options.campaign.most_findings = 1;
    } else if (argument == "--show") {
      options.shows_program = true;
    } else if (argument.starts_with("--")) {
      const size_t equals = argument.find('=');
      std::string value;
      if (equals != std::string::npos) {
        value = argument.substr(equals + 1);
      } else if (i + 1 < arguments.size()) {
        value = arguments[++i];
      }
      if (!TakeFlag(argument.substr(0, equals), value, &options)) {
        options.mistake = fmt::format("{} is not understood; try --help", argument);
      }
    } else if (!Take<double>(argument, &options.campaign.seconds)) {
      options.mistake = fmt::format("{} is no number of seconds; try --help", argument);
    }
  }
  if (options.campaign.seconds == 0 && options.campaign.count == UINT64_MAX) {
    options.campaign.seconds = 60;
  }
  return options;
}

std::string HelpText() {
  return "usage: tools/fuzz [SECONDS] [--hours=H] [--seed=N] [--count=M] [--matrix=KIND]\n"
         "                  [--jobs=N] [--out=FOLDER] [--until-fault] [--show]\n"
         "Runs random programs on all engines and compares, for 60 seconds unless told otherwise.\n"
         "Ctrl-C ends it earlier, with its figures.\n"
         "  --seed=N        the first program; the time of day unless given\n"
         "  --count=M       as many programs\n"
         "  --matrix=KIND   full (all engines and CPython), engines, quick (three of them), or\n"
         "                  source (texts that are nearly programs, on the frontend)\n"
         "  --jobs=N        processes at once; 1\n"
         "  --out=FOLDER    where programs that show a fault go; fuzz-findings\n"
         "  --until-fault   end at the first fault and tell its seed, for tools/mutants\n"
         "  --show          print the program of --seed and run nothing\n"
         "Status: 0 no fault, 1 faults, 2 usage, 5 the folder cannot be written,\n"
         "70 the fuzzer does not find faults that it has planted itself.\n";
}

}  // namespace fuzz
