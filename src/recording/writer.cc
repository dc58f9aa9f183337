#include "recording/writer.h"

#include <utility>

#include "protocol/encode.h"

namespace keisei::recording {

namespace {

constexpr std::size_t kMostEntries = 10'000;  // of the index, that it fits a block

}  // namespace

Result<Writer> Writer::create(const std::string& path, const Header& header, int level) {
  Result<AppendFile> file = AppendFile::create(path);
  if (!file) return tl::unexpected(file.error());
  std::string text;
  protocol::write(text, header);
  if (const auto written = file->append(preamble(text)); !written) {
    return tl::unexpected(written.error());
  }
  return Writer(std::move(*file), begin_of(header), level);
}

Writer::Writer(AppendFile file, const Moment& begin, int level)
    : file_(std::move(file)), lines_(begin), packer_(level), begin_(begin), before_text_(begin) {}

Result<void> Writer::add(const Turn& turn) {
  const Moment before = lines_.last();
  lines_.append(text_, turn);
  std::size_t begin = 0;
  while (text_.size() - begin >= kBlockBytes) {
    const std::size_t end = text_.find('\n', begin + kBlockBytes - 1) + 1;
    const auto block = std::string_view(text_).substr(begin, end - begin);
    if (const auto written = write_turns(block); !written) return written;
    begin = end;
    splits_turn_ = begin < text_.size();
    before_text_ = splits_turn_ ? before : lines_.last();
  }
  text_.erase(0, begin);
  return {};
}

Result<void> Writer::flush() {
  if (text_.empty()) return {};
  const auto written = write_turns(text_);
  text_.clear();
  splits_turn_ = false;
  before_text_ = lines_.last();
  return written;
}

Result<void> Writer::write_turns(std::string_view text) {
  using Kind = BlockHeader::Kind;
  const Packer::Packed packed = packer_.pack(text);
  const std::size_t at = file_.size();
  const auto written = write(splits_turn_ ? Kind::rest : Kind::turns, before_text_, text, packed);
  if (written && packed.history_size == 0 && !splits_turn_) {
    entries_.push_back(entry_point(at, begin_, before_text_));
  }
  return written;
}

Result<void> Writer::write(BlockHeader::Kind kind, const Moment& before, std::string_view text,
                           const Packer::Packed& packed) {
  const BlockHeader header{.kind = kind,
                           .text_size = static_cast<std::uint32_t>(text.size()),
                           .stored_size = static_cast<std::uint32_t>(packed.stored.size()),
                           .history_size = static_cast<std::uint32_t>(packed.history_size),
                           .before = before,
                           .checksum = checksum_of(packed.stored)};
  return file_.append(bytes_of(header) + packed.stored);
}

Result<void> Writer::finish() {
  if (const auto flushed = flush(); !flushed) return flushed;
  const std::size_t at = file_.size();
  const std::string text = index();
  const auto written = write(BlockHeader::Kind::index, lines_.last(), text, Packer().pack(text));
  return written ? file_.append(trailer(at)) : written;
}

// A line for each.
std::string Writer::index() const {
  std::string text;
  const std::size_t step = entries_.size() / kMostEntries + 1;
  for (std::size_t i = 0; i < entries_.size(); i += step) {
    protocol::write(text, entries_[i]);
    text += '\n';
  }
  return text;
}

}  // namespace keisei::recording
