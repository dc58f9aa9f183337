#pragma once

#include <functional>
#include <string>
#include <variant>

#include "archive/archive_file.h"
#include "archive/game_question.h"
#include "archive/milestone_search.h"
#include "archive/search.h"
#include "archive/trait_reader.h"
#include "base/notices.h"
#include "http/clerk.h"
#include "http/router.h"
#include "store/keeper.h"

namespace keisei::archive {

/// `GET /api/v1/games…` and `/milestones`: the finished games that the show keeps and what its runs
/// have reached, for anyone (docs/archive.md). A clerk reads them.
class Archive {
 public:
  /// `file` is the show's database; empty: this show keeps nothing. `notices` outlives the archive.
  Archive(std::string file, TraitReader traits, Notices& notices);
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// The routes refer to this object, and answer at once with a refusal while it is not open.
  void add_routes(http::Router& router);

  /// Answers from now on, as long as the store is open; it outlives close().
  void open(const store::Store& store);
  /// Refuses what waits and all that comes.
  void close() { clerk_.close(); }

 private:
  using Question = std::variant<Search, GameQuestion, MilestoneSearch>;

  void add_search(http::Router& router, const std::string& path,
                  std::function<Result<Question>(const http::Query&)> read);
  void answer(const http::Request& request, Question question, const http::Reply& reply);
  http::Response respond(const http::Request& request, const Question& question);
  http::Response respond(ArchiveFile& file, const http::Request& request, const Search& search);
  http::Response respond(ArchiveFile& file, const http::Request& request,
                         const GameQuestion& question);
  http::Response respond(ArchiveFile& file, const http::Request& request,
                         const MilestoneSearch& search);
  http::Response cannot_read(const store::StoreError& error);

  const std::string file_;
  const TraitReader traits_;
  Topic& reading_;
  const store::Store* store_ = nullptr;  // while the clerk is there
  http::Clerk clerk_;
};

}  // namespace keisei::archive
