// The table of commands, and the way from a command line to one of them. Only the flags of the
// command that is asked for are ever set up: a short run should not pay for the others.
// Tests: tests/cli/usage_test.cpp.

#include "cli/commands.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sys/stat.h>

#include <fmt/format.h>

#include "cli/complaint.h"
#include "cli/parse_compare.h"
#include "cli/parse_options.h"
#include "cli/parse_peers.h"
#include "cli/parse_time.h"
#include "cli/parse_warmup.h"
#include "cli/parse_why.h"
#include "cli/peers_help.h"
#include "cli/time_help.h"
#include "cli/why_help.h"
#include "frontend/suggest.h"
#include "measure/process_worker.h"

namespace cli {

namespace {

template <typename Options>
int ParseAndRun(Parsed<Options> (*parse)(const std::vector<std::string>&),
                int (*run)(const Options&, Env&), const std::vector<std::string>& args, Env& env) {
  const Parsed<Options> parsed = parse(args);
  if (const auto* complaint = std::get_if<Complaint>(&parsed)) {
    return Report(*complaint, ColorOf(args, env), env);
  }
  if constexpr (!std::is_same_v<Options, HelpOptions>) {
    if (const auto* help = std::get_if<HelpOptions>(&parsed)) {
      return RunHelp(*help, env);
    }
  }
  return run(std::get<Options>(parsed), env);
}

int ParseAndRunRun(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<RunOptions>(ParseRun, RunRun, args, env);
}
int ParseAndRunCompare(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<CompareOptions>(ParseCompare, RunCompare, args, env);
}
int ParseAndRunWarmup(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<WarmupOptions>(ParseWarmup, RunWarmup, args, env);
}
int ParseAndRunWhy(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<WhyOptions>(ParseWhy, RunWhy, args, env);
}
int ParseAndRunDump(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<DumpOptions>(ParseDump, RunDump, args, env);
}
int ParseAndRunEmit(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<EmitOptions>(ParseEmit, RunEmit, args, env);
}
int ParseAndRunPeers(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<PeersOptions>(ParsePeers, RunPeers, args, env);
}
int ParseAndRunCheck(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<CheckOptions>(ParseCheck, RunCheck, args, env);
}
int ParseAndRunTime(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<TimeOptions>(ParseTime, RunTime, args, env);
}
int ParseAndRunTimeit(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<TimeitOptions>(ParseTimeit, RunTimeit, args, env);
}
int ParseAndRunReport(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<ReportOptions>(ParseReport, RunReport, args, env);
}
int ParseAndRunDoctor(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<DoctorOptions>(ParseDoctor, RunDoctor, args, env);
}
int ParseAndRunHelp(const std::vector<std::string>& args, Env& env) {
  return ParseAndRun<HelpOptions>(ParseHelp, RunHelp, args, env);
}

constexpr std::string_view kRunHelp =
    R"(Examples
  lab run programs/fib.gc                  a program; `lab programs/fib.gc` does the same
  lab run programs/fib.gc 24               24 is main's first argument
  lab run programs/fib.gc n=24             the same by name
  lab run -e 'sum(x * x for x in [1, 2])'  the value of an expression; `lab -e` does the same
  echo 'print(6 * 7)' | lab -              a program from standard input
  lab run --stats programs/fib.gc          where the time goes, and how much is done
  lab run --backend=jit programs/fib.gc    compiled to machine code before it runs
  lab run --backend=jit --math=fast --stats programs/great_circle.gc
  lab run --time-limit=2 --max-memory=64M prog.gc

Flags stand before FILE: whatever follows FILE belongs to the program.

  -e EXPR                print the value of EXPR (or run several items, separated by `;`)
  --backend=NAME         the engine (default interp)
                           interp  a tree-walking interpreter
                           jit     a compiler: machine code, specialised by argument types
                           tiered  interprets at once, and compiles in the background what is hot
  --interp=MODE          how much the interpreter knows (default fused)
                           boxed  every value carries its type
                           typed  types are found first, values are plain
                           fused  typed, with one tree node for common larger shapes
  --opt=LEVEL            how much the jit optimises (default 2)
                           0  not at all      2  fully
                           1  cheaply         3  with more unrolling and inlining
  --math=MODE            of compiled code: strict, or fast, which computes several calls of sin,
                         exp and the like at once; their last digits may differ (default strict)
  --tier=MODE            when tiered goes over to machine code (default auto)
                           auto    when it has been interpreted for about as long as compiling
                                   takes; sooner when a core is idle
                           calls   at the first call; loops not at all      (these three are for
                           loops   at the first turn; calls not at all      tests: nothing runs in
                           random  at random calls and turns                the background)
  --tier-threshold=N     of --tier=auto: compile what was called N times, or did N turns, instead
  --tier-seed=N          of --tier=random, from 1 on
  --events=FILE          what jit or tiered decided, compiled and entered; as JSON lines, or for
                         FILE.json as a trace for ui.perfetto.dev and chrome://tracing
  --perf                 names of compiled functions for `perf`, /tmp/perf-PID.map
  --gdb                  names of compiled functions for `gdb`
  --stats                on standard error: the time of each phase, and counts of the work done
  --no-sandbox           let the program, and libraries of --allow-extern, ask the system for
                         anything; so it is with --perf too (docs/threats.md)
  --time-limit=SECONDS   end the program after this time: 2, 0.5, 500ms
  --max-memory=SIZE      end the program when it holds more: 64k, 512M, 2G (default 1G)
  --max-source=SIZE      refuse larger programs (default 16M)
  --allow-extern=NAME    let `extern "NAME"` load this library; may be repeated
  --color=WHEN           auto, always or never
)";

constexpr std::string_view kCompareHelp =
    R"(Examples
  lab compare programs/great_circle.gc     every bench on every engine, in under a minute
  lab compare --bench=raw,factored programs/great_circle.gc
  lab compare --backend=interp-boxed,interp,jit,jit:fast programs/trig.gc
  lab compare --set n=10,20,25 programs/fib.gc
  lab compare --backend=jit,jit programs/trig.gc         what this machine can tell apart
  lab compare --peers=all programs/great_circle.gc       CPython, PyPy, C and others beside them
  lab compare --from great_circle.results.jsonl          the same table again
  lab compare --resume great_circle.results.jsonl        complete what was interrupted

Engines: a backend (interp, jit, tiered), a mode of it (interp-boxed, jit-O0), and :fast behind jit
or tiered for --math=fast. Answers are compared before anything is timed.

  --backend=LIST         engines (default: all backends)
  --peers=LIST           other language systems, all or none (default none): cpython, pypy, cython,
                         lua, luajit, node, gcc, clang; `lab peers` tells which are installed
  --bench=LIST           benches (default: all of the programs)
  --set NAME=VALUES      values of a parameter; several make a sweep
  --processes=N          fresh processes a row (default: 10 to 16)
  --iterations=N         samples a process (default: what the time allows)
  --seconds=TIME         for everything together (default 40; with peers 120)
  --base=ENGINE          what times are divided by (default: the first engine)
  --base-bench=BENCH     what variants are divided by (default: the first of them)
  -o FILE                append the samples to this file (default: PROGRAM.results.jsonl)
  --no-save              keep no samples
  --from=FILE            show a run of a results file, or results of hyperfine or pyperf
  --export=FORMAT:FILE   markdown, csv, samples-csv, hyperfine, hyperfine-iterations, pyperf or
                         warmup-csv; `-` is standard output; may be repeated
  --json                 the numbers of the table for programs
  --resume=FILE          measure what is missing of a run, and show it
  --run=ID               the run of that file (default: the last)
  --seed=N               of the order of the processes (default 1)
  --answer-limit=TIME    give up on a process that is silent for so long (default 10m)
  --max-memory=SIZE      of each program (default 1G)
  --max-source=SIZE      refuse larger programs (default 16M)
  --allow-extern=NAME    a library that extern may load
  --no-sandbox           let programs ask the system for anything, as for `lab run`
  --color=WHEN           auto, always or never
)";

constexpr std::string_view kWarmupHelp =
    R"(Examples
  lab warmup --bench=raw --backend=jit programs/great_circle.gc
  lab warmup --plot=all --html=warmup.html programs/fib.gc
  lab warmup --from=great_circle.results.jsonl           the samples of `lab compare`
  lab warmup --from=series.csv --compat=warmup_stats --json

Shows the time of each run of a fresh process in order, where its level changes, and which part is
steady: flat, warmup, slowdown or no steady state. docs/warmup.md explains the plot.

  --from=FILE            a series (CSV, one value a line, hyperfine, pyperf) or a results file
  --run=ID               the run of a results file (default: the last)
  --compat=warmup_stats  classify as that program does, errors included
  --plot=WHICH           all, first (process of each row, the default) or none
  --svg=FILE             all plots as an image
  --html=FILE            all plots as a page, with the numbers
  --json                 the numbers for programs
  --backend=LIST         engines (default: all backends)
  --peers=LIST           other language systems, as for `lab compare`
  --bench=LIST           benches (default: all of the programs)
  --set NAME=VALUES      values of a parameter
  --processes=N          fresh processes a row (default 3)
  --iterations=N         runs a process (default: what the time allows)
  --seconds=TIME         for everything together (default 40; with peers 120)
  -o FILE                append the samples to this file
  --seed=N, --answer-limit=TIME, --max-memory=SIZE, --max-source=SIZE, --no-sandbox, --color=WHEN
                         as for `lab compare`
)";

constexpr std::string_view kDumpHelp =
    R"(Examples
  lab dump --phase=tokens prog.gc          what the lexer makes of the text
  lab dump --phase=ast prog.gc             the tree
  lab dump --phase=resolved prog.gc        which variable each name means
  lab dump --phase=types prog.gc           the types found, and why where none could be
  lab dump --phase=ast -e '1 + 2 * 3'
  lab dump --phase=ir prog.gc              what the compiler hands to LLVM
  lab dump --phase=ir-opt prog.gc          what LLVM's optimiser makes of it
  lab dump --phase=asm --function=fib programs/fib.gc

  -e EXPR                take the program's text from the command line
  --phase=PHASE          tokens, ast, resolved, types, ir, ir-opt or asm
  --function=NAME        only this function; for types and later phases
  --opt=LEVEL            0, 1, 2 or 3, as for `lab run`; for ir, ir-opt and asm
  --math=MODE            strict or fast; for ir, ir-opt and asm
  --max-source=SIZE      refuse larger programs (default 16M)
  --color=WHEN           auto, always or never
)";

constexpr std::string_view kReportHelp =
    R"(Examples
  lab report results.jsonl                 writes results.html, beside the results
  lab report results.jsonl -o page.html
  lab report results.jsonl --run=2026-11-28T10:11:36Z-1 -o page.html

One page that needs no network: what was found in plain words, the comparison, warm-up curves,
break-even, ratios with their intervals, compile times, the machine.

  -o FILE                where the page goes; `-` is standard output
  --run=ID               which run of the file (default: its last)
  --color=WHEN           auto, always or never
)";

constexpr std::string_view kDoctorHelp =
    R"(Examples
  lab doctor                               what to cure before measuring, worst first
  lab doctor --json                        the same for programs, with all that was seen
  lab doctor --json | jq '.findings[] | select(.severity == "serious")'

It watches the machine for half a second, changes nothing and needs no privileges. Each finding has
a fixed name, what was seen, its effect on times, and a cure:

  serious                times from here mislead
  warning                expect differences of some percent that are not the program's
  note                   matters for small differences, or for some measurements only
  unknown                could not be looked at: containers and virtual machines hide much
  ok                     nothing to do

The exit status is 0 whatever it finds.

  --json                 one JSON object
  --color=WHEN           auto, always or never
)";

constexpr std::string_view kHelpHelp =
    R"(Examples
  lab help                                 all commands
  lab help run                             a command
  lab help E0107                           what an error of the compiler means
  lab help language                        the language on one screen
  lab help exit-codes                      how `lab` ends

  --color=WHEN           auto, always or never
)";

constexpr Command kCommands[] = {
    {"run", "run a program", "lab run [FLAGS] FILE [ARGUMENTS]", kRunHelp, ParseAndRunRun},
    {"compare", "measure benches on several engines", "lab compare [FLAGS] FILE...", kCompareHelp,
     ParseAndRunCompare},
    {"warmup", "show the runs of fresh processes in order, and when they are steady",
     "lab warmup [FLAGS] FILE...", kWarmupHelp, ParseAndRunWarmup},
    {"time", "run a program, and say what it has used", "lab time [FLAGS] FILE [ARGUMENTS]",
     kTimeHelp, ParseAndRunTime},
    {"timeit", "time a statement", "lab timeit [FLAGS] STATEMENT...", kTimeitHelp,
     ParseAndRunTimeit},
    {"check", "compare what a program answers on all engines and peers",
     "lab check [FLAGS] FILE [ARGUMENTS]", kCheckHelp, ParseAndRunCheck},
    {"peers", "tell which other language systems are installed", "lab peers [--json]", kPeersHelp,
     ParseAndRunPeers},
    {"emit", "write a program in another language", "lab emit --to=LANGUAGE FILE [-o OUT]",
     kEmitHelp, ParseAndRunEmit},
    {"why", "tell what an engine did with each function and loop, and why",
     "lab why [FLAGS] FILE[:LINE] [ARGUMENTS]", kWhyHelp, ParseAndRunWhy},
    {"dump", "show what a phase of the compiler makes of a program", "lab dump --phase=PHASE FILE",
     kDumpHelp, ParseAndRunDump},
    {"report", "make a page of results", "lab report RESULTS.jsonl [-o FILE]", kReportHelp,
     ParseAndRunReport},
    {"doctor", "tell what on this machine weakens a measurement", "lab doctor [--json]",
     kDoctorHelp, ParseAndRunDoctor},
    {"help", "explain a command, an error or the language", "lab help [TOPIC]", kHelpHelp,
     ParseAndRunHelp},
};

bool IsFlag(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

// Whether a word that is no command is meant as a file.
bool LooksLikeFile(const std::string& word) {
  struct stat about;
  return word == "-" || word.find_first_of("/.") != std::string::npos ||
         stat(word.c_str(), &about) == 0;
}

int ReportUnknownCommand(const std::string& word, const std::vector<std::string>& args, Env& env) {
  std::vector<std::string_view> known;
  for (const Command& command : kCommands) {
    known.push_back(command.name);
  }
  Complaint complaint = UnknownWord("command", word, known, "");
  struct stat about;
  const std::string file = word + ".gc";
  if (stat(file.c_str(), &about) == 0) {
    complaint.help = {fmt::format("did you mean the file `{}`?", file)};
  }
  complaint.help.push_back(fmt::format("the commands are {}", ListOf(known)));
  return Report(complaint, ColorOf(args, env), env);
}

int Dispatch(const std::vector<std::string>& args, Env& env) {
  if (args.empty()) {
    return RunHelp({.topic = std::string(kWelcomeTopic)}, env);
  }
  const std::string& first = args[0];
  if (first == measure::kWorkerCommand) {
    return RunWorker({args.begin() + 1, args.end()}, env);
  }
  if (const Command* command = FindCommand(first)) {
    return command->run({args.begin() + 1, args.end()}, env);
  }
  if (first == "-h" || first == "--help") {
    return RunHelp({}, env);
  }
  if (!IsFlag(first) && !LooksLikeFile(first)) {
    return ReportUnknownCommand(first, args, env);
  }
  return ParseAndRunRun(args, env);
}

// `lab --color=never run prog.gc`: the one flag that all commands share may stand before them.
std::vector<std::string> MoveColorBehindCommand(const std::vector<std::string>& args) {
  size_t end = 0;
  while (end < args.size() && args[end].starts_with("--color")) {
    end += args[end] == "--color" ? 2 : 1;
  }
  std::vector<std::string> moved = args;
  if (end < args.size() && FindCommand(args[end]) != nullptr) {
    std::rotate(moved.begin(), moved.begin() + static_cast<ptrdiff_t>(end),
                moved.begin() + static_cast<ptrdiff_t>(end) + 1);
  }
  return moved;
}

// Nothing is well when what was written has not arrived.
int FlushAtEnd(int status, const std::vector<std::string>& args, Env& env) {
  if (!env.out.Flush() && status == kOk) {
    if (env.out.error == EPIPE) {
      return kReaderGone;
    }
    const Complaint complaint{
        kInputOutput, fmt::format("cannot write the output: {}", std::strerror(env.out.error))};
    return Report(complaint, ColorOf(args, env), env);
  }
  return status;
}

}  // namespace

std::span<const Command> Commands() { return kCommands; }

const Command* FindCommand(std::string_view name) {
  for (const Command& command : kCommands) {
    if (command.name == name) {
      return &command;
    }
  }
  return nullptr;
}

int Main(const std::vector<std::string>& args, Env& env) {
  const int status = Dispatch(MoveColorBehindCommand(args), env);
  return FlushAtEnd(status, args, env);
}

}  // namespace cli
