#include "edge/api_documents.h"

#include <memory>
#include <string>

#include "http/etag.h"
#include "protocol/documents.h"
#include "protocol/http_api.h"

namespace keisei::edge {
namespace {

// Written when somebody asks for it, once.
class ApiDocument {
 public:
  using Write = std::string (*)(const protocol::ProtocolModel&);

  explicit ApiDocument(Write write) : write_(write) {}

  http::Response respond(const http::Request& request) {
    if (!text_) {
      text_ = std::make_shared<const std::string>(write_(protocol::api_model()));
      etag_ = http::etag_of(*text_);
    }
    http::Response response;
    response.fields = {{"ETag", etag_}, {"Cache-Control", "no-cache"}};
    if (http::has(request, etag_)) {
      response.status = http::Status::not_modified;
      return response;
    }
    response.content_type = "application/json";
    response.body = text_;
    return response;
  }

 private:
  Write write_;
  std::shared_ptr<const std::string> text_;
  std::string etag_;
};

void add(http::Router& router, const protocol::Operation& operation, ApiDocument::Write write) {
  router.get(std::string(operation.route()),
             [document = std::make_shared<ApiDocument>(write)](const http::Request& request,
                                                               const http::Reply& reply) {
               reply(document->respond(request));
             });
}

}  // namespace

void add_api_documents(http::Router& router) {
  add(router, protocol::kOpenApiOperation, protocol::openapi);
  add(router, protocol::kAsyncApiOperation, protocol::asyncapi);
}

}  // namespace keisei::edge
