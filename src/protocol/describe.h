#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>

#include "protocol/types.h"

/// How messages are described: a table beside each struct says what every field means and may hold.
/// The JSON codec with its checks, the TypeScript types, the JSON Schema and the reference are all
/// made from these tables. A field that is missing in its table fails to compile (codec.cc).
namespace keisei::protocol {

/// Longer messages, of clients and of all others, are refused unread.
inline constexpr std::size_t kMaxClientBytes = 4UL * 1024;
inline constexpr std::size_t kMaxMessageBytes = 64UL * 1024;

/// Beyond it, up and down, a double skips integers.
inline constexpr std::int64_t kMaxInteger = std::int64_t{1} << 53;

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// What a field may hold, and how finely it is written. A decoder refuses everything else; encoders
/// trust their caller. Bounds and digits of numbers hold for the innermost items of lists and maps.
struct Rule {
  std::string_view unit{};
  double min = -kUnbounded;
  double max = kUnbounded;
  int digits = 9;                  // significant ones that are written of a number
  std::size_t max_size = 256;      // bytes of a text, entries of a list or map
  std::size_t item_max_size = 64;  // bytes of a text or key inside a list or map
  bool may_be_absent = false;      // of a trainer: an earlier version does not send it; a list is
                                   // then empty
};

/// Seconds since the epoch keep their microseconds: ten digits before the point, six behind it.
inline constexpr int kTimeDigits = 16;
inline constexpr Rule kTime{.unit = "s since the epoch", .digits = kTimeDigits};

template <class Struct, class Member>
struct Field {
  Member Struct::*member;
  std::string_view name;
  std::string_view doc;
  Rule rule{};
};

template <class Struct, class Member>
constexpr Field<Struct, Member> field(Member Struct::*member, std::string_view name,
                                      std::string_view doc, Rule rule = {}) {
  return {member, name, doc, rule};
}

/// Who sends a message, and to whom. Clients may leave optional fields out; all others send every
/// field, null where it is unknown, but for an optional one or a list whose rule says that it may
/// be absent.
enum class Sender { none, server, client, trainer, showcase };

/// Where a message of the server goes, and what may happen to it on its way.
struct Route {
  Channel channel;  // of a reply: that of its subject; replies reach every viewer
  Delivery delivery;
  Audience audience;
};

/// Specialised by the macros below: `name`, `type` (empty for parts of messages), `sender`, `doc`,
/// `fields` (a tuple of Field), and for messages of the server `route`.
template <class T>
struct Description;

template <class T>
concept Described = requires {
  Description<T>::fields;
};

}  // namespace keisei::protocol

#define KEISEI_FIELD(field_name, doc_text, ...)             \
  ::keisei::protocol::field(&Self::field_name, #field_name, \
                            doc_text __VA_OPT__(, ::keisei::protocol::Rule{__VA_ARGS__}))

#define KEISEI_DESCRIBE_BODY(Struct, message_type, message_sender, doc_text, ...) \
  using Self = Struct;                                                            \
  static constexpr std::string_view name = #Struct;                               \
  static constexpr std::string_view type = message_type;                          \
  static constexpr Sender sender = Sender::message_sender;                        \
  static constexpr std::string_view doc = doc_text;                               \
  static constexpr auto fields = std::make_tuple(__VA_ARGS__);

/// A part of messages.
#define KEISEI_PART(Struct, doc_text, ...)                        \
  template <>                                                     \
  struct Description<Struct> {                                    \
    KEISEI_DESCRIBE_BODY(Struct, "", none, doc_text, __VA_ARGS__) \
  };

/// A message: its struct, its JSON type, who sends it (client, trainer, showcase).
#define KEISEI_MESSAGE(Struct, message_type, message_sender, doc_text, ...)           \
  template <>                                                                         \
  struct Description<Struct> {                                                        \
    KEISEI_DESCRIBE_BODY(Struct, message_type, message_sender, doc_text, __VA_ARGS__) \
  };

/// A message to viewers: its struct, its JSON type, its channel, delivery and audience (types.h).
#define KEISEI_SERVER_MESSAGE(Struct, message_type, its_channel, its_delivery, its_audience, \
                              doc_text, ...)                                                 \
  template <>                                                                                \
  struct Description<Struct> {                                                               \
    KEISEI_DESCRIBE_BODY(Struct, message_type, server, doc_text, __VA_ARGS__)                \
    static constexpr Route route{Channel::its_channel, Delivery::its_delivery,               \
                                 Audience::its_audience};                                    \
  };
