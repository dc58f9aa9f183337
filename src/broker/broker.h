#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "broker/epoch.h"
#include "broker/frame.h"
#include "broker/input.h"
#include "broker/receipt.h"
#include "protocol/ingest_replies.h"

/// The contract between the one studio and all edges. `contract_test.h` is its test suite: every
/// implementation passes it.
///
/// Threads: all functions may be called from any thread and never wait for a receiver. Handlers are
/// called on a thread of the broker's choice (in process: the caller's) and only hand over to their
/// own thread: they must not call the broker. Frames, words and the inputs of one sender come in
/// the order of the calls.
namespace keisei::broker {

/// What the studio has to say to a trainer. Confirmations are the edge's.
using Word = std::variant<protocol::StreamControl, protocol::TelemetryUnusable>;

/// From the studio to the edge that holds a trainer's connection; other edges ignore it.
struct TrainerWord {
  Epoch epoch;
  Session session;
  Word word;
};

/// The studio's side.
class StudioSide {
 public:
  /// The receipt may be answered later and on another thread.
  using InputHandler = std::function<void(Input, Receipt)>;

  virtual ~StudioSide() = default;

  /// Becomes the studio: all inputs come here from now on, and what an earlier studio still sends
  /// is refused. The handler and what it captures live until resign() has returned.
  virtual Epoch take_over(InputHandler handler) = 0;
  /// Takes no more inputs; the handler is not called after the return. Does nothing if another
  /// studio has taken over.
  virtual void resign(Epoch epoch) = 0;

  virtual void publish(const FrameBatch& batch) = 0;
  virtual void tell(const TrainerWord& word) = 0;
};

/// What an edge does with what the studio sends.
struct EdgeHandler {
  std::function<void(const FrameBatch&)> on_frames;
  std::function<void(const TrainerWord&)> on_word;
};

/// The edges' side.
class EdgeSide {
 public:
  /// Ends the attachment: its handlers are not called after the destructor has returned.
  class Attachment {
   public:
    virtual ~Attachment() = default;
  };

  virtual ~EdgeSide() = default;

  /// From now on the handlers get every batch and word. Before all others comes, if there is one,
  /// a batch with the newest frame of every slot, so that an edge that starts late has the present.
  /// Epochs never fall: what a replaced studio sends is dropped and counted.
  [[nodiscard]] virtual std::unique_ptr<Attachment> attach(EdgeHandler handler) = 0;

  /// Acknowledge an input to whoever sent it only when it has been taken. After a refusal the input
  /// is the sender's again; later inputs may have been taken nevertheless.
  virtual void submit(Input input, Answered answered) = 0;
};

}  // namespace keisei::broker
