#include "store/packed_thoughts.h"

#include <cmath>
#include <utility>

#include "store/bytes.h"

namespace keisei::store {
namespace {

// What follows; nothing at all for a ply of which nothing was told.
enum Part : std::uint8_t {
  told = 1,
  has_probability = 2,
  has_value = 4,
  has_entropy = 8,
  has_rank = 16
};

bool is_kept(const protocol::Number& number) {
  return number && std::isfinite(static_cast<float>(*number));
}

int part(bool is_there, Part which) { return is_there ? static_cast<int>(which) : 0; }

// Updates differ little from one move to the next.
void pack(ByteWriter& out, const Thought& thought, std::int64_t update_before) {
  out.byte(static_cast<std::uint8_t>(told | part(is_kept(thought.probability), has_probability) |
                                     part(is_kept(thought.value), has_value) |
                                     part(is_kept(thought.entropy), has_entropy) |
                                     part(thought.rank.has_value(), has_rank)));
  out.signed_whole(thought.update - update_before);
  for (const protocol::Number& number : {thought.probability, thought.value, thought.entropy}) {
    if (is_kept(number)) out.fixed(static_cast<float>(*number));
  }
  if (thought.rank) out.signed_whole(*thought.rank);
  out.signed_whole(thought.legal_moves);
}

std::optional<Thought> unpack(ByteReader& in, std::int64_t update_before) {
  const std::uint8_t parts = in.byte();
  if ((parts & told) == 0) return std::nullopt;
  const auto number = [&](Part which) -> protocol::Number {
    if ((parts & which) == 0) return std::nullopt;
    return in.fixed<float>();
  };
  Thought thought;
  thought.update = update_before + in.signed_whole();
  thought.probability = number(has_probability);
  thought.value = number(has_value);
  thought.entropy = number(has_entropy);
  if ((parts & has_rank) != 0) thought.rank = static_cast<int>(in.signed_whole());
  thought.legal_moves = static_cast<int>(in.signed_whole());
  return thought;
}

}  // namespace

Thought thought_of(const KeptMove& move) {
  return {move.update, move.probability, move.value, move.entropy, move.rank, move.legal_moves};
}

KeptMove move_of(const Thought& thought, const std::string& run_id, const std::string& game_id,
                 int ply, std::string usi) {
  return {run_id,
          game_id,
          ply,
          std::move(usi),
          thought.update,
          thought.probability,
          thought.value,
          thought.entropy,
          thought.rank,
          thought.legal_moves};
}

std::string pack_thought(const Thought& thought) {
  ByteWriter out;
  pack(out, thought, 0);
  return out.take();
}

Thought unpack_thought(std::string_view packed) {
  ByteReader in(packed);
  return unpack(in, 0).value_or(Thought{});
}

std::string pack_thoughts(const Thoughts& thoughts) {
  ByteWriter out;
  std::int64_t update = 0;
  for (const auto& thought : thoughts) {
    if (!thought) {
      out.byte(0);
      continue;
    }
    pack(out, *thought, update);
    update = thought->update;
  }
  return out.take();
}

Thoughts unpack_thoughts(std::string_view packed, std::size_t plies) {
  Thoughts thoughts(plies);
  ByteReader in(packed);
  std::int64_t update = 0;
  for (auto& thought : thoughts) {
    thought = unpack(in, update);
    if (thought) update = thought->update;
  }
  return thoughts;
}

}  // namespace keisei::store
