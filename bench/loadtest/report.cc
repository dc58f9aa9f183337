#include "report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <thread>

namespace keisei::loadtest {
namespace {

std::string cpu_model() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

std::string json_value(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "null";
}

}  // namespace

double quantile(std::vector<double> values, double p) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto at = static_cast<std::ptrdiff_t>(
      std::min(p * static_cast<double>(values.size()), static_cast<double>(values.size() - 1)));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

void Report::add(std::string key, double value) { figures_.push_back({std::move(key), value, ""}); }

void Report::add(std::string key, std::string text) {
  figures_.push_back({std::move(key), 0, std::move(text)});
}

void Report::add_repeated(const std::string& key, const std::vector<double>& values) {
  add(key, quantile(values, 0.5));
  add(key + "_min", quantile(values, 0));
  add(key + "_max", quantile(values, 1));
}

void Report::at_most(const std::string& key, double bar) { bars_.emplace_back(key, bar); }

void Report::print(bool json) const {
  std::vector<Figure> all = figures_;
  all.push_back({"cpu", 0, cpu_model()});
  all.push_back({"cores", static_cast<double>(std::thread::hardware_concurrency()), ""});
  all.push_back({"build", 0, KEISEI_BUILD});
  if (json) {
    std::string line = fmt::format("{{\"bench\":\"{}\"", bench_);
    for (const Figure& figure : all) {
      line += figure.text.empty() ? fmt::format(",\"{}\":{}", figure.key, json_value(figure.value))
                                  : fmt::format(",\"{}\":\"{}\"", figure.key, figure.text);
    }
    fmt::print("{}}}\n", line);
    return;
  }
  fmt::print("{}\n", bench_);
  for (const Figure& figure : all) {
    fmt::print("  {:32} {}", figure.key,
               figure.text.empty() ? json_value(figure.value) : figure.text);
    for (const auto& [key, bar] : bars_) {
      if (key == figure.key) {
        fmt::print("   bar: at most {} – {}", bar, figure.value <= bar ? "met" : "NOT MET");
      }
    }
    fmt::print("\n");
  }
}

}  // namespace keisei::loadtest
