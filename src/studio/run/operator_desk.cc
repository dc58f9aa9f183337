#include "studio/run/operator_desk.h"

namespace keisei::studio {

void OperatorDesk::on(const Event& event) {
  const auto speak = [this] {
    if (streaming_ && trainer_) words_.push_back({*trainer_, protocol::StreamControl{*streaming_}});
  };
  match(
      event,
      [&](const broker::OperatorSaid& said) {
        using protocol::Command;
        const bool resumes = said.command == Command::resume_streaming;
        if (!resumes && said.command != Command::stop_streaming) return;  // another's business
        streaming_ = resumes;
        speak();
      },
      [&](const TrainerJoined& joined) {
        trainer_ = joined.session;
        speak();
      },
      [&](const TrainerLeft&) { trainer_.reset(); });
}

void OperatorDesk::advance(SteadyTime, Air& air) {
  for (const Air::Word& word : words_) air.tell(word.session, word.word);
  words_.clear();
}

}  // namespace keisei::studio
