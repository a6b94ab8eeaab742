// Results with a different number in each field, so that no two can be mixed up unnoticed.

#include "tests/measure/made_results.h"

#include "measure/results_json.h"

namespace measure {

Results MadeResults() {
  Results results;
  Plan& plan = results.plan;
  plan.run = "20261128-101136-0001";
  plan.started = "2026-11-28T10:11:36Z";
  plan.programs = {{"p.gc", "bench b(n = 1, s = \"\\n\") = n\n"}};
  plan.cells = {{"p.gc", "b", "interp", {{"n", "1000"}, {"s", "a \"b\"\n"}}},
                {"p.gc", "b", "jit:fast", {{"n", "1000"}, {"s", "a \"b\"\n"}}}};
  plan.sampling = {{.calls = 1, .iterations = 3, .cold = 2, .block = 1},
                   {.calls = 5000000000, .iterations = 4, .cold = 1, .block = 2}};
  plan.rounds = 3;
  plan.seed = 0xfedcba9876543210;
  plan.base_engine = "interp";
  plan.base_bench = "b";
  plan.max_memory_bytes = uint64_t{1} << 33;
  plan.allowed_externs = {"libc.so.6"};
  plan.environment = "{\"cpu\":\"x\",\"cores\":2}";
  results.probes = {{0, 0.125, {{DoubtKind::Discarded, "one"}, {DoubtKind::NoValue, "two"}}},
                    {1, 1e-9, {{DoubtKind::NoGrowth, "three"}, {DoubtKind::Folded, "four"}}}};
  double number = 0.1;
  const auto next = [&] { return number *= 1.37; };
  for (uint32_t round = 0; round < plan.rounds; ++round) {
    for (uint32_t cell = 0; cell < plan.cells.size(); ++cell) {
      const Sampling& sampling = plan.sampling[cell];
      ProcessRun run{.cell = cell, .round = round};
      run.startup_seconds = next();
      run.before = {{"lex", next()}, {"top level", next()}};
      for (uint32_t first = 0; first < sampling.iterations;) {
        Batch batch{first, sampling.calls, next(), {}};
        const uint32_t count = first == 0 ? sampling.cold : sampling.block;
        for (uint32_t i = 0; i < count && first < sampling.iterations; ++i, ++first) {
          batch.seconds.push_back(next());
        }
        run.batches.push_back(batch);
      }
      run.engine = {{"infer", next()}};
      run.value = "7";
      run.output = "line\n\ttab é\n";
      run.tiers = {{"tree", 1 + cell}, {"native", uint64_t{1} << 40}};
      run.peak_bytes = 1000 + round;
      run.involuntary_switches = 10 + cell;
      results.processes.push_back(run);
    }
    results.rounds_done.push_back(round);
  }
  return results;
}

std::string RecordsOf(const Results& results, const std::string& attempt) {
  const std::string& run = results.plan.run;
  std::string text = PlanRecord(results.plan);
  for (const Probe& probe : results.probes) {
    text += ProbeRecord(run, probe);
  }
  for (const uint32_t round : results.rounds_done) {
    for (const ProcessRun& process : results.processes) {
      if (process.round == round) {
        const RecordKey key{run, attempt, round, process.cell};
        text += StartRecord(key, process);
        for (const Batch& batch : process.batches) {
          text += BatchRecord(key, batch);
        }
        text += EndRecord(key, process);
      }
    }
    text += RoundRecord({run, attempt, round, 0});
  }
  return text;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

}  // namespace measure
