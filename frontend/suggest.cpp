// Three rows of the usual table are enough for transpositions. Words are short,
// so bytes stand for characters.

#include "frontend/suggest.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <vector>

namespace frontend {
namespace {

bool SameButCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace

int EditDistance(std::string_view a, std::string_view b, int limit) {
  auto difference = static_cast<int>(a.size()) - static_cast<int>(b.size());
  if (std::abs(difference) > limit) {
    return limit + 1;
  }
  std::vector<int> two_above(b.size() + 1);
  std::vector<int> above(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) {
    above[j] = static_cast<int>(j);
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    int smallest = row[0];
    for (size_t j = 1; j <= b.size(); ++j) {
      int replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replace, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > limit) {
      return limit + 1;
    }
    std::swap(two_above, above);
    std::swap(above, row);
  }
  return std::min(above[b.size()], limit + 1);
}

int SuggestionLimit(std::string_view word) {
  return word.size() <= 2 ? 0 : word.size() <= 4 ? 1 : word.size() <= 8 ? 2 : 3;
}

std::string_view Suggest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  int best_distance = SuggestionLimit(word) + 1;
  for (std::string_view candidate : candidates) {
    int distance = SameButCase(word, candidate)
                       ? 0
                       : EditDistance(word, candidate, std::max(best_distance - 1, 0));
    // A one-letter name is near to everything of its length.
    if (distance < best_distance && (candidate.size() > 1 || distance == 0)) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace frontend
