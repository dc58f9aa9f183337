#include "binding/action_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "hook/events/move_from_policy.h"

namespace keisei::binding {
namespace {

constexpr int kMovesPerSquare = 160;
constexpr int kDropTypes = 7;
constexpr int kBoardActions = hook::kBoardSquares * kMovesPerSquare;
// float32 sums over up to 593 moves, and networks in half precision.
constexpr double kSumTolerance = 0.01;

int turned_square(int square, bool turned) {
  return turned ? hook::kBoardSquares - 1 - square : square;
}

int from_of(int action) { return action / kMovesPerSquare; }

int to_of(int action) {
  if (action >= kBoardActions) return (action - kBoardActions) / kDropTypes;
  const int without_from = action % kMovesPerSquare / 2;
  return without_from + (without_from >= from_of(action) ? 1 : 0);
}

/// The legal actions in ascending order; more than fit are counted but not kept.
struct LegalActions {
  std::array<int, kMostLegalMoves> actions;
  std::size_t count = 0;

  void add(int action) {
    if (count < actions.size()) actions[count] = action;
    ++count;
  }
};

void find_legal(std::span<const std::uint8_t> mask, LegalActions& legal) {
  static_assert(std::endian::native == std::endian::little, "bytes of a word in ascending order");
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::size_t at = 0;
  for (; at + kWord <= mask.size(); at += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, mask.data() + at, kWord);
    while (word != 0) {
      const int byte = std::countr_zero(word) / 8;
      legal.add(static_cast<int>(at) + byte);
      word &= ~(std::uint64_t{0xff} << (byte * 8));
    }
  }
  for (; at < mask.size(); ++at) {
    if (mask[at] != 0) legal.add(static_cast<int>(at));
  }
}

/// In place: what the caller gave -> probabilities that sum to 1.
Result<void> normalise(PolicyKind kind, std::span<const int> actions, std::span<double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double value = values[i];
    const bool in_range = kind == PolicyKind::logits ? std::isfinite(value)
                          : kind == PolicyKind::probabilities
                              ? value >= 0 && value <= 1 + kSumTolerance
                              : value <= kSumTolerance;  // -inf is the logarithm of 0
    if (!in_range) {
      constexpr std::array kExpected{"0 to 1", "a logarithm, at most 0", "a finite number"};
      return fail(fmt::format("policy: {} for the legal action {}, expected {}", value, actions[i],
                              kExpected[static_cast<std::size_t>(kind)]));
    }
  }
  if (kind != PolicyKind::probabilities) {
    const double most =
        kind == PolicyKind::logits ? *std::max_element(values.begin(), values.end()) : 0;
    for (double& value : values) value = std::exp(value - most);
  }
  double sum = 0;
  for (const double value : values) sum += value;
  if (kind != PolicyKind::logits && std::abs(sum - 1) > kSumTolerance) {
    return fail(
        fmt::format("policy: sums to {:.4f} over the {} legal actions, expected 1 (for outputs of "
                    "the network before softmax pass policy_kind logits)",
                    sum, values.size()));
  }
  for (double& value : values) value /= sum;
  return {};
}

/// Legal actions and their probabilities.
struct KnownPolicy {
  std::span<const int> actions;
  std::span<const double> probabilities;
  bool turned;

  std::size_t size() const { return actions.size(); }
  hook::WeighedMove weigh(std::size_t index) const {
    const double p = probabilities[index];
    return {p, std::log(p), turned_square(to_of(actions[index]), turned)};
  }
  hook::UsiText usi(std::size_t index) const { return usi_of(actions[index], turned); }
};

}  // namespace

hook::UsiText usi_of(int action, bool turned) {
  hook::UsiText text{};
  std::size_t at = 0;
  const auto put_square = [&](int mover_square) {
    const int square = turned_square(mover_square, turned);
    text[at++] = static_cast<char>('9' - square % 9);
    text[at++] = static_cast<char>('a' + square / 9);
  };
  if (action >= kBoardActions) {
    text[at++] = "PLNSGBR"[(action - kBoardActions) % kDropTypes];
    text[at++] = '*';
    put_square(to_of(action));
    return text;
  }
  put_square(from_of(action));
  put_square(to_of(action));
  if (action % 2 == 1) text[at++] = '+';
  return text;
}

template <class Value>
Result<void> describe_policy(const ActionPolicy<Value>& policy, hook::MoveEvent& event) {
  if (policy.values.size() != kActions) {
    return fail(fmt::format("policy: {} values, expected {}", policy.values.size(), kActions));
  }
  if (policy.legal.size() != kActions) {
    return fail(fmt::format("legal_mask: {} values, expected {}", policy.legal.size(), kActions));
  }
  if (policy.chosen < 0 || policy.chosen >= kActions) {
    return fail(fmt::format("action: {}, expected 0 to {}", policy.chosen, kActions - 1));
  }
  if (policy.legal[static_cast<std::size_t>(policy.chosen)] == 0) {
    return fail(fmt::format("action: {} ({}) is not legal by legal_mask", policy.chosen,
                            usi_of(policy.chosen, policy.turned).data()));
  }
  LegalActions legal;
  find_legal(policy.legal, legal);
  if (legal.count > kMostLegalMoves) {
    return fail(fmt::format("legal_mask: {} legal actions, expected 1 to {}", legal.count,
                            kMostLegalMoves));
  }
  std::array<double, kMostLegalMoves> buffer;
  const std::span<double> probabilities(buffer.data(), legal.count);
  const std::span<const int> actions(legal.actions.data(), legal.count);
  for (std::size_t i = 0; i < legal.count; ++i) {
    probabilities[i] = static_cast<double>(policy.values[static_cast<std::size_t>(actions[i])]);
  }
  if (Result<void> sound = normalise(policy.kind, actions, probabilities); !sound) return sound;

  const auto chosen = std::find(actions.begin(), actions.end(), policy.chosen);
  hook::fill_from_policy(KnownPolicy{actions, probabilities, policy.turned},
                         static_cast<std::size_t>(chosen - actions.begin()), event);
  return {};
}

template Result<void> describe_policy(const ActionPolicy<float>&, hook::MoveEvent&);
template Result<void> describe_policy(const ActionPolicy<double>&, hook::MoveEvent&);

}  // namespace keisei::binding
