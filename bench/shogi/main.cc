// keisei-bench-shogi: the speed of the rules on one thread.
#include <CLI/CLI.hpp>
#include <map>

#include "benches.h"

int main(int argc, char** argv) {
  const std::map<std::string, std::vector<Measurement> (*)()> benches = {
      {"insight", insight_measurements},
      {"perft", perft_measurements},
      {"rollout", rollout_measurements},
  };
  CLI::App app{"Measures the rules of shogi on one thread."};
  std::string name;
  bool json = false;
  int repetitions = 9;
  app.add_option("bench", name, "insight, perft, perft_deep or rollout")
      ->required()
      ->check(CLI::IsMember({"insight", "perft", "perft_deep", "rollout"}));
  app.add_flag("--json", json, "One line of JSON instead of a table");
  app.add_option("--repetitions", repetitions, "How often to measure each figure")
      ->check(CLI::Range(1, 99));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (name == "perft_deep") return count_deep(json) ? 0 : 1;
  const auto figures = measure(benches.at(name)(), repetitions);
  json ? print_json("shogi." + name, figures) : print_table("shogi." + name, figures);
  return 0;
}
