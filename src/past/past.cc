#include "past/past.h"

#include <string>
#include <utility>

#include "base/thread_priority.h"
#include "http/etag.h"
#include "http/query.h"
#include "protocol/http_api.h"

namespace keisei::past {
namespace {

std::string path(const protocol::Operation& operation) { return std::string(operation.route()); }

http::Response refuse(http::Status status, const Error& error) {
  return http::problem_response({status, error.code, error.message, error.field});
}

http::Response no_past(std::string why) {
  return refuse(http::Status::not_found, {std::move(why), "", ErrorCode::unavailable});
}

}  // namespace

Past::Past(const FrameLogOptions& options, Counters& counters)
    : most_bytes_(options.most_bytes),
      bytes_(counters.gauge("keisei_past_bytes", "Memory of what can be looked back at.")),
      gaps_(counters.counter("keisei_past_gaps_total",
                             "Times that too much waited to be kept for looking back.")),
      log_(options) {}

void Past::add_routes(http::Router& router) {
  router.get(path(protocol::kRangeOperation),
             [this](const http::Request& request, const http::Reply& reply) {
               if (!keeps_anything()) return reply(no_past("this show keeps no past"));
               const auto range = log_.range();
               if (!range) return reply(no_past("there is none yet: nothing has been on air"));
               reply(http::content_response(request, "application/json",
                                            protocol::encode_answer(*range) + "\n"));
             });
  router.get(path(protocol::kFramesOperation), [this](const http::Request& request,
                                                      const http::Reply& reply) {
    if (!keeps_anything()) return reply(no_past("this show keeps no past"));
    const auto query = http::query_of(request.target);
    if (!query) {
      return reply(refuse(http::Status::bad_request, {"a '%' of the query stands for nothing"}));
    }
    const auto question = past_question_of(*query);
    if (!question) return reply(refuse(http::Status::bad_request, question.error()));
    clerk_.answer(
        request.client,
        [this, request, question = *question] { return respond(request, question); }, reply);
  });
}

http::Response Past::respond(const http::Request& request, const PastQuestion& question) const {
  const auto range = log_.range();
  const auto lines = log_.read(question);
  if (!lines) {
    const bool is_too_much = lines.error().code == ErrorCode::too_large;
    return refuse(is_too_much ? http::Status::bad_request : http::Status::not_found, lines.error());
  }
  http::Response response = http::content_response(request, "application/x-ndjson", *lines);
  // What is over does not change any more.
  if (range && question.to < range->to) {
    for (auto& [name, value] : response.fields) {
      if (name == "Cache-Control") value = "public, max-age=3600";
    }
  }
  return response;
}

void Past::open(broker::EdgeSide& broker) {
  if (!keeps_anything()) return;
  {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
  }
  packer_ = std::thread([this] { work(); });
  clerk_.open();
  attachment_ = broker.attach({[this](const broker::FrameBatch& batch) { take(batch); },
                               [](const broker::TrainerWord&) {}});
}

void Past::close() {
  attachment_.reset();
  clerk_.close();
  {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
  }
  changed_.notify_all();
  if (packer_.joinable()) packer_.join();
}

// On whichever thread the broker calls: hands over.
void Past::take(const broker::FrameBatch& batch) {
  {
    const std::lock_guard lock(mutex_);
    on_air_.take(batch);
    if (waiting_.size() >= kMostWaiting) {
      gaps_.add();
      waiting_.clear();
      waiting_.push_back(on_air_.all());
    } else {
      waiting_.push_back(batch);
    }
  }
  changed_.notify_all();
}

void Past::work() {
  lower_priority(ThreadPriority::lowest);
  for (;;) {
    std::vector<broker::FrameBatch> batches;
    {
      std::unique_lock lock(mutex_);
      is_busy_ = false;
      changed_.notify_all();
      changed_.wait(lock, [this] { return !is_open_ || !waiting_.empty(); });
      if (!is_open_) return;
      is_busy_ = true;
      batches.swap(waiting_);
    }
    for (const broker::FrameBatch& batch : batches) log_.add(batch);
    bytes_.set(static_cast<std::int64_t>(log_.bytes()));
  }
}

void Past::settle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_open_ || (!is_busy_ && waiting_.empty()); });
}

}  // namespace keisei::past
