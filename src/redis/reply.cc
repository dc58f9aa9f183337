#include "redis/reply.h"

#include <hiredis/read.h>

#include <new>
#include <utility>

#include "base/printable.h"

namespace keisei::redis {

// Called by hiredis, which is C: nothing may be thrown, and null means that it is to stop.
struct ReplyMaker {
  static Reply* place(const redisReadTask* task) {
    if (task->parent == nullptr) return new (std::nothrow) Reply;
    auto& list = static_cast<Reply*>(task->parent->obj)->list;
    return &list[static_cast<std::size_t>(task->idx)];
  }
  static void* make_text(const redisReadTask* task, char* text, std::size_t size) noexcept {
    Reply* reply = place(task);
    if (reply == nullptr) return nullptr;
    reply->kind = task->type == REDIS_REPLY_ERROR ? Reply::Kind::error : Reply::Kind::text;
    try {
      reply->text.assign(text, size);
    } catch (const std::bad_alloc&) {
      return dropped(task, reply);
    }
    return reply;
  }
  static void* make_list(const redisReadTask* task, int size) noexcept {
    auto& reader = *static_cast<ReplyReader*>(task->privdata);
    const auto elements = static_cast<std::size_t>(size);
    reader.elements_ += elements;
    if (size < 0 || reader.elements_ > reader.limits_.elements) {
      reader.failure_ = "a reply has too many elements";
      return nullptr;
    }
    Reply* reply = place(task);
    if (reply == nullptr) return nullptr;
    reply->kind = Reply::Kind::list;
    try {
      reply->list.resize(elements);
    } catch (const std::bad_alloc&) {
      return dropped(task, reply);
    }
    return reply;
  }
  static void* make_integer(const redisReadTask* task, long long value) noexcept {
    Reply* reply = place(task);
    if (reply == nullptr) return nullptr;
    reply->kind = Reply::Kind::integer;
    reply->integer = value;
    return reply;
  }
  static void* make_nil(const redisReadTask* task) noexcept { return place(task); }
  static void drop(void* reply) noexcept { delete static_cast<Reply*>(reply); }

 private:
  // A part goes with its whole.
  static void* dropped(const redisReadTask* task, Reply* reply) {
    if (task->parent == nullptr) delete reply;
    return nullptr;
  }
};

namespace {

redisReplyObjectFunctions maker{&ReplyMaker::make_text, &ReplyMaker::make_list,
                                &ReplyMaker::make_integer, &ReplyMaker::make_nil,
                                &ReplyMaker::drop};

}  // namespace

void ReplyReader::Delete::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader(const Limits& limits)
    : limits_(limits), reader_(redisReaderCreateWithFunctions(&maker)) {
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = this;
}

ReplyReader::~ReplyReader() = default;

void ReplyReader::feed(std::string_view bytes) {
  unread_ += bytes.size();
  redisReaderFeed(reader_.get(), bytes.data(), bytes.size());
}

Result<std::optional<Reply>> ReplyReader::next() {
  void* made = nullptr;
  if (redisReaderGetReply(reader_.get(), &made) != REDIS_OK) {
    if (failure_.empty()) failure_ = printable(reader_->errstr, 128);
    return fail("not what a Redis server says: " + failure_);
  }
  if (made == nullptr) {
    if (unread_ > limits_.bytes) return fail("not what a Redis server says: a reply is too long");
    return std::nullopt;
  }
  const std::unique_ptr<Reply> reply(static_cast<Reply*>(made));
  unread_ = reader_->len - reader_->pos;
  elements_ = 0;
  return std::optional(std::move(*reply));
}

std::string encode_command(const std::vector<std::string_view>& words) {
  std::string bytes = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string_view word : words) {
    bytes += '$';
    bytes += std::to_string(word.size());
    bytes += "\r\n";
    bytes += word;
    bytes += "\r\n";
  }
  return bytes;
}

}  // namespace keisei::redis
