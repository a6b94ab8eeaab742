// Running a function on a stack of its own. The stack is address space that is
// committed only as it is touched; the switch is a context switch within the
// thread, which costs about a microsecond where a new thread would cost fifty
// and make every malloc lock. The sanitizers are told of the switch.
//
// An exception is carried across by hand: unwinding must not run off the new
// stack's end.

#include <exception>
#include <utility>

#include <sys/mman.h>
#include <ucontext.h>

#include "frontend/check.h"
#include "runtime/run.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace runtime {

namespace {

constexpr size_t kLargestStack = size_t{8} << 30;
constexpr size_t kSmallestStack = size_t{1} << 20;
constexpr size_t kGuardBytes = 64 * 1024;

// Address space with an unreadable end, as much as the system grants.
class StackMemory {
 public:
  StackMemory() {
    for (size_ = kLargestStack; size_ >= kSmallestStack; size_ /= 2) {
      base_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
      if (base_ != MAP_FAILED) {
        break;
      }
    }
    LAB_CHECK(base_ != MAP_FAILED);
    // A huge page would be cleared whole at the first touch.
    (void)::madvise(base_, size_, MADV_NOHUGEPAGE);
    (void)::mprotect(base_, kGuardBytes, PROT_NONE);
  }
  ~StackMemory() { ::munmap(base_, size_); }
  StackMemory(const StackMemory&) = delete;
  StackMemory& operator=(const StackMemory&) = delete;

  void* base() const { return base_; }
  size_t size() const { return size_; }

 private:
  void* base_ = MAP_FAILED;
  size_t size_ = 0;
};

thread_local const void* large_frames_end = nullptr;

struct Switch {
  const std::function<void()>* body;
  std::exception_ptr thrown;
  ucontext_t outside;
  ucontext_t inside;
#if defined(__SANITIZE_ADDRESS__)
  void* fake_stack = nullptr;
  const void* outside_base = nullptr;
  size_t outside_size = 0;
#endif
#if defined(__SANITIZE_THREAD__)
  void* outside_fiber = nullptr;
  void* inside_fiber = nullptr;
#endif
};

// makecontext passes ints only; a pointer travels as two of them.
void Enter(unsigned high, unsigned low) {
  auto* to = reinterpret_cast<Switch*>(static_cast<uintptr_t>(high) << 32 | low);
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(nullptr, &to->outside_base, &to->outside_size);
#endif
  try {
    (*to->body)();
  } catch (...) {
    to->thrown = std::current_exception();
  }
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(nullptr, to->outside_base, to->outside_size);
#endif
#if defined(__SANITIZE_THREAD__)
  __tsan_switch_to_fiber(to->outside_fiber, 0);
#endif
  ::swapcontext(&to->inside, &to->outside);
}

}  // namespace

const void* LargeFramesEnd() { return large_frames_end; }

void OnLargeStack(const std::function<void()>& body) {
  const StackMemory stack;
  const void* const outer_end = std::exchange(
      large_frames_end, static_cast<const char*>(stack.base()) + stack.size() / 8 * 3);
  Switch to;
  to.body = &body;
  LAB_CHECK(::getcontext(&to.inside) == 0);
  to.inside.uc_stack.ss_sp = stack.base();
  to.inside.uc_stack.ss_size = stack.size();
  to.inside.uc_link = nullptr;
  const auto address = reinterpret_cast<uintptr_t>(&to);
  ::makecontext(&to.inside, reinterpret_cast<void (*)()>(Enter), 2,
                static_cast<unsigned>(address >> 32), static_cast<unsigned>(address));
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(&to.fake_stack, stack.base(), stack.size());
#endif
#if defined(__SANITIZE_THREAD__)
  to.outside_fiber = __tsan_get_current_fiber();
  to.inside_fiber = __tsan_create_fiber(0);
  __tsan_switch_to_fiber(to.inside_fiber, 0);
#endif
  LAB_CHECK(::swapcontext(&to.outside, &to.inside) == 0);
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(to.fake_stack, nullptr, nullptr);
#endif
#if defined(__SANITIZE_THREAD__)
  __tsan_destroy_fiber(to.inside_fiber);
#endif
  large_frames_end = outer_end;
  if (to.thrown != nullptr) {
    std::rethrow_exception(to.thrown);
  }
}

}  // namespace runtime
