#include "measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <thread>

namespace {

#ifdef NDEBUG
constexpr std::string_view kBuild = "release";
#else
constexpr std::string_view kBuild = "dev";
#endif

std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (!line.starts_with("model name")) continue;
    std::string name = line.substr(std::min(line.size(), line.find(": ") + 2));
    std::erase_if(name, [](char c) { return c == '"' || c == '\\' || c < ' '; });
    return name;
  }
  return "unknown";
}

struct Summary {
  double median;
  double least;
  double most;
};

Summary summarise(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return {samples[samples.size() / 2], samples.front(), samples.back()};
}

}  // namespace

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::vector<Figure> measure(const std::vector<Measurement>& measurements, int repetitions) {
  std::vector<Figure> figures;
  for (const auto& measurement : measurements) {
    measurement.run();
    figures.push_back({measurement.key, measurement.bar, {}});
  }
  for (int i = 0; i < repetitions; ++i) {
    for (std::size_t m = 0; m < measurements.size(); ++m) {
      figures[m].samples.push_back(measurements[m].run());
    }
  }
  return figures;
}

std::string machine_json() {
  return fmt::format("\"cpu\":\"{}\",\"cores\":{},\"build\":\"{}\"", cpu_name(),
                     std::thread::hardware_concurrency(), kBuild);
}

void print_json(std::string_view bench, const std::vector<Figure>& figures) {
  std::string line = fmt::format("{{\"bench\":\"{}\"", bench);
  for (const Figure& figure : figures) {
    const auto [median, least, most] = summarise(figure.samples);
    line += fmt::format(",\"{0}\":{1:.6g},\"{0}_min\":{2:.6g},\"{0}_max\":{3:.6g}", figure.key,
                        median, least, most);
  }
  fmt::print("{},\"repetitions\":{},{}}}\n", line, figures.front().samples.size(), machine_json());
}

void print_table(std::string_view bench, const std::vector<Figure>& figures) {
  fmt::print("{} ({}, {} cores, {} build, medians of {})\n", bench, cpu_name(),
             std::thread::hardware_concurrency(), kBuild, figures.front().samples.size());
  for (const Figure& figure : figures) {
    const auto [median, least, most] = summarise(figure.samples);
    const std::string verdict = figure.bar ? fmt::format("bar {}: {}", *figure.bar,
                                                         median >= *figure.bar ? "met" : "MISSED")
                                           : "";
    fmt::print("  {:<28} {:>9.4g}  ({:.4g} to {:.4g})  {}\n", figure.key, median, least, most,
               verdict);
  }
}
