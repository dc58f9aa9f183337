#include "protocol/codec.h"

#include <boost/json/parse.hpp>
#include <boost/pfr/tuple_size.hpp>
#include <charconv>
#include <exception>
#include <utility>

#include "protocol/decode.h"
#include "protocol/encode.h"

namespace keisei::protocol {
namespace {

constexpr std::size_t kMaxDepth = 16;

/// Every member of a struct is described: a forgotten one would silently never be sent.
template <class T>
constexpr bool kIsComplete =
    boost::pfr::tuple_size_v<T> == std::tuple_size_v<decltype(Description<T>::fields)>;

Result<Json> parse(std::string_view text, std::size_t max_bytes) {
  if (text.size() > max_bytes)
    return fail(ErrorCode::too_large, "",
                "message longer than " + std::to_string(max_bytes) + " bytes");
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::error_code error;
  Json json = boost::json::parse(text, error, {}, options);
  if (error) return fail(ErrorCode::bad_json, "", "not valid JSON (" + error.message() + ")");
  if (!json.is_object()) return fail(ErrorCode::bad_json, "", "expected a JSON object");
  return json;
}

tl::unexpected<Error> fail_in(std::string_view field, std::string_view why,
                              ErrorCode code = ErrorCode::bad_field) {
  std::string message(field);
  message += ": ";
  message += why;
  return fail(code, std::string(field), std::move(message));
}

/// The object that holds the message's fields, after checks of what surrounds it.
template <class T>
Result<Json> unwrap(Json json) {
  constexpr bool kFromClient = Description<T>::sender == Sender::client;
  boost::json::object& envelope = json.get_object();
  if (kFromClient && !envelope.contains("type") && !envelope.contains("data")) return json;

  const Json* type = envelope.if_contains("type");
  if (type == nullptr && !kFromClient) return fail_in("type", "missing");
  if (type != nullptr && (!type->is_string() || type->get_string() != type_of<T>())) {
    return fail_in("type", "expected \"" + std::string(type_of<T>()) + "\"",
                   type->is_string() ? ErrorCode::unknown_type : ErrorCode::bad_field);
  }
  for (const auto& entry : envelope) {
    const std::string_view key = entry.key();
    Failure failure;
    double timestamp = 0;
    std::int64_t seq = 0;
    if (key == "timestamp") {
      if (!read(entry.value(), timestamp, Rule{}, failure)) return fail_in(key, failure.reason);
    } else if (key == "seq") {
      if (!read(entry.value(), seq, Rule{.min = 0}, failure)) return fail_in(key, failure.reason);
    } else if (key != "type" && key != "data" && !kFromClient) {
      return fail_in(shown_name(key), "unknown field");
    }
  }
  if (!kFromClient) {
    for (const char* key : {"timestamp", "seq"}) {
      if (!envelope.contains(key)) return fail_in(key, "missing");
    }
  }
  Json* data = envelope.if_contains("data");
  if (data == nullptr) return fail_in("data", "missing");
  if (!data->is_object()) return fail_in("data", "expected an object");
  // Not `return *data`: the value lives inside the one that is going away.
  return Json(std::move(*data));
}

void apply_aliases(boost::json::object& fields) {
  if (fields.contains("level")) return;
  if (const Json* level = fields.if_contains("educational_level")) fields["level"] = Json(*level);
}

template <class T>
Result<T> decode_json(Json json) {
  Result<Json> data = unwrap<T>(std::move(json));
  if (!data) return tl::unexpected(data.error());
  if constexpr (std::is_same_v<T, Hello>) apply_aliases(data->get_object());
  T message{};
  Failure failure;
  if (!read(*data, message, Rule{}, failure))
    return fail(ErrorCode::bad_field, failure.path, failure.message());
  return message;
}

/// Nothing but memory exhaustion throws below; it too is only a refused message.
template <class T, class Decoder>
Result<T> without_exceptions(Decoder decoder) noexcept {
  try {
    return decoder();
  } catch (const std::exception&) {
    return fail(ErrorCode::unavailable, "", "out of memory");
  }
}

Result<std::string> type_in(const Json& json) {
  const Json* type = json.get_object().if_contains("type");
  if (type == nullptr) return fail_in("type", "missing");
  if (!type->is_string()) return fail_in("type", "expected a text");
  return std::string(type->get_string());
}

/// One of the listed messages, chosen by its type.
template <class... T>
Result<std::variant<T...>> decode_as(const std::string& type, Json json, MessageList<T...>) {
  using Message = std::variant<T...>;
  Result<Message> result = fail_in("type", "unknown type " + quoted(type), ErrorCode::unknown_type);
  const auto try_type = [&]<class M>(std::type_identity<M>) {
    if (type != type_of<M>()) return false;
    Result<M> message = decode_json<M>(std::move(json));
    if (message) {
      result = Message(std::move(*message));
    } else {
      result = tl::unexpected(message.error());
    }
    return true;
  };
  (try_type(std::type_identity<T>{}) || ...);
  return result;
}

/// `untyped` is what a message is taken for that says no type; empty: refused.
template <class Messages>
Result<typename Messages::Variant> decode_one_of(std::string_view json, Messages messages,
                                                 std::size_t max_bytes,
                                                 std::string_view untyped = {}) {
  using Message = typename Messages::Variant;
  return without_exceptions<Message>([&]() -> Result<Message> {
    Result<Json> parsed = parse(json, max_bytes);
    if (!parsed) return tl::unexpected(parsed.error());
    if (!untyped.empty() && !parsed->get_object().contains("type")) {
      return decode_as(std::string(untyped), std::move(*parsed), messages);
    }
    const Result<std::string> type = type_in(*parsed);
    if (!type) return tl::unexpected(type.error());
    return decode_as(*type, std::move(*parsed), messages);
  });
}

}  // namespace

std::string_view data_of(std::string_view encoded) {
  constexpr std::string_view kData = "\"data\":";
  const std::size_t begin = encoded.find(kData);
  if (begin == std::string_view::npos) return {};
  encoded.remove_prefix(begin + kData.size());
  encoded.remove_suffix(1);
  return encoded;
}

double timestamp_of(std::string_view encoded) {
  constexpr std::string_view kTimestamp = "\"timestamp\":";
  const std::size_t begin = encoded.find(kTimestamp);
  double timestamp = 0;
  if (begin == std::string_view::npos) return timestamp;
  encoded.remove_prefix(begin + kTimestamp.size());
  std::from_chars(encoded.data(), encoded.data() + encoded.size(), timestamp);
  return timestamp;
}

template <class T>
std::string encode(const T& message, double timestamp, std::uint64_t seq) {
  static_assert(kIsComplete<T>);
  std::string out;
  out.reserve(512);
  out += "{\"type\":\"";
  out += type_of<T>();
  out += "\",\"timestamp\":";
  append_number(out, timestamp, kTimeDigits);
  out += ",\"seq\":";
  append_integer(out, static_cast<std::int64_t>(seq));
  out += ",\"data\":";
  write(out, message);
  out += '}';
  return out;
}

template <class T>
Result<T> decode(std::string_view json) {
  constexpr bool kFromClient = Description<T>::sender == Sender::client;
  return without_exceptions<T>([&]() -> Result<T> {
    Result<Json> parsed = parse(json, kFromClient ? kMaxClientBytes : kMaxMessageBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    return decode_json<T>(std::move(*parsed));
  });
}

Result<ClientMessage> decode_client(std::string_view json) {
  return decode_one_of(json, ClientMessages{}, kMaxClientBytes, type_of<Hello>());
}

Result<Telemetry> decode_telemetry(std::string_view json) {
  return decode_one_of(json, TelemetryMessages{}, kMaxMessageBytes);
}

Result<IngestReply> decode_ingest_reply(std::string_view json) {
  return decode_one_of(json, IngestReplies{}, kMaxMessageBytes);
}

namespace {

template <class... T>
constexpr auto codec_of(MessageList<T...>) {
  return std::tuple(&encode<T>..., &decode<T>...);
}
/// Of every message: nothing else asks this file for them.
[[gnu::used]] const std::tuple kCodec(codec_of(ClientMessages{}), codec_of(ServerMessages{}),
                                      codec_of(TelemetryMessages{}), codec_of(IngestReplies{}));

}  // namespace

}  // namespace keisei::protocol
