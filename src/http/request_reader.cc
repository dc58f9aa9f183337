#include "http/request_reader.h"

#include <boost/asio/buffer.hpp>
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
    for (const auto& field : message) {
      request_.fields.emplace_back(text(field.name_string()), text(field.value()));
    }
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
  return parser_->is_done() && parser_->keep_alive() && !parser_->has_transfer_encoding();
}

}  // namespace keisei::http
