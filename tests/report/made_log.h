#pragma once
// A log that was made up: a loop that goes over, a function that is inlined in it, one that is
// never hot, a loop that is refused and a value that is boxed.

#include "report/events_text.h"

namespace report {

// The text that it is a log of; named "a\033b.gc".
inline constexpr const char* kLoggedProgram =
    "def step(x) = x * 2\n"                         // 1
    "\n"                                            // 2
    "def rare(n) {\n"                               // 3
    "    let k = { for i in range(n) { i }; 1 }\n"  // 4
    "    var t = 0\n"                               // 5
    "    t += 0.5\n"                                // 6
    "    k\n"                                       // 7
    "}\n"                                           // 8
    "\n"                                            // 9
    "def unused() = 1\n"                            // 10
    "\n"                                            // 11
    "var x = 1\n"                                   // 12
    "while x < 1000 {\n"                            // 13
    "    x = step(x)\n"                             // 14
    "}\n"                                           // 15
    "rare(3)\n";                                    // 16

EventLog MadeLog();

}  // namespace report
