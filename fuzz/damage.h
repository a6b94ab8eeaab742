#pragma once
// Texts that are nearly programs: those of the repository, damaged, and heaps of what programs are
// made of.

#include <string>
#include <vector>

#include "fuzz/choices.h"
#include "fuzz/tree.h"

namespace fuzz {

// The texts of all .gc files of the repository, in the order of their paths; empty when the
// repository that this was built from is not there any more.
std::vector<std::string> ProgramTexts();

// One of the texts with a few changes, or a heap; a heap when there are no texts.
std::string Damage(const std::vector<std::string>& texts, Choices& choices);

// A program whose parts are the lines of the text, for the shrinker.
Node LinesOf(const std::string& text);

}  // namespace fuzz
