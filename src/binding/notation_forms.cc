#include "binding/notation_forms.h"

#include <string>

namespace keisei::binding {
namespace {

bool is_file(char c) { return c >= '1' && c <= '9'; }
bool is_rank(char c) { return c >= 'a' && c <= 'i'; }

/// Nine ranks of nine squares; `board` is the part before the first blank.
bool is_board(std::string_view board) {
  int ranks = 1;
  int squares = 0;
  bool promoted = false;
  for (const char c : board) {
    if (c == '/') {
      if (squares != 9 || promoted) return false;
      ++ranks;
      squares = 0;
    } else if (is_file(c) && !promoted) {
      squares += c - '0';
    } else if (c == '+' && !promoted) {
      promoted = true;
    } else if (std::string_view("PLNSGBRKplnsgbrk").find(c) != std::string_view::npos) {
      ++squares;
      promoted = false;
    } else {
      return false;
    }
  }
  return ranks == 9 && squares == 9 && !promoted;
}

}  // namespace

bool has_form_of_usi(std::string_view text) {
  if (text.size() < 4 || !is_file(text[2]) || !is_rank(text[3])) return false;
  if (text[1] == '*') {
    return text.size() == 4 && std::string_view("PLNSGBR").find(text[0]) != std::string_view::npos;
  }
  return is_file(text[0]) && is_rank(text[1]) &&
         (text.size() == 4 || (text.size() == 5 && text[4] == '+'));
}

bool has_form_of_sfen(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos || !is_board(text.substr(0, blank))) return false;
  const std::string_view rest = text.substr(blank + 1);
  return rest.size() > 2 && (rest[0] == 'b' || rest[0] == 'w') && rest[1] == ' ';
}

}  // namespace keisei::binding
