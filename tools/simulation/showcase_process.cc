#include "simulation/showcase_process.h"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <set>
#include <string_view>
#include <utility>

#include "store/recollection.h"
#include "studio/programme.h"

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

// As often as the hub looks after its viewers: all other timers of an edge are slower.
constexpr auto kTick = 50ms;
constexpr auto kSums = 5s;
constexpr auto kGoodbye = 500ms;

}  // namespace

struct ShowcaseProcess::Process {
  Process(ShowcaseProcess& showcase, Random& random)
      : notices(showcase.parts_.clock,
                [&showcase](const Notices::Notice& notice) {
                  showcase.parts_.story.tell("the showcase says: " + line_of(notice));
                }),
        broker(counters, showcase.parts_.on_air, showcase.parts_.record, showcase.parts_.sabotage,
               {.for_studio = [&showcase] { showcase.studio_has_work_ = true; },
                .for_edges = [&showcase] { showcase.edges_have_work_ = true; }}),
        store(showcase.parts_.store_file, random.fork(),
              {.schedule = showcase.parts_.schedule,
               .disk = showcase.parts_.disk,
               .clock = showcase.parts_.clock,
               .counters = counters,
               .notices = notices,
               .record = showcase.parts_.record,
               .sabotage = showcase.parts_.sabotage,
               .on_answer = [&showcase] {
                 showcase.studio_has_work_ = true;
                 showcase.edges_have_work_ = true;
               }}) {
    edge::ServerOptions options;
    options.operator_token = showcase.parts_.operator_token;
    for (std::size_t i = 0; i < kEdges; ++i) {
      edges.push_back(std::make_unique<edge::Server>(context, options, http::StaticFiles{}, broker,
                                                     showcase.parts_.clock, counters, notices));
    }
    open_studio(showcase);
  }
  ~Process() {
    edges.clear();  // before the context, whose handlers would find none
  }

  void open_studio(ShowcaseProcess& showcase) {
    studio.reset();
    studio.emplace(broker, store,
                   studio::programme(showcase.parts_.content, store, showcase.parts_.clock,
                                     studio::ProgrammeOptions{}, counters, notices),
                   showcase.parts_.clock, notices);
  }

  Counters counters;
  Notices notices;
  WatchedBroker broker;
  boost::asio::io_context context{1};
  std::vector<std::unique_ptr<edge::Server>> edges;
  SimulatedStore store;
  std::optional<studio::StudioLoop> studio;
  SteadyTime studio_due{};
  SteadyTime next_sums{};
  Life life;
};

ShowcaseProcess::ShowcaseProcess(Random random, const Parts& parts)
    : random_(random), parts_(parts) {}

ShowcaseProcess::~ShowcaseProcess() {
  if (process_) end(true);
}

bool ShowcaseProcess::start() {
  if (process_) return false;
  parts_.story.tell("the showcase starts");
  parts_.on_air.begin();
  paused_until_ = studio_paused_until_ = {};
  process_ = std::make_unique<Process>(*this, random_);
  std::vector<Network::Door> doors;
  for (const auto& server : process_->edges) {
    doors.emplace_back([this, to = server.get(), edge = doors.size()](int socket) {
      tcp::socket accepted(process_->context);
      accepted.assign(tcp::v4(), socket);
      const auto& lets_in = parts_.sabotage.lets_in;
      if (!lets_in || lets_in(edge)) to->admit(std::move(accepted));
    });
  }
  parts_.network.open(std::move(doors));
  studio_has_work_ = edges_have_work_ = true;
  tick();
  return true;
}

void ShowcaseProcess::tick() {
  edges_have_work_ = true;
  if (parts_.schedule.now() >= process_->next_sums) {
    process_->next_sums = parts_.schedule.now() + kSums;
    process_->notices.check();
  }
  parts_.schedule.after(kTick, process_->life, [this] { tick(); });
}

void ShowcaseProcess::settle() {
  if (!process_ || parts_.schedule.now() < paused_until_) return;
  while (edges_have_work_ || (studio_has_work_ && may_studio_work())) {
    if (std::exchange(edges_have_work_, false)) {
      process_->context.restart();
      process_->context.poll();
      parts_.network.collect();
    }
    if (may_studio_work() && std::exchange(studio_has_work_, false)) poll_studio();
  }
}

bool ShowcaseProcess::may_studio_work() const {
  return !is_frozen_ && parts_.schedule.now() >= studio_paused_until_;
}

void ShowcaseProcess::poll_studio() {
  const SteadyTime due = process_->studio->poll();
  if (due == process_->studio_due || due == SteadyTime::max()) return;
  process_->studio_due = due;
  parts_.schedule.at(due, process_->life, [this, due] {
    if (process_->studio_due == due) studio_has_work_ = true;
  });
}

void ShowcaseProcess::replace_studio() {
  if (!process_) return;
  parts_.story.tell("another studio takes over");
  process_->open_studio(*this);
  process_->studio_due = {};
  studio_has_work_ = edges_have_work_ = true;
}

void ShowcaseProcess::pause(std::chrono::milliseconds time) {
  if (!process_) return;
  parts_.story.tell("the showcase stands still");
  paused_until_ = std::max(paused_until_, parts_.schedule.now() + time);
  // Then it works on what has come.
  parts_.schedule.at(paused_until_, process_->life, [this] { edges_have_work_ = true; });
}

void ShowcaseProcess::pause_studio(std::chrono::milliseconds time) {
  if (!process_) return;
  parts_.story.tell("the studio stands still");
  studio_paused_until_ = std::max(studio_paused_until_, parts_.schedule.now() + time);
  parts_.schedule.at(studio_paused_until_, process_->life, [this] { studio_has_work_ = true; });
}

void ShowcaseProcess::kill() {
  if (!process_) return;
  parts_.story.tell("the showcase is killed");
  end(true);
}

void ShowcaseProcess::lose_power() {
  parts_.story.tell("the showcase's machine loses power");
  if (process_) process_->store.kill();
  parts_.disk.lose_power();
  if (process_) end(true);
  parts_.record.power_was_lost();
}

void ShowcaseProcess::stop() {
  if (!process_) return;
  parts_.story.tell("the showcase stops");
  for (const auto& server : process_->edges) server->stop();
  parts_.network.close();
  edges_have_work_ = true;
  parts_.schedule.after(kGoodbye, process_->life, [this] {
    parts_.schedule.after(0ms, life_, [this] {
      if (process_) end(false);
    });
  });
}

// What is killed does nothing more, not even what its destructors would do.
void ShowcaseProcess::end(bool is_killed) {
  parts_.network.close();
  if (is_killed) {
    process_->store.kill();
    parts_.disk.end_process();
    process_->edges.clear();
  }
  process_->studio.reset();
  process_.reset();
  edges_have_work_ = studio_has_work_ = false;
  parts_.network.collect();
  if (is_killed && parts_.sabotage.file) parts_.disk.spoil(parts_.sabotage.file);
}

void ShowcaseProcess::check_store(bool must_be_open) {
  constexpr std::string_view kRule = "the store comes back";
  if (!process_) return;
  SimulatedStore& store = process_->store;
  store.settle();
  if (!store.is_open()) {
    if (must_be_open) parts_.judge.find(kRule, "it is not open");
    return;
  }
  for (const std::string& run : std::set<std::string>(parts_.record.runs())) {
    const auto memory = store::recollect(parts_.store_file, run);
    if (!memory) {
      parts_.judge.find(kRule, memory.error().why);
      continue;
    }
    parts_.record.compare(run, memory->get());
    const std::string wrong = *memory ? parts_.played.wrong_in(**memory) : std::string();
    if (!wrong.empty()) parts_.judge.find("nothing is kept that was not played", wrong);
  }
}

}  // namespace keisei::simulation
