#include "shogi/record/jkf.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <vector>

#include "shogi/legality.h"
#include "shogi/record/csa_words.h"
#include "shogi/record/jkf_fields.h"
#include "shogi/record/jkf_position.h"
#include "shogi/record/jkf_words.h"
#include "shogi/record/kif_words.h"
#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

namespace json = boost::json;
using jkf::color_at, jkf::field, jkf::number_at, jkf::object_at, jkf::piece_at, jkf::square_at;
using jkf::text_at;

/// Three levels for each fork inside a fork.
constexpr std::size_t kDeepestNesting = 500;

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

class JkfReader {
 public:
  explicit JkfReader(Reading reading) : deviations_(reading) {}

  Result<ReadGame> read(const json::object& file) {
    if (auto read = read_header(file); !read) return tl::unexpected(read.error());
    if (auto read = read_initial(file); !read) {
      return fail("initial: " + read.error().message);
    }
    now_ = record_.start;
    const json::value* moves = field(file, "moves");
    if (moves == nullptr || !moves->is_array()) return fail("moves is no list");
    record_.moves.reserve(moves->get_array().size());
    for (entry_ = 0; entry_ < moves->get_array().size(); ++entry_) {
      const json::value& entry = moves->get_array()[entry_];
      auto read = entry.is_object() ? read_entry(entry.get_object()) : fail("no object");
      if (!read) return fail(in_entry(entry_, read.error().message));
    }
    if (foul_) return fail(in_entry(foul_entry_, foul_->rule));
    return ReadGame{std::move(record_), deviations_.take()};
  }

 private:
  static std::string in_entry(std::size_t entry, std::string_view cause) {
    return fmt::format("moves, entry {}: {}", entry, cause);
  }

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
    const auto drawn = jkf::DrawnPosition().read(**data);
    if (!drawn) return tl::unexpected(drawn.error());
    record_.start = *drawn;
    return deviations_.accept_start(0, *drawn);
  }

  /// The first entry holds what is said before the first move; it has no move of its own.
  Result<void> read_entry(const json::object& entry) {
    const bool is_first = entry_ == 0;
    const bool has_move = field(entry, "move") != nullptr;
    const bool has_special = field(entry, "special") != nullptr;
    if (has_move && is_first) return fail("a move where none can be");
    if (!is_first && !has_move && !has_special) return fail("neither a move nor an end");
    if (record_.end) return leave_out();
    if (has_move) {
      if (auto played = play(entry); !played) return played;
    }
    // What is said of a move with an end beside it is the move's.
    if (has_special && !has_move) {
      if (auto ended = read_special(entry); !ended) return ended;
    }
    if (auto read = read_remarks(entry); !read) return read;
    return has_special && has_move ? read_special(entry) : Result<void>();
  }

  Result<void> leave_out() {
    return deviations_.accept(0, in_entry(entry_, "after the end"), "left out");
  }

  Result<void> play(const json::object& entry) {
    if (foul_) {
      entry_ = foul_entry_;
      return fail(foul_->rule);
    }
    const auto object = object_at(entry, "move");
    if (!object) return tl::unexpected(object.error());
    const auto named = read_move(**object);
    if (!named) return tl::unexpected(named.error());
    if (auto legal = check_legality(now_, *named); !legal) {
      foul_ = Foul{0, to_usi(*named), legal.error().message, std::nullopt, {}};
      foul_entry_ = entry_;
      return {};
    }
    record_.moves.push_back({*named, std::nullopt, {}});
    now_.do_move(*named);
    last_to_ = named->to();
    return {};
  }

  Result<void> read_special(const json::object& entry) {
    const auto word = text_at(entry, "special");
    if (!word) return tl::unexpected(word.error());
    const auto ending = csa::ending_of(*word, now_.side_to_move());
    if (foul_) {
      auto ended = ending == Ending::foul
                       ? end_by_foul(record_, foul_, deviations_, in_entry(foul_entry_, ""))
                       : fail(foul_->rule);  // no word of a foul
      if (!ended) entry_ = foul_entry_;
      return ended;
    }
    if (ending) {
      record_.end = RecordedEnd{*ending, std::nullopt, {}};
      return {};
    }
    record_.end = RecordedEnd{Ending::interruption, std::nullopt, quoted(*word)};
    return deviations_.accept(0, in_entry(entry_, "an unknown end, " + quoted(*word)),
                              "an interruption, with the word as its comment");
  }

  /// Legal or not.
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
    if (field(move, "from") == nullptr) {
      const json::value* relative = field(move, "relative");
      if (relative != nullptr && *relative != "H") return fail("the move does not say where from");
      if (is_promoted(*type) || *type == PieceType::king) {
        return fail("kings and promoted pieces cannot be dropped");
      }
      return Move::drop(*type, *to);
    }
    const auto from = square_at(move, "from");
    if (!from) return tl::unexpected(from.error());
    if (*from == *to) return fail("origin and destination are the same square");
    if (type_of(now_.piece_on(*from)) != *type) {
      return fail(
          fmt::format("there is no {} on {}", csa::kPieceNames[index(*type)], to_usi(*from)));
    }
    const json::value* promote = field(move, "promote");
    if (promote != nullptr && !promote->is_bool()) return fail("promote is neither true nor false");
    return Move::board(*from, *to, promote != nullptr && promote->get_bool());
  }

  Result<void> read_remarks(const json::object& entry) {
    if (const json::value* forks = field(entry, "forks")) {
      if (!forks->is_array()) return fail("forks is no list");
      record_.variations += count_variations(forks->get_array());
    }
    if (const json::value* lines = field(entry, "comments")) {
      if (!lines->is_array()) return fail("comments is no list");
      for (const json::value& line : lines->get_array()) {
        if (!line.is_string()) return fail("a comment is no text");
        add_comment(record_, foul_, std::string_view(line.get_string()));
      }
    }
    const bool has_time = field(entry, "time") != nullptr;
    if (!has_time || (record_.moves.empty() && !record_.end && !foul_)) return {};
    const auto time = read_time(entry);
    if (!time) return tl::unexpected(time.error());
    SpentTime& spent = foul_         ? foul_->time
                       : record_.end ? record_.end->time
                                     : record_.moves.back().time;
    if (!spent) spent = *time;  // an end by foul has that of the foul
    return {};
  }

  static Result<std::chrono::milliseconds> read_time(const json::object& entry) {
    const auto now =
        object_at(entry, "time").and_then([](const auto* time) { return object_at(*time, "now"); });
    if (!now) return tl::unexpected(now.error());
    constexpr int kMost = 100'000'000;
    const auto hours =
        field(**now, "h") == nullptr ? Result<int>(0) : number_at(**now, "h", 0, 9999);
    const auto minutes = number_at(**now, "m", 0, kMost), seconds = number_at(**now, "s", 0, kMost);
    if (!hours || !minutes || !seconds) return fail("time is no time");
    const std::chrono::seconds spent = std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
                                       std::chrono::seconds(*seconds);
    if (spent > std::chrono::minutes(kMost)) return fail("time is no time");
    return spent;
  }

  Deviations deviations_;
  GameRecord record_;
  Position now_ = Position::empty();
  std::optional<Square> last_to_;
  std::optional<Foul> foul_;
  std::size_t foul_entry_ = 0;
  std::size_t entry_ = 0;
};

}  // namespace

Result<ReadGame> read_jkf(std::string_view text, Reading reading) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = kDeepestNesting;
  // Thousands of small objects, all of which go at once.
  json::monotonic_resource memory(text.size());
  const json::value file = json::parse(text, error, &memory, options);
  if (error) return fail("JKF: " + error.message());
  if (!file.is_object()) return fail("JKF: the file is no object");
  auto record = JkfReader(reading).read(file.get_object());
  if (!record) return fail("JKF: " + record.error().message);
  return record;
}

}  // namespace keisei::shogi
