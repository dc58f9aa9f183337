#include <boost/json.hpp>

#include "shogi/japanese.h"
#include "shogi/record/csa_words.h"
#include "shogi/record/jkf.h"
#include "shogi/record/jkf_words.h"
#include "shogi/record/kif_words.h"

namespace keisei::shogi {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

std::string_view csa_name(PieceType type) { return csa::kPieceNames[index(type)]; }
int number_of(Color color) { return color == Color::black ? 0 : 1; }

json::object place(Square square) { return {{"x", square.file() + 1}, {"y", square.rank() + 1}}; }

json::object drawn(const Position& position) {
  json::array board;
  for (int file = 0; file < 9; ++file) {
    json::array ranks;
    for (int rank = 0; rank < 9; ++rank) {
      const Piece piece = position.piece_on(Square(file, rank));
      if (piece == Piece::none) {
        ranks.push_back(json::object());
      } else {
        ranks.push_back(json::object{{"color", number_of(color_of(piece))},
                                     {"kind", csa_name(type_of(piece))}});
      }
    }
    board.push_back(std::move(ranks));
  }
  json::array hands;
  for (const Color color : {Color::black, Color::white}) {
    json::object hand;
    for (const PieceType type : kHandTypes) {
      hand[csa_name(type)] = position.hand_count(color, type);
    }
    hands.push_back(std::move(hand));
  }
  return {{"color", number_of(position.side_to_move())},
          {"board", std::move(board)},
          {"hands", std::move(hands)}};
}

json::object initial(const Position& start) {
  const auto handicap = kif::handicap_name(start);
  for (const auto& [preset, name] : jkf::kPresets) {
    if (handicap == name) return {{"preset", preset}};
  }
  return {{"preset", "OTHER"}, {"data", drawn(start)}};
}

json::object header(const GameRecord& record) {
  json::object header;
  if (!record.black.empty()) header[jkf::kBlackName] = record.black;
  if (!record.white.empty()) header[jkf::kWhiteName] = record.white;
  for (const auto& [key, value] : record.headings) {
    std::string_view name = key;
    for (const auto& [known, word] : kif::kHeadings) {
      if (known == key) name = word;
    }
    if (!jkf::names_a_player(name)) header[name] = value;
  }
  return header;
}

/// The words for how a piece came there, one letter each.
std::string relative(std::string_view japanese) {
  constexpr std::pair<std::string_view, char> kLetters[] = {
      {"左", 'L'}, {"直", 'C'}, {"右", 'R'}, {"上", 'U'}, {"寄", 'M'}, {"引", 'D'}, {"打", 'H'}};
  std::string letters;
  for (const auto& [word, letter] : kLetters) {
    if (japanese.find(word) != std::string_view::npos) letters += letter;
  }
  return letters;
}

json::object described(const Position& position, Move move, std::optional<Square> last_to) {
  json::object result{{"color", number_of(position.side_to_move())}};
  PieceType type = PieceType::none;
  if (move.is_drop()) {
    type = move.drop_type();
  } else {
    type = type_of(position.piece_on(move.from()));
    result["from"] = place(move.from());
  }
  result["to"] = place(move.to());
  result["piece"] = csa_name(type);
  if (last_to == move.to()) result["same"] = true;
  if (!move.is_drop()) {
    const Color mover = position.side_to_move();
    const bool may_promote =
        in_promotion_zone(mover, move.from()) || in_promotion_zone(mover, move.to());
    if (can_promote(type) && may_promote) result["promote"] = move.is_promotion();
    const Piece taken = position.piece_on(move.to());
    if (taken != Piece::none) result["capture"] = csa_name(type_of(taken));
  }
  const std::string words = relative(to_japanese(position, move, last_to));
  if (!words.empty()) result["relative"] = words;
  return result;
}

/// What an entry says besides its move. `total` grows by the time.
void add_remarks(json::object& entry, const SpentTime& time, milliseconds& total,
                 std::string_view comment) {
  constexpr auto kMinute = std::chrono::seconds(60);
  if (time) {
    using std::chrono::duration_cast, std::chrono::seconds;
    total += *time;
    const auto now = duration_cast<seconds>(*time), all = duration_cast<seconds>(total);
    entry["time"] = {
        {"now", {{"m", now / kMinute}, {"s", (now % kMinute).count()}}},
        {"total",
         {{"h", all / (60 * kMinute)}, {"m", all / kMinute % 60}, {"s", (all % kMinute).count()}}}};
  }
  if (comment.empty()) return;
  json::array lines;
  for (const auto line : comment_lines(comment)) lines.push_back(json::string(line));
  entry["comments"] = std::move(lines);
}

}  // namespace

std::string write_jkf(const GameRecord& record) {
  json::array moves;
  json::object before;
  milliseconds total[2] = {};
  add_remarks(before, std::nullopt, total[0], record.comment);
  moves.push_back(std::move(before));

  Position position = record.start;
  std::optional<Square> last_to;
  for (const RecordedMove& played : record.moves) {
    json::object entry{{"move", described(position, played.move, last_to)}};
    add_remarks(entry, played.time, total[index(position.side_to_move())], played.comment);
    moves.push_back(std::move(entry));
    position.do_move(played.move);
    last_to = played.move.to();
  }
  if (record.end) {
    const Color mover = position.side_to_move();
    json::object entry{{"special", csa::ending_word(record.end->ending, mover)}};
    add_remarks(entry, record.end->time, total[index(mover)], record.end->comment);
    moves.push_back(std::move(entry));
  }
  return json::serialize(json::object{
      {"header", header(record)}, {"initial", initial(record.start)}, {"moves", std::move(moves)}});
}

}  // namespace keisei::shogi
