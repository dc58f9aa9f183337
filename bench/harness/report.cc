#include "harness/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "harness/machine.h"

namespace keisei::harness {
namespace {

// Counts are written out, measurements with six digits.
std::string number(double value) {
  if (!std::isfinite(value)) return "null";
  const bool is_count = value == std::trunc(value) && std::abs(value) < 1e15;
  return is_count ? fmt::format("{:.0f}", value) : fmt::format("{:.6g}", value);
}

// For people.
std::string shown(double value) {
  if (!std::isfinite(value)) return "–";
  return value == std::trunc(value) ? number(value) : fmt::format("{:.5g}", value);
}

std::string verdict(const Figure& figure) {
  if (!figure.bar) return "";
  return fmt::format("bar: at {} {:g} – {}",
                     figure.bar->side == Bar::Side::at_least ? "least" : "most", figure.bar->value,
                     figure.bar->is_met_by(median(figure.samples)) ? "met" : "MISSED");
}

std::string json_of(const Figure& figure) {
  const std::string value = number(median(figure.samples));
  if (!figure.has_spread) return fmt::format(R"(,"{}":{})", figure.key, value);
  return fmt::format(R"(,"{0}":{1},"{0}_min":{2},"{0}_max":{3})", figure.key, value,
                     number(quantile(figure.samples, 0)), number(quantile(figure.samples, 1)));
}

std::string line_of(const Figure& figure) {
  const std::string spread = !figure.has_spread
                                 ? ""
                                 : fmt::format("({} to {})", shown(quantile(figure.samples, 0)),
                                               shown(quantile(figure.samples, 1)));
  std::string line = fmt::format("  {:<30} {:>10}  {:<24} {}", figure.key,
                                 shown(median(figure.samples)), spread, verdict(figure));
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

double quantile(std::vector<double> values, double p) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto at = static_cast<std::ptrdiff_t>(
      std::min(p * static_cast<double>(values.size()), static_cast<double>(values.size() - 1)));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

Report& Report::word(std::string key, std::string text) {
  entries_.emplace_back(Word{std::move(key), std::move(text)});
  return *this;
}

Report& Report::figure(std::string key, double value, std::optional<Bar> bar) {
  entries_.emplace_back(Figure{std::move(key), {value}, bar, false});
  return *this;
}

Report& Report::figure(std::string key, std::vector<double> samples, std::optional<Bar> bar) {
  entries_.emplace_back(Figure{std::move(key), std::move(samples), bar});
  return *this;
}

Report& Report::figures(const std::vector<Figure>& figures) {
  entries_.insert(entries_.end(), figures.begin(), figures.end());
  return *this;
}

Report& Report::json_value(std::string key, std::string json) {
  entries_.emplace_back(Raw{std::move(key), std::move(json)});
  return *this;
}

bool Report::meets_its_bars() const {
  return std::all_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
    const auto* figure = std::get_if<Figure>(&entry);
    return figure == nullptr || !figure->bar || figure->bar->is_met_by(median(figure->samples));
  });
}

std::size_t Report::repetitions() const {
  std::size_t most = 0;
  for (const Entry& entry : entries_) {
    const auto* figure = std::get_if<Figure>(&entry);
    if (figure != nullptr && figure->has_spread) {
      most = std::max(most, figure->samples.size());
    }
  }
  return most;
}

std::string Report::json() const {
  std::string line = fmt::format(R"({{"bench":"{}")", bench_);
  for (const Entry& entry : entries_) {
    if (const auto* word = std::get_if<Word>(&entry)) {
      line += fmt::format(R"(,"{}":"{}")", word->key, word->text);
    } else if (const auto* raw = std::get_if<Raw>(&entry)) {
      line += fmt::format(R"(,"{}":{})", raw->key, raw->json);
    } else {
      line += json_of(std::get<Figure>(entry));
    }
  }
  if (repetitions() > 0) line += fmt::format(R"(,"repetitions":{})", repetitions());
  const Machine& machine = this_machine();
  return line + fmt::format(R"(,"cpu":"{}","cores":{},"build":"{}"}})", machine.cpu, machine.cores,
                            machine.build);
}

std::string Report::table() const {
  std::string head = bench_;
  std::string lines;
  for (const Entry& entry : entries_) {
    if (const auto* word = std::get_if<Word>(&entry)) {
      head += fmt::format(", {} {}", word->key, word->text);
    } else if (const auto* figure = std::get_if<Figure>(&entry)) {
      lines += line_of(*figure);
    }
  }
  head += fmt::format(" ({}", machine_text());
  if (repetitions() > 0) head += fmt::format(", medians of {}", repetitions());
  return head + ")\n" + lines;
}

void Report::print(bool as_json) const {
  const std::string text = as_json ? json() + "\n" : table();
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

void Rows::print(const Report& report) {
  if (as_json_) {
    report.print(true);
    return;
  }
  std::string names;
  std::string values;
  std::string verdicts;
  for (const Report::Entry& entry : report.entries_) {
    if (const auto* word = std::get_if<Report::Word>(&entry)) {
      const std::size_t width = std::max<std::size_t>(word->key.size(), 24);
      names += fmt::format("  {:<{}}", word->key, width);
      values += fmt::format("  {:<{}}", word->text, width);
    } else if (const auto* figure = std::get_if<Figure>(&entry)) {
      const std::size_t width = std::max<std::size_t>(figure->key.size(), 9);
      names += fmt::format("  {:>{}}", figure->key, width);
      values += fmt::format("  {:>{}}", shown(median(figure->samples)), width);
      if (figure->bar) verdicts += fmt::format("  {} {}", figure->key, verdict(*figure));
    }
  }
  if (!begun_) fmt::print("{} ({})\n{}\n", report.bench_, machine_text(), names);
  begun_ = true;
  fmt::print("{}{}\n", values, verdicts);
  std::fflush(stdout);
}

}  // namespace keisei::harness
