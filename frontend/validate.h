#pragma once
// The first look at a file: is it text that can be read at all?

#include "frontend/diagnostic.h"
#include "frontend/source.h"

namespace frontend {

// False when the bytes are not worth lexing: not UTF-8, or with NUL bytes. Lone
// carriage returns and bidi controls are reported, too, but do not stop.
bool ValidateText(const SourceFile& source, DiagnosticSink& sink);

}  // namespace frontend
