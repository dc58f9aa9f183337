#pragma once

#include <string>
#include <vector>

/// `"cpu":"…","cores":2,"build":"release"`: what every line of figures says of its machine.
std::string machine_json();
/// The same for people.
std::string machine_text();

/// Median, least and most of some repetitions as JSON: `"key":…,"key_min":…,"key_max":…`.
struct Spread {
  double median, least, most;
};
Spread spread_of(std::vector<double> samples);
std::string spread_json(const std::string& key, const Spread& spread);
