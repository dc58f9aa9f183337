// keisei-bench-hook: what streaming costs the thread that trains.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <thread>

#include "emit.h"

namespace {

std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(": ") + 2);
  }
  return "unknown";
}

const char* build_name() {
#ifdef NDEBUG
  return "release";
#else
  return "dev";
#endif
}

double median(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return samples[samples.size() / 2];
}

void print_json(const std::vector<Figure>& figures) {
  std::string line = R"({"bench":"hook.emit")";
  for (const Figure& figure : figures) {
    const auto [least, most] = std::minmax_element(figure.samples.begin(), figure.samples.end());
    line += fmt::format(R"(,"{0}":{1:.1f},"{0}_min":{2:.1f},"{0}_max":{3:.1f})", figure.key,
                        median(figure.samples), *least, *most);
  }
  fmt::print(
      "{},\"showcase\":\"absent\",\"repetitions\":{},\"cpu\":\"{}\",\"cores\":{},"
      "\"build\":\"{}\"}}\n",
      line, figures.front().samples.size(), cpu_name(), std::thread::hardware_concurrency(),
      build_name());
}

void print_table(const std::vector<Figure>& figures) {
  fmt::print("hook.emit ({}, {} cores, {} build, medians of {})\n", cpu_name(),
             std::thread::hardware_concurrency(), build_name(), figures.front().samples.size());
  for (const Figure& figure : figures) {
    const double value = median(figure.samples);
    fmt::print("  {:18} {:8.1f}   bar {:6.1f}   {}\n", figure.key, value, figure.bar,
               value <= figure.bar ? "met" : "missed");
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Measures what streaming costs the thread that trains."};
  bool json = false;
  int repetitions = 9;
  std::string bench = "emit";
  app.add_option("bench", bench, "Which benchmark")->check(CLI::IsMember({"emit"}));
  app.add_flag("--json", json, "One line of JSON");
  app.add_option("--repetitions", repetitions, "Rounds of all figures")->check(CLI::Range(1, 1000));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const std::vector<Figure> figures = measure_emit(repetitions);
  if (json) {
    print_json(figures);
  } else {
    print_table(figures);
  }
  return 0;
}
