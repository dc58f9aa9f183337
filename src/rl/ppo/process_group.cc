#include "rl/ppo/process_group.h"

#include <torch/types.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <charconv>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace keisei::rl {
namespace {

std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>(value);
}

Result<int> number(const char* name, int least, int most) {
  const auto text = variable(name);
  if (!text) return fail(std::string(name) + " is not set, but WORLD_SIZE is");
  int value = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  if (read.ec != std::errc{} || read.ptr != text->data() + text->size() || value < least ||
      value > most) {
    return fail(std::string(name) + "=" + *text + " must be a whole number from " +
                std::to_string(least) + " to " + std::to_string(most));
  }
  return value;
}

// Torch adds a stack trace of many lines.
std::string first_line(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

template <class T>
torch::Tensor over(std::span<T> values) {
  return torch::from_blob(values.data(), {static_cast<std::int64_t>(values.size())},
                          torch::CppTypeToScalarType<T>::value);
}

}  // namespace

Result<std::optional<ProcessGroup::Place>> ProcessGroup::place_from_environment() {
  if (!variable("WORLD_SIZE")) return std::nullopt;
  constexpr int kMostProcesses = 65'536, kMostPorts = 65'535;
  Place place;
  const auto size = number("WORLD_SIZE", 1, kMostProcesses);
  if (!size) return tl::unexpected(size.error());
  if (*size == 1) return std::nullopt;
  const auto rank = number("RANK", 0, *size - 1);
  if (!rank) return tl::unexpected(rank.error());
  const auto port = number("MASTER_PORT", 1, kMostPorts);
  if (!port) return tl::unexpected(port.error());
  const auto address = variable("MASTER_ADDR");
  if (!address) return fail("MASTER_ADDR is not set, but WORLD_SIZE is");
  place = {.rank = *rank, .size = *size, .master_address = *address, .master_port = *port};
  if (variable("TORCHELASTIC_USE_AGENT_STORE") == "True") {
    place.attempt = variable("TORCHELASTIC_RESTART_COUNT").value_or("0");
  }
  return place;
}

struct ProcessGroup::Impl {
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;

  void meet(const Place& place, std::chrono::milliseconds timeout);

  template <class T>
  void reduce(std::span<T> values, c10d::ReduceOp operation) const {
    if (values.empty()) return;
    std::vector<torch::Tensor> tensors{over(values)};
    c10d::AllreduceOptions options;
    options.reduceOp = operation;
    try {
      gloo->allreduce(tensors, options)->wait();
    } catch (const std::exception& error) {
      throw std::runtime_error("another process of the group is gone or does not answer (" +
                               first_line(error) + ")");
    }
  }
};

ProcessGroup::ProcessGroup(const Place& place, std::chrono::milliseconds timeout)
    : place_(place), impl_(std::make_unique<Impl>()) {
  try {
    impl_->meet(place, timeout);
  } catch (const std::exception& error) {
    throw std::runtime_error("cannot meet the other processes at " + place.master_address + ":" +
                             std::to_string(place.master_port) + " (" + first_line(error) + ")");
  }
}

void ProcessGroup::Impl::meet(const Place& place, std::chrono::milliseconds timeout) {
  c10d::TCPStoreOptions meeting;
  meeting.port = static_cast<std::uint16_t>(place.master_port);
  meeting.isServer = place.rank == 0 && place.attempt.empty();
  meeting.numWorkers = static_cast<std::size_t>(place.size);
  meeting.timeout = timeout;
  store = c10::make_intrusive<c10d::TCPStore>(place.master_address, meeting);
  if (!place.attempt.empty()) {
    store = c10::make_intrusive<c10d::PrefixStore>("/worker/attempt_" + place.attempt, store);
  }
  auto options = c10d::ProcessGroupGloo::Options::create(timeout);
  // The interface that reaches the master is the one that reaches everybody.
  const bool is_local =
      place.master_address == "localhost" || place.master_address.starts_with("127.");
  options->devices.push_back(is_local ? c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1")
                                      : c10d::ProcessGroupGloo::createDefaultDevice());
  gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(store, place.rank, place.size, options);
}

ProcessGroup::~ProcessGroup() = default;

void ProcessGroup::sum(std::span<float> values) { impl_->reduce(values, c10d::ReduceOp::SUM); }
void ProcessGroup::sum(std::span<double> values) { impl_->reduce(values, c10d::ReduceOp::SUM); }
void ProcessGroup::largest(std::span<double> values) { impl_->reduce(values, c10d::ReduceOp::MAX); }

}  // namespace keisei::rl
