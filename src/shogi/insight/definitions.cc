#include "shogi/insight/definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>

namespace keisei::shogi {
namespace {

constexpr std::array<std::string_view, 16> kPieceNames{
    "",     "pawn",     "lance",     "knight",     "silver",     "gold", "bishop", "rook",
    "king", "pro_pawn", "pro_lance", "pro_knight", "pro_silver", "",     "horse",  "dragon"};

/// "7g", "7*" or "*g"; empty if it is none of them.
Bitboard parse_pattern(std::string_view text) {
  if (text.size() != 2) return Bitboard();
  const bool any_file = text[0] == '*';
  const bool any_rank = text[1] == '*';
  const int file = text[0] - '1';
  const int rank = text[1] - 'a';
  if (!any_file && (file < 0 || file > 8)) return Bitboard();
  if (!any_rank && (rank < 0 || rank > 8)) return Bitboard();
  const Bitboard files = any_file ? Bitboard::all() : Bitboard::file(file);
  const Bitboard ranks = any_rank ? Bitboard::all() : Bitboard::rank(rank);
  return files & ranks;
}

Bitboard rotated(Bitboard squares) {
  Bitboard turned;
  squares.for_each([&](Square square) { turned |= Bitboard(square.rotated()); });
  return turned;
}

}  // namespace

void Definition::refuse(std::string_view cause) const {
  const bool at_root = path_.ends_with(": ");
  throw DefinitionError(fmt::format("{}{}{}", path_, at_root ? "" : ": ", cause));
}

const boost::json::object& Definition::object() const {
  if (!value_->is_object()) refuse("must be an object");
  return value_->get_object();
}

Definition Definition::member(std::string_view key) const {
  auto found = find(key);
  if (!found) refuse(fmt::format("'{}' is missing", key));
  return *std::move(found);
}

std::optional<Definition> Definition::find(std::string_view key) const {
  const auto* value = object().if_contains(key);
  if (value == nullptr) return std::nullopt;
  const bool inside_entry = path_.ends_with('\'');
  const bool at_root = path_.ends_with(": ");
  const std::string_view joint = at_root ? "" : (inside_entry ? ", " : ".");
  return Definition(*value, fmt::format("{}{}{}", path_, joint, key));
}

void Definition::allow_only(std::initializer_list<std::string_view> keys) const {
  for (const auto& item : object()) {
    const std::string_view key(item.key());
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      refuse(fmt::format("'{}' is not a key here (allowed: {})", key, fmt::join(keys, ", ")));
    }
  }
}

std::vector<Definition> Definition::elements() const {
  if (!value_->is_array()) refuse("must be an array");
  const auto& array = value_->get_array();
  if (array.empty()) refuse("must not be empty");
  std::vector<Definition> found;
  for (std::size_t i = 0; i < array.size(); ++i) {
    found.emplace_back(array[i], fmt::format("{}[{}]", path_, i));
  }
  return found;
}

std::vector<Definition> Definition::entries(std::string_view kind) const {
  std::vector<Definition> found = elements();
  std::set<std::string> ids;
  const std::string file = path_.substr(0, path_.rfind(": ") + 2);
  for (Definition& entry : found) {
    const Definition id_field = entry.member("id");
    const std::string id = id_field.text();
    if (!ids.insert(id).second) id_field.refuse(fmt::format("'{}' is defined twice", id));
    entry.path_ = fmt::format("{}{} '{}'", file, kind, id);
  }
  return found;
}

std::string Definition::text() const {
  if (!value_->is_string() || value_->get_string().empty()) refuse("must be a text");
  return std::string(value_->get_string());
}

bool Definition::boolean() const {
  if (!value_->is_bool()) refuse("must be true or false");
  return value_->get_bool();
}

int Definition::integer(int least, int most) const {
  const bool fits =
      value_->is_int64() && value_->get_int64() >= least && value_->get_int64() <= most;
  if (!fits) refuse(fmt::format("must be a whole number from {} to {}", least, most));
  return static_cast<int>(value_->get_int64());
}

PieceType Definition::piece_type() const {
  const std::string name = text();
  const auto found = std::find(kPieceNames.begin(), kPieceNames.end(), name);
  if (found == kPieceNames.end()) refuse(fmt::format("'{}' is no kind of piece", name));
  return static_cast<PieceType>(found - kPieceNames.begin());
}

MirroredSquares Definition::squares() const {
  Bitboard squares;
  for (const Definition& element : elements()) {
    const std::string name = element.text();
    const Bitboard meant = parse_pattern(name);
    if (meant.empty())
      element.refuse(fmt::format("'{}' is no square (7g), file (7*) or rank (*g)", name));
    squares |= meant;
  }
  return {squares, rotated(squares)};
}

Result<std::string> definitions_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) return fail(fmt::format("{}: cannot be read", file.string()));
  return text;
}

boost::json::value parse_document(std::string_view json, std::string_view file) {
  boost::json::stream_parser parser;
  boost::json::error_code error;
  const std::size_t read = parser.write_some(json.data(), json.size(), error);
  if (!error && read == json.size()) parser.finish(error);
  if (!error && read < json.size()) error = boost::json::error::extra_data;
  if (error) {
    const auto line =
        1 + std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(read), '\n');
    throw DefinitionError(fmt::format("{}: line {}: {}", file, line, error.message()));
  }
  return parser.release();
}

}  // namespace keisei::shogi
