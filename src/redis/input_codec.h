#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "broker/broker.h"

/// Inputs and words between processes: the name of their type, and JSON as it is described.
namespace keisei::redis {

struct Encoded {
  std::string_view type;
  std::string json;
};

Encoded encode_input(const broker::Input& input);
Result<broker::Input> decode_input(std::string_view type, std::string_view json);

/// `7 stream_control {"streaming":false}`: the session, the type and the word.
std::string encode_word(broker::Session session, const broker::Word& word);
/// The epoch is not part of it.
Result<broker::TrainerWord> decode_word(std::string_view text, broker::Epoch epoch);

}  // namespace keisei::redis
