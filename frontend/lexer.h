#pragma once
// Text to tokens. All decisions about line ends are taken here: a Newline token
// stands only where it ends an item. Brackets come out balanced, whatever the
// text holds, so that the parser never loses its footing.

#include "frontend/diagnostic.h"
#include "frontend/source.h"
#include "frontend/token.h"

namespace frontend {

TokenBuffer Lex(const SourceFile& source, DiagnosticSink& sink);

}  // namespace frontend
