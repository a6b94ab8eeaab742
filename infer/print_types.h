#pragma once
// What `lab dump --phase=types` shows: the program with the types of its names.

#include <string>
#include <string_view>

#include "frontend/program.h"
#include "infer/infer.h"
#include "runtime/type.h"

namespace infer {

// "list[int]", "function fib", "any": short, for tables of types.
std::string ShortName(const runtime::TypeTable& types, const frontend::Program& program,
                      TypeId type);

// Infers the top level, `main` and each bench (parameters: as declared, else the
// type of the default, else int), and prints the text of the program: before a
// function the types it was called with, one line for each version; beside a
// line the types of the names that are bound or assigned there, "int / float"
// when versions differ; and why a type is not settled.
//
// fib(n: int) -> int
//   3  def fib(n) = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }  | n: int
//
// `function`: show the lines of this function only, or for "<top>" those of no function; empty:
// all.
std::string PrintTypes(Inference& inference, const frontend::Program& program,
                       std::string_view function = {});

}  // namespace infer
