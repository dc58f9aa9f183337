#pragma once

#include <torch/types.h>

/// The policy, computed for legal moves only. A position has about 90 of them among 13 527 actions:
/// logits, softmax and their gradients over the legal ones cost next to nothing, and an illegal
/// move has probability zero by construction.
///
/// Shapes: B positions with L legal moves in all, laid out as in PositionBatch: `offsets` int32
/// [B + 1], `actions` int32 [L]. All tensors are on one device and contiguous; float or double. The
/// loops here are the CPU's; tensor_policy.h does the same elsewhere.
namespace keisei::rl {

/// logits[l] = weight[plane(l)] . features[b, square(l)] + bias[plane(l)]: the 167-plane
/// convolutional head (160 board moves from a square, 7 drops onto it).
/// features [B, 81, C], weight [167, C], bias [167] -> [L].
torch::Tensor convolutional_logits(const torch::Tensor& features, const torch::Tensor& weight,
                                   const torch::Tensor& bias, const torch::Tensor& offsets,
                                   const torch::Tensor& actions);

/// A board move is scored by what stands where it starts and what stands where it ends:
/// logits[l] = q_promotion(l)[b, from] . k[b, to] + offset_bias[relative(l)]; a drop has a plane of
/// its own. projections [B, 81, 3 D + 7] holds, per square, q without and with promotion, k, and 7
/// drop logits; offset_bias [578] goes by the direction and length of the move and promotion.
torch::Tensor attention_logits(const torch::Tensor& projections, const torch::Tensor& offset_bias,
                               const torch::Tensor& offsets, const torch::Tensor& actions);

/// logits[l] = weight[action(l)] . features[b] + bias[action(l)]: Keisei's fully connected head.
/// features [B, F], weight [13527, F], bias [13527] -> [L].
torch::Tensor linear_logits(const torch::Tensor& features, const torch::Tensor& weight,
                            const torch::Tensor& bias, const torch::Tensor& offsets,
                            const torch::Tensor& actions);

inline constexpr int kConvolutionalPlanes = 167;
inline constexpr int kOffsetBiases = 17 * 17 * 2;

struct ChosenMoves {
  torch::Tensor log_probabilities;  // [B], of the chosen moves
  torch::Tensor entropies;          // [B], nats
};

/// Softmax over each position's legal moves. `chosen` int32 [B]: index among the position's own
/// legal moves. Precondition: every position has a legal move.
ChosenMoves chosen_moves(const torch::Tensor& logits, const torch::Tensor& offsets,
                         const torch::Tensor& chosen);

/// The Kullback-Leibler divergence of the policy from another one, KL(reference || policy), over
/// each position's legal moves: [B], in nats, with gradient by the logits. reference [L]:
/// log-probabilities, as legal_log_softmax() gives them.
torch::Tensor divergence(const torch::Tensor& logits, const torch::Tensor& reference,
                         const torch::Tensor& offsets);

/// Log-softmax over each position's legal moves, without gradient: [L].
torch::Tensor legal_log_softmax(const torch::Tensor& logits, const torch::Tensor& offsets);

}  // namespace keisei::rl
