#include "rl/evaluation/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "rl/evaluation/interval.h"

namespace keisei::rl {
namespace {

// Elo before it was on another scale.
constexpr std::uint64_t kFirstSuiteOfThisElo = 2;

std::string score_json(const MatchScore& score) {
  const Interval interval = wilson_interval(score.score(), std::max(1, score.games()));
  return fmt::format(
      R"("score":{:.4f},"ci95_low":{:.4f},"ci95_high":{:.4f},"wins":{},"draws":{},"losses":{})",
      score.score(), interval.low, interval.high, score.wins, score.draws, score.losses);
}

std::string skill_json(Skill skill, const SkillScore& score) {
  const Interval interval = wilson_interval(score.success(), std::max(1, score.questions));
  return fmt::format(
      R"("{}":{{"success":{:.4f},"ci95_low":{:.4f},"ci95_high":{:.4f},"questions":{},)"
      R"("probability":{:.4f},"chance":{:.4f}}})",
      skill_name(skill), score.success(), interval.low, interval.high, score.questions,
      score.probability, score.chance);
}

}  // namespace

std::string evaluation_line(const Evaluation& evaluation, double unix_time) {
  std::string past, anchors, skills;
  for (const auto& [update, score, age_s] : evaluation.against_past) {
    const std::string age = age_s ? fmt::format(R"("age_s":{:.0f},)", *age_s) : "";
    past += fmt::format(R"({}{{"update":{},{}{}}})", past.empty() ? "" : ",", update, age,
                        score_json(score));
  }
  for (std::size_t i = 0; i < kAnchorCount; ++i) {
    const MatchScore& score = evaluation.against_anchors[i];
    const Rating& rating = evaluation.ratings.anchors[i];
    anchors += fmt::format(R"({}"{}":{{{}{}"elo":{:.1f},"elo_low":{:.1f},"elo_high":{:.1f}}})",
                           i == 0 ? "" : ",", anchor_name(kAnchors[i]),
                           score.games() > 0 ? score_json(score) : "", score.games() > 0 ? "," : "",
                           rating.elo, rating.low, rating.high);
  }
  for (std::size_t i = 0; i < evaluation.skills.size(); ++i) {
    skills += ',' + skill_json(kSkills[i], evaluation.skills[i]);
  }
  return fmt::format(R"({{"time":{:.3f},"update":{},"global_step":{},"against_random":{{{}}},)"
                     R"("elo":{:.1f},"elo_low":{:.1f},"elo_high":{:.1f},"anchors":{{{}}},)"
                     R"("against_past":[{}],"skills":{{"suite":{}{}}},"seconds":{:.2f}}})",
                     unix_time, evaluation.update, evaluation.global_step,
                     score_json(evaluation.against_random()), evaluation.ratings.network.elo,
                     evaluation.ratings.network.low, evaluation.ratings.network.high, anchors, past,
                     kSuiteVersion, skills, evaluation.seconds);
}

std::string incomparable(std::string_view earlier_lines) {
  constexpr std::string_view kKey = R"("suite":)";
  const std::size_t key = earlier_lines.rfind(kKey);
  if (key == std::string_view::npos) return {};
  const std::string_view number = earlier_lines.substr(key + kKey.size());
  std::uint64_t suite = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), suite);
  if (read.ec != std::errc{} || suite == kSuiteVersion) return {};
  std::string text = fmt::format(
      "the evaluations so far asked the questions of suite {}, those to come ask suite {}: skills "
      "before and after cannot be compared",
      suite, kSuiteVersion);
  if (suite < kFirstSuiteOfThisElo) text += "; nor can Elo, in which draws now count half";
  return text;
}

std::string evaluation_summary(const Evaluation& evaluation) {
  const MatchScore& random = evaluation.against_random();
  const Interval interval = wilson_interval(random.score(), std::max(1, random.games()));
  std::string text = fmt::format(
      "evaluation of update {} · {:.0f} % [{:.0f}, {:.0f}] against random · Elo {:+.0f} ± {:.0f}",
      evaluation.update, 100 * random.score(), 100 * interval.low, 100 * interval.high,
      evaluation.ratings.network.elo,
      evaluation.ratings.network.high - evaluation.ratings.network.elo);
  for (std::size_t i = 0; i < evaluation.skills.size(); ++i) {
    text +=
        fmt::format(" · {} {:.0f} %", skill_name(kSkills[i]), 100 * evaluation.skills[i].success());
  }
  return text;
}

}  // namespace keisei::rl
