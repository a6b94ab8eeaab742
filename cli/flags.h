#pragma once
// The flags of one command: declared, taken from a command line, and complained about in the words
// of `lab`. Each parse function makes one, declares, calls Parse(), and then reads its variables.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/complaint.h"
#include "cli/options.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace cli {

// Whether flags may also stand after the first word that is none.
enum class FlagsAfterWords { No, Yes };

// Variables given to Value(), Switch() and Values() are filled by Parse() and must outlive the
// object. Every method that returns bool gives false when it has filled complaint().
class Flags {
 public:
  // `command` must outlive the object. -h, --help, --version and --color are always there.
  Flags(std::string_view command, FlagsAfterWords after);
  ~Flags();
  Flags(const Flags&) = delete;
  Flags& operator=(const Flags&) = delete;

  // The last one counts when a flag is given twice.
  void Value(const char* name, std::string* value);
  void Switch(const char* name, bool* value);
  // May be repeated; each takes one value.
  void Values(const char* name, std::vector<std::string>* values);

  bool Parse(const std::vector<std::string>& args);
  // What stood among or after the flags and is none.
  const std::vector<std::string>& words() const { return words_; }
  // Also true for a value that is empty.
  bool IsGiven(const char* name) const;
  // Set when help or the version is asked for: nothing else counts then.
  std::optional<HelpOptions> help() const;
  bool ParseColor(ColorChoice* choice);

  // A size such as "64k", of at most `largest`; leaves `bytes` alone when the flag is not given.
  bool ReadBytes(const char* flag, const std::string& text, uint64_t largest, uint64_t* bytes);

  // From 1 to `most`; leaves `count` alone when the flag is not given.
  bool ReadCount(const char* flag, const std::string& text, uint64_t most, uint64_t* count);

  // Sets `result` to the choice that `value` names.
  template <typename T, size_t kCount>
  bool Choose(std::string_view flag, const std::string& value,
              const std::pair<std::string_view, T> (&choices)[kCount], T* result) {
    std::vector<std::string_view> known;
    for (const auto& [name, choice] : choices) {
      if (name == value) {
        *result = choice;
        return true;
      }
      known.push_back(name);
    }
    return BadChoice(flag, value, known);
  }

  // These fill complaint() and return false.
  bool BadChoice(std::string_view flag, std::string_view value,
                 const std::vector<std::string_view>& known);
  bool BadValue(std::string_view flag, std::string_view value, std::string_view expected);
  bool Complain(std::string message, std::string help = {});
  const Complaint& complaint() const { return complaint_; }

 private:
  bool Unknown(std::string_view word);
  bool Explain(const std::vector<std::string>& args, const CLI::ParseError& error);

  std::unique_ptr<CLI::App> app_;
  std::string_view command_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> switches_;
  std::vector<std::string> words_;
  std::string color_ = "auto";
  bool help_ = false;
  bool version_ = false;
  Complaint complaint_ = {};
};

}  // namespace cli
