// The formats of GNU time, against what it prints itself.

#include "report/gnu_time.h"

#include <csignal>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "frontend/diagnostic.h"

namespace report {
namespace {

// What `time -v true` has measured when the sample was taken.
TimedRun SampleRun() {
  TimedRun run{"true", "interp", {}};
  run.end.seconds = 0.001;
  run.end.usage.ru_utime = {0, 500};
  run.end.usage.ru_maxrss = 1088;
  run.end.usage.ru_majflt = 1;
  run.end.usage.ru_minflt = 72;
  run.end.usage.ru_nvcsw = 3;
  run.end.usage.ru_inblock = 64;
  return run;
}

TimedRun RunOf(double seconds) {
  TimedRun run{"lab run x.gc", "jit", {}};
  run.end.seconds = seconds;
  return run;
}

TEST(GnuTimeTest, PrintsAllFieldsAsGnuTimeDoes) {
  std::ifstream file("tests/oracle/formats/gnu_time_1.9_verbose.txt");
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(GnuTimeText(kVerboseFormat, SampleRun()), expected.str());
}

TEST(GnuTimeTest, KnowsTheSequences) {
  TimedRun run = SampleRun();
  run.end.seconds = 2.5;
  run.end.usage.ru_utime = {1, 239'999};
  run.end.usage.ru_stime = {0, 19'999};
  run.end.usage.ru_nivcsw = 5;
  run.end.usage.ru_oublock = 8;
  run.end.exit_status = 3;
  EXPECT_EQ(GnuTimeText("%e|%E|%U|%S|%P|%M|%F|%R|%w|%c|%I|%O|%x|%C|%%", run),
            "2.50|0:02.50|1.23|0.01|50%|1088|1|72|3|5|64|8|3|true|%\n");
  EXPECT_EQ(GnuTimeText("%t|%K|%D|%p|%X|%W|%s|%r|%k", run), "0|0|0|0|0|0|0|0|0\n");
  EXPECT_EQ(GnuTimeText(kPortableFormat, run), "real 2.50\nuser 1.23\nsys 0.01\n");
}

TEST(GnuTimeTest, ShowsACommandHarmlessly) {
  TimedRun run = SampleRun();
  run.command = "lab run e\x1b[31m\u202e.gc";
  EXPECT_EQ(GnuTimeText("%C", run), frontend::Printable(run.command) + "\n");
  EXPECT_EQ(GnuTimeText("%C", run).find('\x1b'), std::string::npos);
}

TEST(GnuTimeTest, MarksWhatItDoesNotKnow) {
  EXPECT_EQ(GnuTimeText("%q|a\\tb\\nc\\qd\\\\", RunOf(1)), "?q|a\tb\nc?\\qd\\\n");
  EXPECT_EQ(GnuTimeText("end%", RunOf(1)), "end?\n");
  EXPECT_EQ(GnuTimeText("end\\", RunOf(1)), "end?\\\n");
  EXPECT_EQ(GnuTimeText("", RunOf(1)), "\n");
}

TEST(GnuTimeTest, CutsHundredthsAndDropsThemFromAnHour) {
  EXPECT_EQ(GnuTimeText("%e %E", RunOf(59.999)), "59.99 0:59.99\n");
  EXPECT_EQ(GnuTimeText("%e %E", RunOf(61.5)), "61.50 1:01.50\n");
  EXPECT_EQ(GnuTimeText("%e %E", RunOf(3599.999)), "3599.99 59:59.99\n");
  EXPECT_EQ(GnuTimeText("%e %E", RunOf(3661.75)), "3661.75 1:01:01\n");
  EXPECT_EQ(GnuTimeText("%P", RunOf(0)), "?%\n");
}

TEST(GnuTimeTest, SaysHowAProgramEndedBadly) {
  EXPECT_EQ(BadEndText({}), "");
  EXPECT_EQ(BadEndText({.exit_status = 3}), "Command exited with non-zero status 3\n");
  EXPECT_EQ(BadEndText({.signal = SIGKILL}), "Command terminated by signal 9\n");
}

TEST(GnuTimeTest, PutsRunsSideBySide) {
  TimedRun base = RunOf(1);
  base.backend = "interp";
  base.end.usage.ru_utime = {0, 800'000};
  base.end.usage.ru_maxrss = 12 * 1024;
  TimedRun other = RunOf(0.25);
  other.end.usage.ru_maxrss = 36 * 1024;
  other.end.usage.ru_minflt = 1551;
  const TimedRun runs[] = {base, other};
  EXPECT_EQ(SideBySideText(runs),
            "                                interp       jit  jit/interp\n"
            "────────────────────────────────────────────────────────────\n"
            "Elapsed (wall clock) time       1.00 s    250 ms       0.250\n"
            "User time                       800 ms         0       0.000\n"
            "System time                          0         0\n"
            "Percent of CPU                     80%        0%\n"
            "Maximum resident set size     12.0 MiB  36.0 MiB        3.00\n"
            "Major page faults                    0         0\n"
            "Minor page faults                    0     1,551\n"
            "Voluntary context switches           0         0\n"
            "Involuntary context switches         0         0\n"
            "File system inputs                   0         0\n"
            "File system outputs                  0         0\n"
            "Exit status                          0         0\n");
}

TEST(GnuTimeTest, WritesJson) {
  TimedRun run = SampleRun();
  run.command = "lab run -e \xff";
  const TimedRun runs[] = {run};
  const nlohmann::json document = nlohmann::json::parse(TimedRunsJson(runs));
  ASSERT_EQ(document.at("runs").size(), 1u);
  const nlohmann::json& entry = document["runs"][0];
  EXPECT_EQ(entry.at("elapsed_seconds"), 0.001);
  EXPECT_EQ(entry.at("user_seconds"), 0.0005);
  EXPECT_EQ(entry.at("maximum_resident_kbytes"), 1088);
  EXPECT_EQ(entry.at("minor_page_faults"), 72);
}

}  // namespace
}  // namespace report
