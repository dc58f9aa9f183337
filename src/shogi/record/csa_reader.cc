#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "shogi/legality.h"
#include "shogi/record/csa.h"
#include "shogi/record/csa_words.h"
#include "shogi/record/lines.h"
#include "shogi/record/text_encoding.h"
#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

Result<Square> read_square(std::string_view digits) {
  if (digits.size() != 2 || digits[0] < '1' || digits[0] > '9' || digits[1] < '1' ||
      digits[1] > '9') {
    return fail("a square is two digits from 1 to 9");
  }
  return Square(digits[0] - '1', digits[1] - '1');
}

/// Collects the position lines; a Position is made of them when the side to move is known.
class PositionLines {
 public:
  Result<void> read(std::string_view line) {
    if (line.starts_with("PI")) return read_even_game(line.substr(2));
    if (line.starts_with("P+")) return read_placements(Color::black, line.substr(2));
    if (line.starts_with("P-")) return read_placements(Color::white, line.substr(2));
    if (line.size() > 1 && line[1] >= '1' && line[1] <= '9') {
      return read_rank(line[1] - '1', line.substr(2));
    }
    return fail("a position line begins PI, P1 to P9, P+ or P-");
  }

  bool any() const { return any_; }

  Result<Position> finish(Color side_to_move) const {
    Position position = Position::empty(side_to_move);
    for (std::size_t s = 0; s < board_.size(); ++s) {
      if (board_[s] != Piece::none) position.put(Square(static_cast<int>(s)), board_[s]);
    }
    for (const Color color : {Color::black, Color::white}) {
      for (const PieceType type : kHandTypes) {
        position.put_in_hand(color, type, hands_[index(color)][index(type)]);
      }
    }
    return position.validate().map([&] { return position; });
  }

 private:
  Result<void> put(Square square, Piece piece) {
    if (board_[square.index()] != Piece::none) {
      return fail(fmt::format("{} is occupied already", to_usi(square)));
    }
    if (type_of(piece) == PieceType::king) {
      if (std::find(board_.begin(), board_.end(), piece) != board_.end()) {
        return fail("a second king of one color");
      }
    }
    if (auto counted = count(type_of(piece)); !counted) return counted;
    board_[square.index()] = piece;
    return {};
  }

  Result<void> count(PieceType type) {
    const auto kind = index(unpromoted(type));
    if (++used_[kind] > csa::kSetSize[kind]) {
      return fail(fmt::format("more than {} of {}", csa::kSetSize[kind], csa::kPieceNames[kind]));
    }
    return {};
  }

  Result<void> read_even_game(std::string_view removed) {
    any_ = true;
    const Position even = Position::startpos();
    for (int s = 0; s < Square::kCount; ++s) {
      const Piece piece = even.piece_on(Square(s));
      if (piece == Piece::none) continue;
      if (auto placed = put(Square(s), piece); !placed) return placed;
    }
    for (; !removed.empty(); removed.remove_prefix(4)) {
      if (removed.size() < 4) return fail("a removed piece is a square and a name, such as 82HI");
      const auto square = read_square(removed.substr(0, 2));
      if (!square) return tl::unexpected(square.error());
      const auto type = csa::piece_type(removed.substr(2, 2));
      Piece& piece = board_[square->index()];
      if (!type || piece == Piece::none || type_of(piece) != *type) {
        return fail(fmt::format("no such piece to remove from {}", to_usi(*square)));
      }
      --used_[index(*type)];
      piece = Piece::none;
    }
    return {};
  }

  Result<void> read_rank(int rank, std::string_view cells) {
    any_ = true;
    for (int file = 8; file >= 0; --file) {
      // Trailing blanks are often lost.
      const std::string_view cell = cells.substr(0, 3);
      cells.remove_prefix(cell.size());
      if (cell == " * " || cell == " *" || cell.empty()) continue;
      const auto type = cell.size() == 3 ? csa::piece_type(cell.substr(1)) : std::nullopt;
      if (!type || (cell[0] != '+' && cell[0] != '-')) {
        return fail(fmt::format("file {}: expected ' * ', or a sign and a piece", file + 1));
      }
      const Color color = cell[0] == '+' ? Color::black : Color::white;
      if (auto placed = put(Square(file, rank), make_piece(color, *type)); !placed) return placed;
    }
    if (cells.find_first_not_of(' ') != std::string_view::npos)
      return fail("more than nine squares");
    return {};
  }

  Result<void> read_placements(Color color, std::string_view pieces) {
    any_ = true;
    for (; !pieces.empty(); pieces.remove_prefix(std::min<std::size_t>(4, pieces.size()))) {
      if (pieces == "00AL") return take_the_rest(color);
      const auto type = pieces.size() < 4 ? std::nullopt : csa::piece_type(pieces.substr(2, 2));
      if (!type) return fail("a piece is a square (00: in hand) and a name, such as 59OU or 00KI");
      if (pieces.starts_with("00")) {
        if (*type == PieceType::king || is_promoted(*type)) {
          return fail("kings and promoted pieces are never in hand");
        }
        if (auto counted = count(*type); !counted) return counted;
        ++hands_[index(color)][index(*type)];
      } else {
        const auto square = read_square(pieces.substr(0, 2));
        if (!square) return tl::unexpected(square.error());
        if (auto placed = put(*square, make_piece(color, *type)); !placed) return placed;
      }
    }
    return {};
  }

  Result<void> take_the_rest(Color color) {
    for (const PieceType type : kHandTypes) {
      const auto kind = index(type);
      hands_[index(color)][kind] += csa::kSetSize[kind] - used_[kind];
      used_[kind] = csa::kSetSize[kind];
    }
    return {};
  }

  std::array<Piece, Square::kCount> board_{};
  std::array<std::array<int, 8>, 2> hands_{};
  std::array<int, 9> used_{};
  bool any_ = false;
};

class CsaReader {
 public:
  Result<GameRecord> read(std::string_view text) {
    Lines lines(text);
    while (lines.next()) {
      if (auto read = read_line(lines.line()); !read) {
        return fail(fmt::format("CSA, line {}: {}", lines.number(), read.error().message));
      }
    }
    if (!started_) return fail("CSA: no line '+' or '-' with the side to move");
    return record_;
  }

 private:
  Result<void> read_line(std::string_view line) {
    if (line.starts_with("'*")) {
      record_.add_comment(line.substr(2));
      return {};
    }
    if (line.empty() || line[0] == '\'') return {};
    if (line == "/") return fail("a second game begins; only one is read");
    if (!started_ && line[0] == 'V') return read_version(line);
    if (!started_ && line[0] == 'N') return read_name(line);
    if (!started_ && line[0] == '$') return read_heading(line.substr(1));
    // Everything else may share a line, separated by commas.
    while (true) {
      const auto comma = line.find(',');
      if (auto read = read_statement(line.substr(0, comma)); !read) return read;
      if (comma == std::string_view::npos) return {};
      line.remove_prefix(comma + 1);
    }
  }

  Result<void> read_statement(std::string_view statement) {
    if (statement.empty()) return fail("an empty statement");
    if (!started_) {
      if (statement[0] == 'P') return position_.read(statement);
      if (statement == "+" || statement == "-") return start(statement[0]);
      return fail("expected a heading, a position or the side to move");
    }
    if (statement[0] == 'T') return read_time(statement.substr(1));
    if (record_.end) return fail("nothing but times and comments follows the end");
    if (statement[0] == '%') return read_end(statement.substr(1));
    if (statement[0] == '+' || statement[0] == '-') return read_move(statement);
    return fail("expected a move, a time or an end");
  }

  static Result<void> read_version(std::string_view line) {
    if (line == "V2" || line == "V2.1" || line == "V2.2" || line.starts_with("V3")) return {};
    return fail("an unknown version");
  }

  Result<void> read_name(std::string_view line) {
    if (line.starts_with("N+")) {
      record_.black = line.substr(2);
    } else if (line.starts_with("N-")) {
      record_.white = line.substr(2);
    } else {
      return fail("a name begins N+ or N-");
    }
    return {};
  }

  Result<void> read_heading(std::string_view heading) {
    const auto colon = heading.find(':');
    if (colon == std::string_view::npos) return fail("a heading without ':'");
    std::string key(heading.substr(0, colon));
    for (const auto& [known, name] : csa::kHeadings) {
      if (name == key) key = known;
    }
    record_.headings.emplace_back(std::move(key), heading.substr(colon + 1));
    return {};
  }

  Result<void> start(char side) {
    if (!position_.any()) return fail("no position before the side to move");
    const auto start = position_.finish(side == '+' ? Color::black : Color::white);
    if (!start) return tl::unexpected(start.error());
    record_.start = *start;
    now_ = *start;
    started_ = true;
    return {};
  }

  Result<void> read_move(std::string_view statement) {
    const auto move = parse_csa_move(statement, now_);
    if (!move) return tl::unexpected(move.error());
    record_.moves.push_back({*move, std::nullopt, {}});
    now_.do_move(*move);
    return {};
  }

  Result<void> read_time(std::string_view number) {
    if (record_.moves.empty() && !record_.end) return fail("a time before the first move");
    SpentTime& time = record_.end ? record_.end->time : record_.moves.back().time;
    if (time) return fail("a second time for one move");
    const auto dot = number.find('.');
    std::string fraction(dot == std::string_view::npos ? "" : number.substr(dot + 1));
    if (fraction.size() > 3) return fail("a time has at most three decimals");
    fraction.resize(3, '0');
    const auto seconds = read_number(number.substr(0, dot));
    const auto ms = read_number(fraction);
    if (!seconds || !ms) return fail("a time is a number of seconds");
    time = std::chrono::milliseconds(*seconds * 1000 + *ms);
    return {};
  }

  static std::optional<long> read_number(std::string_view digits) {
    constexpr std::size_t kMostDigits = 9;
    long number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() ||
        digits.size() > kMostDigits || number < 0) {
      return std::nullopt;
    }
    return number;
  }

  Result<void> read_end(std::string_view word) {
    const auto ending = csa::ending_of(word, now_.side_to_move());
    if (!ending) return fail("an unknown end");
    record_.end = RecordedEnd{*ending, std::nullopt, {}};
    return {};
  }

  GameRecord record_;
  PositionLines position_;
  Position now_ = Position::empty();
  bool started_ = false;
};

}  // namespace

Result<Move> parse_csa_move(std::string_view text, const Position& position) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    if ((text[0] == '+') != (position.side_to_move() == Color::black)) {
      return fail("a move of the side that is not to move");
    }
    text.remove_prefix(1);
  }
  const auto type = text.size() == 6 ? csa::piece_type(text.substr(4)) : std::nullopt;
  if (!type) return fail("a move is two squares and a piece, such as 7776FU");
  const auto to = read_square(text.substr(2, 2));
  if (!to) return tl::unexpected(to.error());
  Move move;
  if (text.starts_with("00")) {
    if (is_promoted(*type) || *type == PieceType::king) {
      return fail("kings and promoted pieces cannot be dropped");
    }
    move = Move::drop(*type, *to);
  } else {
    const auto from = read_square(text.substr(0, 2));
    if (!from) return tl::unexpected(from.error());
    const PieceType before = type_of(position.piece_on(*from));
    if (before == PieceType::none) {
      return fail(fmt::format("there is no piece on {}", to_usi(*from)));
    }
    const bool promotes = before != *type;
    if (promotes && !(can_promote(before) && promoted(before) == *type)) {
      return fail(
          fmt::format("the piece on {} is {}", to_usi(*from), csa::kPieceNames[index(before)]));
    }
    move = Move::board(*from, *to, promotes);
  }
  return check_legality(position, move).map([&] { return move; });
}

Result<GameRecord> read_csa(std::string_view bytes) {
  const auto text = to_utf8(bytes);
  if (!text) return fail("CSA: " + text.error().message);
  return CsaReader().read(*text);
}

}  // namespace keisei::shogi
