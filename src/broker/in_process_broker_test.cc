#include "broker/in_process_broker.h"

#include "broker/contract_test.h"

namespace keisei::broker::testing {
namespace {

class InProcess final : public BrokerUnderTest {
 public:
  StudioSide& studio() override { return broker_; }
  EdgeSide& edge() override { return broker_; }
  void settle() override {}

 private:
  Counters counters_;
  InProcessBroker broker_{counters_};
};

INSTANTIATE_TEST_SUITE_P(InProcess, BrokerContract,
                         ::testing::Values([]() -> std::unique_ptr<BrokerUnderTest> {
                           return std::make_unique<InProcess>();
                         }));

TEST(InProcessBroker, CountsWhatItDropsAndRefuses) {
  Counters counters;
  InProcessBroker broker(counters);
  broker.submit(TrainerOpened{1}, nullptr);
  RecordingStudio old(broker);
  RecordingStudio fresh(broker);
  old.publish({game("old")});
  old.tell(1, false);
  EXPECT_EQ(counters.family<Outdated>("keisei_broker_outdated_total", "", "kind").total(), 2u);
  EXPECT_EQ(counters.family<Refusal>("keisei_broker_inputs_refused_total", "")[Refusal::no_studio]
                .value(),
            1u);
}

TEST(Frame, IsSharedByAllWhoHoldIt) {
  Counters counters;
  InProcessBroker broker(counters);
  RecordingStudio studio(broker);
  FramePtr seen;
  const auto attachment =
      broker.attach({[&](const FrameBatch& batch) { seen = batch.frames[0]; }, nullptr});
  const FramePtr sent = game("a");
  studio.publish({sent});
  EXPECT_EQ(seen, sent);
}

}  // namespace
}  // namespace keisei::broker::testing
