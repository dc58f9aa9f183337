#include "archive/archive.h"

#include <fmt/format.h>

#include <utility>

#include "archive/archived_game.h"
#include "archive/archived_milestones.h"
#include "http/etag.h"
#include "http/query.h"
#include "protocol/http_api.h"

namespace keisei::archive {
namespace {

constexpr const char* kJson = "application/json";

static_assert(http::Clerk::kMostOfOne == protocol::kMostQuestionsOfOne &&
              http::Clerk::kMostWaiting == protocol::kMostQuestions);

std::string path(const protocol::Operation& operation) { return std::string(operation.route()); }

http::Response refuse(http::Status status, ErrorCode code, std::string why,
                      std::string field = "") {
  return http::problem_response({status, code, std::move(why), std::move(field)});
}

http::Response refuse(const Error& error) {
  return refuse(http::Status::bad_request, error.code, error.message, error.field);
}

http::Response unavailable(std::string why) {
  return refuse(http::Status::unavailable, ErrorCode::unavailable, std::move(why));
}

}  // namespace

Archive::Archive(std::string file, TraitReader traits, Notices& notices)
    : file_(std::move(file)),
      traits_(std::move(traits)),
      reading_(notices.topic("archive", "reading the archive")) {}

void Archive::add_routes(http::Router& router) {
  add_search(router, path(protocol::kGamesOperation),
             [this](const http::Query& query) { return search_of(query, traits_); });
  add_search(router, path(protocol::kMilestonesOperation), milestone_search_of);
  const std::string folder = path(protocol::kGameOperation);
  router.get_below(folder, [this, folder](const http::Request& request, const http::Reply& reply) {
    const auto question = game_question_of(request, folder);
    if (question) return answer(request, *question, reply);
    const Error& error = question.error();
    reply(error.field.empty() ? refuse(http::Status::not_found, error.code, error.message)
                              : refuse(error));
  });
}

void Archive::add_search(http::Router& router, const std::string& path,
                         std::function<Result<Question>(const http::Query&)> read) {
  router.get(
      path, [this, read = std::move(read)](const http::Request& request, const http::Reply& reply) {
        const auto query = http::query_of(request.target);
        if (!query) {
          return reply(refuse(http::Status::bad_request, ErrorCode::failed,
                              "a '%' of the query stands for nothing"));
        }
        const auto search = read(*query);
        if (!search) return reply(refuse(search.error()));
        answer(request, *search, reply);
      });
}

void Archive::open(const store::Store& store) {
  if (file_.empty()) return;
  store_ = &store;
  clerk_.open();
}

void Archive::answer(const http::Request& request, Question question, const http::Reply& reply) {
  if (file_.empty()) return reply(unavailable("this show keeps nothing: there is no archive"));
  clerk_.answer(
      request.client,
      [this, request, question = std::move(question)] { return respond(request, question); },
      reply);
}

http::Response Archive::respond(const http::Request& request, const Question& question) {
  if (!store_->is_open()) {
    return http::with_retry_after(
        10, unavailable("what the show keeps cannot be read: its operator is told why"));
  }
  auto file = ArchiveFile::open(file_);
  if (!file) return cannot_read(file.error());
  return std::visit([&](const auto& asked) { return respond(*file, request, asked); }, question);
}

http::Response Archive::respond(ArchiveFile& file, const http::Request& request,
                                const Search& search) {
  const auto page = file.find(search);
  if (!page) return cannot_read(page.error());
  reading_.works();
  if (!*page) {
    return refuse(http::Status::unavailable, ErrorCode::too_large,
                  "this search takes too long: ask for one run");
  }
  return http::content_response(request, kJson, protocol::encode_answer(answer_of(**page)) + "\n");
}

http::Response Archive::respond(ArchiveFile& file, const http::Request& request,
                                const GameQuestion& question) {
  const auto kept = file.game(question.run_id, question.game_id, question.ended_by);
  if (!kept) return cannot_read(kept.error());
  reading_.works();
  if (!*kept) {
    const auto is_played = file.is_being_played(question.run_id, question.game_id);
    return refuse(http::Status::not_found, ErrorCode::failed,
                  is_played && *is_played ? "this game has not ended: the archive has finished ones"
                                          : "no such game is kept");
  }
  if (!question.format) {
    return http::content_response(request, kJson,
                                  protocol::encode_answer(answer_of(**kept, traits_)) + "\n");
  }
  ExportedFile exported_file = exported(**kept, *question.format);
  http::Response response = http::content_response(request, std::move(exported_file.media_type),
                                                   std::move(exported_file.text));
  response.fields.emplace_back("Content-Disposition",
                               fmt::format("attachment; filename=\"{}\"", exported_file.name));
  return response;
}

http::Response Archive::respond(ArchiveFile& file, const http::Request& request,
                                const MilestoneSearch& search) {
  const auto page = file.milestones(search);
  if (!page) return cannot_read(page.error());
  reading_.works();
  return http::content_response(request, kJson, protocol::encode_answer(answer_of(*page)) + "\n");
}

http::Response Archive::cannot_read(const store::StoreError& error) {
  reading_.fails(error.why);
  return http::with_retry_after(
      10, unavailable("what the show keeps cannot be read: its operator is told why"));
}

}  // namespace keisei::archive
