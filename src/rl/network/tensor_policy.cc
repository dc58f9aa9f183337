#include "rl/network/tensor_policy.h"

#include <torch/types.h>

#include <limits>

#include "rl/encoding/encoding.h"

namespace keisei::rl::tensor_policy {
namespace {

using torch::Tensor;

// For each legal move the position it belongs to, int64 [L]; `moves` is L, known without asking
// the device.
Tensor positions_of(const Tensor& offsets, std::int64_t moves) {
  const Tensor counts = offsets.slice(0, 1) - offsets.slice(0, 0, -1);
  return torch::repeat_interleave(counts.to(torch::kLong), c10::optional<std::int64_t>(moves));
}

// See ActionParts; here all are int64 [L], and those of the other kind of move are some valid
// index.
struct Parts {
  Tensor is_drop;
  Tensor from, to, rest, promotion, offset;  // board moves
  Tensor drop_to, drop_type;                 // drops

  explicit Parts(const Tensor& actions) {
    const Tensor all = actions.to(torch::kLong);
    is_drop = all >= kBoardActions;
    const Tensor board = all.clamp_max(kBoardActions - 1);
    from = board.div(kMovesPerSquare, "floor");
    rest = board - from * kMovesPerSquare;
    const Tensor skipping = rest.div(2, "floor");
    promotion = rest - 2 * skipping;
    to = skipping + (skipping >= from);
    const Tensor from_row = from.div(kBoardSize, "floor"), to_row = to.div(kBoardSize, "floor");
    const Tensor rows = to_row - from_row + 8;
    const Tensor columns = (to - kBoardSize * to_row) - (from - kBoardSize * from_row) + 8;
    offset = (rows * 17 + columns) * 2 + promotion;
    const Tensor drop = (all - kBoardActions).clamp_min(0);
    drop_to = drop.div(kDropTypes, "floor");
    drop_type = drop - kDropTypes * drop_to;
  }
};

Tensor sum_by_position(const Tensor& values, const Tensor& positions, std::int64_t count) {
  return torch::zeros({count}, values.options()).index_add(0, positions, values);
}

Tensor row_products(const Tensor& features, const Tensor& feature_rows, const Tensor& weight,
                    const Tensor& weight_rows) {
  return (features.index_select(0, feature_rows) * weight.index_select(0, weight_rows)).sum(1);
}

}  // namespace

Tensor convolutional_logits(const Tensor& features, const Tensor& weight, const Tensor& bias,
                            const Tensor& offsets, const Tensor& actions) {
  const Parts parts(actions);
  const Tensor positions = positions_of(offsets, actions.numel());
  const Tensor square = torch::where(parts.is_drop, parts.drop_to, parts.from);
  const Tensor plane = torch::where(parts.is_drop, parts.drop_type + kMovesPerSquare, parts.rest);
  return row_products(features.reshape({-1, features.size(2)}), positions * kSquares + square,
                      weight, plane) +
         bias.index_select(0, plane);
}

Tensor attention_logits(const Tensor& projections, const Tensor& offset_bias, const Tensor& offsets,
                        const Tensor& actions) {
  const Parts parts(actions);
  const Tensor first = positions_of(offsets, actions.numel()) * kSquares;
  const std::int64_t d = (projections.size(2) - kDropTypes) / 3;
  const Tensor questions = projections.narrow(2, 0, 2 * d).reshape({-1, d});  // [B * 81 * 2, D]
  const Tensor answers = projections.narrow(2, 2 * d, d).reshape({-1, d});
  const Tensor drops = projections.narrow(2, 3 * d, kDropTypes).reshape({-1});
  const Tensor board = row_products(questions, 2 * (first + parts.from) + parts.promotion, answers,
                                    first + parts.to) +
                       offset_bias.index_select(0, parts.offset);
  const Tensor drop = drops.index_select(0, (first + parts.drop_to) * kDropTypes + parts.drop_type);
  return torch::where(parts.is_drop, drop, board);
}

Tensor linear_logits(const Tensor& features, const Tensor& weight, const Tensor& bias,
                     const Tensor& offsets, const Tensor& actions) {
  const Tensor rows = actions.to(torch::kLong);
  return row_products(features, positions_of(offsets, actions.numel()), weight, rows) +
         bias.index_select(0, rows);
}

Tensor log_softmax(const Tensor& logits, const Tensor& offsets) {
  const std::int64_t count = offsets.numel() - 1;
  const Tensor positions = positions_of(offsets, logits.numel());
  // Takes no part in the gradient: the result does not depend on it.
  const Tensor highest =
      torch::full({count}, -std::numeric_limits<double>::infinity(), logits.options())
          .scatter_reduce(0, positions, logits.detach(), "amax");
  const Tensor shifted = logits - highest.index_select(0, positions);
  const Tensor sums = sum_by_position(shifted.exp(), positions, count);
  return shifted - sums.log().index_select(0, positions);
}

ChosenMoves chosen_moves(const Tensor& logits, const Tensor& offsets, const Tensor& chosen) {
  const Tensor all = log_softmax(logits, offsets);
  const Tensor positions = positions_of(offsets, logits.numel());
  const Tensor entropies = -sum_by_position(all.exp() * all, positions, offsets.numel() - 1);
  const Tensor rows = (offsets.slice(0, 0, -1) + chosen).to(torch::kLong);
  return {all.index_select(0, rows), entropies.clamp_min(0)};
}

Tensor divergence(const Tensor& logits, const Tensor& reference, const Tensor& offsets) {
  const Tensor positions = positions_of(offsets, logits.numel());
  return sum_by_position(reference.exp() * (reference - log_softmax(logits, offsets)), positions,
                         offsets.numel() - 1);
}

}  // namespace keisei::rl::tensor_policy
