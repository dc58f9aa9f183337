#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rl/options.h"

/// Options from TOML. A key is "section.name", as in docs/configuration.md. Errors are one line:
/// where, what, and the nearest valid name.
namespace keisei::rl {

/// Applies a preset by name.
Result<void> apply_preset(Options& options, std::string_view name);

/// Applies a TOML text; `origin` names it in errors ("run.toml").
Result<void> apply_toml(Options& options, std::string_view toml, std::string_view origin);

/// Reads a file and applies it. `preset = "..."` at its top, if there, is applied first.
Result<void> apply_file(Options& options, const std::string& path);

/// Applies one "ppo.epochs=4". A string needs no quotes.
Result<void> apply_setting(Options& options, std::string_view setting);

/// What no single key can check, e.g. that a minibatch fits into a rollout.
Result<void> validate(const Options& options);

/// Every key with its value, such that apply_toml() gives the same options.
std::string to_toml(const Options& options);

/// The valid keys, in the order of to_toml().
std::vector<std::string> config_keys();

}  // namespace keisei::rl
