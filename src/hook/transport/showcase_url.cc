#include "hook/transport/showcase_url.h"

#include <boost/url/parse.hpp>

namespace keisei::hook {

Result<ShowcaseUrl> parse_showcase_url(std::string_view text) {
  const std::string quoted = "\"" + std::string(text) + "\"";
  const auto url = boost::urls::parse_uri(text);
  if (!url || url->host().empty())
    return fail(quoted + " is no URL like ws://127.0.0.1:8080/ingest");
  ShowcaseUrl result;
  result.secure = url->scheme() == "wss";
  if (!result.secure && url->scheme() != "ws") {
    return fail(quoted + " begins with neither ws:// nor wss://");
  }
  result.host = url->host_address();
  result.port = url->has_port() ? std::string(url->port()) : result.secure ? "443" : "80";
  result.target = url->encoded_path().empty() ? "/" : std::string(url->encoded_path());
  if (url->has_query()) result.target += "?" + std::string(url->encoded_query());
  return result;
}

}  // namespace keisei::hook
