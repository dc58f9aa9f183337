#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>

#include "archive/archive_file.h"
#include "archive/exports.h"
#include "archive/search.h"
#include "archive/trait_reader.h"
#include "base/notices.h"
#include "http/router.h"
#include "store/keeper.h"

namespace keisei::archive {

/// `GET /api/v1/games…`: the finished games that the show keeps, for anyone (docs/archive.md). A
/// thread of its own reads them, one question after the other, so that no connection waits for a
/// disk but the one that asked.
class Archive {
 public:
  /// Questions that may wait; more are refused.
  static constexpr std::size_t kMostWaiting = 32;

  /// `file` is the show's database; empty: this show keeps nothing. `notices` outlives the archive.
  Archive(std::string file, TraitReader traits, Notices& notices);
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive();

  /// The routes refer to this object, and answer at once with a refusal while it is not open.
  void add_routes(http::Router& router);

  /// Answers from now on, as long as the store is open; it outlives close().
  void open(const store::Store& store);
  /// Refuses what waits and all that comes.
  void close();

 private:
  struct GameQuestion {
    std::string run_id;
    std::string game_id;
    std::optional<Format> format;  // none: for the page and other programs
  };
  struct Job {
    http::Request request;
    std::variant<Search, GameQuestion> question;
    http::Reply reply;
  };

  static tl::expected<GameQuestion, http::Response> game_in(const http::Request& request);
  void admit(Job job);
  void work();
  http::Response respond(const Job& job);
  http::Response respond(ArchiveFile& file, const http::Request& request, const Search& search);
  http::Response respond(ArchiveFile& file, const http::Request& request,
                         const GameQuestion& question);
  http::Response cannot_read(const store::StoreError& error);

  const std::string file_;
  const TraitReader traits_;
  Topic& reading_;
  const store::Store* store_ = nullptr;  // while the worker runs

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool is_open_ = false;

  std::thread worker_;
};

}  // namespace keisei::archive
