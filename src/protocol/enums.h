#pragma once

#include <string_view>

#include "base/enum_names.h"

/// Closed sets of words. An enumerator's name is its JSON text, so that a word exists once: in C++,
/// on the wire, in the TypeScript types, the schema and the reference.
namespace keisei::protocol {

/// Specialised by KEISEI_ENUM: `name`, `doc`.
template <class Enum>
struct EnumDescription;

using keisei::enumerator_names;
using keisei::enumerator_of;
using keisei::enumerators;
using keisei::kEnumerators;
using keisei::to_string;

}  // namespace keisei::protocol

/// Says what an enum is called and means that was described with BOOST_DESCRIBE_ENUM elsewhere.
#define KEISEI_DESCRIBE_ENUM(Enum, enum_name, doc_text) \
  template <>                                           \
  struct EnumDescription<Enum> {                        \
    static constexpr std::string_view name = enum_name; \
    static constexpr std::string_view doc = doc_text;   \
  };

/// Defines and describes an enum class of namespace keisei::protocol.
#define KEISEI_ENUM(Enum, doc_text, ...)     \
  BOOST_DEFINE_ENUM_CLASS(Enum, __VA_ARGS__) \
  KEISEI_DESCRIBE_ENUM(Enum, #Enum, doc_text)
