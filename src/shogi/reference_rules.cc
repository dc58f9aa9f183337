#include "shogi/reference_rules.h"

#include <cctype>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

namespace keisei::shogi::testing {
namespace {

/// cells[row][column] as printed, row 0 = rank a, column 0 = file 9. A cell is "", "p", "+P", …
struct Board {
  std::string cells[9][9];
  std::map<char, int> hands;  // by SFEN letter
  bool white_moves = false;
};

Board read(std::string_view sfen) {
  std::istringstream text{std::string(sfen)};
  std::string rows, side, hands;
  text >> rows >> side >> hands;
  Board board;
  int row = 0;
  int column = 0;
  std::string plus;
  for (const char c : rows) {
    if (c == '/') {
      ++row;
      column = 0;
    } else if (std::isdigit(c) != 0) {
      column += c - '0';
    } else if (c == '+') {
      plus = "+";
    } else {
      board.cells[row][column++] = plus + c;
      plus.clear();
    }
  }
  board.white_moves = side == "w";
  int number = 0;
  for (const char c : hands) {
    if (std::isdigit(c) != 0) {
      number = number * 10 + (c - '0');
    } else if (c != '-') {
      board.hands[c] = number == 0 ? 1 : number;
      number = 0;
    }
  }
  return board;
}

bool is_white(const std::string& cell) { return std::islower(cell.back()) != 0; }
char kind(const std::string& cell) { return static_cast<char>(std::toupper(cell.back())); }

/// Whether the piece of `cell` may go `down` rows and `right` columns, obstacles aside. Seen from
/// its owner, `up` counts towards the far side.
bool goes(const std::string& cell, int down, int right) {
  const int up = is_white(cell) ? down : -down;
  const int aside = std::abs(right);
  const bool neighbour = std::abs(up) <= 1 && aside <= 1 && (up != 0 || aside != 0);
  const bool gold = neighbour && !(up == -1 && aside == 1);
  const bool straight = (up == 0) != (aside == 0);
  const bool diagonal = std::abs(up) == aside && aside != 0;
  const bool plus = cell.front() == '+';
  switch (kind(cell)) {
    case 'P':
      return plus ? gold : up == 1 && aside == 0;
    case 'L':
      return plus ? gold : up >= 1 && aside == 0;
    case 'N':
      return plus ? gold : up == 2 && aside == 1;
    case 'S':
      return plus ? gold : neighbour && (up == 1 || diagonal);
    case 'G':
      return gold;
    case 'B':
      return diagonal || (plus && neighbour);
    case 'R':
      return straight || (plus && neighbour);
    default:
      return neighbour;
  }
}

bool reaches(const Board& board, int row, int column, int to_row, int to_column) {
  const int down = to_row - row;
  const int right = to_column - column;
  if (!goes(board.cells[row][column], down, right)) return false;
  const int length = std::max(std::abs(down), std::abs(right));
  if (down != 0 && right != 0 && std::abs(down) != std::abs(right)) return true;  // a knight
  for (int i = 1; i < length; ++i) {
    if (!board.cells[row + down / length * i][column + right / length * i].empty()) return false;
  }
  return true;
}

bool checked(const Board& board, bool white) {
  const std::string king = white ? "k" : "K";
  for (int r = 0; r < 81; ++r) {
    if (board.cells[r / 9][r % 9] != king) continue;
    for (int s = 0; s < 81; ++s) {
      const auto& cell = board.cells[s / 9][s % 9];
      if (!cell.empty() && is_white(cell) != white && reaches(board, s / 9, s % 9, r / 9, r % 9)) {
        return true;
      }
    }
  }
  return false;
}

std::string name(int row, int column) {
  return {static_cast<char>('9' - column), static_cast<char>('a' + row)};
}

/// Whether a piece of that letter on that row has no move left on an empty board.
bool dead(const std::string& cell, int row) {
  const int rows_ahead = is_white(cell) ? 8 - row : row;
  const char letter = cell.front() == '+' ? '+' : kind(cell);
  return (letter == 'N' && rows_ahead < 2) || ((letter == 'P' || letter == 'L') && rows_ahead < 1);
}

void moves_of_piece(const Board& board, int from, std::map<std::string, Board>& found) {
  const std::string cell = board.cells[from / 9][from % 9];
  for (int to = 0; to < 81; ++to) {
    const auto& target = board.cells[to / 9][to % 9];
    if (!target.empty() && is_white(target) == board.white_moves) continue;
    if (!reaches(board, from / 9, from % 9, to / 9, to % 9)) continue;
    const auto in_camp = [&](int row) { return board.white_moves ? row >= 6 : row <= 2; };
    for (const bool promote : {false, true}) {
      if (promote && (cell.size() == 2 || kind(cell) == 'G' || kind(cell) == 'K' ||
                      !(in_camp(from / 9) || in_camp(to / 9)))) {
        continue;
      }
      const std::string moved = promote ? "+" + cell : cell;
      if (dead(moved, to / 9)) continue;
      Board next = board;
      next.cells[from / 9][from % 9].clear();
      next.cells[to / 9][to % 9] = moved;
      if (!target.empty()) {
        const char letter = kind(target);
        ++next.hands[board.white_moves ? static_cast<char>(std::tolower(letter)) : letter];
      }
      next.white_moves = !board.white_moves;
      found[name(from / 9, from % 9) + name(to / 9, to % 9) + (promote ? "+" : "")] = next;
    }
  }
}

bool has_pawn_on_file(const Board& board, char pawn, int column) {
  for (const auto& row : board.cells) {
    if (row[column] == std::string(1, pawn)) return true;
  }
  return false;
}

void drops_of(const Board& board, char letter, std::map<std::string, Board>& found) {
  const auto upper = static_cast<char>(std::toupper(letter));
  for (int to = 0; to < 81; ++to) {
    const std::string cell(1, letter);
    if (!board.cells[to / 9][to % 9].empty() || dead(cell, to / 9)) continue;
    if (upper == 'P' && has_pawn_on_file(board, letter, to % 9)) continue;
    Board next = board;
    next.cells[to / 9][to % 9] = cell;
    if (--next.hands[letter] == 0) next.hands.erase(letter);
    next.white_moves = !board.white_moves;
    found[std::string(1, upper) + "*" + name(to / 9, to % 9)] = next;
  }
}

std::map<std::string, Board> legal(const Board& board) {
  std::map<std::string, Board> found;
  for (int from = 0; from < 81; ++from) {
    const auto& cell = board.cells[from / 9][from % 9];
    if (!cell.empty() && is_white(cell) == board.white_moves) moves_of_piece(board, from, found);
  }
  for (const auto& [letter, count] : board.hands) {
    if (count > 0 && (std::islower(letter) != 0) == board.white_moves) {
      drops_of(board, letter, found);
    }
  }
  std::erase_if(found, [&](const auto& entry) {
    const auto& [move, next] = entry;
    if (checked(next, board.white_moves)) return true;
    const bool pawn_drop = move.substr(0, 2) == "P*";
    return pawn_drop && checked(next, next.white_moves) && legal(next).empty();
  });
  return found;
}

}  // namespace

std::set<std::string> reference_moves(std::string_view sfen) {
  std::set<std::string> moves;
  for (const auto& [move, next] : legal(read(sfen))) moves.insert(move);
  return moves;
}

}  // namespace keisei::shogi::testing
