#include "rl/network/weights.h"

#include <torch/serialize.h>
#include <torch/utils.h>

#include <cstddef>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace keisei::rl {
namespace {

// Torch's generator belongs to the whole process, and every network that is made draws from it.
std::mutex& generator() {
  static std::mutex mutex;
  return mutex;
}

std::shared_ptr<Network> any_network(const NetworkOptions& options) {
  const std::lock_guard lock(generator());
  return std::make_shared<Network>(options);
}

}  // namespace

std::shared_ptr<Network> fresh_network(const NetworkOptions& options, std::int64_t seed) {
  const std::lock_guard lock(generator());
  torch::manual_seed(static_cast<std::uint64_t>(seed));
  return std::make_shared<Network>(options);
}

std::shared_ptr<Network> read_network(torch::serialize::InputArchive& archive,
                                      const NetworkOptions& options) {
  auto loaded = any_network(options);
  std::vector<std::pair<std::string, std::vector<std::int64_t>>> expected;
  for (const auto& item : loaded->named_parameters()) {
    expected.emplace_back(item.key(), item.value().sizes().vec());
  }
  loaded->load(archive);
  const auto parameters = loaded->parameters();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (parameters[i].sizes() != torch::IntArrayRef(expected[i].second)) {
      throw std::runtime_error("it holds a network of another shape: " + expected[i].first);
    }
  }
  return loaded;
}

std::string bytes_of(torch::serialize::OutputArchive& archive) {
  std::ostringstream bytes;
  archive.save_to(bytes);
  return bytes.str();
}

std::string first_line(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

}  // namespace keisei::rl
