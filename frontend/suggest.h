#pragma once
// "Did you mean": the nearest of the words that would have been right.

#include <span>
#include <string_view>

namespace frontend {

// The Damerau-Levenshtein distance (optimal string alignment): how many letters
// are inserted, removed, replaced or swapped with their neighbour. Gives up
// beyond `limit` and returns limit + 1.
int EditDistance(std::string_view a, std::string_view b, int limit);

// How far apart two words of this length may be and still be taken for each other.
int SuggestionLimit(std::string_view word);

// The candidate nearest to `word`, the first of several; empty when none is near.
std::string_view Suggest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace frontend
