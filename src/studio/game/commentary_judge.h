#pragma once

#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "shogi/insight/fact_judge.h"
#include "shogi/usi.h"
#include "shogi/western.h"
#include "studio/game/commentary.h"
#include "studio/game/move_facts.h"

/// For tests: whether what is said of the moves of a game is so.
namespace keisei::studio::testing {

/// What the words themselves claim of the board, read back from them.
class WordJudge {
 public:
  WordJudge(const Scene& scene, const Content& content) : scene_(scene), words_(content) {}

  bool holds_english(const std::string& text) const {
    static const std::regex kPlace("((?:promoted )?[a-z]+) on ([1-9][a-i])");
    return stands(text, kPlace, 2, 1, protocol::Language::en) && undefended_is(text) &&
           check_is(text) && missed_mate_is(text) && missed_move_is(text);
  }
  bool holds_japanese(const std::string& text) const {
    static const std::regex kPlace(
        "((?:１|２|３|４|５|６|７|８|９)(?:一|二|三|四|五|六|七|八|九))の"
        "(成香|成桂|成銀|と金|飛車|歩|香|桂|銀|金|角|玉|馬|竜)");
    return stands(text, kPlace, 1, 2, protocol::Language::ja);
  }

 private:
  shogi::PieceType piece(const std::string& word, protocol::Language language) const {
    for (const int i : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15}) {  // no promoted gold
      const auto type = static_cast<shogi::PieceType>(i);
      if (words_.piece(type, language) == word) return type;
    }
    return shogi::PieceType::none;
  }
  static bool is_square(const std::string& word, shogi::Square square) {
    return GameWords::square(square, protocol::Language::en) == word ||
           GameWords::square(square, protocol::Language::ja) == word;
  }
  /// "the gold on 5b": now, or before it moved or was taken.
  bool stands(const std::string& text, const std::regex& place, int square, int piece_word,
              protocol::Language language) const {
    for (std::sregex_iterator at(text.begin(), text.end(), place), end; at != end; ++at) {
      const shogi::PieceType type = piece((*at)[static_cast<std::size_t>(piece_word)], language);
      if (type == shogi::PieceType::none) continue;                // "exchange on 5b"
      bool there = (*at).prefix().str().ends_with("dropping a ");  // a move that was not made
      for (int i = 0; i < shogi::Square::kCount && !there; ++i) {
        const shogi::Square on(i);
        there = is_square((*at)[static_cast<std::size_t>(square)], on) &&
                (type_of(scene_.position.piece_on(on)) == type ||
                 type_of(scene_.before->piece_on(on)) == type);
      }
      if (!there) return false;
    }
    return true;
  }
  bool undefended_is(const std::string& text) const {
    if (text.find("undefended") == std::string::npos) return true;
    const shogi::testing::PlainBoard board(scene_.position);
    return board.attackers(scene_.position.side_to_move(), scene_.move->to()).empty();
  }
  bool check_is(const std::string& text) const {
    static const std::regex kCheck("^Check\\b|^The king is attacked|: check\\.|(ed|ble) check\\b");
    const bool says = std::regex_search(text, kCheck);
    return !says || !shogi::testing::PlainBoard(scene_.position)
                         .checkers(scene_.position.side_to_move())
                         .empty();
  }
  bool mates(shogi::Move move) const {
    shogi::Position next = *scene_.before;
    next.do_move(move);
    return shogi::testing::FactJudge::is_mate(next);
  }
  /// "missed a mate in one: G*5b."
  bool missed_mate_is(const std::string& text) const {
    std::smatch match;
    static const std::regex kMissed("missed a mate in (?:one|1): (.*)\\.$");
    if (!std::regex_search(text, match, kMissed)) return true;
    const auto move = shogi::parse_western(match.str(1), *scene_.before);
    return move && mates(*move) && !shogi::testing::FactJudge::is_mate(scene_.position);
  }
  /// "missed checkmate: moving the rook from 7b to 7a and promoting it would have ended"
  bool missed_move_is(const std::string& text) const {
    std::smatch match;
    if (text.find("missed checkmate") == std::string::npos) return true;
    static const std::regex kMissed(
        "missed checkmate: (?:dropping a (.*) on|moving the (.*) from (..) to) (..)"
        "( and promoting it)? would have ended");
    if (!std::regex_search(text, match, kMissed)) return false;
    const bool drops = match[1].matched;
    for (const shogi::Move move : scene_.before->legal_moves()) {
      if (move.is_drop() != drops || !is_square(match.str(4), move.to())) continue;
      const auto type = drops ? move.drop_type() : type_of(scene_.before->piece_on(move.from()));
      if (type != piece(match.str(drops ? 1 : 2), protocol::Language::en)) continue;
      if (!drops && !is_square(match.str(3), move.from())) continue;
      if (move.is_promotion() == match[5].matched && mates(move)) return true;
    }
    return false;
  }

  const Scene& scene_;
  GameWords words_;
};

/// Judges the facts of every move of games by slow code of its own, and the sentences made of them.
class CommentaryJudge {
 public:
  explicit CommentaryJudge(const Content& content)
      : content_(content), reader_(content.castles(), content.openings()), words_(content) {}

  void judge(const shogi::Position& start, const std::vector<shogi::Move>& moves) {
    ++games_;
    Scene scene;
    scene.position = start;
    std::vector<shogi::Move> earlier;
    for (const shogi::Move move : moves) {
      scene.before = scene.position;
      scene.last_to = scene.move ? std::optional(scene.move->to()) : std::nullopt;
      scene.move = move;
      scene.position.do_move(move);
      judge(scene, start, earlier);
      earlier.push_back(move);
    }
  }

  int games() const { return games_; }
  int moves() const { return moves_; }
  int sentences() const { return sentences_; }
  const std::map<shogi::MoveRule, int>& said() const { return said_; }
  /// Each with the rule, the position before the move, and the move.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  void judge(const Scene& scene, const shogi::Position& start,
             const std::vector<shogi::Move>& earlier) {
    ++moves_;
    const shogi::testing::FactJudge judge(*scene.before, *scene.move, start, earlier,
                                          content_.castles(), content_.openings());
    const WordJudge word_judge(scene, content_);
    const ShownMove played = shown_move(*scene.before, *scene.move, scene.last_to);
    for (const ToldFact& told : told_facts(scene, shogi::GameSoFar{start, earlier}, reader_)) {
      ++said_[told.fact.rule];
      const std::string where = std::string(keisei::to_string(told.fact.rule)) + " " +
                                scene.before->sfen() + " " + shogi::to_usi(*scene.move);
      if (!judge.holds(told.fact)) faults_.push_back(where);
      for (const protocol::Level level : protocol::enumerators<protocol::Level>()) {
        const auto text = [&](protocol::Language language) {
          return words_.sentence(told, played, level, language);
        };
        const std::string english = text(protocol::Language::en);
        const std::string japanese = text(protocol::Language::ja);
        sentences_ += 2;
        if (!word_judge.holds_english(english)) faults_.push_back(english + " " + where);
        if (!word_judge.holds_japanese(japanese)) faults_.push_back(japanese + " " + where);
      }
    }
  }

  const Content& content_;
  shogi::MoveReader reader_;
  FactWords words_;
  int games_ = 0;
  int moves_ = 0;
  int sentences_ = 0;
  std::map<shogi::MoveRule, int> said_;
  std::vector<std::string> faults_;
};

}  // namespace keisei::studio::testing
