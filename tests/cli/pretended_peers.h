#pragma once
// A PATH whose programs are scripts of the test.

#include <filesystem>
#include <string>

#include "tests/cli/command_line.h"

namespace cli {

class PretendedPeersTest : public FilesTest {
 protected:
  // An executable script of the shell, "bin/lua5.4" or "shims/node"; returns its path.
  std::string AddPeer(const std::string& name, const std::string& script) const {
    namespace fs = std::filesystem;
    fs::create_directories((fs::path(folder()) / name).parent_path());
    std::string path = Write(name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }
  // Nothing else is installed.
  Surroundings Around() const {
    return {
        .variables = {{"PATH", folder() + "/shims:" + folder() + "/bin"}, {"TMPDIR", folder()}}};
  }
};

}  // namespace cli
