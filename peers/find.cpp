// Every question to a program has a time limit: a broken one must cost a line, not the table.
// Tests: tests/peers/find_test.cpp.

#include "peers/find.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "peers/capture.h"
#include "peers/text_lines.h"

namespace peers {
namespace {

constexpr CaptureLimits kQuestionLimits{.seconds = 20, .output_bytes = size_t{64} << 10};
constexpr std::string_view kAlternatives = "/etc/alternatives/";
constexpr int kMostLinks = 16;

std::vector<std::string_view> FoldersOf(std::string_view path) {
  std::vector<std::string_view> folders;
  while (!path.empty()) {
    const size_t end = std::min(path.find(':'), path.size());
    // An empty entry means the current folder, where nobody installs a language.
    if (end > 0) {
      folders.push_back(path.substr(0, end));
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return folders;
}

bool IsShim(std::string_view path) { return path.find("/shims/") != std::string_view::npos; }

// Follows the links that update-alternatives has made. Others stay as they are: what a link of
// ccache or of a virtual environment means depends on its name.
std::string BehindAlternatives(std::string path, const Machine& machine) {
  for (int i = 0; i < kMostLinks; ++i) {
    const std::string target = machine.link_target(path);
    if (target.empty() || !(target.starts_with(kAlternatives) || path.starts_with(kAlternatives))) {
      break;
    }
    path = target;
  }
  return path;
}

// What `command` prints; nothing when it does not work.
std::optional<std::string> Ask(const Machine& machine, const std::vector<std::string>& command) {
  Captured answer = Capture(machine, command, kQuestionLimits);
  return answer.IsSuccess() ? std::optional(std::move(answer.out) + answer.err) : std::nullopt;
}

std::string VersionIn(std::string_view text, const Peer& peer) {
  const size_t mark = text.find(peer.version_mark);
  if (mark == std::string_view::npos) {
    return {};
  }
  text.remove_prefix(mark + peer.version_mark.size());
  const std::string_view version = text.substr(0, text.find_first_of(" \n\r)]"));
  const bool is_version = !version.empty() && '0' <= version.front() && version.front() <= '9';
  return is_version && version.starts_with(peer.version_start) ? std::string(version)
                                                               : std::string();
}

std::string VersionOf(const std::string& path, const Peer& peer, const Machine& machine) {
  const auto text = Ask(machine, {path, std::string(peer.version_flag)});
  return text ? VersionIn(*text, peer) : std::string();
}

// The program behind a shim; empty when that does not tell.
std::string BehindShim(const std::string& path, const Peer& peer, const Machine& machine) {
  if (peer.path_question.empty()) {
    return {};
  }
  std::vector<std::string> question = {path};
  question.insert(question.end(), peer.path_question.begin(), peer.path_question.end());
  const std::optional<std::string> answer = Ask(machine, question);
  if (!answer) {
    return {};
  }
  std::string real = answer->substr(0, answer->find('\n'));
  return real.starts_with('/') && machine.is_executable(real) ? real : std::string();
}

// All places where the peer may be, shims included, best first.
std::vector<std::string> CandidatesOf(std::span<const std::string_view> names,
                                      const Machine& machine) {
  std::vector<std::string> candidates;
  for (const std::string_view name : names) {
    for (const std::string_view folder : FoldersOf(machine.path)) {
      std::string path = fmt::format("{}/{}", folder, name);
      if (machine.is_executable(path)) {
        candidates.push_back(std::move(path));
      }
    }
  }
  return candidates;
}

// Fills path and version.
void FindProgram(const Machine& machine, Toolchain* found) {
  const Peer& peer = *found->peer;
  std::vector<std::string> silent_shims;
  std::string broken;
  for (const std::string& candidate : CandidatesOf(peer.executables, machine)) {
    std::string path = candidate;
    if (IsShim(candidate)) {
      path = BehindShim(candidate, peer, machine);
      if (path.empty()) {
        silent_shims.push_back(candidate);
        continue;
      }
    }
    path = BehindAlternatives(std::move(path), machine);
    found->version = VersionOf(path, peer, machine);
    if (!found->version.empty()) {
      found->path = std::move(path);
      return;
    }
    broken = candidate;
  }
  for (const std::string& shim : silent_shims) {
    found->version = VersionOf(shim, peer, machine);
    if (!found->version.empty()) {
      found->path = shim;
      return;
    }
    broken = shim;
  }
  found->problem =
      broken.empty() ? "missing"
      : IsShim(broken)
          ? fmt::format("{} leads to nothing", broken)
          : fmt::format("{} is not {}{}", broken, peer.title,
                        peer.version_start.empty() ? "" : fmt::format(" {}", peer.version_start));
}

// The Python that runs Cython is the one that it compiles for: the first line of the script names
// it. Otherwise the one of PATH.
std::string PythonOf(const std::string& cython, const Machine& machine) {
  std::string line = machine.first_line(cython);
  if (line.starts_with("#!")) {
    line.erase(0, line.find_first_not_of(' ', 2));
    line.resize(std::min(line.find_first_of(" \t\r"), line.size()));
    if (machine.is_executable(line) && !line.ends_with("/env")) {
      return line;
    }
  }
  return Find(*FindPeer("cpython"), machine).path;
}

// Where the headers are, and what an executable with Python inside is linked with.
constexpr std::string_view kAskForBuilding =
    "import sysconfig as s\n"
    "v = s.get_config_var\n"
    "print(s.get_path('include'))\n"
    "print(v('LIBDIR'))\n"
    "print('python' + v('LDVERSION'))\n"
    "print(v('LIBS') or '', v('SYSLIBS') or '', v('LINKFORSHARED') or '')\n";

void FindPythonToLink(const Machine& machine, Toolchain* found) {
  const std::string python = PythonOf(found->path, machine);
  const auto answer =
      python.empty() ? std::nullopt : Ask(machine, {python, "-c", std::string(kAskForBuilding)});
  const std::vector<std::string_view> lines = LinesOf(answer ? *answer : std::string_view());
  if (lines.size() < 4) {
    found->problem = "there is no Python that it compiles for";
    return;
  }
  if (!machine.exists(fmt::format("{}/Python.h", lines[0]))) {
    found->problem = fmt::format("the headers of {} are missing", python);
    return;
  }
  found->include_flags = {fmt::format("-I{}", lines[0])};
  found->link_flags = {fmt::format("-L{}", lines[1]), fmt::format("-Wl,-rpath,{}", lines[1]),
                       fmt::format("-l{}", lines[2])};
  std::string_view rest = lines[3];
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(' '), rest.size());
    if (end > 0) {
      found->link_flags.emplace_back(rest.substr(0, end));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void FindCompiler(const Machine& machine, Toolchain* found) {
  if (found->peer->target == emit::Target::C) {
    found->compiler = found->path;
    return;
  }
  for (const std::string_view name : {"gcc", "clang"}) {
    const Toolchain compiler = Find(*FindPeer(name), machine);
    if (compiler.is_ready()) {
      found->compiler = compiler.path;
      return;
    }
  }
  found->problem = "there is no C compiler";
}

}  // namespace

Toolchain Find(const Peer& peer, const Machine& machine) {
  Toolchain found;
  found.peer = &peer;
  FindProgram(machine, &found);
  if (found.is_ready() && IsBuilt(peer)) {
    FindCompiler(machine, &found);
  }
  if (found.is_ready() && peer.target == emit::Target::Cython) {
    FindPythonToLink(machine, &found);
  }
  return found;
}

std::string InstallCommand(const Peer& peer) {
  return fmt::format("apt-get install {}", peer.package);
}

}  // namespace peers
