#include "studio/game/director_words.h"

#include <boost/describe/enum.hpp>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "studio/game/pace.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using protocol::PickReason;

// The words of content/*/director.json.
BOOST_DEFINE_ENUM_CLASS(Part, opening, ahead, even, turn, captures)

constexpr KeyFamily<PickReason, Level> kReason("director.reason.*.*");
constexpr KeyFamily<Level> kOldFirst("director.old_first.*");
constexpr KeyFamily<Part, Level> kRecap("director.recap.*.*");
constexpr KeyFamily<Level> kSecret("director.secret.*");
constexpr KeyFamily kJoined("director.joined");
constexpr KeyFamily kLookBack("director.look_back");
constexpr KeyFamily<protocol::DramaKind, Level> kDrama("director.drama.*.*");

// A lead of fewer pawns means little.
constexpr int kLead = 2;

std::string in_hundred(double share) { return std::to_string(std::lround(share * 100)); }

}  // namespace

// An upset is one only when it has come.
protocol::GamePick DirectorWords::pick(const Scene& scene, Level level, Language language) const {
  const Reason& why = scene.why;
  const bool is_secret = why.what == PickReason::upset && !scene.over;
  const bool is_old = why.what == PickReason::first && why.behind > Taste::kFresh;
  const Key key =
      is_secret ? kSecret(level) : (is_old ? kOldFirst(level) : kReason(why.what, level));
  std::string winner;
  if (scene.over) {
    if (const auto& side = scene.game->finish()->winner) winner = words_.side(*side, language);
  }
  return {is_secret ? PickReason::surprise : why.what, why.among,
          content_.text(language, key,
                        {{"among", std::to_string(why.among)},
                         {"alike", std::to_string(why.alike)},
                         {"behind", std::to_string(why.behind)},
                         {"points", figure(std::round(why.points * 10) / 10)},
                         {"winner", winner}})};
}

std::string DirectorWords::recap(const Recap& recap, Level level, Language language) const {
  std::string text;
  const auto say = [&](Part part, Content::Values values) {
    std::string next = content_.text(language, kRecap(part, level), values);
    text = text.empty() ? std::move(next)
                        : content_.text(language, kJoined(), {{"first", text}, {"second", next}});
  };
  for (const auto color : {shogi::Color::black, shogi::Color::white}) {
    const auto opening = recap.opening[index(color)];
    if (!opening || level == Level::beginner) continue;
    const std::string name = "shogi_names.openings." + std::string(*opening) + ".name";
    const auto found = content_.texts(language).find(name);
    if (found == content_.texts(language).end()) continue;
    say(Part::opening, {{"side", words_.side(color, language)}, {"name", found->second}});
  }
  if (level == Level::advanced && recap.captures) {
    say(Part::captures, {{"n", std::to_string(*recap.captures)}});
  }
  if (std::abs(recap.material) < kLead) {
    say(Part::even, {});
  } else {
    const auto leader = recap.material > 0 ? shogi::Color::black : shogi::Color::white;
    say(Part::ahead, {{"side", words_.side(leader, language)},
                      {"pawns", std::to_string(std::abs(recap.material))}});
  }
  const auto& turn = recap.turn;
  if (turn && std::abs(turn->after - turn->before) >= Pace::kSwing) {
    const auto gainer = turn->after > turn->before ? shogi::Color::black : shogi::Color::white;
    say(Part::turn, {{"ply", std::to_string(turn->ply)},
                     {"side", words_.side(gainer, language)},
                     {"before", in_hundred(turn->before)},
                     {"after", in_hundred(turn->after)}});
  }
  return text;
}

std::string DirectorWords::look_back(const Scene& scene, const std::string& sentence,
                                     Language language) const {
  return content_.text(language, kLookBack(),
                       {{"ply", std::to_string(scene.ply)}, {"sentence", sentence}});
}

protocol::Drama DirectorWords::drama(protocol::DramaKind kind, const Scene& scene, Level level,
                                     Language language) const {
  const double before = scene.game->told_forecast(scene.ply - 1).value_or(0.5);
  const double after = scene.game->told_forecast(scene.ply).value_or(0.5);
  const auto gainer = after > before ? shogi::Color::black : shogi::Color::white;
  const auto mover = scene.before->side_to_move();
  return {kind,
          content_.text(
              language, kDrama(kind, level),
              {{"side", words_.side(kind == protocol::DramaKind::swing ? gainer : mover, language)},
               {"before", in_hundred(before)},
               {"after", in_hundred(after)}})};
}

Keys DirectorWords::keys() const {
  return kReason.keys() + kOldFirst.keys() + kRecap.keys() + kSecret.keys() + kJoined.keys() +
         kLookBack.keys() + kDrama.keys();
}

}  // namespace keisei::studio
