#include "simulation/rude_client.h"

#include <chrono>
#include <utility>

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;
using edge::Opcode;

constexpr std::string_view kHello = R"({"type":"hello","data":{"level":"advanced"}})";

}  // namespace

RudeClient::RudeClient(Schedule& schedule, Network& network, Digest& digest, std::size_t door,
                       Random random)
    : schedule_(schedule), network_(network), digest_(digest), door_(door), random_(random) {
  come_again();
}

RudeClient::~RudeClient() {
  if (wire_) wire_->hang_up();
}

void RudeClient::come_again() {
  is_open_ = false;
  if (wire_) wire_->hang_up();
  schedule_.after(random_.between(5s, 120s), life_, [this] { come(); });
}

void RudeClient::come() {
  stream_ = {};
  wire_ = network_.connect(door_, {.window = 8UL * 1024});
  if (!wire_) return come_again();
  wire_->listen({.bytes = [this](std::string_view bytes) { receive(bytes); },
                 .end = [this](std::string_view) { come_again(); }});
  if (random_.one_in(8)) return wire_->send("\x16\x03\x01 this is not HTTP\r\n\r\n");
  wire_->send(ClientStream::request(random_.one_in(8) ? "/ingest" : "/ws"));
}

void RudeClient::receive(std::string_view bytes) {
  digest_.add(bytes);
  if (is_open_) return;
  stream_.feed(bytes);
  const auto status = stream_.status();
  if (!status) return;
  if (*status != 101) return come_again();
  is_open_ = true;
  misbehave();
}

void RudeClient::misbehave() {
  const auto say = [this](std::string_view text) {
    wire_->send(ClientStream::frame(Opcode::text, text));
  };
  switch (random_.below(8)) {
    case 0:  // says nothing at all
      return;
    case 1:  // says what is no message
      for (int i = 0; i < 10; ++i) say(R"({"type":"nonsense","data":)");
      return;
    case 2:  // never stops talking
      for (int i = 0; i < 200; ++i) say(kHello);
      return;
    case 3:  // pings without an end
      for (int i = 0; i < 500; ++i) wire_->send(ClientStream::frame(Opcode::ping, "are you there"));
      return;
    case 4:  // a message longer than any may be
      return say(std::string(200'000, 'x'));
    case 5:  // half a frame
      return wire_->send(ClientStream::frame(Opcode::text, kHello).substr(0, 9));
    case 6:  // never reads
      say(kHello);
      wire_->set_reading(false);
      schedule_.after(180s, life_, [this, wire = std::weak_ptr<Wire>(wire_)] {
        if (const auto same = wire.lock(); same && same == wire_) come_again();
      });
      return;
    default:  // bytes that are no frame
      say(kHello);
      return wire_->send("\xFF\xFF\xFF\xFF\xFF\xFF");
  }
}

}  // namespace keisei::simulation
