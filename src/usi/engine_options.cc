#include "usi/engine_options.h"

#include <fmt/format.h>

#include <charconv>
#include <variant>

namespace keisei::usi {
namespace {

// How USI writes an empty text.
constexpr std::string_view kEmpty = "<empty>";

struct Number {
  int EngineOptions::*field;
  int low, high;
};
struct File {
  std::string EngineOptions::*field;
};
struct Switch {
  bool EngineOptions::*field;
};
struct Entry {
  std::string_view name;
  std::variant<Number, File, Switch> field;
};

constexpr int kMostNodes = 1'000'000'000;

constexpr Entry kEntries[] = {
    {"Checkpoint", File{&EngineOptions::checkpoint}},
    {"Nodes", Number{&EngineOptions::nodes, 0, kMostNodes}},
    {"Threads", Number{&EngineOptions::threads, 1, 256}},
    {"MultiPV", Number{&EngineOptions::multi_pv, 1, 32}},
    {"Temperature", Number{&EngineOptions::temperature_percent, 0, 1000}},
    {"TemperaturePlies", Number{&EngineOptions::temperature_plies, 0, 10'000}},
    {"ResignPercent", Number{&EngineOptions::resign_percent, 0, 50}},
    {"MaxPlies", Number{&EngineOptions::max_plies, 0, 10'000}},
    {"Margin", Number{&EngineOptions::margin_ms, 0, 10'000}},
    {"USI_Hash", Number{&EngineOptions::hash_mb, 1, 32'768}},
    {"USI_Ponder", Switch{&EngineOptions::ponder}},
};

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Match(Cases...) -> Match<Cases...>;

}  // namespace

std::vector<std::string> option_lines(const EngineOptions& defaults) {
  std::vector<std::string> lines;
  for (const Entry& entry : kEntries) {
    const std::string described = std::visit(
        Match{[&](const Number& number) {
                return fmt::format("spin default {} min {} max {}", defaults.*number.field,
                                   number.low, number.high);
              },
              [&](const File& file) {
                const std::string& value = defaults.*file.field;
                return fmt::format("filename default {}", value.empty() ? kEmpty : value);
              },
              [&](const Switch& option) {
                return fmt::format("check default {}", defaults.*option.field);
              }},
        entry.field);
    lines.push_back(fmt::format("option name {} type {}", entry.name, described));
  }
  return lines;
}

Result<void> set_option(EngineOptions& options, std::string_view name, std::string_view value) {
  for (const Entry& entry : kEntries) {
    if (entry.name != name) continue;
    return std::visit(
        Match{[&](const Number& number) -> Result<void> {
                int read = 0;
                const auto [end, error] =
                    std::from_chars(value.data(), value.data() + value.size(), read);
                if (error != std::errc() || end != value.data() + value.size() ||
                    read < number.low || read > number.high) {
                  return fail(fmt::format("{} is a number from {} to {}, not \"{}\"", name,
                                          number.low, number.high, value));
                }
                options.*number.field = read;
                return {};
              },
              [&](const File& file) -> Result<void> {
                options.*file.field = value == kEmpty ? "" : value;
                return {};
              },
              [&](const Switch& option) -> Result<void> {
                if (value != "true" && value != "false") {
                  return fail(fmt::format("{} is true or false, not \"{}\"", name, value));
                }
                options.*option.field = value == "true";
                return {};
              }},
        entry.field);
  }
  return fail(fmt::format("there is no option \"{}\"", name));
}

}  // namespace keisei::usi
