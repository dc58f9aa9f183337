#include "redis/stream.h"

#include <algorithm>
#include <charconv>

namespace keisei::redis {
namespace {

using Kind = Reply::Kind;

bool is_list_of(const Reply& reply, std::size_t size) {
  return reply.kind == Kind::list && reply.list.size() == size;
}

std::optional<Entry> parse_entry(Reply& reply) {
  if (!is_list_of(reply, 2) || !parse_id(reply.list[0].text)) return std::nullopt;
  Entry entry{std::move(reply.list[0].text)};
  std::vector<Reply>& words = reply.list[1].list;
  if (words.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    entry.fields.emplace_back(std::move(words[i].text), std::move(words[i + 1].text));
  }
  return entry;
}

}  // namespace

std::optional<StreamId> parse_id(std::string_view text) {
  StreamId id;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, id.first);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, id.second);
  if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
  return id;
}

std::string_view Entry::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& one) { return one.first == name; });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

Result<std::vector<StreamEntries>> parse_streams(Reply reply) {
  std::vector<StreamEntries> streams;
  if (reply.kind == Kind::nil) return streams;
  if (reply.kind != Kind::list) return fail("a stream is read as what is no list");
  for (Reply& one : reply.list) {
    if (!is_list_of(one, 2)) return fail("a stream is read as what is none");
    StreamEntries& stream = streams.emplace_back();
    stream.key = std::move(one.list[0].text);
    for (Reply& entry : one.list[1].list) {
      auto parsed = parse_entry(entry);
      if (!parsed) return fail("an entry of " + stream.key + " is none");
      stream.entries.push_back(std::move(*parsed));
    }
  }
  return streams;
}

}  // namespace keisei::redis
