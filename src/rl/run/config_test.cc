#include "rl/run/config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "rl/run/presets.h"

namespace keisei::rl {
namespace {

std::string error_of(std::string_view toml) {
  Options options;
  const auto applied = apply_toml(options, toml, "run.toml");
  return applied ? "" : applied.error().message;
}

TEST(Config, EveryPresetIsValid) {
  for (const Preset& preset : presets()) {
    Options options;
    const auto applied = apply_preset(options, preset.name);
    ASSERT_TRUE(applied) << applied.error().message;
    EXPECT_TRUE(validate(options)) << preset.name;
    EXPECT_EQ(options.run.preset, preset.name);
  }
}

TEST(Config, RefusesAnUnknownKeyWithLineAndNearestName) {
  EXPECT_EQ(error_of("[ppo]\nsteps = 8\nepoch = 3\n"),
            "run.toml:3: unknown key 'ppo.epoch'; the nearest is 'ppo.epochs'");
}

TEST(Config, RefusesAWrongTypeWithLine) {
  EXPECT_EQ(error_of("[ppo]\nepochs = 2.5\n"), "run.toml:2: 'ppo.epochs' must be a whole number");
  EXPECT_EQ(error_of("[ppo]\n\ngamma = \"high\"\n"), "run.toml:3: 'ppo.gamma' must be a number");
}

TEST(Config, RefusesAValueOutOfRange) {
  EXPECT_EQ(error_of("[ppo]\ngamma = 1.5"), "run.toml:2: 'ppo.gamma' must be from 0 to 1");
}

TEST(Config, RefusesAWordThatIsNoChoice) {
  EXPECT_EQ(error_of("[reward]\nkind = \"nice\""),
            "run.toml:2: 'reward.kind' must be one of terminal, shaped");
}

TEST(Config, RefusesBrokenTomlWithItsLine) {
  EXPECT_EQ(error_of("[ppo]\nsteps = = 3").substr(0, 12), "run.toml:2: ");
}

TEST(Config, LeavesTheOptionsAloneWhenItRefuses) {
  Options options;
  ASSERT_FALSE(apply_toml(options, "[ppo]\nepochs = 77\nnonsense = 1", "x"));
  EXPECT_EQ(options.ppo.epochs, Options{}.ppo.epochs);
}

TEST(Config, AFileMayStartFromAPreset) {
  Options options;
  ASSERT_TRUE(apply_toml(options, "preset = \"demo\"\n[ppo]\nepochs = 7\n", "x"));
  EXPECT_EQ(options.run.preset, "demo");
  EXPECT_EQ(options.ppo.epochs, 7);
  EXPECT_EQ(options.network.width, 32);
}

TEST(Config, SettingsNeedNoQuotes) {
  Options options;
  ASSERT_TRUE(apply_setting(options, "ppo.schedule=cosine"));
  ASSERT_TRUE(apply_setting(options, "ppo.gamma=0.5"));
  EXPECT_EQ(options.ppo.schedule, Schedule::cosine);
  EXPECT_EQ(options.ppo.gamma, 0.5);
  EXPECT_EQ(apply_setting(options, "ppo.gama=0.5").error().message,
            "--set ppo.gama=0.5: unknown key 'ppo.gama'; the nearest is 'ppo.gamma'");
}

TEST(Config, WrittenOptionsReadBackTheSame) {
  Options options;
  ASSERT_TRUE(apply_preset(options, "demo"));
  options.run.name = "A \"quoted\" name";
  Options back;
  const auto applied = apply_toml(back, to_toml(options), "written");
  ASSERT_TRUE(applied) << applied.error().message;
  EXPECT_EQ(to_toml(back), to_toml(options));
  EXPECT_EQ(back.run.name, options.run.name);
}

TEST(Config, AMinibatchMustFitIntoARollout) {
  Options options;
  options.ppo.minibatch = options.environment.count * options.ppo.steps + 1;
  EXPECT_FALSE(validate(options));
}

TEST(Config, ARolloutIsNotLargerThanAnyMemory) {
  Options options;
  options.environment.count = options.ppo.steps = 65536;  // more than an int counts
  const auto valid = validate(options);
  ASSERT_FALSE(valid);
  EXPECT_NE(valid.error().message.find("4294967296 samples"), std::string::npos);
}

// Whatever its type and its bounds: each of these is outside of one of them.
TEST(Config, EveryKeyRefusesWhatIsNoValueOfItsOwn) {
  for (const std::string& key : config_keys()) {
    for (const char* value : {"nan", "-nan", "inf", "-inf", "''", "[]", "-1e300",
                              "-9223372036854775808", "1979-05-27"}) {
      Options options;
      const std::string line = key + " = " + value;
      const auto applied = apply_toml(options, line, "x");
      ASSERT_FALSE(applied) << line;
      EXPECT_NE(applied.error().message.find("'" + key + "' must"), std::string::npos) << line;
    }
  }
}

TEST(Config, EveryKeyRefusesABoundlessNumberButThoseThatCount) {
  const std::set<std::string> counts = {"run.seed", "ppo.schedule_steps"};
  for (const std::string& key : config_keys()) {
    Options options;
    EXPECT_EQ(apply_toml(options, key + " = 9223372036854775807", "x").has_value(),
              counts.contains(key))
        << key;
  }
}

TEST(Config, EveryKeyIsDocumented) {
  std::ifstream file(KEISEI_SOURCE_DIR "/docs/configuration.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (const std::string& key : config_keys()) {
    EXPECT_NE(text.find("`" + key + "`"), std::string::npos) << key;
  }
}

}  // namespace
}  // namespace keisei::rl
