#pragma once
// A machine made of a table: which programs there are, and what each says and does.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "peers/machine.h"

namespace peers {

// What a program of the machine does with its arguments.
struct Doing {
  std::string out = {};
  std::string err = {};
  int exit_status = 0;
  bool hangs = false;  // after `out`, without an end
};

class PretendedMachine {
 public:
  // A program at `file`; [0] of the words is that path.
  void Add(const std::string& file, std::function<Doing(const std::vector<std::string>&)> program);
  // One that prints `text`, whatever it is asked.
  void AddSaying(const std::string& file, const std::string& text);

  std::string path = "/shims:/usr/bin";
  std::map<std::string, std::string> links = {};
  std::map<std::string, std::string> first_lines = {};
  std::vector<std::string> files = {};
  double now = 0;
  std::vector<std::string> started = {};  // commands, words joined by spaces

  // Refers to this object.
  Machine Get();

 private:
  std::map<std::string, std::function<Doing(const std::vector<std::string>&)>> programs_;
};

}  // namespace peers
