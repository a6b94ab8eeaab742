#pragma once
// The commands of `lab`. Main() finds the command, has its options parsed and
// runs it; a new command is a row in commands.cpp and a Run function.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/env.h"
#include "cli/exit_status.h"
#include "cli/options.h"

namespace cli {

struct Command {
  std::string_view name;
  std::string_view summary;  // for the overview
  std::string_view usage;    // one line
  std::string_view help;     // what `lab help NAME` prints below the usage: examples first
  // Parses `args`, which stand after the command's name, and runs.
  int (*run)(const std::vector<std::string>& args, Env& env);
};

std::span<const Command> Commands();
// Null when there is none of that name.
const Command* FindCommand(std::string_view name);

// Topics of RunHelp that nobody types.
inline constexpr std::string_view kWelcomeTopic = "--welcome";
inline constexpr std::string_view kVersionTopic = "--version";

int RunRun(const RunOptions& options, Env& env);
int RunWhy(const WhyOptions& options, Env& env);
int RunCompare(const CompareOptions& options, Env& env);
int RunWarmup(const WarmupOptions& options, Env& env);
int RunWorker(const std::vector<std::string>& args, Env& env);
int RunDump(const DumpOptions& options, Env& env);
int RunEmit(const EmitOptions& options, Env& env);
int RunPeers(const PeersOptions& options, Env& env);
int RunCheck(const CheckOptions& options, Env& env);
int RunTime(const TimeOptions& options, Env& env);
int RunTimeit(const TimeitOptions& options, Env& env);
int RunReport(const ReportOptions& options, Env& env);
int RunDoctor(const DoctorOptions& options, Env& env);
int RunHelp(const HelpOptions& options, Env& env);

// `args` is the command line without the program's name. Returns the exit status; everything
// written has been flushed.
int Main(const std::vector<std::string>& args, Env& env);

}  // namespace cli
