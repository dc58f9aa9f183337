#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace keisei::harness {

/// What counts as good enough.
struct Bar {
  enum class Side { at_least, at_most };
  Side side;
  double value;

  /// Nothing measured is not good enough.
  bool is_met_by(double figure) const {
    return side == Side::at_least ? figure >= value : figure <= value;
  }
};
constexpr Bar at_least(double value) { return {Bar::Side::at_least, value}; }
constexpr Bar at_most(double value) { return {Bar::Side::at_most, value}; }

/// The p-quantile (0..1) of the values, one of them; NaN if there are none.
double quantile(std::vector<double> values, double p);
inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

/// One thing that a benchmark finds out.
struct Figure {
  std::string key;              // with its unit: "cpu_us_per_message"
  std::vector<double> samples;  // one for each repetition; their median is the figure
  std::optional<Bar> bar;
  bool has_spread = true;  // the least and the most of them are told too
};

/// One benchmark's figures, as a line of JSON (`{"bench":NAME,…}`) or as a readable table that says
/// which bars are met. Both end with the machine and, where there were some, the repetitions.
class Report {
 public:
  explicit Report(std::string bench) : bench_(std::move(bench)) {}

  /// What was measured: `"preset":"demo"`.
  Report& word(std::string key, std::string text);
  Report& figure(std::string key, double value, std::optional<Bar> bar = {});
  /// The median as `key`, the extremes as `key`_min and `key`_max.
  Report& figure(std::string key, std::vector<double> samples, std::optional<Bar> bar = {});
  Report& figures(const std::vector<Figure>& figures);
  /// A JSON value as it is; the table leaves it out.
  Report& json_value(std::string key, std::string json);

  /// Whether no figure misses its bar.
  bool meets_its_bars() const;

  std::string json() const;
  std::string table() const;
  void print(bool as_json) const;

 private:
  friend class Rows;
  struct Word {
    std::string key, text;
  };
  struct Raw {
    std::string key, json;
  };
  using Entry = std::variant<Word, Figure, Raw>;

  std::size_t repetitions() const;

  std::string bench_;
  std::vector<Entry> entries_;
};

/// Several reports of one benchmark that have the same keys, printed as they come: lines of JSON,
/// or the rows of a table.
class Rows {
 public:
  explicit Rows(bool as_json) : as_json_(as_json) {}
  void print(const Report& report);

 private:
  bool as_json_;
  bool begun_ = false;
};

}  // namespace keisei::harness
