#include <deque>
#include <map>

#include "base/notices.h"
#include "broker/contract_test.h"
#include "redis/edge.h"
#include "redis/redis_server.h"
#include "redis/studio.h"

namespace keisei::redis::testing {
namespace {

using namespace broker;
using broker::testing::BrokerContract;
using broker::testing::BrokerUnderTest;

constexpr Session kMark = kMaxSession;  // of the words that settle() sends

// A studio of another process. What settle() submits goes no further than this.
class StudioProcess final : public StudioSide {
 public:
  StudioProcess(const StudioOptions& options, const Clock& clock, Counters& counters,
                Notices& notices)
      : studio_(
            options, clock, [] { return 0.5; }, counters, notices) {}

  Epoch take_over(InputHandler handler) override {
    epoch_ = studio_.take_over([this, handler](Input input, Receipt receipt) {
      const auto* opened = std::get_if<TrainerOpened>(&input);
      if (opened != nullptr && opened->session == kMark) return receipt.take(epoch_);
      handler(std::move(input), std::move(receipt));
    });
    return epoch_;
  }
  void resign(Epoch epoch) override { studio_.resign(epoch); }
  void publish(const FrameBatch& batch) override { studio_.publish(batch); }
  void tell(const TrainerWord& word) override { studio_.tell(word); }

  /// Returns when all that it has said has reached the server.
  void flush() { studio_.resign(0); }
  Epoch epoch() const { return epoch_; }

 private:
  std::atomic<Epoch> epoch_ = 0;
  Studio studio_;
};

// Every attachment in a process of its own; what is submitted comes from one.
class Edges final : public EdgeSide {
 public:
  Edges(const RedisServer& server, const Clock& clock, Counters& counters, Notices& notices)
      : server_(server), clock_(clock), counters_(counters), notices_(notices), sender_(make()) {}

  std::unique_ptr<Attachment> attach(EdgeHandler handler) override {
    auto attached = std::make_unique<Attached>(*this, make());
    attached->begin(std::move(handler));
    attached_.push_back(attached.get());
    return attached;
  }
  void submit(Input input, Answered answered) override {
    sender_->submit(std::move(input), std::move(answered));
  }

  /// Returns when the last input, and what was answered before its answer, has come back.
  void settle_inputs() {
    std::atomic<bool> answered = false;
    submit(TrainerOpened{kMark}, [&](const Answer&) { answered = true; });
    EXPECT_TRUE(comes_true([&] { return answered.load(); }));
  }
  /// Returns when all have heard so many marks.
  void settle_words(int marks) {
    for (const Attached* one : attached_) {
      EXPECT_TRUE(comes_true([&] { return one->marks_due(marks) <= one->marks(); }));
    }
  }
  void begin_counting(int marks) { marks_ = marks; }

 private:
  class Attached final : public Attachment {
   public:
    Attached(Edges& edges, std::unique_ptr<Edge> edge)
        : edges_(edges), edge_(std::move(edge)), before_(edges.marks_) {}
    ~Attached() override { std::erase(edges_.attached_, this); }

    void begin(EdgeHandler handler) {
      attachment_ = edge_->attach({handler.on_frames, [this, handler](const TrainerWord& word) {
                                     if (word.session != kMark) return handler.on_word(word);
                                     ++marks_;
                                   }});
    }
    int marks() const { return marks_; }
    int marks_due(int marks) const { return marks - before_; }

   private:
    Edges& edges_;
    std::unique_ptr<Edge> edge_;
    std::unique_ptr<Attachment> attachment_;
    const int before_;
    std::atomic<int> marks_ = 0;
  };

  std::unique_ptr<Edge> make() {
    const EdgeOptions options{.address = server_.address(),
                              .name = "edge-" + std::to_string(++made_)};
    auto edge = std::make_unique<Edge>(
        options, clock_, [] { return 0.5; }, counters_, notices_);
    EXPECT_TRUE(comes_true([&] { return edge->is_connected(); }));
    return edge;
  }

  const RedisServer& server_;
  const Clock& clock_;
  Counters& counters_;
  Notices& notices_;
  int made_ = 0;
  int marks_ = 0;
  std::unique_ptr<Edge> sender_;
  std::vector<Attached*> attached_;
};

class OnRedis final : public BrokerUnderTest {
 public:
  StudioSide& studio() override {
    const StudioOptions options{.address = server_.address(),
                                .name = "studio-" + std::to_string(studios_.size())};
    return studios_.emplace_back(options, clock_, counters_, notices_);
  }
  EdgeSide& edge() override { return edges_; }
  void settle() override {
    StudioProcess* newest = nullptr;
    for (StudioProcess& studio : studios_) {
      studio.flush();
      if (newest == nullptr || studio.epoch() > newest->epoch()) newest = &studio;
    }
    edges_.settle_inputs();
    if (newest == nullptr) return;
    newest->tell({newest->epoch(), kMark, protocol::StreamControl{true}});
    edges_.begin_counting(++marks_);
    edges_.settle_words(marks_);
  }

 private:
  RedisServer server_;
  SystemClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  std::deque<StudioProcess> studios_;
  Edges edges_{server_, clock_, counters_, notices_};
  int marks_ = 0;
};

}  // namespace

// The suite's own namespace is where its name is known.
using broker::testing::BrokerContract;
INSTANTIATE_TEST_SUITE_P(OnRedis, BrokerContract,
                         ::testing::Values([]() -> std::unique_ptr<BrokerUnderTest> {
                           return std::make_unique<OnRedis>();
                         }));

}  // namespace keisei::redis::testing
