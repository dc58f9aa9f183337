#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "broker/broker.h"

/// Frames, edges and studios as tests want them.
namespace keisei::broker::testing {

/// `text` tells frames apart in tests.
template <class Message>
FramePtr frame_of(const std::string& text, std::string viewer = "") {
  Frame frame{protocol::message_index<Message>(), {}, std::move(viewer)};
  frame.variants.fill(std::make_shared<const std::string>(text));
  return std::make_shared<const Frame>(std::move(frame));
}

inline FramePtr game(const std::string& text) { return frame_of<protocol::GameState>(text); }
inline FramePtr status(const std::string& text) { return frame_of<protocol::SystemStatus>(text); }
inline FramePtr history(const std::string& text) {
  return frame_of<protocol::MetricsHistory>(text);
}
inline FramePtr reply(const std::string& text, std::string viewer) {
  return frame_of<protocol::ErrorMessage>(text, std::move(viewer));
}

/// An edge that writes down what comes.
class RecordingEdge {
 public:
  explicit RecordingEdge(EdgeSide& side)
      : attachment_(side.attach({[this](const FrameBatch& batch) { take(batch); },
                                 [this](const TrainerWord& word) { words.push_back(word); }})) {}
  void leave() { attachment_.reset(); }

  std::vector<std::string> frames;
  std::vector<std::string> viewers;
  std::vector<Epoch> epochs;  // of batches
  std::vector<TrainerWord> words;

 private:
  void take(const FrameBatch& batch) {
    epochs.push_back(batch.epoch);
    for (const FramePtr& frame : batch.frames) {
      frames.push_back(*frame->variants[0]);
      viewers.push_back(frame->viewer);
    }
  }
  std::unique_ptr<EdgeSide::Attachment> attachment_;
};

/// A studio that keeps what it is told, and its receipts, until the test decides.
class RecordingStudio {
 public:
  explicit RecordingStudio(StudioSide& side)
      : side_(side), epoch_(side.take_over([this](Input input, Receipt receipt) {
          inputs.push_back(std::move(input));
          receipts.push_back(std::move(receipt));
        })) {}
  ~RecordingStudio() { side_.resign(epoch_); }

  Epoch epoch() const { return epoch_; }
  void resign() { side_.resign(epoch_); }
  void publish(std::vector<FramePtr> frames) { side_.publish({epoch_, std::move(frames)}); }
  void tell(Session session, bool streaming) {
    side_.tell({epoch_, session, protocol::StreamControl{streaming}});
  }
  std::vector<std::string> telemetry() const {
    std::vector<std::string> texts;
    for (const Input& input : inputs) {
      if (const auto* told = std::get_if<Telemetry>(&input)) texts.push_back(told->json);
    }
    return texts;
  }

  std::vector<Input> inputs;
  std::vector<Receipt> receipts;

 private:
  StudioSide& side_;
  Epoch epoch_;
};

}  // namespace keisei::broker::testing
