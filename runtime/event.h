#pragma once
// What an engine decided and did in the course of a run: the log that `--events`, `lab why` and the
// marks on warm-up curves are views of. Functions and types stand in it as texts, so that it can be
// kept and read without the run.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace runtime {

// What an engine does on its own account is said by when it began. docs/events.md has the fields.
enum class EventKind : uint8_t {
  Typed,         // a function was made ready for arguments of certain types: a version
  Boxed,         // a value in it carries its type with it, because that is not settled
  Refused,       // something that could have been done will not be: what, reason
  Hot,           // enough has been spent on it
  Started,       // the compiler has been made ready
  Queued,        // handed to the compile thread, lowered
  CompileBegin,  // optimising it, by the compile thread or by the run itself
  Phase,         // a part of compiling it
  Inlined,       // calls of it are no calls any more in `into`
  CompileEnd,    // with sizes
  Published,     // its machine code may be used from now on
  Entered,       // the first call or turn that went over to machine code
  Waited,        // the run stood still until the compile thread was done
  Interpreted,   // the run is over, and it was never entered
};

enum class EventThread : uint8_t { Run, Compile };

// The name of a variable, and the type that is known of it where it stands.
struct TypedName {
  std::string name;
  uint32_t line = 0;
  std::string type;

  bool operator==(const TypedName&) const = default;
};

struct Event {
  EventKind kind = EventKind::Hot;
  double seconds = 0;                     // Context::clock; when it began, of what lasts
  double lasts_seconds = 0;               // Started, Phase, Waited
  EventThread thread = EventThread::Run;  // that did it
  // What it is about: a version of a function, or a loop of it. Not of Started and Waited.
  std::string function = {};   // "<top>", "<lambda>" and "<generator>" have no other name
  uint32_t function_line = 0;  // where it is declared; 0: the top level
  uint32_t version = 0;
  std::string types = {};  // of parameters and captures: "int, float"
  uint32_t loop_line = 0;  // 0: the function itself
  uint32_t loop_column = 0;
  // By kind.
  std::string result = {};            // Typed: the type of its value
  std::vector<TypedName> names = {};  // Typed
  double spent_seconds = 0;           // Hot, Interpreted: on interpreting it
  double estimated_seconds = 0;       // Hot, Interpreted: that compiling it was thought to take
  double pause_seconds = 0;  // Started, Queued, Published: the longest pause of the run for it
  std::string phase = {};    // Phase: "lower", "optimise", "codegen", "link"
  std::vector<uint32_t> versions = {};  // CompileEnd: all that its machine code holds
  uint64_t instructions = 0;            // CompileEnd: as lowered
  uint64_t code_bytes = 0;              // CompileEnd
  uint32_t into = 0;                    // Inlined; Refused, of inlining: a version
  std::string what = {};                // Boxed: "`x`"; Refused: a name of kRefused...
  std::string reason = {};              // Boxed, Refused: what follows `what`
  std::string advice = {};              // the edit that would change it; empty: none is known
  uint32_t line = 0;                    // Boxed: of the value
  uint32_t column = 0;
};

// What Refused can be about.
inline constexpr std::string_view kRefusedEntering = "entering";      // a running loop
inline constexpr std::string_view kRefusedOptimising = "optimising";  // it is compiled without
inline constexpr std::string_view kRefusedInlining = "inlining";      // calls of it in `into`

// "hot", "compile-begin" and so on, as in logs; and back.
std::string_view Name(EventKind kind);
bool FindEventKind(std::string_view name, EventKind* kind);
// "run", "compile".
std::string_view Name(EventThread thread);

// In the order of time; what happened at once keeps its order.
void SortByTime(std::vector<Event>* events);

}  // namespace runtime
