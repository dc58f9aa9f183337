#pragma once

#include <cstdint>
#include <string>

/// What a run can be told. The defaults are Keisei's where the meaning is the same; the presets
/// (src/rl/run/presets) say what works on a given machine. docs/configuration.md explains each key.
namespace keisei::rl {

enum class PolicyHead { attention, convolutional, linear };
enum class Precision { float32, bfloat16 };
enum class Schedule { constant, linear, cosine, adaptive };

struct NetworkOptions {
  int depth = 9;           // residual blocks
  int width = 256;         // channels
  double se_ratio = 0.25;  // hidden share of squeeze-and-excitation
  PolicyHead policy_head = PolicyHead::convolutional;
  // Of the layers. Weights, log-probabilities, values and the loss are float32 in any case.
  Precision precision = Precision::float32;
};

struct EnvironmentOptions {
  int count = 64;
  int max_plies = 512;  // then a draw
};

struct RewardOptions {
  bool shaped = false;             // kind "shaped", not "terminal"
  double shaping_coefficient = 0;  // of the material potential, see material.h
};

struct PpoOptions {
  int steps = 64;  // plies per environment and rollout
  int epochs = 10;
  int minibatch = 64;
  double learning_rate = 3e-4;
  Schedule schedule = Schedule::constant;
  std::int64_t schedule_steps = 500'000;  // where linear and cosine reach learning_rate_min
  double learning_rate_min = 1e-5;
  double gamma = 0.99;
  double gae_lambda = 0.95;
  double clip_epsilon = 0.2;
  double value_coefficient = 0.5;
  double value_clip = 0;  // 0: off
  double entropy_coefficient = 0.01;
  double max_grad_norm = 0.5;
  double target_kl = 0;  // 0: off; learning stops for this rollout beyond 1.5 times it
  bool normalize_advantages = true;
  double kl_penalty = 0;          // weight of KL(older policy || policy); 0: off
  int kl_reference_updates = 10;  // the older policy is replaced after so many updates
};

struct OpponentOptions {
  double fraction = 0;  // of the environments play against an earlier network; 0: off
  int pool = 5;         // earlier networks to choose from
  int interval = 20;    // updates between those that are added
};

struct CheckpointOptions {
  double interval_s = 120;
  int keep = 3;
};

struct EvaluationOptions {
  double interval_s = 300;      // 0: off
  int games = 100;              // against the random mover
  int opponents = 3;            // earlier networks to play against
  int games_per_opponent = 40;  // each
  int pool = 8;                 // earlier networks to keep
  int questions = 100;          // per skill
};

struct StreamOptions {
  double attention_per_second = 20;
  double impact_limit_pct = 1;  // streaming falls back beyond it; 0: never
  int measure_every_games = 2;  // which featured games are measured; 0: none
  int publisher_cpu = -1;       // the processor of the publisher thread; -1: any
};

struct RunOptions {
  std::string name = "Keisei";
  std::string preset = "custom";
  std::string device = "cpu";
  std::int64_t seed = 42;
  int threads = 1;
  int nice = 0;  // added to the scheduling priority of the process
};

struct Options {
  RunOptions run;
  NetworkOptions network;
  EnvironmentOptions environment;
  RewardOptions reward;
  PpoOptions ppo;
  OpponentOptions opponents;
  CheckpointOptions checkpoint;
  EvaluationOptions evaluation;
  StreamOptions stream;
};

}  // namespace keisei::rl
