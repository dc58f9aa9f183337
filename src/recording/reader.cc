#include "recording/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <utility>

#include "protocol/decode.h"

namespace keisei::recording {
namespace {

template <class T>
bool read_json(std::string_view text, T& out) {
  boost::json::error_code error;
  const auto json = boost::json::parse(boost::json::string_view(text.data(), text.size()), error);
  protocol::Failure failure;
  return !error && protocol::read(json, out, protocol::Rule{}, failure);
}

std::optional<std::vector<EntryPoint>> parse_index(std::string_view text) {
  std::vector<EntryPoint> points;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !read_json(text.substr(0, end), points.emplace_back())) {
      return std::nullopt;
    }
    text.remove_prefix(end + 1);
  }
  return points;
}

std::string read_from(std::ifstream& file, std::size_t at, std::size_t count) {
  std::string bytes(count, '\0');
  file.clear();
  file.seekg(static_cast<std::streamoff>(at));
  file.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
  return bytes;
}

}  // namespace

Result<Reader> Reader::open(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(path + ": cannot be read");
  std::string bytes = read_from(file, 0, kPreambleBytes);
  const Result<std::size_t> size = preamble_text_size(bytes);
  if (!size) return fail(path + ": " + size.error().message);
  bytes += read_from(file, kPreambleBytes, *size);
  if (bytes.size() < kPreambleBytes + *size || !is_preamble_intact(bytes)) {
    return fail(path + ": its beginning is cut off or damaged");
  }
  Header header{};
  if (!read_json(std::string_view(bytes).substr(kPreambleBytes), header)) {
    return fail(path + ": its beginning cannot be read");
  }
  return Reader(std::move(file), path, std::move(header), bytes.size());
}

Reader::Reader(std::ifstream file, std::string path, Header header, std::size_t at)
    : file_(std::move(file)),
      path_(std::move(path)),
      header_(std::move(header)),
      first_block_(at),
      at_(at),
      lines_(begin_of(header_)) {}

std::optional<Turn> Reader::next() {
  while (turns_.empty() && !ending_) read_block();
  if (turns_.empty()) return std::nullopt;
  Turn turn = std::move(turns_.front());
  turns_.pop_front();
  return turn;
}

void Reader::read_block() {
  if (bytes(at_, 1).empty()) {
    return end(Ending::How::open, "it was not closed: its maker was ended, or still writes");
  }
  const Result<BlockHeader> header = block_header(at_);
  if (!header) return end(Ending::How::damaged, header.error().message);
  const std::size_t stored_at = at_ + kBlockHeaderBytes;
  const std::string stored = bytes(stored_at, header->stored_size);
  if (stored.size() < header->stored_size) return end(Ending::How::damaged, "it is cut off");
  if (checksum_of(stored) != header->checksum) {
    return end(Ending::How::damaged, "the block's checksum is wrong");
  }
  if (header->before != lines_.last()) {
    return end(Ending::How::damaged, "a block is missing before this one");
  }
  const std::size_t next = stored_at + stored.size();
  if (header->kind == BlockHeader::Kind::index) {
    if (is_whole_end(at_, next)) return end(Ending::How::closed, "it was closed");
    return end(Ending::How::damaged, "its last bytes are; nothing else is lost");
  }
  const Result<std::string> text = unpacker_.unpack(*header, stored);
  if (!text) return end(Ending::How::damaged, text.error().message);
  read_lines(*text);
  at_ = next;
}

void Reader::read_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t line_end = text.find('\n');
    Result<std::optional<Turn>> turn = lines_.read(text.substr(0, line_end));
    if (!turn) return end(Ending::How::damaged, turn.error().message);
    if (*turn) turns_.push_back(std::move(**turn));
    if (line_end == std::string_view::npos) return;
    text.remove_prefix(line_end + 1);
  }
}

bool Reader::is_whole_end(std::size_t index_at, std::size_t end) {
  const std::string rest = bytes(end, kTrailerBytes + 1);
  if (rest.size() != kTrailerBytes) return false;
  const auto named = parse_trailer(rest);
  return named && *named == index_at;
}

void Reader::end(Ending::How how, const std::string& why) {
  const std::string_view form = how == Ending::How::damaged
                                    ? "{} is damaged at byte {}: {}; what is before was read"
                                    : "{} ends at byte {}: {}";
  ending_ = Ending{how, at_, fmt::format(fmt::runtime(form), path_, at_, why)};
}

// Calls it with where each block is and its header, up to the index, the end or the first that is
// damaged.
template <class Visit>
void Reader::visit_blocks(Visit visit) {
  for (std::size_t at = first_block_;;) {
    const Result<BlockHeader> header = block_header(at);
    if (!header || header->kind == BlockHeader::Kind::index) return;
    visit(at, *header);
    at += kBlockHeaderBytes + header->stored_size;
  }
}

std::optional<BlockHeader> Reader::index_header(std::size_t& at) {
  file_.clear();
  file_.seekg(0, std::ios::end);
  const auto size = static_cast<std::size_t>(std::max<std::streamoff>(0, file_.tellg()));
  if (size < kTrailerBytes) return std::nullopt;
  const auto named = parse_trailer(bytes(size - kTrailerBytes, kTrailerBytes));
  if (!named) return std::nullopt;
  at = *named;
  const Result<BlockHeader> header = block_header(at);
  if (!header || header->kind != BlockHeader::Kind::index) return std::nullopt;
  return *header;
}

Moment Reader::last_moment() {
  std::size_t at = 0;
  if (const auto index = index_header(at)) return index->before;
  Moment last = begin_of(header_);
  visit_blocks([&](std::size_t, const BlockHeader& header) { last = header.before; });
  return last;
}

std::vector<EntryPoint> Reader::entry_points() {
  std::size_t at = 0;
  if (const auto header = index_header(at)) {
    const std::string stored = bytes(at + kBlockHeaderBytes, header->stored_size);
    const auto text = checksum_of(stored) == header->checksum ? Unpacker().unpack(*header, stored)
                                                              : fail("damaged");
    if (auto points = text ? parse_index(*text) : std::nullopt) return std::move(*points);
  }
  std::vector<EntryPoint> points;
  visit_blocks([&](std::size_t block_at, const BlockHeader& header) {
    if (header.kind == BlockHeader::Kind::turns && header.history_size == 0) {
      points.push_back(entry_point(block_at, begin_of(header_), header.before));
    }
  });
  return points;
}

std::string Reader::bytes(std::size_t at, std::size_t count) { return read_from(file_, at, count); }

Result<BlockHeader> Reader::block_header(std::size_t at) {
  const std::string header = bytes(at, kBlockHeaderBytes);
  if (header.size() < kBlockHeaderBytes) return fail("it is cut off");
  return parse_block_header(header);
}

}  // namespace keisei::recording
