#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "search/evaluator.h"

namespace keisei::usi {

/// The network that the GUI's user has chosen. What was loaded stays when another choice cannot be.
class ChosenNetwork {
 public:
  struct Loaded {
    std::unique_ptr<search::Evaluator> evaluator;
    std::string description;  // one line
  };
  /// Blocks for as long as it takes. An error says what is wrong with the file.
  using Load = std::function<Result<Loaded>(const std::string& checkpoint, int threads)>;

  explicit ChosenNetwork(Load load) : load_(std::move(load)) {}

  /// Whether this is another choice than the last one, loaded or not: of another checkpoint, or of
  /// a folder or file that has a newer one by now.
  bool differs(const std::string& checkpoint, int threads) const;
  /// Gives the description, or an error for the user. Nobody uses the evaluator meanwhile.
  Result<std::string> choose(const std::string& checkpoint, int threads);
  bool was_chosen() const { return !choice_.empty(); }

  /// Null until one was loaded.
  search::Evaluator* evaluator() const { return evaluator_.get(); }

 private:
  Load load_;
  std::string choice_;
  std::unique_ptr<search::Evaluator> evaluator_;
};

}  // namespace keisei::usi
