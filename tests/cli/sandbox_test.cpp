// The sandbox from inside: what it refuses, what it leaves, that every golden program runs in it,
// and that the commands enter it. Each look is a process of its own, since there is no way out.

#include "cli/sandbox.h"

#include <cerrno>
#include <csignal>
#include <functional>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/exit_status.h"
#include "cli/parse_options.h"
#include "tests/cli/command_line.h"
#include "tests/cli/shell.h"
#include "tests/support/golden_file.h"
#include "tests/support/program_run.h"

namespace cli {
namespace {

constexpr int kNoSandboxHere = 99;

// How a child ended that ran `body` inside: its status, or the negative signal's number.
int StatusInside(const SandboxRights& rights, const std::function<bool()>& body) {
  const pid_t child = fork();
  if (child == 0) {
    if (EnterSandbox(rights) == Sandbox::NotSupported) {
      _exit(kNoSandboxHere);
    }
    _exit(body() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

class SandboxTest : public FilesTest {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "sanitizers open files when the process ends: their builds have no sandbox";
#endif
    if (access("/proc/sys/kernel/seccomp/actions_avail", R_OK) != 0) {
      GTEST_SKIP() << "the kernel has no seccomp filters";
    }
    ASSERT_EQ(StatusInside({}, [] { return true; }), 0);
  }

  static void ExpectInside(const std::function<bool()>& body, const SandboxRights& rights = {}) {
    EXPECT_EQ(StatusInside(rights, body), 0);
  }
};

bool IsRefused(long result) { return result == -1 && errno == EPERM; }

TEST_F(SandboxTest, RefusesFilesAndProcesses) {
  const struct {
    const char* name;
    std::function<long()> call;
  } calls[] = {
      {"open", [] { return syscall(SYS_open, "/etc/passwd", O_RDONLY); }},
      {"openat", [] { return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0); }},
      {"creat", [] { return syscall(SYS_creat, "/tmp/lab-sandbox", 0600); }},
      {"unlink", [] { return syscall(SYS_unlink, "/tmp/lab-sandbox"); }},
      {"mkdir", [] { return syscall(SYS_mkdir, "/tmp/lab-sandbox", 0700); }},
      {"rename", [] { return syscall(SYS_rename, "/tmp/a", "/tmp/b"); }},
      {"chdir", [] { return syscall(SYS_chdir, "/"); }},
      {"kill", [] { return syscall(SYS_kill, getppid(), 0); }},
      {"getppid", [] { return syscall(SYS_getppid); }},
      {"tgkill", [] { return syscall(SYS_tgkill, 1, 1, 0); }},
      {"ioctl", [] { return syscall(SYS_ioctl, STDERR_FILENO, 0x5412, "x"); }},
      {"dup", [] { return syscall(SYS_dup, STDOUT_FILENO); }},
      {"memfd_create", [] { return syscall(SYS_memfd_create, "x", 0); }},
      {"process_vm_readv", [] { return syscall(SYS_process_vm_readv, 1, 0, 0, 0, 0, 0); }},
      {"io_uring_setup", [] { return syscall(SYS_io_uring_setup, 1, 0); }},
      {"bpf", [] { return syscall(SYS_bpf, 0, 0, 0); }},
      {"prctl", [] { return syscall(SYS_prctl, 15, "name", 0, 0, 0); }},
      // The numbers of the x32 interface.
      {"x32 open", [] { return syscall(0x40000000 | SYS_open, "/etc/passwd", O_RDONLY); }},
  };
  for (const auto& [name, call] : calls) {
    SCOPED_TRACE(name);
    ExpectInside([&call = call] { return IsRefused(call()); });
  }
}

TEST_F(SandboxTest, EndsWhoStartsProgramsOrOpensSockets) {
  char program[] = "/bin/true";
  char* words[] = {program, nullptr};
  const struct {
    const char* name;
    std::function<long()> call;
  } calls[] = {
      {"execve", [&] { return syscall(SYS_execve, program, words, nullptr); }},
      {"execveat", [&] { return syscall(SYS_execveat, AT_FDCWD, program, words, nullptr, 0); }},
      {"fork", [] { return syscall(SYS_fork); }},
      {"vfork", [] { return syscall(SYS_vfork); }},
      {"clone", [] { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }},
      {"socket", [] { return syscall(SYS_socket, 1, 1, 0); }},
      {"ptrace", [] { return syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0); }},
  };
  for (const auto& [name, call] : calls) {
    EXPECT_EQ(StatusInside({}, [&call = call] { return call() != -2; }), kBug) << name;
  }
  // What it says, seen from outside.
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDERR_FILENO);
    EnterSandbox({.writable = {STDERR_FILENO}});
    syscall(SYS_socket, 1, 1, 0);
    _exit(0);
  }
  close(ends[1]);
  waitpid(child, nullptr, 0);
  char text[1000];
  const ssize_t count = read(ends[0], text, sizeof(text));
  close(ends[0]);
  EXPECT_EQ(std::string(text, count > 0 ? static_cast<size_t>(count) : 0),
            "lab: the sandbox has stopped socket, which no program needs\n"
            "lab: a library of --allow-extern may need --no-sandbox; otherwise please report it\n");
}

TEST_F(SandboxTest, LeavesMemoryThatIsNeverWritableAndExecutable) {
  ExpectInside([] {
    constexpr int kPrivate = MAP_PRIVATE | MAP_ANONYMOUS;
    void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, kPrivate, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0 &&
           IsRefused(mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC)) &&
           mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, kPrivate, -1, 0) == MAP_FAILED &&
           munmap(page, 4096) == 0;
  });
}

TEST_F(SandboxTest, LeavesThreadsAndTheNumberOfCores) {
  const unsigned cores = std::thread::hardware_concurrency();
  ExpectInside([cores] {
    bool has_run = false;
    std::thread([&has_run] { has_run = true; }).join();
    return has_run && std::thread::hardware_concurrency() == cores;
  });
}

TEST_F(SandboxTest, HoldsForThreadsMadeInside) {
  ExpectInside([] {
    bool is_refused = false;
    std::thread([&] { is_refused = IsRefused(open("/etc/passwd", O_RDONLY)); }).join();
    return is_refused;
  });
}

TEST_F(SandboxTest, LeavesTheDescriptorsThatItWasGiven) {
  int given[2];
  int other[2];
  ASSERT_EQ(pipe(given), 0);
  ASSERT_EQ(pipe(other), 0);
  ASSERT_EQ(write(given[1], "ab", 2), 2);
  ASSERT_EQ(write(other[1], "ab", 2), 2);
  ExpectInside(
      [&] {
        char byte = 0;
        return read(given[0], &byte, 1) == 1 && write(given[1], &byte, 1) == 1 &&
               IsRefused(read(other[0], &byte, 1)) && IsRefused(write(other[1], &byte, 1)) &&
               IsRefused(write(STDERR_FILENO, "x", 1));
      },
      {.readable = {given[0]}, .writable = {given[1]}});
  for (const int descriptor : {given[0], given[1], other[0], other[1]}) {
    close(descriptor);
  }
}

TEST_F(SandboxTest, LetsAProcessEndItself) {
  EXPECT_EQ(StatusInside({}, [] { return raise(SIGKILL) != 0; }), -SIGKILL);
}

// Each on one configuration, so that all together meet all of them.
TEST_F(SandboxTest, GoldenProgramsRunInside) {
  struct Job {
    support::GoldenFile golden;
    RunOptions options;
  };
  std::vector<Job> jobs;
  for (const std::string& path : support::FindGoldenFiles("tests/golden")) {
    Job job{support::LoadGoldenFile(path), {}};
    // Where a time limit strikes is not fixed.
    const bool has_fixed_end = job.golden.error || job.golden.exit_status.value_or(0) == 0;
    if (!has_fixed_end || Contains(path, "/diagnostics/")) {
      continue;
    }
    std::vector<std::string> words = job.golden.flags;
    words.push_back(path);
    words.insert(words.end(), job.golden.args.begin(), job.golden.args.end());
    job.options = std::get<RunOptions>(ParseRun(words));
    job.options.engine = &Configurations()[jobs.size() % Configurations().size()];
    jobs.push_back(std::move(job));
  }
  ASSERT_GT(jobs.size(), 100U);
  ExpectInside(
      [&] {
        bool is_good = true;
        for (const Job& job : jobs) {
          const support::ProgramRun run =
              support::RunProgramText(job.golden.path, job.golden.text, job.options);
          const std::string kind = job.golden.error ? job.golden.error->kind : "";
          if (run.output != job.golden.OutputText() || run.error_kind.value_or("") != kind) {
            const std::string line = "differs inside: " + job.golden.path + " on " +
                                     std::string(job.options.engine->name) + "\n";
            is_good = write(STDERR_FILENO, line.data(), line.size()) < 0;
          }
        }
        return is_good;
      },
      {.writable = {STDERR_FILENO}});
}

// getppid() is harmless, and no program needs it.
constexpr char kParent[] = "extern \"c\" def getppid() -> i32\n";

TEST_F(SandboxTest, IsEnteredByCommandsThatRunPrograms) {
  const std::string run = Write("run.gc", std::string(kParent) + "print(getppid() < 0)\n");
  for (const char* backend : {"interp", "jit", "tiered"}) {
    const std::string lab = "lab run --allow-extern=c --backend=" + std::string(backend) +
                            " --no-sandbox '" + run + "'";
    EXPECT_EQ(Shell(lab).out, "false\n");
    std::string inside = lab;
    inside.erase(inside.find(" --no-sandbox"), 13);
    EXPECT_EQ(Shell(inside).out, "true\n");
  }
  EXPECT_EQ(Shell("lab time -q -f '' --allow-extern=c '" + run + "' 2>/dev/null").out, "true\n");
  const std::string why =
      Write("why.gc", std::string(kParent) + "assert(getppid() < 0)\n");  // which hides prints
  const std::string check = Write("check.gc", std::string(kParent) +
                                                  "def look() = assert(getppid() < 0)\n"
                                                  "bench b(n = 3) { look()\n n }\n");
  for (const auto& [flag, status] : {std::pair("", 0), std::pair("--no-sandbox ", 1)}) {
    EXPECT_EQ(Shell("lab why --allow-extern=c " + std::string(flag) + "'" + why + "'").status,
              status);
    EXPECT_EQ(Shell("lab timeit -n 1 -r 1 --allow-extern=c " + std::string(flag) + "-f '" + check +
                    "' 'look()'")
                  .status,
              status);
    EXPECT_EQ(Shell("lab compare --no-save --backend=interp --processes=1 --iterations=1 "
                    "--seconds=0.1 --allow-extern=c " +
                    std::string(flag) + "'" + check + "'")
                  .status,
              status);
  }
}

TEST_F(SandboxTest, LeavesWhatIsWrittenAfterTheRun) {
  const std::string events = folder() + "/events.jsonl";
  const Result result =
      Shell("lab run --backend=tiered --tier=calls --stats --time-limit=60 --events='" + events +
            "' -e 'def f(x) = x + 1; f(1)' && wc -l < '" + events + "'");
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_TRUE(result.out.starts_with("2\n")) << result.out;
  EXPECT_FALSE(result.out.ends_with("\n0\n")) << result.out;
  EXPECT_EQ(Shell("lab run --backend=tiered --events=/no/such/folder/x -e 1").status, 5);
}

}  // namespace
}  // namespace cli
