#pragma once

#include <span>
#include <vector>

#include "shogi/move.h"
#include "shogi/position.h"

namespace keisei::search {

/// A position that a search asks about. Both pointers live as long as the call.
struct Question {
  const shogi::Position* position = nullptr;
  const shogi::MoveList* legal_moves = nullptr;  // never empty
  int repetitions = 1;                           // occurrences of the position, this one included
};

struct Answer {
  std::vector<float> log_probabilities;  // of the legal moves, in their order
  float value = 0;                       // expected result for the mover, -1..1
};

/// What a search knows of a position before it looks ahead.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// One answer for each question, written over what `answers` holds. The sizes are equal. Called
  /// by one thread at a time.
  virtual void evaluate(std::span<const Question> questions, std::span<Answer> answers) = 0;
};

}  // namespace keisei::search
