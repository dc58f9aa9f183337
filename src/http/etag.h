#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace keisei::http {

/// A quoted name of the content: other bytes have another one.
std::string etag_of(std::string_view bytes);
/// Whether the client says that it has the content of that name.
bool has(const Request& request, const std::string& etag);
/// The content with its name, or nothing again to those who have it.
Response content_response(const Request& request, std::string type, std::string content);

}  // namespace keisei::http
