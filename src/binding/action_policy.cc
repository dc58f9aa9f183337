#include "binding/action_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>

#include "hook/events/move_from_policy.h"

namespace keisei::binding {
namespace {

// float32 sums over up to 593 moves, and networks in half precision.
constexpr double kSumTolerance = 0.01;

/// The legal actions in ascending order, and the moves that they are; more than fit are counted but
/// not kept.
struct LegalActions {
  std::array<int, kMostLegalMoves> actions;
  std::array<ActionMove, kMostLegalMoves> moves;
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

/// Legal moves and their probabilities.
struct KnownPolicy {
  std::span<const ActionMove> moves;
  std::span<const double> probabilities;
  bool turned;

  std::size_t size() const { return moves.size(); }
  hook::WeighedMove weigh(std::size_t index) const {
    const double p = probabilities[index];
    return {p, std::log(p), turned_square(moves[index].to, turned)};
  }
  hook::UsiText usi(std::size_t index) const { return to_usi(moves[index], turned); }
};

/// "9054 (7g7f)".
std::string name_of(int action, Numbering numbering, bool turned) {
  const auto move = move_of(action, numbering);
  return move ? fmt::format("{} ({})", action, to_usi(*move, turned).view())
              : fmt::format("{}", action);
}

Result<void> find_moves(Numbering numbering, LegalActions& legal) {
  for (std::size_t i = 0; i < legal.count; ++i) {
    const auto move = move_of(legal.actions[i], numbering);
    if (!move) {
      return fail(fmt::format("legal_mask: the action {} leaves the board", legal.actions[i]));
    }
    legal.moves[i] = *move;
  }
  return {};
}

/// What is wrong before the values are looked at.
template <class Value>
Result<Numbering> numbering_of(const ActionPolicy<Value>& policy) {
  const std::optional<Numbering> numbering = binding::numbering_of(policy.values.size());
  if (!numbering) {
    return fail(fmt::format("policy: {} values, expected {} or {}", policy.values.size(), kActions,
                            kDirectionActions));
  }
  if (policy.legal.size() != policy.values.size()) {
    return fail(fmt::format("legal_mask: {} values, expected {}", policy.legal.size(),
                            policy.values.size()));
  }
  const int most = actions_of(*numbering) - 1;
  if (policy.chosen < 0 || policy.chosen > most) {
    return fail(fmt::format("action: {}, expected 0 to {}", policy.chosen, most));
  }
  if (policy.legal[static_cast<std::size_t>(policy.chosen)] == 0) {
    return fail(fmt::format("action: {} is not legal by legal_mask",
                            name_of(policy.chosen, *numbering, policy.turned)));
  }
  return *numbering;
}

}  // namespace

template <class Value>
Result<void> describe_policy(const ActionPolicy<Value>& policy, hook::MoveEvent& event) {
  const Result<Numbering> numbering = numbering_of(policy);
  if (!numbering) return tl::unexpected(numbering.error());
  LegalActions legal;
  find_legal(policy.legal, legal);
  if (legal.count > kMostLegalMoves) {
    return fail(fmt::format("legal_mask: {} legal actions, expected 1 to {}", legal.count,
                            kMostLegalMoves));
  }
  if (Result<void> sound = find_moves(*numbering, legal); !sound) return sound;
  std::array<double, kMostLegalMoves> buffer;
  const std::span<double> probabilities(buffer.data(), legal.count);
  const std::span<const int> actions(legal.actions.data(), legal.count);
  for (std::size_t i = 0; i < legal.count; ++i) {
    probabilities[i] = static_cast<double>(policy.values[static_cast<std::size_t>(actions[i])]);
  }
  if (Result<void> sound = normalise(policy.kind, actions, probabilities); !sound) return sound;

  const auto chosen = std::find(actions.begin(), actions.end(), policy.chosen);
  hook::fill_from_policy(
      KnownPolicy{{legal.moves.data(), legal.count}, probabilities, policy.turned},
      static_cast<std::size_t>(chosen - actions.begin()), event);
  return {};
}

template Result<void> describe_policy(const ActionPolicy<float>&, hook::MoveEvent&);
template Result<void> describe_policy(const ActionPolicy<double>&, hook::MoveEvent&);

}  // namespace keisei::binding
