#pragma once

#include <cmath>
#include <optional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "protocol/messages.h"

namespace keisei::studio::testing {

/// For tests: what contradicts itself among all that a viewer reads of the forecast in one frame.
class ForecastJudge {
 public:
  using Findings = std::vector<std::string>;

  static Findings contradictions(const protocol::GameState& game, protocol::Language language) {
    Findings found;
    const auto& history = game.evaluation_history;
    if (!history.empty() && !is_alike(history.back(), game.black_win_probability)) {
      found.emplace_back("the curve ends elsewhere");
    }
    if (game.forecast.has_value() != (game.black_win_probability && !game.result)) {
      found.emplace_back("a forecast without a number, or the other way round");
    }
    if (game.forecast) judge(*game.forecast, *game.black_win_probability, language, found);
    std::string said = game.commentary + game.note;
    if (game.drama) said += game.drama->text;
    if (game.forecast) said += game.forecast->verdict;
    for (const auto& step : steps_in(said)) {
      if (!is_in(game, step)) found.push_back(said);
    }
    return found;
  }

 private:
  using Step = std::pair<double, double>;  // whole points of 100

  static void judge(const protocol::Forecast& forecast, double score, protocol::Language language,
                    Findings& found) {
    constexpr double kDigits = 2e-4;  // two numbers of four places
    if (std::abs(forecast.win + forecast.draw / 2 - score) > kDigits) {
      found.emplace_back("chances of another score");
    }
    if (std::abs(forecast.win + forecast.draw + forecast.loss - 1) > kDigits) {
      found.emplace_back("chances that do not sum to 1");
    }
    const auto& [right, of, even] = forecast.record;
    if (right > of || of + even > 20) found.emplace_back("a record that cannot be");
    if (forecast.calibrated != (forecast.games >= 20)) found.emplace_back("calibrated on too few");
    const long points = std::lround(score * 100);
    const auto leader = points > 54   ? std::optional(protocol::Side::black)
                        : points < 46 ? std::optional(protocol::Side::white)
                                      : std::nullopt;
    if (leader_in(forecast.verdict, language) != leader) found.push_back(forecast.verdict);
  }

  // Whose side the verdict says that the forecast is on; none: it is about even.
  static std::optional<protocol::Side> leader_in(const std::string& verdict,
                                                 protocol::Language language) {
    const bool is_english = language == protocol::Language::en;
    const std::string lean =
        verdict.substr(0, is_english ? verdict.find_first_of(":.") : verdict.find("。"));
    if (lean.find(is_english ? "Black" : "先手") != std::string::npos) {
      return protocol::Side::black;
    }
    if (lean.find(is_english ? "White" : "後手") != std::string::npos) {
      return protocol::Side::white;
    }
    return std::nullopt;
  }

  // "49 → 52 of 100", in either language.
  static std::vector<Step> steps_in(const std::string& text) {
    static const std::regex kStep("(\\d+) ?→ ?(\\d+)( of 100| ?点)");
    std::vector<Step> steps;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), kStep);
         at != std::sregex_iterator(); ++at) {
      steps.emplace_back(std::stod((*at)[1]), std::stod((*at)[2]));
    }
    return steps;
  }

  // A recap tells of the largest turn so far; everything else of the last move.
  static bool is_in(const protocol::GameState& game, const Step& step) {
    const auto& history = game.evaluation_history;
    const bool is_any = game.scene == protocol::SceneKind::joined;
    for (std::size_t i = history.size(); i-- > 1;) {
      if (is_printed(step.first, history[i - 1]) && is_printed(step.second, history[i])) {
        return true;
      }
      if (!is_any) return false;
    }
    return is_any && history.size() == 200;  // it may have been earlier
  }

  // A line's points are a little coarser than the numbers that they stand for.
  static bool is_printed(double points, protocol::Number share) {
    return share && std::abs(points - *share * 100) < 0.6;
  }
  static bool is_alike(protocol::Number one, protocol::Number other) {
    if (!one || !other) return one.has_value() == other.has_value();
    return std::abs(*one - *other) < 1e-3;
  }
};

}  // namespace keisei::studio::testing
