#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/counters.h"

namespace keisei {

/// The names among the counters that a document does not mention: whoever runs the show looks them
/// up there, and builds on them.
inline std::vector<std::string> names_missing_in(const std::string& document,
                                                 const Counters& counters) {
  std::ifstream in(document);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::string> missing;
  for (const Counters::Family& family : counters.read()) {
    if (text.find("`" + family.name + "`") == std::string::npos) missing.push_back(family.name);
  }
  return missing;
}

}  // namespace keisei
