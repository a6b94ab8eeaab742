#pragma once
// What the engines that run one program together share: its types and its tables. An engine that
// runs alone has one of its own.

#include "frontend/program.h"
#include "infer/infer.h"
#include "runtime/context.h"
#include "runtime/run_tables.h"

namespace infer {

struct RunState {
  RunState(const frontend::Program& program, runtime::Context& context, Typing typing)
      : inference(program, context.types, typing),
        tables(context, [this](frontend::GlobalId id) { return inference.GlobalType(id); }) {}
  RunState(const RunState&) = delete;
  RunState& operator=(const RunState&) = delete;

  Inference inference;
  runtime::RunTables tables;
};

}  // namespace infer
