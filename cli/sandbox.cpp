// A seccomp filter, written by hand: one block of instructions for each system call that is
// allowed, and a refusal for all others (seccomp(2); Documentation/userspace-api/seccomp_filter.rst
// of Linux). A system call that a newer C library tries is refused like any other: libraries fall
// back, and the golden programs run inside (tests/cli/sandbox_test.cpp).

#include "cli/sandbox.h"

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/exit_status.h"

namespace cli {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kBuildNeedsMore = true;
#else
constexpr bool kBuildNeedsMore = false;
#endif

// Whatever their arguments are.
constexpr uint32_t kAllowed[] = {
    // Memory.
    SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise,
    // Threads; which clone() makes.
    SYS_futex, SYS_set_robust_list, SYS_rseq, SYS_sched_yield, SYS_sched_getaffinity, SYS_gettid,
    SYS_exit,
    // Signals of our own.
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall,
    SYS_setitimer,
    // Clocks.
    SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_clock_nanosleep, SYS_nanosleep,
    // Waiting for a reader of the output.
    SYS_poll,
    // The rest of a process's life.
    SYS_getpid, SYS_getrusage, SYS_sysinfo, SYS_getrandom, SYS_close, SYS_exit_group};

// Nothing in the lab tries these: whoever does is worth a message.
struct Alarming {
  uint32_t call;
  const char* name;
};
constexpr Alarming kAlarming[] = {
    {SYS_execve, "execve"}, {SYS_execveat, "execveat"}, {SYS_fork, "fork"},    {SYS_vfork, "vfork"},
    {SYS_clone, "clone"},   {SYS_socket, "socket"},     {SYS_ptrace, "ptrace"}};

class Filter {
 public:
  Filter() {
    Add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
    Unless(AUDIT_ARCH_X86_64, SECCOMP_RET_KILL_PROCESS);
    Add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
  }

  void Answer(uint32_t call, uint32_t answer) { If(call, {Return(answer)}); }

  // `if_one` when the argument, but for bits outside of `mask`, is one of `values`; else `if_none`.
  void AnswerByArgument(uint32_t call, int argument, uint32_t mask,
                        const std::vector<uint32_t>& values, uint32_t if_one, uint32_t if_none) {
    std::vector<sock_filter> block = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, LowWord(argument)),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask),
    };
    for (const uint32_t value : values) {
      block.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
      block.push_back(Return(if_one));
    }
    block.push_back(Return(if_none));
    If(call, block);
  }

  // Errors leave the process as it was.
  bool Install(uint32_t otherwise) {
    instructions_.push_back(Return(otherwise));
    sock_fprog program = {static_cast<unsigned short>(instructions_.size()), instructions_.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
      return false;
    }
    // Older kernels slow a filtered process down lest it read its own memory by speculation; there
    // is nothing in it that is not the program's.
    constexpr unsigned kEveryThread = SECCOMP_FILTER_FLAG_TSYNC;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                   kEveryThread | SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0 ||
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, kEveryThread, &program) == 0;
  }

 private:
  // Descriptors, flags and process numbers have 32 bits; x86-64 stores the lower half first.
  static uint32_t LowWord(int argument) {
    return static_cast<uint32_t>(offsetof(seccomp_data, args) +
                                 sizeof(uint64_t) * static_cast<size_t>(argument));
  }
  static sock_filter Return(uint32_t answer) { return BPF_STMT(BPF_RET | BPF_K, answer); }

  void Add(uint16_t code, uint32_t operand) { instructions_.push_back(BPF_STMT(code, operand)); }
  void Unless(uint32_t value, uint32_t answer) {
    instructions_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0));
    instructions_.push_back(Return(answer));
  }
  // `block` ends in a return.
  void If(uint32_t call, const std::vector<sock_filter>& block) {
    instructions_.push_back(
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, static_cast<uint8_t>(block.size())));
    instructions_.insert(instructions_.end(), block.begin(), block.end());
  }

  std::vector<sock_filter> instructions_;
};

constexpr uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;
constexpr uint32_t kAlarm = SECCOMP_RET_TRAP;
constexpr uint32_t kAllBits = UINT32_MAX;

std::vector<uint32_t> Numbers(const std::vector<int>& descriptors) {
  return {descriptors.begin(), descriptors.end()};
}

// Frequent calls first: they are compared in this order where the kernel does not remember.
Filter FilterFor(const SandboxRights& rights) {
  constexpr uint32_t kBoth = PROT_WRITE | PROT_EXEC;
  Filter filter;
  filter.AnswerByArgument(SYS_write, 0, kAllBits, Numbers(rights.writable), kAllow, kRefuse);
  for (const uint32_t call : {SYS_mmap, SYS_mprotect}) {
    filter.AnswerByArgument(call, 2, kBoth, {kBoth}, kRefuse, kAllow);
  }
  for (const uint32_t call : kAllowed) {
    filter.Answer(call, kAllow);
  }
  for (const uint32_t call : {SYS_read, SYS_pread64}) {
    filter.AnswerByArgument(call, 0, kAllBits, Numbers(rights.readable), kAllow, kRefuse);
  }
  filter.AnswerByArgument(SYS_clone, 0, CLONE_THREAD, {CLONE_THREAD}, kAllow, kAlarm);
  // Its arguments lie in memory, out of reach. The C library then uses clone.
  filter.Answer(SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
  filter.AnswerByArgument(SYS_tgkill, 0, kAllBits, {static_cast<uint32_t>(getpid())}, kAllow,
                          kRefuse);
  for (const Alarming& alarming : kAlarming) {
    filter.Answer(alarming.call, kAlarm);
  }
  return filter;
}

void Say(const char* text) {
  const ssize_t written = write(STDERR_FILENO, text, std::strlen(text));
  static_cast<void>(written);  // the process ends either way
}

void OnAlarm(int /*signal*/, siginfo_t* info, void* /*context*/) {
  const char* name = "a system call";
  for (const Alarming& alarming : kAlarming) {
    if (static_cast<int>(alarming.call) == info->si_syscall) {
      name = alarming.name;
    }
  }
  Say("lab: the sandbox has stopped ");
  Say(name);
  Say(", which no program needs\n"
      "lab: a library of --allow-extern may need --no-sandbox; otherwise please report it\n");
  _exit(kBug);
}

}  // namespace

Sandbox EnterSandbox(const SandboxRights& rights) {
  if (kBuildNeedsMore) {
    return Sandbox::NotSupported;
  }
  struct sigaction action = {};
  action.sa_sigaction = OnAlarm;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(SIGSYS, &action, nullptr);
  return FilterFor(rights).Install(kRefuse) ? Sandbox::InForce : Sandbox::NotSupported;
}

}  // namespace cli
