#pragma once

#include <string>
#include <utility>
#include <vector>

namespace keisei::loadtest {

/// The p-quantile (0..1) of the values; NaN if there are none.
double quantile(std::vector<double> values, double p);

/// One benchmark's figures, as a line of JSON or as a readable table.
class Report {
 public:
  explicit Report(std::string bench) : bench_(std::move(bench)) {}

  void add(std::string key, double value);
  void add(std::string key, std::string text);
  /// The median of the repetitions as `key`, their extremes as `key`_min and `key`_max. With a bar:
  /// "at most" that value.
  void add_repeated(const std::string& key, const std::vector<double>& values);
  void at_most(const std::string& key, double bar);

  /// Appends cpu, cores and build.
  void print(bool json) const;

 private:
  struct Figure {
    std::string key;
    double value;
    std::string text;  // instead of the value if not empty
  };
  std::string bench_;
  std::vector<Figure> figures_;
  std::vector<std::pair<std::string, double>> bars_;
};

}  // namespace keisei::loadtest
