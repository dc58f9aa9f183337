#include "simulation/ingest_wire.h"

#include <utility>
#include <variant>

#include "protocol/close_reason.h"
#include "protocol/codec.h"

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;

// What the operating system takes of what is sent.
constexpr std::size_t kRoom = 256UL * 1024;
constexpr auto kWritten = 1ms;
constexpr auto kLooksAgain = 20ms;

}  // namespace

void IngestWire::start(SteadyTime now) {
  deadline_ = now + parts_.timeouts.connect;
  const auto self = shared_from_this();
  wire_ = parts_.network.connect(0, parts_.quality);
  if (!wire_) {
    // As the other machine's answer takes a while.
    parts_.schedule.after(kWritten, life_, [this] { fail("cannot connect: connection refused"); });
    return;
  }
  wire_->listen(
      {.bytes = [this](std::string_view bytes) { receive(bytes); },
       .end = [this](std::string_view why) { fail("connection lost: " + std::string(why)); }});
  std::string fields;
  if (!introduction_.token.empty()) {
    fields += "Authorization: Bearer " + introduction_.token + "\r\n";
  }
  if (introduction_.yields) fields += std::string(protocol::kYieldHeader) + ": 1\r\n";
  wire_->send(ClientStream::request("/ingest", fields));
}

void IngestWire::receive(std::string_view bytes) {
  const auto self = shared_from_this();
  stream_.feed(bytes);
  if (stage_ == Stage::connecting) {
    const std::optional<int> status = stream_.status();
    if (!status) return;
    if (*status == 401)
      return end({Ending::Kind::unauthorized, "the token was refused (HTTP 401)"});
    if (*status == 409) {
      return end({Ending::Kind::replaced, std::string(protocol::kReplacedReason)});
    }
    if (*status != 101) return fail("the showcase refused: HTTP " + std::to_string(*status));
    stage_ = Stage::open;
    handlers_.opened();
  }
  while (stage_ == Stage::open) {
    const auto frame = stream_.next();
    if (!frame) return;
    hear(*frame);
  }
}

void IngestWire::hear(const ClientStream::Frame& frame) {
  switch (frame.opcode) {
    case edge::Opcode::ping:
      return wire_->send(ClientStream::frame(edge::Opcode::pong, frame.payload));
    case edge::Opcode::close: {
      const std::uint16_t code = frame.close_code();
      if (code == protocol::kReplacedCode) {
        return end({Ending::Kind::replaced, std::string(protocol::kReplacedReason)});
      }
      if (is_closing_ &&
          (code == edge::close_code::kGoingAway || code == edge::close_code::kNormal)) {
        return end({Ending::Kind::finished, {}});
      }
      return fail("the showcase ended the connection (" + std::to_string(code) + ")");
    }
    case edge::Opcode::text:
      break;
    default:
      return;
  }
  parts_.on_text(frame.payload);
  const auto reply = protocol::decode_ingest_reply(frame.payload);
  if (reply) {
    if (const auto* confirmed = std::get_if<protocol::TelemetryAcknowledged>(&*reply)) {
      count_confirmed(confirmed->received);
    }
  }
  handlers_.received(frame.payload);
}

void IngestWire::count_confirmed(std::int64_t received) {
  for (; confirmed_ < received && !unconfirmed_.empty(); ++confirmed_) {
    const auto said = confirmed_speech_.read(unconfirmed_.front());
    unconfirmed_.pop_front();
    if (said) parts_.on_acknowledged(said->run_id, said->what);
  }
}

void IngestWire::send(std::string text, SteadyTime now) {
  parts_.on_text(text);
  is_writing_ = true;
  deadline_ = now + parts_.timeouts.write;
  if (const auto& sends = parts_.sabotage.sends; !sends || sends(text)) {
    wire_->send(ClientStream::frame(edge::Opcode::text, text));
    unconfirmed_.push_back(std::move(text));
  }
  parts_.schedule.after(kWritten, life_, [this] { look_whether_written(); });
}

void IngestWire::look_whether_written() {
  if (stage_ != Stage::open || !is_writing_ || is_closing_) return;
  if (wire_->unsent() > kRoom) {
    parts_.schedule.after(kLooksAgain, life_, [this] { look_whether_written(); });
    return;
  }
  const auto self = shared_from_this();
  is_writing_ = false;
  handlers_.written();
}

void IngestWire::check(SteadyTime now) {
  if (stage_ == Stage::closed || now < deadline_) return;
  const auto self = shared_from_this();
  if (stage_ != Stage::open) return fail("no answer within the connect timeout");
  if (is_writing_) fail("the showcase does not read: write timeout");
}

void IngestWire::close() {
  is_writing_ = is_closing_ = true;
  const std::string code{static_cast<char>(edge::close_code::kGoingAway >> 8U),
                         static_cast<char>(edge::close_code::kGoingAway & 0xFFU)};
  wire_->send(ClientStream::frame(edge::Opcode::close, code));
}

void IngestWire::abandon() {
  stage_ = Stage::closed;
  handlers_ = {};
  if (wire_) wire_->hang_up();
}

void IngestWire::end(Ending ending) {
  if (stage_ == Stage::closed) return;
  const auto self = shared_from_this();
  const Handlers handlers = std::move(handlers_);
  abandon();
  handlers.closed(std::move(ending));
}

}  // namespace keisei::simulation
