// Tests: tests/cli/compare_test.cpp.

#include "cli/make_plan.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "cli/complaint.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/peer_machine.h"
#include "frontend/suggest.h"
#include "measure/environment.h"
#include "runtime/number_text.h"

namespace cli {
namespace {

using measure::Parameter;

// "1e6" for a parameter whose default is an int is the int 1000000, since n=1e6 is how people write
// it; "3" for one whose default is a float is 3.0.
std::string ValueFor(const frontend::Expr& default_value, const std::string& text) {
  int64_t whole = 0;
  double real = 0;
  const bool is_int = runtime::ParseInt(text, &whole) == runtime::ParseResult::Ok;
  if (default_value.kind == frontend::ExprKind::Int && !is_int &&
      runtime::ParseFloat(text, &real) == runtime::ParseResult::Ok && std::trunc(real) == real &&
      std::abs(real) < 0x1p63) {
    return std::to_string(static_cast<int64_t>(real));
  }
  if (is_int) {
    return default_value.kind == frontend::ExprKind::Float
               ? runtime::NumberText(runtime::Value::Float(static_cast<double>(whole)))
               : std::to_string(whole);
  }
  return text;
}

// Nothing for a default that is no literal: it is computed at each call.
std::string LiteralText(const frontend::Expr& expr) {
  if (const auto* whole = frontend::DynCast<frontend::IntExpr>(expr)) {
    return std::to_string(whole->value);
  }
  if (const auto* real = frontend::DynCast<frontend::FloatExpr>(expr)) {
    return runtime::NumberText(runtime::Value::Float(real->value));
  }
  if (const auto* boolean = frontend::DynCast<frontend::BoolExpr>(expr)) {
    return boolean->value ? "true" : "false";
  }
  if (const auto* str = frontend::DynCast<frontend::StrExpr>(expr)) {
    return std::string(str->value);
  }
  return {};
}

class PlanMaker {
 public:
  PlanMaker(const MeasureOptions& options, frontend::Color color, Env& env, measure::Plan* plan)
      : options_(options), color_(color), env_(env), plan_(*plan) {}

  bool Make(int* status) {
    status_ = status;
    const auto now = static_cast<std::time_t>(env_.wall_clock());
    plan_.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
    plan_.run =
        fmt::format("{:%Y%m%d-%H%M%S}-{:08x}", fmt::gmtime(now), env_.unique() & 0xffffffff);
    plan_.seed = options_.seed;
    plan_.max_memory_bytes = options_.max_memory_bytes;
    plan_.allowed_externs = options_.allowed_externs;
    plan_.environment = measure::EnvironmentJson(
        measure::ReadEnvironment(measure::MachineFiles(env_.root), env_.clock));
    FindPeers();
    for (const std::string& source : options_.sources) {
      if (!AddProgram(source)) {
        return false;
      }
    }
    return CheckNames();
  }

 private:
  bool Complain(std::string message, std::vector<std::string> help) {
    *status_ = Report({kUsage, std::move(message), std::move(help)}, color_, env_);
    return false;
  }

  // An absent peer costs a line, and no row.
  void FindPeers() {
    for (const peers::Toolchain& toolchain : FindChosen(options_.peers, MachineOf(env_))) {
      if (toolchain.is_ready()) {
        peers_.push_back(toolchain.peer);
      } else {
        WriteError(env_, fmt::format("note: {} is left out: {}\n", toolchain.peer->name,
                                     frontend::Printable(MissingText(toolchain))));
      }
    }
  }

  bool AddProgram(const std::string& path) {
    Source source;
    if (!ReadProgram(path, false, options_.max_source_bytes, color_, env_, &source, status_)) {
      return false;
    }
    for (const measure::ProgramText& program : plan_.programs) {
      if (program.name == source.name) {
        return Complain(fmt::format("`{}` is named twice", source.name), {});
      }
    }
    const auto program = Compile(source, color_, env_, nullptr, status_);
    if (program == nullptr) {
      return false;
    }
    bool has_bench = false;
    for (const frontend::Function& function : program->resolution.functions) {
      if (function.kind == frontend::FunctionKind::Bench) {
        has_bench = true;
        AddBench(source.name, *program, function);
      }
    }
    if (!has_bench) {
      return Complain(fmt::format("`{}` has no bench", source.name),
                      {"a bench is what is measured: bench squares(n = 1_000) = sum(i * i for i in "
                       "range(n))"});
    }
    plan_.programs.push_back({std::move(source.name), std::move(source.text)});
    return true;
  }

  void AddBench(const std::string& name, const frontend::Program& program,
                const frontend::Function& bench) {
    known_benches_.emplace_back(bench.name);
    if (!options_.benches.empty() && std::find(options_.benches.begin(), options_.benches.end(),
                                               bench.name) == options_.benches.end()) {
      return;
    }
    std::vector<std::vector<Parameter>> choices{{}};
    for (const frontend::Param& param : bench.params()) {
      AddParameter(param, &choices);
    }
    for (std::vector<Parameter>& parameters : choices) {
      for (const std::string& engine : options_.engines) {
        plan_.cells.push_back({name, std::string(bench.name), engine, parameters});
      }
      for (const peers::Peer* peer : peers_) {
        plan_.cells.push_back({name, std::string(bench.name), std::string(peer->name), parameters,
                               peers::MathOf(*peer, program)});
      }
    }
  }

  // Every choice so far with every value of the parameter.
  void AddParameter(const frontend::Param& param, std::vector<std::vector<Parameter>>* choices) {
    const std::string name(param.binding.name);
    known_parameters_.push_back(name);
    std::vector<std::string> values{LiteralText(*param.default_value)};
    for (const ParameterSweep& sweep : options_.sweeps) {
      if (sweep.name == name) {
        values.clear();
        for (const std::string& text : sweep.values) {
          values.push_back(ValueFor(*param.default_value, text));
        }
      }
    }
    std::vector<std::vector<Parameter>> longer;
    for (const std::string& value : values) {
      for (std::vector<Parameter> choice : *choices) {
        if (!value.empty()) {
          choice.push_back({name, value});
        }
        longer.push_back(std::move(choice));
      }
    }
    *choices = std::move(longer);
  }

  // Names on the command line that nothing answers to are mistakes.
  bool CheckNames() {
    for (const std::string& bench : options_.benches) {
      if (!CheckName("bench", bench, known_benches_)) {
        return false;
      }
    }
    for (const ParameterSweep& sweep : options_.sweeps) {
      if (!CheckName("parameter", sweep.name, known_parameters_)) {
        return false;
      }
    }
    return true;
  }

  bool CheckName(std::string_view what, const std::string& name,
                 const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), name) != known.end()) {
      return true;
    }
    std::vector<std::string_view> names(known.begin(), known.end());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    Complaint complaint = UnknownWord(what, name, names, {});
    if (!names.empty()) {
      complaint.help.push_back(
          fmt::format("there {} {}", names.size() == 1 ? "is" : "are", ListOf(names)));
    }
    *status_ = Report(complaint, color_, env_);
    return false;
  }

  const MeasureOptions& options_;
  frontend::Color color_;
  Env& env_;
  measure::Plan& plan_;
  int* status_ = nullptr;
  std::vector<const peers::Peer*> peers_;  // that are installed
  std::vector<std::string> known_benches_;
  std::vector<std::string> known_parameters_;
};

}  // namespace

bool MakePlan(const MeasureOptions& options, frontend::Color color, Env& env, measure::Plan* plan,
              int* status) {
  return PlanMaker(options, color, env, plan).Make(status);
}

}  // namespace cli
