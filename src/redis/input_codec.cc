#include "redis/input_codec.h"

#include <boost/json/parse.hpp>
#include <boost/mp11/algorithm.hpp>
#include <charconv>
#include <type_traits>
#include <utility>
#include <variant>

#include "protocol/decode.h"
#include "protocol/encode.h"

namespace keisei::redis {
namespace {

template <class Kinds>
Encoded encode(const Kinds& value) {
  return std::visit(
      []<class T>(const T& one) {
        Encoded encoded{protocol::Description<T>::type, {}};
        protocol::write(encoded.json, one);
        return encoded;
      },
      value);
}

template <class T>
Result<T> decode_one(std::string_view text) {
  boost::json::error_code error;
  const auto json = boost::json::parse(boost::json::string_view(text.data(), text.size()), error);
  if (error) return fail("is no JSON");
  T value{};
  protocol::Failure failure;
  if (!protocol::read(json, value, protocol::Rule{}, failure)) {
    failure.in_field(protocol::Description<T>::type);
    return fail(failure.message());
  }
  return value;
}

template <class Kinds>
Result<Kinds> decode(std::string_view type, std::string_view text) {
  Result<Kinds> decoded = fail("unknown kind " + protocol::quoted(type));
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Kinds>>(
      [&]<class T>(std::type_identity<T>) {
        if (type != protocol::Description<T>::type) return;
        auto one = decode_one<T>(text);
        if (one) {
          decoded = Kinds(std::move(*one));
        } else {
          decoded = tl::unexpected(one.error());
        }
      });
  return decoded;
}

}  // namespace

Encoded encode_input(const broker::Input& input) { return encode(input); }

Result<broker::Input> decode_input(std::string_view type, std::string_view json) {
  return decode<broker::Input>(type, json);
}

std::string encode_word(broker::Session session, const broker::Word& word) {
  const Encoded encoded = encode(word);
  std::string text = std::to_string(session);
  text += ' ';
  text += encoded.type;
  text += ' ';
  text += encoded.json;
  return text;
}

Result<broker::TrainerWord> decode_word(std::string_view text, broker::Epoch epoch) {
  broker::Session session = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), session);
  if (failure != std::errc() || session < 0 || session > broker::kMaxSession) {
    return fail("a word is for no session");
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  const std::size_t space = text.find(' ', 1);
  if (text.empty() || text[0] != ' ' || space == std::string_view::npos) {
    return fail("a word has no kind");
  }
  auto word = decode<broker::Word>(text.substr(1, space - 1), text.substr(space + 1));
  if (!word) return tl::unexpected(word.error());
  return broker::TrainerWord{epoch, session, std::move(*word)};
}

}  // namespace keisei::redis
