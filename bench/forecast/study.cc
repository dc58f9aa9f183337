#include "study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <set>
#include <span>

#include "studio/forecast/forecaster.h"

namespace studio = keisei::studio;
using Chances = studio::ResultChances;

namespace {

/// What was known when a game began.
struct Known {
  studio::Calibration calibration;
  studio::Calibration unshifted;
  std::array<double, 3> results{1, 1, 1};  // wins, draws and losses of Black so far, and one more
};

struct Method {
  std::string name;
  std::function<Chances(double raw, const Known&)> forecast;
};

const std::vector<Method>& methods() {
  static const std::vector<Method> all = {
      {"calibrated",
       [](double raw, const Known& known) {
         return known.calibration.chances(known.calibration.expected_score(raw));
       }},
      {"network's own",
       [](double raw, const Known&) {
         return Chances{raw, 0, 1 - raw};
       }},
      {"calibrated, without a shift",
       [](double raw, const Known& known) {
         return known.unshifted.chances(known.unshifted.expected_score(raw));
       }},
      {"share of results so far",
       [](double, const Known& known) {
         const auto& [win, draw, loss] = known.results;
         const double sum = win + draw + loss;
         return Chances{win / sum, draw / sum, loss / sum};
       }},
      {"always 50 %",
       [](double, const Known&) {
         return Chances{0.5, 0, 0.5};
       }},
  };
  return all;
}

studio::EndedForecasts ended(const ForecastGame& game) {
  studio::EndedForecasts ended{game.id, {}, game.score};
  for (std::size_t i = 0; i < ended.raw.size(); ++i) {
    const int ply = studio::EndedForecasts::ply_of(i, static_cast<int>(game.raw.size()));
    if (ply > 0) ended.raw[i] = game.raw[static_cast<std::size_t>(ply)];
  }
  return ended;
}

double square(double number) { return number * number; }

/// Of one game, by one method.
struct Judged {
  double score = 0;
  double three_way = 0;
};

class Judge {
 public:
  explicit Judge(const Method& method) : method_(&method) { way_.name = method.name; }

  void judge(const ForecastGame& game, const Known& known) {
    Judged judged;
    double count = 0;
    for (std::size_t ply = 1; ply < game.raw.size(); ++ply) count += game.raw[ply] ? 1 : 0;
    for (std::size_t ply = 1; ply < game.raw.size(); ++ply) {
      if (!game.raw[ply]) continue;
      const Chances chances = method_->forecast(*game.raw[ply], known);
      const double expected = chances.expected_score();
      judged.score += square(expected - game.score) / count;
      judged.three_way +=
          (square(chances.win - (game.score == 1)) + square(chances.draw - (game.score == 0.5)) +
           square(chances.loss - (game.score == 0))) /
          count;
      Bin& bin = way_.bins[std::min(kBins - 1, static_cast<std::size_t>(expected * kBins))];
      bin.weight += 1 / count;
      bin.forecast += expected / count;
      bin.score += game.score / count;
    }
    games_.push_back(judged);
    if (game.score == 0.5 || game.raw.size() < 2) return;
    const auto& halfway = game.raw[game.raw.size() / 2];
    if (!halfway) return;
    const double ahead = method_->forecast(*halfway, known).expected_score() - 0.5;
    if (std::abs(ahead) < studio::Forecaster::kMargin) return;
    ++((ahead > 0) == (game.score == 1) ? way_.right : way_.wrong);
  }

  const std::vector<Judged>& games() const { return games_; }
  Way result(const std::vector<Judged>& of_network) {
    const double count = static_cast<double>(games_.size());
    for (const Judged& one : games_) {
      way_.errors.score += one.score / count;
      way_.errors.three_way += one.three_way / count;
    }
    for (Bin& bin : way_.bins) {
      if (bin.weight == 0) continue;
      bin.forecast /= bin.weight;
      bin.score /= bin.weight;
      way_.errors.miscalibration += bin.weight / count * square(bin.forecast - bin.score);
    }
    draw_anew(of_network);
    return way_;
  }

 private:
  void draw_anew(const std::vector<Judged>& other) {
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::size_t> any(0, games_.size() - 1);
    std::vector<double> gains(1000);
    for (double& gain : gains) {
      for (std::size_t i = 0; i < games_.size(); ++i) {
        const std::size_t game = any(random);
        gain += (other[game].score - games_[game].score) / static_cast<double>(games_.size());
      }
    }
    std::sort(gains.begin(), gains.end());
    way_.gain_low = gains[25];
    way_.gain_high = gains[974];
    for (std::size_t i = 0; i < games_.size(); ++i) {
      way_.gain += (other[i].score - games_[i].score) / static_cast<double>(games_.size());
    }
  }

  const Method* method_;
  Way way_;
  std::vector<Judged> games_;
};

}  // namespace

Study study(const ForecastGames& games) {
  studio::Forecaster forecaster;
  std::vector<studio::EndedForecasts> before;
  std::vector<Judge> judges;
  for (const Method& method : methods()) judges.emplace_back(method);
  Study study;
  Known known;
  std::set<std::int64_t> updates;
  for (const ForecastGame& game : games) {
    const studio::ForecastBasis basis = forecaster.basis();
    if (basis.calibration.is_calibrated()) {
      known.calibration = basis.calibration;
      const std::size_t first =
          before.size() - std::min(before.size(), studio::Forecaster::kWindow);
      known.unshifted = studio::Calibration(std::span(before).subspan(first), 0);
      for (Judge& judge : judges) judge.judge(game, known);
      ++study.games;
      if (game.score == 0.5) ++study.draws;
      updates.insert(game.update);
    }
    forecaster.learn(ended(game), basis);
    before.push_back(ended(game));
    known.results[game.score == 1 ? 0 : game.score == 0.5 ? 1 : 2] += 1;
  }
  study.updates.assign(updates.begin(), updates.end());
  if (study.games == 0) return study;
  for (Judge& judge : judges) study.ways.push_back(judge.result(judges[1].games()));
  return study;
}

std::string text_of(const Study& study) {
  std::string text = fmt::format("{} games of {} networks, {} drawn\n\n", study.games,
                                 study.updates.size(), study.draws);
  text += fmt::format("{:<26} {:>7} {:>9} {:>9} {:>9}  {}\n", "", "score²", "three-way", "miscal.",
                      "right", "better than the network's own by");
  for (const Way& way : study.ways) {
    text += fmt::format("{:<26} {:7.4f} {:9.4f} {:9.5f} {:>4}/{:<4}  {:.4f} ({:.4f} to {:.4f})\n",
                        way.name, way.errors.score, way.errors.three_way, way.errors.miscalibration,
                        way.right, way.right + way.wrong, way.gain, way.gain_low, way.gain_high);
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(2, study.ways.size()); ++i) {
    text += fmt::format("\n{}: forecast, came to, games\n", study.ways[i].name);
    for (const Bin& bin : study.ways[i].bins) {
      if (bin.weight == 0) continue;
      text += fmt::format("  {:5.1f} {:5.1f} {:7.1f}\n", 100 * bin.forecast, 100 * bin.score,
                          bin.weight);
    }
  }
  return text;
}
