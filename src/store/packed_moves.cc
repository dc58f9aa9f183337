#include "store/packed_moves.h"

#include <cstdint>
#include <optional>

#include "store/bytes.h"

namespace keisei::store {
namespace {

// Drops are numbered first, by piece and square; then moves, by the square that they leave, the
// square that they go to, and whether they promote.
constexpr std::string_view kDropped = "PLNSGBR";
constexpr unsigned kSquares = 81;
constexpr unsigned kDrops = 7 * kSquares;
constexpr std::uint16_t kAsItIs = 0xFFFF;

std::optional<unsigned> square_of(std::string_view text) {
  if (text.size() < 2 || text[0] < '1' || text[0] > '9' || text[1] < 'a' || text[1] > 'i') {
    return std::nullopt;
  }
  return static_cast<unsigned>(text[0] - '1') * 9 + static_cast<unsigned>(text[1] - 'a');
}

std::string text_of(unsigned square) {
  return {static_cast<char>('1' + square / 9), static_cast<char>('a' + square % 9)};
}

std::optional<std::uint16_t> code_of(std::string_view usi) {
  if (usi.size() < 4 || usi.size() > 5) return std::nullopt;
  const auto to = square_of(usi.substr(2));
  if (!to) return std::nullopt;
  if (usi[1] == '*') {
    const std::size_t piece = kDropped.find(usi[0]);
    if (piece == std::string_view::npos || usi.size() != 4) return std::nullopt;
    return static_cast<std::uint16_t>(piece * kSquares + *to);
  }
  const auto from = square_of(usi);
  const bool promotes = usi.size() == 5;
  if (!from || (promotes && usi[4] != '+')) return std::nullopt;
  return static_cast<std::uint16_t>(kDrops + (*from * kSquares + *to) * 2 + (promotes ? 1 : 0));
}

std::string usi_of(std::uint16_t code) {
  if (code < kDrops) {
    return std::string{kDropped[code / kSquares], '*'} + text_of(code % kSquares);
  }
  const unsigned move = code - kDrops;
  return text_of(move / 2 / kSquares) + text_of(move / 2 % kSquares) + (move % 2 == 1 ? "+" : "");
}

}  // namespace

std::string pack_moves(const std::vector<std::string>& moves) {
  ByteWriter out;
  for (const std::string& usi : moves) {
    const auto code = code_of(usi);
    out.fixed(code.value_or(kAsItIs));
    if (!code) out.text(usi);
  }
  return out.take();
}

std::vector<std::string> unpack_moves(std::string_view packed) {
  std::vector<std::string> moves;
  moves.reserve(packed.size() / 2);
  for (ByteReader in(packed); !in.is_at_end();) {
    const auto code = in.fixed<std::uint16_t>();
    moves.push_back(code == kAsItIs ? std::string(in.text()) : usi_of(code));
  }
  return moves;
}

}  // namespace keisei::store
