#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "broker/broker.h"
#include "broker/broker_test_kit.h"

/// The broker's contract as tests. An implementation passes them all:
///
///     INSTANTIATE_TEST_SUITE_P(InProcess, BrokerContract, ::testing::Values(&in_process));
namespace keisei::broker::testing {

/// What an implementation brings to be tested.
class BrokerUnderTest {
 public:
  virtual ~BrokerUnderTest() = default;
  /// Each call may give the side of another process; all are connected.
  virtual StudioSide& studio() = 0;
  virtual EdgeSide& edge() = 0;
  /// Returns when everything sent so far has arrived.
  virtual void settle() = 0;
};

using MakeBroker = std::unique_ptr<BrokerUnderTest> (*)();

class BrokerContract : public ::testing::TestWithParam<MakeBroker> {
 protected:
  void submit(std::string json) {
    broker_->edge().submit(Telemetry{1, std::move(json)},
                           [this](const Answer& answer) { answers_.push_back(answer); });
    broker_->settle();
  }
  void settle() { broker_->settle(); }

  std::unique_ptr<BrokerUnderTest> broker_ = GetParam()();
  std::vector<Answer> answers_;
};

TEST_P(BrokerContract, GivesEveryEdgeEveryFrameInOrder) {
  RecordingStudio studio(broker_->studio());
  RecordingEdge one(broker_->edge());
  RecordingEdge other(broker_->edge());
  studio.publish({game("a"), status("b")});
  studio.publish({game("c")});
  settle();
  EXPECT_THAT(one.frames, ::testing::ElementsAre("a", "b", "c"));
  EXPECT_EQ(one.frames, other.frames);
  EXPECT_THAT(one.epochs, ::testing::Each(studio.epoch()));
}

TEST_P(BrokerContract, SaysWhichViewerAFrameIsFor) {
  RecordingStudio studio(broker_->studio());
  RecordingEdge edge(broker_->edge());
  studio.publish({game("for all"), reply("for one", "c0ffee")});
  settle();
  EXPECT_THAT(edge.viewers, ::testing::ElementsAre("", "c0ffee"));
}

TEST_P(BrokerContract, GivesALateEdgeTheNewestFrameOfEverySlotFirst) {
  RecordingStudio studio(broker_->studio());
  studio.publish({game("old"), status("still true")});
  studio.publish({game("new")});
  settle();
  RecordingEdge late(broker_->edge());
  settle();
  EXPECT_THAT(late.frames, ::testing::UnorderedElementsAre("new", "still true"));
  EXPECT_EQ(late.epochs.size(), 1u);
  studio.publish({game("next")});
  settle();
  EXPECT_EQ(late.frames.back(), "next");
}

TEST_P(BrokerContract, GivesALateEdgeTheNewestOfWhatViewersGetOnJoining) {
  RecordingStudio studio(broker_->studio());
  RecordingEdge early(broker_->edge());
  studio.publish({history("until yesterday")});
  studio.publish({history("until now")});
  settle();
  EXPECT_THAT(early.frames, ::testing::ElementsAre("until yesterday", "until now"));
  RecordingEdge late(broker_->edge());
  settle();
  EXPECT_THAT(late.frames, ::testing::ElementsAre("until now"));
}

TEST_P(BrokerContract, GivesALateEdgeNoReplies) {
  RecordingStudio studio(broker_->studio());
  studio.publish({reply("said once", "c0ffee")});
  settle();
  RecordingEdge late(broker_->edge());
  settle();
  EXPECT_THAT(late.frames, ::testing::IsEmpty());
}

TEST_P(BrokerContract, CallsNoHandlerAfterTheEdgeHasLeft) {
  RecordingStudio studio(broker_->studio());
  RecordingEdge edge(broker_->edge());
  edge.leave();
  studio.publish({game("unheard")});
  studio.tell(1, false);
  settle();
  EXPECT_THAT(edge.frames, ::testing::IsEmpty());
  EXPECT_THAT(edge.words, ::testing::IsEmpty());
}

TEST_P(BrokerContract, BringsAWordToEveryEdge) {
  RecordingStudio studio(broker_->studio());
  RecordingEdge one(broker_->edge());
  RecordingEdge other(broker_->edge());
  studio.tell(7, false);
  settle();
  for (const RecordingEdge* edge : {&one, &other}) {
    ASSERT_EQ(edge->words.size(), 1u);
    EXPECT_EQ(edge->words[0].epoch, studio.epoch());
    EXPECT_EQ(edge->words[0].session, 7);
    EXPECT_FALSE(std::get<protocol::StreamControl>(edge->words[0].word).streaming);
  }
}

TEST_P(BrokerContract, HandsInputsToTheStudioInOrder) {
  RecordingStudio studio(broker_->studio());
  submit("a");
  submit("b");
  EXPECT_THAT(studio.telemetry(), ::testing::ElementsAre("a", "b"));
}

TEST_P(BrokerContract, KeepsTheOrderOfEachSenderAmongManyThreads) {
  constexpr int kSenders = 4;
  constexpr int kEach = 200;
  RecordingStudio studio(broker_->studio());
  std::vector<std::thread> senders;
  for (int sender = 0; sender < kSenders; ++sender) {
    senders.emplace_back([&, sender] {
      for (int i = 0; i < kEach; ++i) {
        broker_->edge().submit(Telemetry{sender, std::to_string(i)}, nullptr);
      }
    });
  }
  for (std::thread& sender : senders) sender.join();
  settle();
  std::vector<int> next(kSenders);
  for (const Input& input : studio.inputs) {
    const auto& told = std::get<Telemetry>(input);
    EXPECT_EQ(told.json, std::to_string(next[static_cast<std::size_t>(told.session)]++));
  }
  EXPECT_THAT(next, ::testing::Each(kEach));
}

TEST_P(BrokerContract, AnswersWhenTheStudioHasTakenAnInputAndNotBefore) {
  RecordingStudio studio(broker_->studio());
  submit("a");
  EXPECT_THAT(answers_, ::testing::IsEmpty());
  studio.receipts[0].take(studio.epoch());
  settle();
  ASSERT_EQ(answers_.size(), 1u);
  ASSERT_TRUE(answers_[0]);
  EXPECT_EQ(answers_[0]->epoch, studio.epoch());
}

TEST_P(BrokerContract, AnswersOnce) {
  RecordingStudio studio(broker_->studio());
  submit("a");
  studio.receipts[0].take(studio.epoch());
  studio.receipts[0].refuse(Refusal::full);
  studio.receipts.clear();
  settle();
  EXPECT_EQ(answers_.size(), 1u);
}

TEST_P(BrokerContract, BringsARefusalWithItsReason) {
  RecordingStudio studio(broker_->studio());
  submit("a");
  studio.receipts[0].refuse(Refusal::full);
  settle();
  ASSERT_EQ(answers_.size(), 1u);
  EXPECT_EQ(answers_[0].error(), Refusal::full);
}

TEST_P(BrokerContract, RefusesInputsWhileThereIsNoStudio) {
  submit("a");
  ASSERT_EQ(answers_.size(), 1u);
  EXPECT_EQ(answers_[0].error(), Refusal::no_studio);
}

TEST_P(BrokerContract, RefusesInputsAfterTheStudioHasResigned) {
  RecordingStudio studio(broker_->studio());
  studio.resign();
  submit("a");
  EXPECT_THAT(studio.inputs, ::testing::IsEmpty());
  ASSERT_EQ(answers_.size(), 1u);
  EXPECT_EQ(answers_[0].error(), Refusal::no_studio);
}

TEST_P(BrokerContract, AnswersForAnInputThatTheStudioDropped) {
  RecordingStudio studio(broker_->studio());
  submit("a");
  studio.receipts.clear();
  settle();
  ASSERT_EQ(answers_.size(), 1u);
  EXPECT_EQ(answers_[0].error(), Refusal::stopped);
}

TEST_P(BrokerContract, CountsEpochsUpwards) {
  RecordingStudio first(broker_->studio());
  RecordingStudio second(broker_->studio());
  EXPECT_GT(first.epoch(), 0u);
  EXPECT_GT(second.epoch(), first.epoch());
}

TEST_P(BrokerContract, SendsInputsToTheStudioThatTookOverLast) {
  RecordingStudio old(broker_->studio());
  RecordingStudio fresh(broker_->studio());
  old.resign();  // too late to matter
  submit("a");
  EXPECT_THAT(old.inputs, ::testing::IsEmpty());
  EXPECT_THAT(fresh.telemetry(), ::testing::ElementsAre("a"));
}

TEST_P(BrokerContract, DropsWhatAReplacedStudioSends) {
  RecordingStudio old(broker_->studio());
  RecordingEdge edge(broker_->edge());
  RecordingStudio fresh(broker_->studio());
  fresh.publish({game("new")});
  old.publish({game("old")});
  old.tell(7, false);
  settle();
  EXPECT_THAT(edge.frames, ::testing::ElementsAre("new"));
  EXPECT_THAT(edge.words, ::testing::IsEmpty());
}

TEST_P(BrokerContract, RefusesTheReceiptOfAReplacedStudio) {
  RecordingStudio old(broker_->studio());
  submit("a");
  RecordingStudio fresh(broker_->studio());
  old.receipts[0].take(old.epoch());
  settle();
  ASSERT_EQ(answers_.size(), 1u);
  EXPECT_EQ(answers_[0].error(), Refusal::old_studio);
}

TEST_P(BrokerContract, GivesALateEdgeNothingOfAReplacedStudioOnceItsSuccessorHasSpoken) {
  RecordingStudio old(broker_->studio());
  old.publish({game("old"), status("old")});
  RecordingStudio fresh(broker_->studio());
  fresh.publish({game("new")});
  settle();
  RecordingEdge late(broker_->edge());
  settle();
  EXPECT_THAT(late.frames, ::testing::ElementsAre("new"));
}

}  // namespace keisei::broker::testing
