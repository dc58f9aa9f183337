#include "http/router.h"

#include <algorithm>
#include <utility>

namespace keisei::http {
namespace {

bool fits(const Route& route, std::string_view path) {
  if (!route.is_folder) return path == route.path;
  return path.size() > route.path.size() && path.starts_with(route.path);
}

bool is_api(std::string_view path) { return path == "/api" || path.starts_with("/api/"); }

tl::unexpected<Response> refuse(Problem problem) {
  return tl::unexpected<Response>(problem_response(problem));
}

tl::unexpected<Response> refuse_method(const std::string& allowed) {
  Response response = problem_response(
      {Status::method_not_allowed, ErrorCode::failed, "this path answers " + allowed + " only"});
  response.fields.emplace_back("Allow", allowed);
  return tl::unexpected<Response>(std::move(response));
}

}  // namespace

void Router::get(std::string path, Handler handler) {
  routes_.push_back({std::move(path), Method::get, 0, std::move(handler)});
}

void Router::get_below(std::string folder, Handler handler) {
  routes_.push_back({std::move(folder), Method::get, 0, std::move(handler), {}, true});
}

void Router::post(std::string path, std::size_t max_body, Handler handler) {
  routes_.push_back({std::move(path), Method::post, max_body, std::move(handler)});
}

void Router::upgrade(std::string path, UpgradeHandler handler) {
  routes_.push_back({std::move(path), Method::get, 0, {}, std::move(handler)});
}

void Router::fallback(Handler handler) {
  fallback_ = Route{{}, Method::get, 0, std::move(handler)};
}

bool Router::all_of(const std::function<bool(Method, std::string_view)>& is_so) const {
  return std::all_of(routes_.begin(), routes_.end(),
                     [&](const Route& route) { return is_so(route.method, route.path); });
}

tl::expected<const Route*, Response> Router::find(const Request& request) const {
  if (guard_) {
    if (auto refusal = guard_(request)) return tl::unexpected<Response>(std::move(*refusal));
  }
  const Method method = request.method == Method::head ? Method::get : request.method;
  std::string allowed;
  for (const Route& route : routes_) {
    if (!fits(route, request.path())) continue;
    if (route.method == method) return &route;
    allowed += allowed.empty() ? "" : ", ";
    allowed += route.method == Method::get ? "GET, HEAD" : "POST";
  }
  if (!allowed.empty()) return refuse_method(allowed);
  if (fallback_ && !is_api(request.path())) {
    if (method != Method::get) return refuse_method("GET, HEAD");
    return &*fallback_;
  }
  return refuse({Status::not_found, ErrorCode::failed, "there is nothing at this path"});
}

}  // namespace keisei::http
