#include "rl/run/config.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <functional>
#include <limits>
#include <sstream>
#include <variant>

#include "rl/run/presets.h"

namespace keisei::rl {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();  // within no bounds
constexpr std::int64_t kLargestRollout = 1 << 24;

struct Whole {
  std::variant<int*, std::int64_t*> target;
  std::int64_t low, high;
};
struct Real {
  double* target;
  double low, high;
};
struct Text {
  std::string* target;
};
struct Flag {
  bool* target;
};
// One of some words; the position of the word is what is stored.
struct Choice {
  std::vector<std::string_view> words;
  std::function<int()> get;
  std::function<void(int)> set;
};

struct Entry {
  std::string_view key;
  std::variant<Whole, Real, Text, Flag, Choice> field;
};

template <class Enum>
Choice choice(Enum& target, std::vector<std::string_view> words) {
  return {std::move(words), [&target] { return static_cast<int>(target); },
          [&target](int i) { target = static_cast<Enum>(i); }};
}

std::vector<Entry> entries(Options& o) {
  constexpr double kLarge = 1e9;
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  return {
      {"run.name", Text{&o.run.name}},
      {"run.preset", Text{&o.run.preset}},
      {"run.device", Text{&o.run.device}},
      {"run.seed", Whole{&o.run.seed, 0, kMost}},
      {"run.threads", Whole{&o.run.threads, 1, 256}},
      {"run.nice", Whole{&o.run.nice, 0, 19}},
      {"network.depth", Whole{&o.network.depth, 1, 100}},
      {"network.width", Whole{&o.network.width, 4, 512}},
      {"network.se_ratio", Real{&o.network.se_ratio, 0.01, 1}},
      {"network.policy_head",
       choice(o.network.policy_head, {"attention", "convolutional", "linear"})},
      {"network.precision", choice(o.network.precision, {"float32", "bfloat16"})},
      {"environment.count", Whole{&o.environment.count, 1, 65536}},
      {"environment.max_plies", Whole{&o.environment.max_plies, 2, 1024}},
      {"reward.kind", choice(o.reward.shaped, {"terminal", "shaped"})},
      {"reward.shaping_coefficient", Real{&o.reward.shaping_coefficient, 0, 10}},
      {"ppo.steps", Whole{&o.ppo.steps, 1, 65536}},
      {"ppo.epochs", Whole{&o.ppo.epochs, 1, 1000}},
      {"ppo.minibatch", Whole{&o.ppo.minibatch, 1, 1 << 20}},
      {"ppo.learning_rate", Real{&o.ppo.learning_rate, 0, 1}},
      {"ppo.schedule", choice(o.ppo.schedule, {"constant", "linear", "cosine", "adaptive"})},
      {"ppo.schedule_steps", Whole{&o.ppo.schedule_steps, 1, kMost}},
      {"ppo.learning_rate_min", Real{&o.ppo.learning_rate_min, 0, 1}},
      {"ppo.gamma", Real{&o.ppo.gamma, 0, 1}},
      {"ppo.gae_lambda", Real{&o.ppo.gae_lambda, 0, 1}},
      {"ppo.clip_epsilon", Real{&o.ppo.clip_epsilon, 0.001, 1}},
      {"ppo.value_coefficient", Real{&o.ppo.value_coefficient, 0, kLarge}},
      {"ppo.value_clip", Real{&o.ppo.value_clip, 0, kLarge}},
      {"ppo.entropy_coefficient", Real{&o.ppo.entropy_coefficient, 0, kLarge}},
      {"ppo.max_grad_norm", Real{&o.ppo.max_grad_norm, 0, kLarge}},
      {"ppo.target_kl", Real{&o.ppo.target_kl, 0, 10}},
      {"ppo.normalize_advantages", Flag{&o.ppo.normalize_advantages}},
      {"ppo.kl_penalty", Real{&o.ppo.kl_penalty, 0, kLarge}},
      {"ppo.kl_reference_updates", Whole{&o.ppo.kl_reference_updates, 1, 1'000'000}},
      {"opponents.fraction", Real{&o.opponents.fraction, 0, 1}},
      {"opponents.pool", Whole{&o.opponents.pool, 2, 100}},
      {"opponents.interval", Whole{&o.opponents.interval, 1, 1'000'000}},
      {"checkpoint.interval_s", Real{&o.checkpoint.interval_s, 0, kLarge}},
      {"checkpoint.keep", Whole{&o.checkpoint.keep, 1, 10000}},
      {"evaluation.interval_s", Real{&o.evaluation.interval_s, 0, kLarge}},
      {"evaluation.games", Whole{&o.evaluation.games, 1, 100'000}},
      {"evaluation.opponents", Whole{&o.evaluation.opponents, 0, 100}},
      {"evaluation.games_per_opponent", Whole{&o.evaluation.games_per_opponent, 1, 100'000}},
      {"evaluation.pool", Whole{&o.evaluation.pool, 2, 100}},
      {"evaluation.questions", Whole{&o.evaluation.questions, 1, 10'000}},
      {"stream.attention_per_second", Real{&o.stream.attention_per_second, 0, kLarge}},
      {"stream.impact_limit_pct", Real{&o.stream.impact_limit_pct, 0, 100}},
      {"stream.measure_every_games", Whole{&o.stream.measure_every_games, 0, 1'000'000}},
      {"stream.publisher_cpu", Whole{&o.stream.publisher_cpu, -1, 1023}},
  };
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

template <class Names>
std::string nearest(std::string_view name, const Names& names) {
  return std::string(*std::min_element(names.begin(), names.end(), [&](auto& a, auto& b) {
    return edit_distance(name, a) < edit_distance(name, b);
  }));
}

std::string bounds(double low, double high) {
  return high >= 1e9 ? fmt::format("at least {}", low) : fmt::format("from {} to {}", low, high);
}

// "" or why the value does not fit.
std::string assign(const Whole& field, const toml::node& node) {
  const auto value = node.value_exact<std::int64_t>();
  if (!value) return "must be a whole number";
  if (*value < field.low || *value > field.high) {
    return "must be " + bounds(static_cast<double>(field.low), static_cast<double>(field.high));
  }
  std::visit([&](auto* target) { *target = static_cast<std::decay_t<decltype(*target)>>(*value); },
             field.target);
  return {};
}
std::string assign(const Real& field, const toml::node& node) {
  if (!node.is_number()) return "must be a number";
  // toml++ gives no double for a whole number that has none of exactly its value.
  const auto whole = node.value_exact<std::int64_t>();
  const double value = whole ? static_cast<double>(*whole) : node.value_or(kNoNumber);
  if (!(value >= field.low && value <= field.high)) {
    return "must be " + bounds(field.low, field.high);
  }
  *field.target = value;
  return {};
}
std::string assign(const Text& field, const toml::node& node) {
  const auto value = node.value_exact<std::string>();
  if (!value) return "must be a text";
  if (value->empty() || value->size() > 64) return "must have 1 to 64 bytes";
  *field.target = *value;
  return {};
}
std::string assign(const Flag& field, const toml::node& node) {
  const auto value = node.value_exact<bool>();
  if (!value) return "must be true or false";
  *field.target = *value;
  return {};
}
std::string assign(const Choice& field, const toml::node& node) {
  const auto value = node.value_exact<std::string>();
  for (std::size_t i = 0; value && i < field.words.size(); ++i) {
    if (field.words[i] != *value) continue;
    field.set(static_cast<int>(i));
    return {};
  }
  return fmt::format("must be one of {}", fmt::join(field.words, ", "));
}

std::string literal(const Entry& entry) {
  const auto number = [](double value) {
    std::string text = fmt::format("{}", value);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
  };
  const auto quoted = [](std::string_view text) {
    std::ostringstream out;
    out << toml::value<std::string>(std::string(text));
    return out.str();
  };
  struct Print {
    decltype(number)& number_of;
    decltype(quoted)& quote;
    std::string operator()(const Whole& f) const {
      return std::visit([](auto* target) { return fmt::format("{}", *target); }, f.target);
    }
    std::string operator()(const Real& f) const { return number_of(*f.target); }
    std::string operator()(const Text& f) const { return quote(*f.target); }
    std::string operator()(const Flag& f) const { return *f.target ? "true" : "false"; }
    std::string operator()(const Choice& f) const {
      return quote(f.words[static_cast<std::size_t>(f.get())]);
    }
  };
  return std::visit(Print{number, quoted}, entry.field);
}

// Applies a table and those within it; `prefix` is "" or "section.".
Result<void> apply_table(std::vector<Entry>& known, const toml::table& table,
                         const std::string& prefix, std::string_view origin) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (prefix.empty() && node.is_table()) {
      const Result<void> applied = apply_table(known, *node.as_table(), key + ".", origin);
      if (!applied) return applied;
      continue;
    }
    if (key == "preset") continue;
    // A setting of the command line has one line.
    const std::string where = origin.starts_with("--set ")
                                  ? std::string(origin)
                                  : fmt::format("{}:{}", origin, node.source().begin.line);
    const auto entry =
        std::find_if(known.begin(), known.end(), [&](const Entry& e) { return e.key == key; });
    if (entry == known.end()) {
      return fail(fmt::format("{}: unknown key '{}'; the nearest is '{}'", where, key,
                              nearest(key, config_keys())));
    }
    const std::string problem = std::visit(
        [&, &node = node](const auto& field) { return assign(field, node); }, entry->field);
    if (!problem.empty()) return fail(fmt::format("{}: '{}' {}", where, key, problem));
  }
  return {};
}

Result<toml::table> parse(std::string_view text, std::string_view origin) {
  try {
    return toml::parse(text, origin);
  } catch (const toml::parse_error& error) {
    return fail(fmt::format("{}:{}: {}", origin, error.source().begin.line, error.description()));
  }
}

}  // namespace

Result<void> apply_preset(Options& options, std::string_view name) {
  std::vector<std::string> names;
  for (const Preset& preset : presets()) {
    if (preset.name == name) {
      options.run.preset = name;
      return apply_toml(options, preset.toml, fmt::format("preset {}", name));
    }
    names.emplace_back(preset.name);
  }
  return fail(fmt::format("unknown preset '{}'; there are {}", name, fmt::join(names, ", ")));
}

Result<void> apply_toml(Options& options, std::string_view text, std::string_view origin) {
  const Result<toml::table> table = parse(text, origin);
  if (!table) return tl::unexpected(table.error());
  if (const toml::node* preset = table->get("preset")) {
    const auto name = preset->value_exact<std::string>();
    const std::string where = fmt::format("{}:{}", origin, preset->source().begin.line);
    if (!name) return fail(where + ": 'preset' must be a text");
    const Result<void> applied = apply_preset(options, *name);
    if (!applied) return fail(where + ": " + applied.error().message);
  }
  Options changed = options;  // all or nothing
  std::vector<Entry> known = entries(changed);
  const Result<void> applied = apply_table(known, *table, "", origin);
  if (applied) options = changed;
  return applied;
}

Result<void> apply_file(Options& options, const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  if (!file || !(text << file.rdbuf())) return fail(path + ": cannot be read");
  return apply_toml(options, text.str(), path);
}

Result<void> apply_setting(Options& options, std::string_view setting) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string_view::npos) {
    return fail(fmt::format("--set {}: must look like ppo.epochs=4", setting));
  }
  const std::string_view key = setting.substr(0, equals), value = setting.substr(equals + 1);
  const std::string origin = fmt::format("--set {}", setting);
  const auto keys = config_keys();
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
    return fail(
        fmt::format("{}: unknown key '{}'; the nearest is '{}'", origin, key, nearest(key, keys)));
  }
  const std::string plain = fmt::format("{} = {}", key, value);
  if (parse(plain, origin)) return apply_toml(options, plain, origin);
  return apply_toml(options, fmt::format("{} = '{}'", key, value), origin);
}

Result<void> validate(const Options& options) {
  const std::int64_t rollout = std::int64_t{options.environment.count} * options.ppo.steps;
  if (rollout > kLargestRollout) {
    return fail(fmt::format("environment.count * ppo.steps = {} samples: a rollout has {} at most",
                            rollout, kLargestRollout));
  }
  if (options.ppo.minibatch > rollout) {
    return fail(
        fmt::format("ppo.minibatch ({}) is larger than a rollout, which has "
                    "environment.count * ppo.steps = {} samples",
                    options.ppo.minibatch, rollout));
  }
  if (options.ppo.schedule == Schedule::adaptive && options.ppo.target_kl <= 0) {
    return fail("ppo.schedule \"adaptive\" needs a ppo.target_kl above 0");
  }
  if (options.ppo.learning_rate_min > options.ppo.learning_rate) {
    return fail("ppo.learning_rate_min is larger than ppo.learning_rate");
  }
  return {};
}

std::string to_toml(const Options& options) {
  Options copy = options;
  std::string text, section;
  for (const Entry& entry : entries(copy)) {
    const std::size_t dot = entry.key.find('.');
    if (entry.key.substr(0, dot) != section) {
      section = entry.key.substr(0, dot);
      text += fmt::format("{}[{}]\n", text.empty() ? "" : "\n", section);
    }
    text += fmt::format("{} = {}\n", entry.key.substr(dot + 1), literal(entry));
  }
  return text;
}

std::vector<std::string> config_keys() {
  Options options;
  std::vector<std::string> keys;
  for (const Entry& entry : entries(options)) keys.emplace_back(entry.key);
  return keys;
}

}  // namespace keisei::rl
