#include "archive/archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "archive/archived_game.h"
#include "base/enum_names.h"
#include "http/etag.h"
#include "http/query.h"
#include "protocol/archive_answers.h"
#include "protocol/public_api.h"

namespace keisei::archive {
namespace {

constexpr const char* kJson = "application/json";

std::string list_path() { return std::string(protocol::kPublicApi) + "games"; }

http::Response refuse(http::Status status, ErrorCode code, std::string why,
                      std::string field = "") {
  return http::problem_response({status, code, std::move(why), std::move(field)});
}

http::Response unavailable(std::string why) {
  return refuse(http::Status::unavailable, ErrorCode::unavailable, std::move(why));
}

http::Response unavailable_for(int seconds, std::string why) {
  http::Response response = unavailable(std::move(why));
  response.fields.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

// Nothing again to those who have it.
http::Response content(const http::Request& request, std::string type, std::string text) {
  http::Response response;
  const std::string etag = http::etag_of(text);
  response.fields = {{"ETag", etag}, {"Cache-Control", "no-cache"}};
  if (http::has(request, etag)) {
    response.status = http::Status::not_modified;
    return response;
  }
  response.content_type = std::move(type);
  response.body = std::make_shared<const std::string>(std::move(text));
  return response;
}

}  // namespace

Archive::Archive(std::string file, TraitReader traits, Notices& notices)
    : file_(std::move(file)),
      traits_(std::move(traits)),
      reading_(notices.topic("archive", "reading the archive")) {}

Archive::~Archive() { close(); }

void Archive::add_routes(http::Router& router) {
  router.get(list_path(), [this](const http::Request& request, const http::Reply& reply) {
    const auto query = http::query_of(request.target);
    if (!query) {
      return reply(refuse(http::Status::bad_request, ErrorCode::failed,
                          "a '%' of the query stands for nothing"));
    }
    const auto search = search_of(*query, traits_);
    if (!search) {
      const Error& error = search.error();
      return reply(refuse(http::Status::bad_request, error.code, error.message, error.field));
    }
    admit({request, *search, reply});
  });
  router.get_below(list_path() + "/",
                   [this](const http::Request& request, const http::Reply& reply) {
                     const auto question = game_in(request);
                     if (!question) return reply(question.error());
                     admit({request, *question, reply});
                   });
}

tl::expected<Archive::GameQuestion, http::Response> Archive::game_in(const http::Request& request) {
  std::string_view rest = request.path().substr(list_path().size() + 1);
  const std::string_view run = rest.substr(0, rest.find('/'));
  rest.remove_prefix(std::min(rest.size(), run.size() + 1));
  GameQuestion question;
  // A game whose id ends so has its dot written as %2E.
  const std::size_t dot = rest.rfind('.');
  if (dot != std::string_view::npos) {
    question.format = enumerator_of<Format>(rest.substr(dot + 1));
  }
  const auto run_id = http::percent_decoded(run);
  const auto game_id = http::percent_decoded(question.format ? rest.substr(0, dot) : rest);
  if (run.empty() || rest.empty() || rest.find('/') != std::string_view::npos || !run_id ||
      !game_id) {
    return tl::unexpected(refuse(http::Status::not_found, ErrorCode::failed,
                                 "a game is at " + list_path() + "/{run}/{game}"));
  }
  question.run_id = *run_id;
  question.game_id = *game_id;
  return question;
}

void Archive::open(const store::Store& store) {
  if (file_.empty()) return;
  const std::lock_guard lock(mutex_);
  store_ = &store;
  is_open_ = true;
  worker_ = std::thread([this] { work(); });
}

void Archive::close() {
  std::deque<Job> unanswered;
  {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
    unanswered.swap(jobs_);
  }
  changed_.notify_all();
  if (worker_.joinable()) worker_.join();
  for (Job& job : unanswered) job.reply(unavailable("the show is ending"));
}

void Archive::admit(Job job) {
  std::unique_lock lock(mutex_);
  if (file_.empty()) return job.reply(unavailable("this show keeps nothing: there is no archive"));
  if (!is_open_)
    return job.reply(unavailable_for(1, "the show begins or ends: there is no archive now"));
  if (jobs_.size() >= kMostWaiting) return job.reply(unavailable_for(1, "too many ask at once"));
  jobs_.push_back(std::move(job));
  lock.unlock();
  changed_.notify_one();
}

void Archive::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_open_ || !jobs_.empty(); });
    if (!is_open_) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job.reply(respond(job));
  }
}

http::Response Archive::respond(const Job& job) {
  if (!store_->is_open()) {
    return unavailable_for(10, "what the show keeps cannot be read: its operator is told why");
  }
  auto file = ArchiveFile::open(file_);
  if (!file) return cannot_read(file.error());
  return std::visit([&](const auto& question) { return respond(*file, job.request, question); },
                    job.question);
}

http::Response Archive::respond(ArchiveFile& file, const http::Request& request,
                                const Search& search) {
  const auto page = file.find(search);
  if (!page) return cannot_read(page.error());
  reading_.works();
  if (!*page) return unavailable("this search takes too long: ask for one run");
  return content(request, kJson, protocol::encode_answer(answer_of(**page)) + "\n");
}

http::Response Archive::respond(ArchiveFile& file, const http::Request& request,
                                const GameQuestion& question) {
  const auto kept = file.game(question.run_id, question.game_id);
  if (!kept) return cannot_read(kept.error());
  reading_.works();
  if (!*kept) {
    const auto is_played = file.is_being_played(question.run_id, question.game_id);
    return refuse(http::Status::not_found, ErrorCode::failed,
                  is_played && *is_played ? "this game has not ended: the archive has finished ones"
                                          : "no such game is kept");
  }
  if (!question.format) {
    return content(request, kJson, protocol::encode_answer(answer_of(**kept, traits_)) + "\n");
  }
  ExportedFile exported_file = exported(**kept, *question.format);
  http::Response response =
      content(request, std::move(exported_file.media_type), std::move(exported_file.text));
  response.fields.emplace_back("Content-Disposition",
                               fmt::format("attachment; filename=\"{}\"", exported_file.name));
  return response;
}

http::Response Archive::cannot_read(const store::StoreError& error) {
  reading_.fails(error.why);
  return unavailable_for(10, "what the show keeps cannot be read: its operator is told why");
}

}  // namespace keisei::archive
