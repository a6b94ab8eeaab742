#pragma once
// A results file on disk: records are appended, each by one write, so that a kill at any instant
// loses nothing that Append has returned from, and several labs may write the same file.

#include <string>
#include <string_view>

namespace measure {

class ResultsSink {
 public:
  virtual ~ResultsSink() = default;
  // `record` is a whole line. False: *error is a sentence about what could not be written.
  virtual bool Append(std::string_view record, std::string* error) = 0;
};

class ResultsFile final : public ResultsSink {
 public:
  ResultsFile() = default;
  ~ResultsFile() override;
  ResultsFile(const ResultsFile&) = delete;
  ResultsFile& operator=(const ResultsFile&) = delete;

  // Makes the file if need be; one that holds something else is refused. When an earlier writer was
  // killed within a record, the rest of that line is closed first.
  bool Open(const std::string& path, std::string* error);
  bool Append(std::string_view record, std::string* error) override;

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace measure
