#pragma once

#include <array>
#include <boost/json.hpp>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shogi/position.h"

/// Reading the definitions of content/*.json (castles, openings), strictly: a key that nobody reads
/// is an error, for it is most likely a misspelt one. For the sources of this folder, not for its
/// users.
namespace keisei::shogi {

/// Thrown inside a reader and turned into an Error by read_definitions(). The message names file,
/// entry and cause: "castles.json: castle 'mino', parts[1].piece: 'golden' is no kind of piece".
class DefinitionError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A set of squares as each player sees them: by index(Color).
using MirroredSquares = std::array<Bitboard, 2>;

/// One value of the file, which knows the way to it. Views of the document: it must outlive them.
class Definition {
 public:
  Definition(const boost::json::value& value, std::string path)
      : value_(&value), path_(std::move(path)) {}

  [[noreturn]] void refuse(std::string_view cause) const;

  /// Of an object.
  Definition member(std::string_view key) const;
  std::optional<Definition> find(std::string_view key) const;
  void allow_only(std::initializer_list<std::string_view> keys) const;

  /// Of an array that is not empty.
  std::vector<Definition> elements() const;
  /// The same for an array of objects with distinct "id"s; errors in one call it "<kind> '<id>'".
  std::vector<Definition> entries(std::string_view kind) const;

  std::string text() const;
  bool boolean() const;
  int integer(int least, int most) const;
  PieceType piece_type() const;
  /// An array of squares as Black sees them: "7g"; "7*" is a file, "*g" a rank.
  MirroredSquares squares() const;

 private:
  const boost::json::object& object() const;

  const boost::json::value* value_;
  std::string path_;
};

/// The text of a definitions file.
Result<std::string> definitions_text(const std::filesystem::path& file);

/// Throws DefinitionError with the number of the line that is no JSON.
boost::json::value parse_document(std::string_view json, std::string_view file);

/// Parses `json` and hands its root to `read`, which may refuse it. `file` is named in errors.
template <typename Read>
auto read_definitions(std::string_view json, std::string_view file, Read&& read)
    -> Result<decltype(read(std::declval<Definition>()))> {
  try {
    const boost::json::value document = parse_document(json, file);
    return read(Definition(document, std::string(file) + ": "));
  } catch (const DefinitionError& error) {
    return fail(error.what());
  }
}

}  // namespace keisei::shogi
