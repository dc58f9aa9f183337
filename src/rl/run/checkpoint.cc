#include "rl/run/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "base/file.h"

namespace keisei::rl {
namespace {

constexpr std::string_view kMagic = "keisei-checkpoint 1 ";
constexpr std::string_view kSuffix = ".keisei";
constexpr std::string_view kPrefix = "checkpoint-";
constexpr std::string_view kAside = ".set-aside";

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
  }
  return hash;
}

// Little-endian integers and length-prefixed texts.
class Writer {
 public:
  void integer(std::int64_t value) {
    for (int i = 0; i < 8; ++i) {
      bytes_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
    }
  }
  void text(std::string_view value) {
    integer(static_cast<std::int64_t>(value.size()));
    bytes_ += value;
  }
  void number(double value) { integer(std::bit_cast<std::int64_t>(value)); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Once something is missing, every further answer is empty and `good()` false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::int64_t integer() {
    if (rest_.size() < 8) return spoil();
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << (8 * i);
    }
    rest_.remove_prefix(8);
    return static_cast<std::int64_t>(value);
  }
  std::string text() {
    const auto size = static_cast<std::uint64_t>(integer());
    if (!good_ || size > rest_.size()) return spoil(), std::string();
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  double number() { return std::bit_cast<double>(integer()); }
  // A number of things of which each takes at least `bytes_each`.
  std::size_t count(std::size_t bytes_each) {
    const auto value = static_cast<std::uint64_t>(integer());
    if (value > rest_.size() / bytes_each) return spoil(), 0;
    return value;
  }
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::int64_t spoil() {
    good_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::string encode_checkpoint(const Checkpoint& checkpoint) {
  Writer writer;
  writer.text(checkpoint.run_id);
  writer.text(checkpoint.config);
  writer.integer(checkpoint.updates);
  writer.integer(checkpoint.global_timestep);
  const EpisodeStatistics& totals = checkpoint.totals;
  for (const std::int64_t value :
       {totals.games, totals.plies, totals.black_wins, totals.white_wins}) {
    writer.integer(value);
  }
  for (const std::int64_t value : totals.ended_by) writer.integer(value);
  writer.integer(static_cast<std::int64_t>(checkpoint.environments.size()));
  for (const EnvironmentState& environment : checkpoint.environments) {
    writer.integer(static_cast<std::int64_t>(environment.random_state));
    writer.integer(environment.game_number);
    writer.integer(static_cast<std::int64_t>(environment.moves.size()));
    for (const std::uint16_t move : environment.moves) writer.integer(move);
  }
  writer.text(checkpoint.agent);
  writer.integer(static_cast<std::int64_t>(checkpoint.past.size()));
  for (const auto& [update, weights] : checkpoint.past) {
    writer.integer(update);
    writer.text(weights);
  }
  for (const EnvironmentState& environment : checkpoint.environments) {
    writer.integer(static_cast<std::int64_t>(environment.forecasts.size()));
    for (const float forecast : environment.forecasts) {
      writer.number(static_cast<double>(forecast));
    }
  }
  writer.integer(static_cast<std::int64_t>(checkpoint.foresight.size()));
  for (const double number : checkpoint.foresight) writer.number(number);
  const std::string payload = writer.take();
  return fmt::format("{}{} {:016x}\n", kMagic, payload.size(), fnv1a(payload)) + payload;
}

Result<Checkpoint> decode_checkpoint(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return fail("this is no checkpoint of version 1");
  const std::size_t line_end = bytes.substr(0, 100).find('\n');
  if (line_end == std::string_view::npos) return fail("its first line is damaged");
  std::string_view line = bytes.substr(kMagic.size(), line_end - kMagic.size());
  const std::string_view payload = bytes.substr(line_end + 1);
  std::uint64_t size = 0, hash = 0;
  const auto number = std::from_chars(line.data(), line.data() + line.size(), size);
  if (number.ec != std::errc{} || number.ptr == line.data() + line.size()) {
    return fail("its first line is damaged");
  }
  const auto checksum = std::from_chars(number.ptr + 1, line.data() + line.size(), hash, 16);
  if (checksum.ec != std::errc{}) return fail("its first line is damaged");
  if (size != payload.size()) {
    return fail(fmt::format("it has {} bytes instead of {}", payload.size(), size));
  }
  if (hash != fnv1a(payload)) return fail("its checksum is wrong");

  Reader reader(payload);
  Checkpoint result;
  result.run_id = reader.text();
  result.config = reader.text();
  result.updates = reader.integer();
  result.global_timestep = reader.integer();
  EpisodeStatistics& totals = result.totals;
  for (std::int64_t* value :
       {&totals.games, &totals.plies, &totals.black_wins, &totals.white_wins}) {
    *value = reader.integer();
  }
  for (std::int64_t& value : totals.ended_by) value = reader.integer();
  result.environments.resize(reader.count(24));
  for (EnvironmentState& environment : result.environments) {
    environment.random_state = static_cast<std::uint64_t>(reader.integer());
    environment.game_number = reader.integer();
    environment.moves.resize(reader.count(8));
    for (std::uint16_t& move : environment.moves) {
      move = static_cast<std::uint16_t>(reader.integer());
    }
  }
  result.agent = reader.text();
  // Older programs wrote no past where there was none, and nothing after it.
  if (reader.good() && !reader.at_end()) {
    result.past.resize(reader.count(16));
    for (auto& [update, weights] : result.past) {
      update = reader.integer();
      weights = reader.text();
    }
  }
  if (reader.good() && !reader.at_end()) {
    for (EnvironmentState& environment : result.environments) {
      environment.forecasts.resize(reader.count(8));
      for (float& forecast : environment.forecasts) {
        const double value = reader.number();
        if (std::abs(value) > 1) return fail("its contents are damaged");
        forecast = static_cast<float>(value);
      }
    }
    result.foresight.resize(reader.count(8));
    for (double& value : result.foresight) value = reader.number();
  }
  if (!reader.good() || !reader.at_end()) return fail("its contents are damaged");
  return result;
}

Result<void> save_checkpoint(const std::string& path, const Checkpoint& checkpoint) {
  return write_atomically(path, encode_checkpoint(checkpoint));
}

Result<Checkpoint> load_checkpoint(const std::string& path) {
  const Result<std::string> bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  Result<Checkpoint> checkpoint = decode_checkpoint(*bytes);
  if (!checkpoint) return fail(path + ": " + checkpoint.error().message);
  return checkpoint;
}

std::string checkpoint_path(const std::string& directory, std::int64_t updates) {
  return fmt::format("{}/{}{:08}{}", directory, kPrefix, updates, kSuffix);
}

namespace {

std::vector<std::string> find_named(const std::string& directory, std::string_view suffix) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kPrefix) && name.ends_with(suffix)) {
      paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// -1 for a name without a number.
std::int64_t update_of(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  std::int64_t update = -1;
  std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), update);
  return update;
}

}  // namespace

std::vector<std::string> find_checkpoints(const std::string& directory) {
  return find_named(directory, kSuffix);
}

SoundCheckpoint newest_sound_checkpoint(const std::string& directory, std::int64_t most) {
  SoundCheckpoint result;
  auto paths = find_checkpoints(directory);
  for (; !paths.empty(); paths.pop_back()) {
    if (update_of(paths.back()) > most) continue;
    Result<Checkpoint> checkpoint = load_checkpoint(paths.back());
    if (checkpoint) {
      result.path = std::move(paths.back());
      result.checkpoint = std::move(*checkpoint);
      break;
    }
    result.damaged.push_back(checkpoint.error().message);
  }
  return result;
}

SetAside set_aside_later_checkpoints(const std::string& directory, std::int64_t updates) {
  SetAside aside;
  for (const std::string& path : find_checkpoints(directory)) {
    if (update_of(path) <= updates) continue;
    std::string name = path + std::string(kAside);
    for (int i = 2; std::filesystem::exists(name); ++i)
      name = fmt::format("{}{}-{}", path, kAside, i);
    std::error_code failed;
    std::filesystem::rename(path, name, failed);
    if (failed) {
      aside.failed.push_back(path + ": " + failed.message());
    } else {
      aside.names.push_back(std::move(name));
    }
  }
  return aside;
}

void prune_checkpoints(const std::string& directory, int keep, const std::string& saved) {
  auto paths = find_checkpoints(directory);
  paths.resize(paths.size() - std::min(paths.size(), static_cast<std::size_t>(keep)));
  for (std::string& half : find_named(directory, ".part")) paths.push_back(std::move(half));
  for (const std::string& path : paths) {
    if (path == saved) continue;
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
}

}  // namespace keisei::rl
