#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "hook/transport/ingest_connection.h"
#include "protocol/codec.h"
#include "simulation/client_stream.h"
#include "simulation/network.h"
#include "simulation/sabotage.h"
#include "simulation/trainer_speech.h"

namespace keisei::simulation {

/// A trainer's connection over a simulated wire, in place of the hook's own over TCP.
class IngestWire final : public hook::IngestConnection,
                         public std::enable_shared_from_this<IngestWire> {
 public:
  struct Parts {
    Schedule& schedule;
    Network& network;
    const Sabotage& sabotage;
    WireQuality quality;
    Timeouts timeouts;
    /// The showcase has confirmed this, of that run.
    std::function<void(const std::string& run_id, const protocol::Telemetry& told)> on_acknowledged;
    /// All that goes either way.
    std::function<void(std::string_view text)> on_text;
  };

  /// All parts outlive it.
  IngestWire(const Parts& parts, Introduction introduction, Handlers handlers)
      : parts_(parts), introduction_(std::move(introduction)), handlers_(std::move(handlers)) {}
  ~IngestWire() override {
    if (wire_) wire_->hang_up();
  }
  IngestWire(const IngestWire&) = delete;
  IngestWire& operator=(const IngestWire&) = delete;

  void start(SteadyTime now) override;
  bool can_send() const override { return stage_ == Stage::open && !is_writing_; }
  void send(std::string text, SteadyTime now) override;
  void check(SteadyTime now) override;
  void close() override;
  void abandon() override;

 private:
  enum class Stage { connecting, open, closed };

  void receive(std::string_view bytes);
  void hear(const ClientStream::Frame& frame);
  void count_confirmed(std::int64_t received);
  void look_whether_written();
  void end(Ending ending);
  void fail(std::string why) { end({Ending::Kind::trouble, std::move(why)}); }

  Parts parts_;
  Introduction introduction_;
  Handlers handlers_;
  std::shared_ptr<Wire> wire_;
  ClientStream stream_;
  std::deque<std::string> unconfirmed_;
  TrainerSpeech confirmed_speech_;
  std::int64_t confirmed_ = 0;  // messages
  Stage stage_ = Stage::connecting;
  bool is_writing_ = false;
  bool is_closing_ = false;
  SteadyTime deadline_{};  // of connecting, then of the write in progress
  Life life_;
};

}  // namespace keisei::simulation
