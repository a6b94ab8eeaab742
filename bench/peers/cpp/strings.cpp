// The buffer is a std::string too: it is what one would use, and faster than std::ostringstream.
#include <string>

#include "lists.h"

static double PlusEquals(long n) {
  std::string s;
  for (Int i = 0; i < n; i++) s += std::to_string(i);
  return static_cast<double>(s.size());
}

static double WithBuffer(long n) {
  std::string out;
  for (Int i = 0; i < n; i++) out.append(std::to_string(i));
  const std::string text = std::move(out);
  return static_cast<double>(text.size());
}

static std::string Join(const std::string& separator, const std::vector<std::string>& parts) {
  size_t size = parts.empty() ? 0 : separator.size() * (parts.size() - 1);
  for (const std::string& part : parts) size += part.size();
  std::string joined;
  joined.reserve(size);
  for (size_t i = 0; i < parts.size(); i++) {
    if (i != 0) joined += separator;
    joined += parts[i];
  }
  return joined;
}

static double WithJoin(long n) {
  std::vector<std::string> parts;
  for (Int i = 0; i < n; i++) parts.push_back(std::to_string(i));
  return static_cast<double>(Join("", parts).size());
}

int main(int argc, char** argv) {
  const Bench benches[] = {
      {"plus_equals", PlusEquals}, {"with_buffer", WithBuffer}, {"with_join", WithJoin}};
  return RunBench(benches, 3, argc, argv);
}
