#include "edge/events.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "http/parameters.h"
#include "http/response_bytes.h"
#include "protocol/enums.h"
#include "protocol/session_messages.h"

namespace keisei::edge {
namespace {

using protocol::ChannelWish;
using protocol::Hello;

template <class Enum>
bool choose(std::optional<Enum>& chosen, std::string_view word) {
  return (chosen = protocol::enumerator_of<Enum>(word)).has_value();
}

bool choose_channels(Hello& hello, std::string_view words) {
  hello.channels.emplace();
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find(',', begin), words.size());
    const auto channel = protocol::enumerator_of<ChannelWish>(words.substr(begin, end - begin));
    if (!channel) return false;
    hello.channels->push_back(*channel);
    begin = end + 1;
  }
  return true;
}

const std::array<http::Parameter<Hello>, 5>& parameters() {
  static const std::array<http::Parameter<Hello>, 5> kParameters = {{
      {"level", "beginner, intermediate or advanced",
       [](Hello& hello, const std::string& word) { return choose(hello.level, word); }},
      {"language", "en or ja",
       [](Hello& hello, const std::string& word) { return choose(hello.language, word); }},
      {"channels", "channels with commas between them, or all",
       [](Hello& hello, const std::string& words) { return choose_channels(hello, words); }},
      {"max_fps", "1 to 60",
       [](Hello& hello, const std::string& word) {
         const auto number = http::whole_in(word, 1, 60);
         if (number) hello.max_fps = static_cast<int>(*number);
         return number.has_value();
       }},
      {"quality", "low or high",
       [](Hello& hello, const std::string& word) { return choose(hello.quality, word); }},
  }};
  return kParameters;
}

}  // namespace

Result<Subscription> events_wish(std::string_view target) {
  const auto query = http::query_of(target);
  if (!query) return fail(ErrorCode::failed, "", "a '%' of the query stands for nothing");
  const auto hello = http::question_of<Hello>(*query, parameters());
  if (!hello) return tl::unexpected(hello.error());
  return changed(Subscription{}, *hello);
}

std::string events_header(std::string_view origin, WallTime now) {
  http::Response response;
  response.content_type = "text/event-stream";
  response.is_endless = true;
  response.fields = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  if (!origin.empty()) {
    response.fields.emplace_back("Access-Control-Allow-Origin", origin);
    response.fields.emplace_back("Vary", "Origin");
  }
  return http::header_bytes(response, false, now);
}

}  // namespace keisei::edge
