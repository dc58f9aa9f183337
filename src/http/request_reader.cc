#include "http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace keisei::http {
namespace {

namespace beast = boost::beast;

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::get;
    case beast::http::verb::head:
      return Method::head;
    case beast::http::verb::post:
      return Method::post;
    default:
      return Method::other;
  }
}

std::string text(beast::string_view view) { return {view.data(), view.size()}; }

// uri-host [ ":" port ] (RFC 9110 §7.2, RFC 3986 §3.2.2), or nothing.
bool is_host(std::string_view value) {
  constexpr std::string_view kAllowed =
      "-._~!$&'()*+,;=%:[]0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return value.find_first_not_of(kAllowed) == std::string_view::npos;
}

// RFC 9112 §3.2.
bool names_its_host(const Request& request) {
  const std::size_t hosts = request.count("Host");
  return hosts == 1 ? is_host(request.field("Host")) : hosts == 0 && request.is_http_1_0;
}

// A whole URI as target says itself which host it is for (RFC 9112 §3.2.2).
void part_target(Request& request) {
  const std::string_view target = request.target;
  const auto begin = target.starts_with("http://") ? 7U : target.starts_with("https://") ? 8U : 0U;
  if (begin == 0) return;
  const auto end = std::min(target.find_first_of("/?", begin), target.size());
  for (auto& [name, value] : request.fields) {
    if (beast::iequals(name, "Host")) value = target.substr(begin, end - begin);
  }
  std::string path(target.substr(end));
  request.target = path.starts_with('/') ? path : "/" + path;
}

}  // namespace

struct RequestReader::Parser : beast::http::request_parser<beast::http::string_body> {
  bool has_transfer_encoding() const {
    return get().find(beast::http::field::transfer_encoding) != get().end();
  }
};

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {
  parser_->header_limit(kMaxHeader);
  parser_->body_limit(boost::none);  // read_body() has one, and nothing is read before
}

RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::put(std::string& bytes) {
  if (!begun_ && !skipped_) {
    if (bytes == "\r") return Step::more;
    if (bytes.starts_with("\r\n")) {
      bytes.erase(0, 2);
      skipped_ = true;
    }
  }
  std::size_t used = 0;
  beast::error_code failure;
  while (used < bytes.size() && !parser_->is_done()) {
    if (parser_->is_header_done() && !in_body_) break;
    const auto step =
        parser_->put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), failure);
    used += step;
    if (failure || step == 0) break;
  }
  begun_ = begun_ || !bytes.empty();
  bytes.erase(0, used);
  if (failure == beast::http::error::header_limit) return Step::header_too_large;
  if (failure == beast::http::error::body_limit) return Step::body_too_large;
  if (failure && failure != beast::http::error::need_more) return Step::malformed;
  if (parser_->is_done() && in_body_) return Step::complete;
  return parser_->is_header_done() && !in_body_ ? Step::header : Step::more;
}

RequestReader::Step RequestReader::read(std::string& bytes) {
  const Step step = put(bytes);
  if (step == Step::header) {
    const auto& message = parser_->get();
    request_.method = method_of(message.method());
    request_.target = text(message.target());
    request_.is_http_1_0 = message.version() == 10;
    for (const auto& field : message) {
      request_.fields.emplace_back(text(field.name_string()), text(field.value()));
    }
    if (!names_its_host(request_)) return Step::bad_host;
    part_target(request_);
  } else if (step == Step::complete) {
    request_.body = std::move(parser_->get().body());
  }
  return step;
}

RequestReader::Step RequestReader::read_body(std::string& bytes, std::size_t max_body) {
  // Beast's reader of chunks asserts on some cuts of the last one (Boost 1.81, basic_parser.ipp),
  // and takes every other encoding for no body at all.
  if (parser_->has_transfer_encoding()) return Step::no_length;
  if (parser_->content_length().value_or(0) > max_body) return Step::body_too_large;
  in_body_ = true;
  if (parser_->is_done()) return Step::complete;
  parser_->body_limit(max_body);
  parser_->eager(true);
  return read(bytes);
}

bool RequestReader::keeps_alive() const {
  return parser_->is_done() && parser_->keep_alive() && !parser_->has_transfer_encoding() &&
         names_its_host(request_);
}

}  // namespace keisei::http
