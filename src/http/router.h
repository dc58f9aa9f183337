#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "http/accepted.h"
#include "http/message.h"

namespace keisei::http {

/// Answers one request: to be called once, from any thread, at once or later. Nothing is sent
/// within the call.
using Reply = std::function<void(Response)>;
using Handler = std::function<void(const Request&, Reply)>;

/// Takes a connection over after its upgrade; `early` are bytes that came with the request.
using TakeOver = std::function<void(Accepted connection, std::string_view early)>;
using UpgradeHandler = std::function<tl::expected<TakeOver, Response>(const Request&)>;

/// Whether a request may be answered at all, decided before its body is read: the refusal, if not.
using Guard = std::function<std::optional<Response>(const Request&)>;

struct Route {
  std::string path;
  Method method;
  std::size_t max_body = 0;
  Handler handler{};
  UpgradeHandler upgrade{};  // instead of a handler
  bool is_folder = false;    // answers what is below the path, and not the path
};

/// Who answers what. Built before the server listens, and not changed afterwards.
///
/// HEAD is answered as GET. What no route names goes to the fallback, where there is one, but below
/// `/api/` it is a 404: a client of an API must not be given a page.
class Router {
 public:
  void get(std::string path, Handler handler);
  /// For every path that begins with this one, which ends in '/', and goes on.
  void get_below(std::string folder, Handler handler);
  void post(std::string path, std::size_t max_body, Handler handler);
  void upgrade(std::string path, UpgradeHandler handler);
  /// For GET and HEAD.
  void fallback(Handler handler);
  void guard(Guard guard) { guard_ = std::move(guard); }

  /// Whether all that is routed, by its method and its path or folder, is so.
  bool all_of(const std::function<bool(Method, std::string_view)>& is_so) const;

  /// The route of a request whose body may still be missing, or the refusal.
  tl::expected<const Route*, Response> find(const Request& request) const;

 private:
  std::vector<Route> routes_;
  std::optional<Route> fallback_;
  Guard guard_;
};

}  // namespace keisei::http
