// The C interface as its users meet it: a program in plain C, linked with the shared library.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "binding/keisei_hook.h"
#include "hook/transport/test_showcase.h"

namespace keisei::binding {
namespace {

using ::testing::HasSubstr;

/// What a command prints; a test failure when it fails.
std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), n);
  }
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << output;
  return output;
}

TEST(CApi, AProgramInCStreamsOneEventOfEachKind) {
  const hook::TestShowcase showcase;
  const std::string output =
      output_of(std::string(KEISEI_C_PROGRAM) + " " + showcase.url() + " /dev/null");
  EXPECT_THAT(output, HasSubstr("emitted 10"));

  const auto runs = showcase.all<protocol::RunStarted>();
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].name, "A run in C");
  EXPECT_EQ(runs[1].run_id, "c-program-2");
  EXPECT_EQ(runs[1].name, "The next run in C");
  const auto metrics = showcase.all<protocol::TrainerMetrics>();
  ASSERT_EQ(metrics.size(), 1U);
  EXPECT_EQ(metrics[0].metrics.at("ppo/entropy"), 2.5);
  EXPECT_EQ(metrics[0].metrics.at("ppo/value_loss"), std::nullopt);
  EXPECT_EQ(metrics[0].metrics.at("time/update_s"), 1.5);
  const auto moves = showcase.all<protocol::MovePlayed>();
  ASSERT_EQ(moves.size(), 3U);
  EXPECT_EQ(moves[0].usi, "7g7f");
  EXPECT_EQ(moves[0].probability, 0.75);
  EXPECT_EQ(moves[0].top.size(), 2U);
  EXPECT_EQ(moves[1].usi, "3c3d");
  EXPECT_EQ(moves[1].probability, std::nullopt);
  EXPECT_EQ(moves[2].usi, "8h2b+");
  const auto games = showcase.all<protocol::GameFinished>();
  ASSERT_EQ(games.size(), 1U);
  EXPECT_EQ(games[0].moves, (std::vector<std::string>{"7g7f", "3c3d", "8h2b+"}));
  const auto attention = showcase.all<protocol::Attention>();
  ASSERT_EQ(attention.size(), 1U);
  EXPECT_EQ(attention[0].activity[40], 1.5F);
  EXPECT_EQ(attention[0].gates.size(), 4U);
  const auto evaluations = showcase.all<protocol::EvaluationFinished>();
  ASSERT_EQ(evaluations.size(), 1U);
  EXPECT_EQ(evaluations[0].elo, 1512);
  EXPECT_EQ(evaluations[0].random_score, std::nullopt);
  EXPECT_EQ(evaluations[0].skills.at(0).name, "mate_in_one");
  EXPECT_EQ(evaluations[0].past_scores.at(0).update, 1);
  EXPECT_EQ(evaluations[0].past_scores.at(0).losses, 15);
  EXPECT_EQ(evaluations[0].anchor_scores.at(0).name, "capture_greedy");
  EXPECT_EQ(evaluations[0].anchor_scores.at(0).elo, 310.5);
  EXPECT_EQ(evaluations[0].past_ages.at(0).seconds, 3300);
  const auto checkpoints = showcase.all<protocol::CheckpointSaved>();
  ASSERT_EQ(checkpoints.size(), 2U);
  EXPECT_EQ(checkpoints[1].name, "checkpoint-4");
}

TEST(CApi, RefusesWhatIsWrongByName) {
  const hook::TestShowcase showcase;
  const std::string output =
      output_of(std::string(KEISEI_C_PROGRAM) + " " + showcase.url() + " /dev/null");
  EXPECT_THAT(output, HasSubstr("update: -1, expected at least 0"));
  EXPECT_THAT(output, HasSubstr("ppo/entropy: -2, expected at least 0"));
  EXPECT_THAT(output, HasSubstr("action_count: expected 13527 or 11259"));
  EXPECT_THAT(output, HasSubstr("environments: 0, expected at least 1"));
  EXPECT_THAT(output, HasSubstr("usi: \"3z3d\", expected a move such as"));
}

TEST(CApi, SaysWhyAUrlIsNone) {
  const std::string output =
      output_of(std::string(KEISEI_C_PROGRAM) + " nowhere /dev/null 2>&1 || true");
  EXPECT_THAT(output, HasSubstr("nowhere"));
}

TEST(CApi, SaysOnceThatItDoesNotStreamAndWhy) {
  const std::string output =
      output_of(std::string(KEISEI_C_PROGRAM) + " ws://127.0.0.1:9/ingest /dev/null 2>&1");
  constexpr std::string_view kTold =
      "keisei hook: streaming to the showcase: stopped working: cannot connect to 127.0.0.1:9: "
      "Connection refused\n";
  const std::size_t told = output.find(kTold);
  ASSERT_NE(told, std::string::npos) << output;
  EXPECT_EQ(output.find("streaming to the showcase", told + kTold.size()), std::string::npos);
}

TEST(CApi, GivesWhatIsToldToACallerThatWantsIt) {
  std::string told;
  keisei_hook_options options;
  keisei_hook_options_init(&options, sizeof options);
  options.url = "ws://127.0.0.1:9/ingest";
  options.tell = [](const char* line, void* context) {
    *static_cast<std::string*>(context) += line;
  };
  options.tell_context = &told;
  keisei_hook_run run;
  keisei_hook_run_init(&run, sizeof run);
  run.run_id = "r1";
  keisei_hook_destroy(keisei_hook_create(&options, &run, nullptr, 0));
  EXPECT_THAT(told, HasSubstr("stopped working: cannot connect"));
}

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(CApi, TheLibraryExportsTheHeadersFunctionsAndNothingElse) {
  constexpr std::string_view kPrefix = "keisei_hook_";
  std::set<std::string> declared;
  const std::string header = read_file(KEISEI_C_HEADER);
  for (std::size_t at = 0; (at = header.find(kPrefix, at)) != std::string::npos;) {
    const std::size_t end = header.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at);
    if (end != std::string::npos && header[end] == '(')
      declared.insert(header.substr(at, end - at));
    at += kPrefix.size();
  }
  ASSERT_GE(declared.size(), 16U);

  std::set<std::string> exported;
  std::istringstream symbols(output_of("nm -D --defined-only " KEISEI_C_LIBRARY));
  for (std::string address, type, name; symbols >> address >> type >> name;) {
    if (type == "A") continue;  // the name of the version
    exported.insert(name.substr(0, name.find("@@")));
  }
  EXPECT_EQ(exported, declared);
}

TEST(CApi, TheLibrarysNameCarriesTheVersionOfItsInterface) {
  EXPECT_THAT(output_of("readelf -d " KEISEI_C_LIBRARY), HasSubstr("[libkeisei_hook.so.1]"));
}

}  // namespace
}  // namespace keisei::binding
