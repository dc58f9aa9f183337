#include "hook/showcase_url.h"

#include <boost/url/parse.hpp>

namespace keisei::hook {

Result<ShowcaseUrl> parse_showcase_url(std::string_view text) {
  const std::string quoted = "\"" + std::string(text) + "\"";
  const auto url = boost::urls::parse_uri(text);
  if (!url || url->host().empty())
    return fail(quoted + " is no URL like ws://127.0.0.1:8080/ingest");
  if (url->scheme() == "wss") return fail(quoted + ": wss:// is not supported yet, use ws://");
  if (url->scheme() != "ws") return fail(quoted + " does not begin with ws://");
  ShowcaseUrl result;
  result.host = url->host_address();
  result.port = url->has_port() ? std::string(url->port()) : "80";
  result.target = url->encoded_path().empty() ? "/" : std::string(url->encoded_path());
  if (url->has_query()) result.target += "?" + std::string(url->encoded_query());
  return result;
}

}  // namespace keisei::hook
