#pragma once
// Programs written by hand that keep to the protocol of docs/peers.md.

#include <string>

#include "emit/emit.h"

namespace peers {

// The bench `squares(n)`, the sum of the first n squares, which prints "n = N" at each call. With
// n = 13 it ends with the error `index` in line 1 of the text, which is line 7 of the program. The
// bench `drift` gives 1, 2, 3 ...; the bench `nothing` has the value none.
emit::Translation MeasuredText(emit::Target target);

}  // namespace peers
