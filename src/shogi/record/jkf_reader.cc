#include <fmt/format.h>

#include <boost/json.hpp>
#include <vector>

#include "shogi/legality.h"
#include "shogi/record/csa_words.h"
#include "shogi/record/jkf.h"
#include "shogi/record/jkf_words.h"
#include "shogi/record/kif_words.h"
#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

namespace json = boost::json;

/// Three levels for each fork inside a fork.
constexpr std::size_t kDeepestNesting = 500;

/// JKF writes what is not there as a missing field or as null.
const json::value* field(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

Result<const json::object*> object_at(const json::object& parent, std::string_view name) {
  const json::value* value = field(parent, name);
  if (value == nullptr || !value->is_object()) return fail(fmt::format("{} is no object", name));
  return &value->get_object();
}

Result<int> number_at(const json::object& object, std::string_view name, int low, int high) {
  const json::value* value = field(object, name);
  boost::system::error_code error;
  const int number = value == nullptr ? low - 1 : value->to_number<int>(error);
  if (error || number < low || number > high) {
    return fail(fmt::format("{} is no number from {} to {}", name, low, high));
  }
  return number;
}

Result<std::string_view> text_at(const json::object& object, std::string_view name) {
  const json::value* value = field(object, name);
  if (value == nullptr || !value->is_string()) return fail(fmt::format("{} is no text", name));
  return std::string_view(value->get_string());
}

Result<Square> square_at(const json::object& move, std::string_view name) {
  const auto place = object_at(move, name);
  if (!place) return tl::unexpected(place.error());
  const auto x = number_at(**place, "x", 1, 9), y = number_at(**place, "y", 1, 9);
  if (!x || !y) return fail(fmt::format("{} is no square", name));
  return Square(*x - 1, *y - 1);
}

Result<PieceType> piece_at(const json::object& object, std::string_view name) {
  const auto text = text_at(object, name);
  if (!text) return tl::unexpected(text.error());
  const auto type = csa::piece_type(*text);
  if (!type) return fail(fmt::format("{} is no piece", name));
  return *type;
}

Result<Color> color_at(const json::object& object, std::string_view name) {
  return number_at(object, name, 0, 1).map([](int number) {
    return number == 0 ? Color::black : Color::white;
  });
}

/// How many forks there are, those inside forks included.
int count_variations(const json::array& forks) {
  int count = 0;
  for (std::vector<const json::array*> open{&forks}; !open.empty();) {
    const json::array& siblings = *open.back();
    open.pop_back();
    count += static_cast<int>(siblings.size());
    for (const json::value& fork : siblings) {
      if (!fork.is_array()) continue;
      for (const json::value& entry : fork.get_array()) {
        const auto* inner = entry.is_object() ? field(entry.get_object(), "forks") : nullptr;
        if (inner != nullptr && inner->is_array()) open.push_back(&inner->get_array());
      }
    }
  }
  return count;
}

/// The position of "data": who moves, board[file][rank], and the hands.
class DrawnPosition {
 public:
  Result<Position> read(const json::object& data) {
    const auto side = color_at(data, "color");
    if (!side) return tl::unexpected(side.error());
    position_.set_side_to_move(*side);
    if (auto placed = read_board(data); !placed) return tl::unexpected(placed.error());
    if (auto held = read_hands(data); !held) return tl::unexpected(held.error());
    return position_.validate().map([&] { return position_; });
  }

 private:
  Result<void> read_board(const json::object& data) {
    const json::value* board = field(data, "board");
    if (board == nullptr || !board->is_array() || board->get_array().size() != 9) {
      return fail("board is no list of nine files");
    }
    for (int file = 0; file < 9; ++file) {
      const json::value& ranks = board->get_array()[static_cast<std::size_t>(file)];
      if (!ranks.is_array() || ranks.get_array().size() != 9) {
        return fail("a file of the board is no list of nine squares");
      }
      for (int rank = 0; rank < 9; ++rank) {
        const json::value& square = ranks.get_array()[static_cast<std::size_t>(rank)];
        if (auto placed = place(square, Square(file, rank)); !placed) {
          return fail(
              fmt::format("board, {}: {}", to_usi(Square(file, rank)), placed.error().message));
        }
      }
    }
    return {};
  }

  Result<void> place(const json::value& cell, Square square) {
    if (!cell.is_object()) return fail("no object");
    if (field(cell.get_object(), "kind") == nullptr) return {};
    const auto type = piece_at(cell.get_object(), "kind");
    if (!type) return tl::unexpected(type.error());
    const auto color = color_at(cell.get_object(), "color");
    if (!color) return tl::unexpected(color.error());
    if (*type == PieceType::king && position_.has_king(*color)) return fail("a second king");
    if (auto counted = count(*type, 1); !counted) return counted;
    position_.put(square, make_piece(*color, *type));
    return {};
  }

  Result<void> read_hands(const json::object& data) {
    const json::value* hands = field(data, "hands");
    if (hands == nullptr || !hands->is_array() || hands->get_array().size() != 2) {
      return fail("hands is no list of two");
    }
    for (const Color color : {Color::black, Color::white}) {
      const json::value& hand = hands->get_array()[index(color)];
      if (!hand.is_object()) return fail("a hand is no object");
      for (const PieceType type : kHandTypes) {
        const auto name = csa::kPieceNames[index(type)];
        if (field(hand.get_object(), name) == nullptr) continue;
        const auto held = number_at(hand.get_object(), name, 0, csa::kSetSize[index(type)]);
        if (!held) return tl::unexpected(held.error());
        if (auto counted = count(type, *held); !counted) return counted;
        position_.put_in_hand(color, type, *held);
      }
    }
    return {};
  }

  Result<void> count(PieceType type, int pieces) {
    const auto kind = index(unpromoted(type));
    used_[kind] += pieces;
    if (used_[kind] <= csa::kSetSize[kind]) return {};
    return fail(fmt::format("more than {} of {}", csa::kSetSize[kind], csa::kPieceNames[kind]));
  }

  Position position_ = Position::empty();
  std::array<int, 9> used_{};
};

class JkfReader {
 public:
  Result<GameRecord> read(const json::object& file) {
    if (auto read = read_header(file); !read) return tl::unexpected(read.error());
    if (auto read = read_initial(file); !read) {
      return fail("initial: " + read.error().message);
    }
    now_ = record_.start;
    const json::value* moves = field(file, "moves");
    if (moves == nullptr || !moves->is_array()) return fail("moves is no list");
    for (std::size_t i = 0; i < moves->get_array().size(); ++i) {
      const json::value& entry = moves->get_array()[i];
      auto read = entry.is_object() ? read_entry(entry.get_object(), i == 0) : fail("no object");
      if (!read) return fail(fmt::format("moves, entry {}: {}", i, read.error().message));
    }
    return record_;
  }

 private:
  Result<void> read_header(const json::object& file) {
    const auto header = object_at(file, "header");
    if (!header) return tl::unexpected(header.error());
    for (const auto& [name, value] : **header) {
      if (!value.is_string()) return fail(fmt::format("header, {}: no text", std::string(name)));
      std::string key(name);
      const std::string text(value.get_string());
      if (key == jkf::kBlackName || key == jkf::kWeakerName) {
        record_.black = text;
      } else if (key == jkf::kWhiteName || key == jkf::kStrongerName) {
        record_.white = text;
      } else {
        for (const auto& [known, word] : kif::kHeadings) {
          if (word == key) key = known;
        }
        record_.headings.emplace_back(std::move(key), text);
      }
    }
    return {};
  }

  Result<void> read_initial(const json::object& file) {
    if (field(file, "initial") == nullptr) return {};
    const auto initial = object_at(file, "initial");
    if (!initial) return tl::unexpected(initial.error());
    const auto preset = text_at(**initial, "preset");
    if (!preset) return tl::unexpected(preset.error());
    for (const auto& [name, handicap] : jkf::kPresets) {
      if (name != *preset) continue;
      const auto start = kif::handicap_position(handicap);
      if (!start) break;
      record_.start = *start;
      return {};
    }
    if (*preset != "OTHER") return fail(fmt::format("unknown preset \"{}\"", *preset));
    const auto data = object_at(**initial, "data");
    if (!data) return tl::unexpected(data.error());
    const auto drawn = DrawnPosition().read(**data);
    if (!drawn) return tl::unexpected(drawn.error());
    record_.start = *drawn;
    return {};
  }

  /// The first entry holds what is said before the first move; it has no move of its own.
  Result<void> read_entry(const json::object& entry, bool first) {
    const bool has_move = field(entry, "move") != nullptr;
    const bool has_special = field(entry, "special") != nullptr;
    if (has_move && (first || has_special)) return fail("a move where none can be");
    if (!first && !has_move && !has_special) return fail("neither a move nor an end");
    if (record_.end) return fail("nothing follows the end");
    if (has_move) {
      const auto move =
          object_at(entry, "move").and_then([&](const auto* object) { return read_move(*object); });
      if (!move) return tl::unexpected(move.error());
      record_.moves.push_back({*move, std::nullopt, {}});
      now_.do_move(*move);
      last_to_ = move->to();
    }
    if (has_special) {
      const auto word = text_at(entry, "special");
      if (!word) return tl::unexpected(word.error());
      const auto ending = csa::ending_of(*word, now_.side_to_move());
      if (!ending) return fail("an unknown end");
      record_.end = RecordedEnd{*ending, std::nullopt, {}};
    }
    return read_remarks(entry);
  }

  Result<Move> read_move(const json::object& move) const {
    if (field(move, "color") != nullptr) {
      const auto color = color_at(move, "color");
      if (!color) return tl::unexpected(color.error());
      if (*color != now_.side_to_move()) return fail("a move of the side that is not to move");
    }
    const auto type = piece_at(move, "piece");
    if (!type) return tl::unexpected(type.error());
    const bool same = field(move, "to") == nullptr && last_to_ && field(move, "same") != nullptr;
    const auto to = same ? Result<Square>(*last_to_) : square_at(move, "to");
    if (!to) return tl::unexpected(to.error());
    Move read;
    if (field(move, "from") == nullptr) {
      const json::value* relative = field(move, "relative");
      if (relative != nullptr && *relative != "H") return fail("the move does not say where from");
      if (is_promoted(*type) || *type == PieceType::king) {
        return fail("kings and promoted pieces cannot be dropped");
      }
      read = Move::drop(*type, *to);
    } else {
      const auto from = square_at(move, "from");
      if (!from) return tl::unexpected(from.error());
      if (*from == *to) return fail("origin and destination are the same square");
      if (type_of(now_.piece_on(*from)) != *type) {
        return fail(
            fmt::format("there is no {} on {}", csa::kPieceNames[index(*type)], to_usi(*from)));
      }
      const json::value* promote = field(move, "promote");
      if (promote != nullptr && !promote->is_bool())
        return fail("promote is neither true nor false");
      read = Move::board(*from, *to, promote != nullptr && promote->get_bool());
    }
    return check_legality(now_, read).map([&] { return read; });
  }

  Result<void> read_remarks(const json::object& entry) {
    RecordedMove* move = record_.moves.empty() ? nullptr : &record_.moves.back();
    std::string& comment = record_.end       ? record_.end->comment
                           : move == nullptr ? record_.comment
                                             : move->comment;
    if (const json::value* lines = field(entry, "comments")) {
      if (!lines->is_array()) return fail("comments is no list");
      for (const json::value& line : lines->get_array()) {
        if (!line.is_string()) return fail("a comment is no text");
        if (!comment.empty()) comment += '\n';
        comment += line.get_string();
      }
    }
    if (const json::value* forks = field(entry, "forks")) {
      if (!forks->is_array()) return fail("forks is no list");
      record_.variations += count_variations(forks->get_array());
    }
    if (field(entry, "time") == nullptr || (move == nullptr && !record_.end)) return {};
    const auto now =
        object_at(entry, "time").and_then([](const auto* time) { return object_at(*time, "now"); });
    if (!now) return tl::unexpected(now.error());
    constexpr int kMost = 100'000'000;
    const auto hours =
        field(**now, "h") == nullptr ? Result<int>(0) : number_at(**now, "h", 0, 9999);
    const auto minutes = number_at(**now, "m", 0, kMost), seconds = number_at(**now, "s", 0, kMost);
    if (!hours || !minutes || !seconds) return fail("time is no time");
    (record_.end ? record_.end->time : move->time) = std::chrono::hours(*hours) +
                                                     std::chrono::minutes(*minutes) +
                                                     std::chrono::seconds(*seconds);
    return {};
  }

  GameRecord record_;
  Position now_ = Position::empty();
  std::optional<Square> last_to_;
};

}  // namespace

Result<GameRecord> read_jkf(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = kDeepestNesting;
  const json::value file = json::parse(text, error, {}, options);
  if (error) return fail("JKF: " + error.message());
  if (!file.is_object()) return fail("JKF: the file is no object");
  auto record = JkfReader().read(file.get_object());
  if (!record) return fail("JKF: " + record.error().message);
  return record;
}

}  // namespace keisei::shogi
