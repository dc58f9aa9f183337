#include "harness/measure.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <ctime>

namespace keisei::harness {

std::vector<Figure> measure(const std::vector<Measurement>& measurements, int repetitions) {
  std::vector<Figure> figures;
  for (const Measurement& measurement : measurements) {
    measurement.run();
    figures.push_back({measurement.key, {}, measurement.bar});
  }
  for (int i = 0; i < repetitions; ++i) {
    for (std::size_t m = 0; m < measurements.size(); ++m) {
      figures[m].samples.push_back(measurements[m].run());
    }
  }
  return figures;
}

Request read_request(int argc, char** argv, const std::string& what) {
  CLI::App app{what};
  Request request;
  app.add_flag("--json", request.json, "One line of JSON instead of a table");
  app.add_option("--repetitions", request.repetitions, "How often to measure each figure")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == 0 ? 0 : 2);
  }
  return request;
}

int run_benchmark(int argc, char** argv, const std::string& bench, const std::string& what,
                  const std::function<std::vector<Measurement>()>& measurements) {
  const Request request = read_request(argc, argv, what);
  Report report(bench);
  report.figures(measure(measurements(), request.repetitions));
  report.print(request.json);
  return 0;
}

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace keisei::harness
