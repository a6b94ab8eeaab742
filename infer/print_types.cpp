// The annotated listing. Tested by tests/infer/print_types_test.cpp.

#include "infer/print_types.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "frontend/diagnostic.h"
#include "infer/reach.h"
#include "runtime/builtins.h"

namespace infer {

using frontend::Expr;
using frontend::Function;
using frontend::FunctionId;
using frontend::FunctionKind;
using frontend::LocalId;
using frontend::RefKind;
using frontend::Span;
using runtime::kAny;
using runtime::Type;
using runtime::TypeKind;

namespace {

// So many different types of one name are shown; the headers name them all.
constexpr size_t kMaxTypes = 4;

// Wider lines do not move the column of types for all others.
constexpr size_t kMaxColumn = 72;

size_t Width(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

class Listing {
 public:
  Listing(Inference& inference, const frontend::Program& program)
      : inference_(inference), program_(program), lines_(program.source->line_count() + 1) {}

  // Empty: all functions.
  std::string Print(std::string_view function);

 private:
  struct Name {
    uint32_t at;  // offset in the source: names of a line stand in its order
    std::string name;
    std::string types;
  };
  struct Line {
    std::vector<std::string> headers;
    std::vector<Name> names;
    std::vector<std::pair<std::string, std::string>> reasons;  // what, why
  };

  // By one-based line: whether it is part of what is asked for.
  std::vector<bool> LinesOf(std::string_view function) const;
  Line& LineAt(uint32_t offset) { return lines_[program_.source->Locate(offset).line]; }
  std::string NameOf(TypeId type) const { return ShortName(inference_.types(), program_, type); }
  void AddFunction(FunctionId id, const std::vector<VersionId>& versions);
  std::string Header(const Function& function, const Version& version) const;
  void AddLocal(const std::vector<VersionId>& versions, LocalId local, std::string_view name,
                uint32_t at);
  void AddGlobals();
  void AddReasons(const Version& version);
  std::string Annotation(const Line& line) const;
  std::string Reasons(const Line& line) const;

  Inference& inference_;
  const frontend::Program& program_;
  std::vector<Line> lines_;  // by one-based line
};

std::vector<bool> Listing::LinesOf(std::string_view function) const {
  const bool is_top = function == program_.resolution.functions[frontend::kTopFunction].name;
  std::vector<bool> shown(lines_.size(), function.empty() || is_top);
  for (const Function& it : program_.resolution.functions) {
    if (it.decl != nullptr && (is_top || it.name == function)) {
      const uint32_t last = program_.source->Locate(it.decl->span.end).line;
      for (uint32_t line = program_.source->Locate(it.decl->span.begin).line; line <= last;
           ++line) {
        shown[line] = !is_top;
      }
    }
  }
  return shown;
}

std::string Listing::Print(std::string_view function) {
  const auto reached = Reach(inference_, program_, RequestRoots(inference_, program_));
  for (FunctionId id = 0; id < reached.size(); ++id) {
    AddFunction(id, reached[id]);
  }
  AddGlobals();
  const frontend::SourceFile& source = *program_.source;
  const std::vector<bool> shown = LinesOf(function);
  std::vector<std::string> annotations;
  size_t column = 0;
  for (uint32_t line = 1; line <= source.line_count(); ++line) {
    annotations.push_back(shown[line] ? Annotation(lines_[line]) : "");
    const size_t width = Width(frontend::Printable(source.Line(line)));
    if (!annotations.back().empty() && width <= kMaxColumn) {
      column = std::max(column, width);
    }
  }
  const size_t digits = std::max<size_t>(4, std::to_string(source.line_count()).size());
  std::string out;
  for (uint32_t line = 1; line <= source.line_count(); ++line) {
    if (!shown[line]) {
      continue;
    }
    for (const std::string& header : lines_[line].headers) {
      out += header + "\n";
    }
    const std::string text = frontend::Printable(source.Line(line));
    if (text.empty() && line == source.line_count()) {
      break;
    }
    const std::string number = std::to_string(line);
    out += std::string(digits - number.size(), ' ') + number;
    const std::string& annotation = annotations[line - 1];
    if (!text.empty() || !annotation.empty()) {
      out += "  " + text;
    }
    if (!annotation.empty()) {
      const size_t width = Width(text);
      out += std::string(width < column ? column - width : 0, ' ') + "  | " + annotation;
    }
    out += "\n";
  }
  return out;
}

void Listing::AddFunction(FunctionId id, const std::vector<VersionId>& versions) {
  const Function& function = program_.resolution.functions[id];
  if (versions.empty()) {
    if (function.kind == FunctionKind::Def) {
      LineAt(function.decl->span.begin)
          .headers.push_back(std::string(function.name) + ": not called with known types");
    }
    return;
  }
  if (function.decl != nullptr) {
    Line& line = LineAt(function.decl->span.begin);
    for (const VersionId version : versions) {
      line.headers.push_back(Header(function, inference_.Get(version)));
    }
  }
  const LocalId first_own = static_cast<LocalId>(function.param_count + function.captures.size());
  for (LocalId local = 0; local < function.locals.size(); ++local) {
    const bool is_capture = local >= function.param_count && local < first_own;
    const bool is_source = function.kind == FunctionKind::Generator && local == 0;
    if (!is_capture && !is_source && function.kind != FunctionKind::Extern) {
      const frontend::Local& it = function.locals[local];
      AddLocal(versions, local, it.name, it.span.begin);
    }
  }
  for (const Expr* expr : OwnExprs(program_, id)) {
    const auto* assign = frontend::DynCast<frontend::AssignExpr>(*expr);
    if (assign != nullptr && assign->target->kind == frontend::ExprKind::Name) {
      const LocalId local = program_.resolution.names[assign->target->id].index;
      AddLocal(versions, local, function.locals[local].name, assign->target->span.begin);
    }
  }
  for (const VersionId version : versions) {
    AddReasons(inference_.Get(version));
  }
}

std::string Listing::Header(const Function& function, const Version& version) const {
  std::string header = std::string(function.name) + "(";
  for (size_t i = 0; i < version.params.size(); ++i) {
    header += (i == 0 ? "" : ", ") + std::string(function.locals[i].name) + ": " +
              NameOf(version.params[i]);
  }
  return header + ") -> " + NameOf(version.result);
}

void Listing::AddLocal(const std::vector<VersionId>& versions, LocalId local, std::string_view name,
                       uint32_t at) {
  std::vector<TypeId> types;
  for (const VersionId version : versions) {
    const TypeId type = inference_.Get(version).locals[local];
    if (std::find(types.begin(), types.end(), type) == types.end()) {
      types.push_back(type);
    }
  }
  std::string text;
  for (size_t i = 0; i < types.size() && i < kMaxTypes; ++i) {
    text += (i == 0 ? "" : " / ") + NameOf(types[i]);
  }
  text += types.size() > kMaxTypes ? " / ..." : "";
  std::vector<Name>& names = LineAt(at).names;
  for (const Name& known : names) {
    if (known.name == name && known.types == text) {
      return;
    }
  }
  names.push_back({at, std::string(name), std::move(text)});
}

void Listing::AddGlobals() {
  for (frontend::GlobalId id = 0; id < program_.resolution.globals.size(); ++id) {
    const frontend::Global& global = program_.resolution.globals[id];
    LineAt(global.span.begin)
        .names.push_back(
            {global.span.begin, std::string(global.name), NameOf(inference_.GlobalType(id))});
  }
}

void Listing::AddReasons(const Version& version) {
  for (const Unsettled& unsettled : version.unsettled) {
    auto& reasons = LineAt(unsettled.span.begin).reasons;
    const std::pair<std::string, std::string> reason{unsettled.what, unsettled.reason};
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) {
      reasons.push_back(reason);
    }
  }
}

std::string Listing::Annotation(const Line& line) const {
  std::vector<Name> names = line.names;
  std::stable_sort(names.begin(), names.end(),
                   [](const Name& a, const Name& b) { return a.at < b.at; });
  std::string text;
  for (const Name& name : names) {
    text += (text.empty() ? "" : ", ") + name.name + ": " + name.types;
  }
  const std::string reasons = Reasons(line);
  if (reasons.empty()) {
    return text;
  }
  return text + (text.empty() ? "(" : "   (") + reasons + ")";
}

std::string Listing::Reasons(const Line& line) const {
  // The only name of a line needs not be named again.
  if (line.reasons.size() == 1 && line.names.size() == 1 &&
      line.reasons[0].first == "`" + line.names[0].name + "`") {
    return line.reasons[0].second;
  }
  std::string text;
  for (const auto& [what, why] : line.reasons) {
    text += (text.empty() ? "" : "; ") + what + " " + why;
  }
  return text;
}

}  // namespace

std::string ShortName(const runtime::TypeTable& types, const frontend::Program& program,
                      TypeId type) {
  const Type& it = types.Get(type);
  switch (it.kind) {
    case TypeKind::Never:
      return "never";
    case TypeKind::None:
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Float:
    case TypeKind::Str:
    case TypeKind::Buffer:
    case TypeKind::Cell:
      return types.Name(type);
    case TypeKind::List:
      return "list[" + ShortName(types, program, it.args[0]) + "]";
    case TypeKind::Seq:
      return "seq[" + ShortName(types, program, it.args[0]) + "]";
    case TypeKind::Function:
      return "function " + std::string(program.resolution.functions[it.index].name);
    case TypeKind::Builtin:
      return "function " + std::string(Name(static_cast<runtime::BuiltinKind>(it.index)));
    case TypeKind::Lambda:
      return "lambda";
    case TypeKind::Any:
      return "any";
  }
  return {};
}

std::string PrintTypes(Inference& inference, const frontend::Program& program,
                       std::string_view function) {
  return Listing(inference, program).Print(function);
}

}  // namespace infer
