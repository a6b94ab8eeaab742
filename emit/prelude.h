#pragma once
// The prelude of a target: pieces of its language that stand in front of a program where the
// meaning differs. A program gets the parts that it uses, and no others.

#include <string>
#include <string_view>
#include <vector>

namespace emit {

class Prelude {
 public:
  // `file` is what is embedded of emit/prelude/. Each part begins with a line that holds
  // `part: NAME` or `part: NAME needs: OTHER, OTHER`, as a comment of the target; what stands
  // before the first part is about the file and is never written.
  explicit Prelude(std::string_view file) { Add(file); }
  // Another file's parts, behind those there are; none may be there already.
  void Add(std::string_view file);

  // The part, and what it needs, will be in Text(). It must exist.
  void Use(std::string_view part);
  bool IsUsed(std::string_view part) const;
  // The used parts in the order of the file, with line breaks between each two: two make an empty
  // line.
  std::string Text(std::string_view between = "\n\n") const;

 private:
  struct Part {
    std::string_view name;
    std::vector<std::string_view> needs;
    std::string_view text;
    bool is_used = false;
  };

  Part* Find(std::string_view name);  // null: there is none

  std::vector<Part> parts_;
};

}  // namespace emit
