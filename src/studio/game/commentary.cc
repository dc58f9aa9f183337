#include "studio/game/commentary.h"

#include <boost/describe/enum.hpp>
#include <cmath>

#include "studio/game/pace.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using shogi::PieceType;

// The words of content/*/game.json.
BOOST_DEFINE_ENUM_CLASS(Sentence, start, joined, mate, quiet, quiet_check, drop, drop_check,
                        capture, capture_check, promotion, promotion_check, capture_promotion,
                        capture_promotion_check)
BOOST_DEFINE_ENUM_CLASS(Note, start, swing, forecast, favourite, favourite_beside, ranked,
                        ranked_beside, undecided, outside, outside_beside, rare, alternative,
                        between)
BOOST_DEFINE_ENUM_CLASS(Deed, capture, win, promotion, drop, mate, check, evasion, quiet, fork,
                        offer)

constexpr KeyFamily<Sentence> kSentence("game.commentary.*");
constexpr KeyFamily<Note> kNote("game.note.*");
constexpr KeyFamily<Deed> kDeed("game.reason.*");
constexpr KeyFamily kSeparator("game.reason.separator");
constexpr KeyFamily kTwoRemarks("game.two_remarks");
constexpr KeyFamily<protocol::EndReason> kResult("game.result.*");
constexpr KeyFamily kDrawnStalemate("game.drawn_stalemate");

// A forecast that turns by this much in one move is worth saying.
constexpr double kSwing = Pace::kSwing;
// Losing this much in the exchange on the destination (in pawns) is an offer or a blunder.
constexpr int kOffer = -3;
// An untrained network likes all moves about equally: its ranks mean nothing yet.
constexpr double kUndecided = 1.5;  // times the share that each legal move would get by chance
constexpr double kRare = 0.2;       // of the favourite's probability

Sentence sentence_for(const ShownMove& move) {
  if (move.mates) return Sentence::mate;
  if (move.drops) return move.checks ? Sentence::drop_check : Sentence::drop;
  if (move.captured != PieceType::none) {
    if (move.promotes) {
      return move.checks ? Sentence::capture_promotion_check : Sentence::capture_promotion;
    }
    return move.checks ? Sentence::capture_check : Sentence::capture;
  }
  if (move.promotes) return move.checks ? Sentence::promotion_check : Sentence::promotion;
  return move.checks ? Sentence::quiet_check : Sentence::quiet;
}

double likelihood_of_favourite(const Decision& decision) {
  return decision.top.empty() ? 0 : static_cast<double>(decision.top.front().probability);
}

/// `beside`: whether it says what else was considered.
Note note_for(const Decision& decision, std::optional<int> rank, bool beside) {
  const double favourite = likelihood_of_favourite(decision);
  if (favourite * decision.legal_moves < kUndecided && decision.legal_moves > 1) {
    return Note::undecided;
  }
  if (rank == 1) return beside ? Note::favourite_beside : Note::favourite;
  if (rank) return beside ? Note::ranked_beside : Note::ranked;
  if (beside) return Note::outside_beside;
  return *decision.probability < kRare * favourite ? Note::rare : Note::outside;
}

// As the page prints it beside the board.
long in_hundred(double share) { return std::lround(share * 100); }

std::string signed_number(long number) {
  if (number == 0) return "±0";
  return (number > 0 ? "+" : "−") + std::to_string(std::abs(number));
}

/// Black's, of 100, before the scene's move and after it.
struct ForecastStep {
  double before;
  double after;

  bool is_swing() const { return std::abs(after - before) >= kSwing; }
};

std::optional<ForecastStep> step_of(const Scene& scene) {
  const FeaturedGame& game = *scene.game;
  const auto before = game.told_forecast(scene.ply - 1);
  const auto after = game.told_forecast(scene.ply);
  // The forecast of the first position known is no mean of two.
  const bool are_alike = scene.ply - 1 > game.first_ply() && !scene.over;
  if (!are_alike || !before || !after) return std::nullopt;
  return ForecastStep{*before, *after};
}

}  // namespace

std::optional<int> rank_of(const Decision& decision) {
  for (std::size_t i = 0; i < decision.top.size(); ++i) {
    if (decision.top[i].move == decision.move) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::string Commentary::sentence(const Scene& scene, const SceneFacts& facts,
                                 Language language) const {
  if (!facts.played) {
    return content_.text(language, kSentence(scene.joined ? Sentence::joined : Sentence::start),
                         {{"ply", std::to_string(scene.ply + 1)}});
  }
  const ShownMove& move = *facts.played;
  return content_.text(language, kSentence(sentence_for(move)),
                       {{"side", words_.side(scene.before->side_to_move(), language)},
                        {"piece", words_.piece(move.piece, language)},
                        {"captured", words_.piece(move.captured, language)},
                        {"square", GameWords::square(scene.move->to(), language)},
                        {"move", GameWords::notation(move.view, language)}});
}

std::string Commentary::note(const Scene& scene, const SceneFacts& facts, Level level,
                             Language language) const {
  if (!facts.played) {
    if (level == Level::beginner) return "";
    return content_.text(language, kNote(Note::start),
                         {{"number", std::to_string(scene.game->number())},
                          {"update", std::to_string(scene.update())}});
  }
  const SceneRemarks& remarks = facts.remarks[static_cast<std::size_t>(level)];
  std::string text;
  for (const Remark& one : remarks) {
    text = joined(text, remark(one, scene, facts, level, language), language);
  }
  return text;
}

std::string Commentary::remark(const Remark& what, const Scene& scene, const SceneFacts& facts,
                               Level level, Language language) const {
  switch (what.kind) {
    case Remark::Kind::swing:
      return swing(scene, language);
    case Remark::Kind::fact:
      return fact_words_.sentence(facts.told[what.fact], *facts.played, level, language);
    case Remark::Kind::choice:
      return choice(*scene.game->decision(scene.ply - 1), facts, level, language);
  }
  return "";
}

std::string Commentary::joined(const std::string& first, const std::string& second,
                               Language language) const {
  if (first.empty() || second.empty()) return first + second;
  return content_.text(language, kTwoRemarks(), {{"first", first}, {"second", second}});
}

std::string Commentary::swing(const Scene& scene, Language language) const {
  const auto step = step_of(scene);
  if (!step || !step->is_swing()) return "";
  const auto gainer = step->after > step->before ? shogi::Color::black : shogi::Color::white;
  return content_.text(language, kNote(Note::swing),
                       {{"side", words_.side(gainer, language)},
                        {"before", std::to_string(in_hundred(step->before))},
                        {"after", std::to_string(in_hundred(step->after))}});
}

std::string Commentary::forecast_step(const Scene& scene, Language language) const {
  if (!scene.move) return "";
  const auto step = step_of(scene);
  if (!step || step->is_swing()) return "";
  const long before = in_hundred(step->before);
  const long after = in_hundred(step->after);
  return content_.text(language, kNote(Note::forecast),
                       {{"before", std::to_string(before)},
                        {"after", std::to_string(after)},
                        {"change", signed_number(after - before)}});
}

std::string Commentary::alternatives(const SceneFacts& facts, Language language) const {
  std::string list;
  for (const Alternative& other : *facts.alternatives) {
    if (!list.empty()) list += content_.text(language, kNote(Note::between));
    list += content_.text(language, kNote(Note::alternative),
                          {{"move", GameWords::notation(other.move, language)},
                           {"percent", percent(other.probability)}});
  }
  return list;
}

std::string Commentary::choice(const Decision& decision, const SceneFacts& facts, Level level,
                               Language language) const {
  // Without the moves that it considered nobody can say which place this one had.
  if (!decision.probability || !facts.alternatives) return "";
  const auto rank = rank_of(decision);
  const bool beside = level == Level::advanced && !facts.alternatives->empty();
  return content_.text(language, kNote(note_for(decision, rank, beside)),
                       {{"rank", std::to_string(rank.value_or(0))},
                        {"legal", std::to_string(decision.legal_moves)},
                        {"percent", percent(*decision.probability)},
                        {"others", alternatives(facts, language)}});
}

std::string Commentary::result(const Scene& scene, Language language) const {
  const Finish& finish = *scene.game->finish();
  if (finish.reason == protocol::EndReason::stalemate && !finish.winner) {
    return content_.text(language, kDrawnStalemate());
  }
  const auto winner = finish.winner.value_or(shogi::Color::black);
  return content_.text(language, kResult(finish.reason),
                       {{"winner", words_.side(winner, language)},
                        {"loser", words_.side(~winner, language)},
                        {"plies", std::to_string(scene.ply)}});
}

std::string Commentary::reason(const ShownMove& move, Language language) const {
  std::string reason;
  const auto say = [&](Deed deed) {
    if (!reason.empty()) reason += content_.text(language, kSeparator());
    reason += content_.text(language, kDeed(deed),
                            {{"piece", words_.piece(move.piece, language)},
                             {"captured", words_.piece(move.captured, language)}});
  };
  if (move.captured != PieceType::none) say(move.exchange > 0 ? Deed::win : Deed::capture);
  if (move.promotes) say(Deed::promotion);
  if (move.drops) say(Deed::drop);
  if (move.mates) {
    say(Deed::mate);
  } else if (move.checks) {
    say(Deed::check);
  }
  if (move.evades) say(Deed::evasion);
  if (reason.empty()) say(Deed::quiet);
  if (!move.mates && move.forks) say(Deed::fork);
  if (!move.mates && move.exchange <= kOffer) say(Deed::offer);
  return reason;
}

Keys Commentary::keys() const {
  return kSentence.keys() + kNote.keys() + kTwoRemarks.keys() + kDeed.keys() + kSeparator.keys() +
         kResult.keys() + kDrawnStalemate.keys() + fact_words_.keys();
}

}  // namespace keisei::studio
