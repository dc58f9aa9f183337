#include "redis/edge.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>
#include <variant>

#include "base/printable.h"
#include "redis/frame_codec.h"
#include "redis/input_codec.h"

namespace keisei::redis {

using broker::FrameBatch;
using broker::FramePtr;
using broker::Refusal;

namespace {

constexpr std::string_view kAtOnce = "16";   // entries of each stream
constexpr std::string_view kBlock = "1000";  // ms
constexpr std::string_view kBeginning = "0-0";
constexpr std::size_t kOverhead = 256;  // bytes that an input takes beside what it says

bool may_take_reserve(const broker::Input& input) {
  return !std::holds_alternative<broker::Telemetry>(input) &&
         !std::holds_alternative<broker::ViewerSaid>(input) &&
         !std::holds_alternative<broker::ChatSaid>(input);
}

bool says_the_same(const FramePtr& one, const FramePtr& other) {
  return one && std::equal(one->variants.begin(), one->variants.end(), other->variants.begin(),
                           [](const auto& a, const auto& b) { return a == b || *a == *b; });
}

}  // namespace

class Edge::Attached final : public Attachment {
 public:
  Attached(Edge& edge, std::list<broker::EdgeHandler>::iterator place)
      : edge_(edge), place_(place) {}
  ~Attached() override {
    const std::lock_guard lock(edge_.edges_);
    edge_.handlers_.erase(place_);
  }

 private:
  Edge& edge_;
  std::list<broker::EdgeHandler>::iterator place_;
};

Edge::Edge(const EdgeOptions& options, const Clock& clock, std::function<double()> random,
           Counters& counters, Notices& notices)
    : options_(options),
      keys_(options.prefix),
      answers_(keys_.answers + options.name),
      sent_(keys_.sent + options.name),
      outdated_(counters.family<broker::Outdated>(
          "keisei_broker_outdated_total", "Dropped: from a studio that another has replaced.",
          "kind")),
      refused_(counters.family<Refusal>("keisei_broker_inputs_refused_total",
                                        "Inputs that the studio did not take.")),
      unreadable_(count_unreadable(counters)),
      missed_(counters.counter("keisei_broker_gaps_total",
                               "Times that an edge missed what the studio said meanwhile.")),
      connected_(counters.gauge("keisei_broker_connected", "Whether the broker is reached: 1.")),
      link_(notices.topic("redis_edge", "the edge's connection to Redis")),
      unreadables_(notices.topic("redis_frames", "what the studio says that cannot be read")),
      inputs_(context_, options.address, clock, random,
              {[this] {
                 for (const auto& [number, input] : unanswered_) send(number, input);
                 note_links("");
               },
               [this](const std::string& why) { note_links(why); }}),
      air_(context_, options.address, clock, random,
           {[this] { catch_up(); },
            [this](const std::string& why) {
              is_caught_up_ = false;
              note_links(why);
            }}) {
  inputs_.start();
  air_.start();
  thread_ = std::thread([this] {
    const auto work = boost::asio::make_work_guard(context_);
    context_.run();
  });
}

void Edge::close() {
  if (!thread_.joinable()) return;
  boost::asio::post(context_, [this] {
    is_connected_ = false;
    for (const auto& [number, input] : std::exchange(unanswered_, {})) {
      answer(input.answered, tl::unexpected(Refusal::unreachable));
    }
    context_.stop();
  });
  thread_.join();
}

void Edge::note_links(const std::string& why) {
  const bool is_connected = inputs_.is_up() && is_caught_up_;
  is_connected_.store(is_connected, std::memory_order_relaxed);
  connected_.set(is_connected ? 1 : 0);
  if (!why.empty()) return link_.fails(why);
  if (is_connected) link_.works();
}

// --- what the studio says

std::unique_ptr<broker::EdgeSide::Attachment> Edge::attach(broker::EdgeHandler handler) {
  const std::lock_guard lock(edges_);
  const auto place = handlers_.insert(handlers_.end(), std::move(handler));
  const FrameBatch present = newest_.all();
  if (!present.frames.empty()) place->on_frames(present);
  return std::make_unique<Attached>(*this, place);
}

void Edge::catch_up() {
  air_.send(encode_command({"EVAL", kCatchUp, "2", keys_.air, keys_.present, read_on_}),
            [this](Reply reply) {
              if (reply.is_error()) return air_.fail(printable(reply.text));
              if (reply.kind != Reply::Kind::nil) take_present(std::move(reply));
              if (!air_.is_up()) return;
              // Of answers, those to what is still waited for count.
              answers_read_.clear();
              is_caught_up_ = true;
              note_links("");
              listen();
            });
}

void Edge::take_present(Reply reply) {
  if (reply.list.size() != 2 || !parse_id(reply.list[0].text)) {
    return air_.fail("no present as it should be");
  }
  if (heard_ != StreamId{}) missed_.add();
  read_on_ = std::move(reply.list[0].text);
  FrameBatch present{0, {}};
  const std::vector<Reply>& fields = reply.list[1].list;
  for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
    if (fields[i].text == "epoch") {
      present.epoch = std::strtoull(fields[i + 1].text.c_str(), nullptr, 10);
      continue;
    }
    auto decoded = decode_frames(fields[i + 1].text);
    if (!decoded || decoded->unknown > 0) unreadable_[Unreadable::frames].add();
    if (!decoded) {
      unreadables_.happened(decoded.error().message);
      continue;
    }
    for (FramePtr& frame : decoded->frames) present.frames.push_back(std::move(frame));
  }
  const broker::Epoch known = std::exchange(heard_, std::max(heard_, *parse_id(read_on_))).first;
  // A server that has forgotten may know an older one.
  if (present.epoch >= known) pass_on(present);
}

void Edge::listen() {
  air_.send(encode_command({"XREAD", "COUNT", kAtOnce, "BLOCK", kBlock, "STREAMS", keys_.air,
                            answers_, read_on_.empty() ? kBeginning : std::string_view(read_on_),
                            answers_read_.empty() ? kBeginning : std::string_view(answers_read_)}),
            [this](Reply reply) { hear(std::move(reply)); });
}

void Edge::hear(Reply reply) {
  if (reply.is_error()) return air_.fail(printable(reply.text));
  auto streams = parse_streams(std::move(reply));
  if (!streams) return air_.fail(streams.error().message);
  for (const StreamEntries& stream : *streams) {
    for (const Entry& entry : stream.entries) {
      if (stream.key == answers_) {
        take_answer(entry);
      } else if (!take_said(entry)) {
        return catch_up();
      }
    }
  }
  listen();
}

// False if something is missing before it.
bool Edge::take_said(const Entry& entry) {
  const StreamId id = *parse_id(entry.id);
  const bool is_next = heard_ == StreamId{} ||
                       (id.first == heard_.first ? id.second == heard_.second + 1 : id.second == 1);
  if (id > heard_ && !is_next) {
    read_on_.clear();
    return false;
  }
  read_on_ = entry.id;
  const std::string_view bytes = entry.field("frames");
  const std::string_view word = entry.field("word");
  if (id < heard_) {
    outdated_[word.empty() ? broker::Outdated::frames : broker::Outdated::words].add();
    return true;
  }
  heard_ = id;
  if (!word.empty()) {
    const auto told = decode_word(word, id.first);
    if (!told) {
      unreadable_[Unreadable::words].add();
      unreadables_.happened(told.error().message);
      return true;
    }
    const std::lock_guard lock(edges_);
    for (const broker::EdgeHandler& handler : handlers_) handler.on_word(*told);
    return true;
  }
  auto decoded = decode_frames(bytes);
  if (!decoded || decoded->unknown > 0) unreadable_[Unreadable::frames].add();
  if (!decoded) {
    unreadables_.happened(decoded.error().message);
    return true;
  }
  const FrameBatch batch{id.first, std::move(decoded->frames)};
  const std::lock_guard lock(edges_);
  newest_.take(batch);
  for (const broker::EdgeHandler& handler : handlers_) handler.on_frames(batch);
  return true;
}

// The present, of which everybody has a part.
void Edge::pass_on(const FrameBatch& present) {
  FrameBatch changed{present.epoch, {}};
  const std::lock_guard lock(edges_);
  const bool is_same_studio = newest_.all().epoch == present.epoch;
  for (const FramePtr& frame : present.frames) {
    if (!protocol::is_newest_only(frame->message)) continue;
    const FramePtr& known = newest_.in_slot(protocol::slot_of(frame->message));
    if (!is_same_studio || !says_the_same(known, frame)) changed.frames.push_back(frame);
  }
  if (changed.frames.empty()) return;
  newest_.take(changed);
  for (const broker::EdgeHandler& handler : handlers_) handler.on_frames(changed);
}

// --- what the edges say

void Edge::submit(broker::Input input, broker::Answered answered) {
  if (!is_connected()) return answer(answered, tl::unexpected(Refusal::unreachable));
  Encoded encoded = encode_input(input);
  const std::size_t bytes = encoded.json.size() + kOverhead;
  if (unanswered_bytes_.fetch_add(bytes) + bytes > options_.most_unanswered_bytes) {
    unanswered_bytes_ -= bytes;
    return answer(answered, tl::unexpected(Refusal::full));
  }
  const std::size_t most = options_.most_inputs + (may_take_reserve(input) ? options_.reserve : 0);
  boost::asio::post(context_, [this, most, encoded = std::move(encoded),
                               answered = std::move(answered)]() mutable {
    const auto place = unanswered_.emplace_hint(
        unanswered_.end(), ++submitted_,
        Unanswered{encoded.type, std::move(encoded.json), most, std::move(answered)});
    if (inputs_.is_up()) send(place->first, place->second);
  });
}

void Edge::send(std::uint64_t number, const Unanswered& input) {
  inputs_.send(
      encode_command({"EVAL", kSubmit, "5", keys_.lease, keys_.inputs, keys_.bytes, answers_, sent_,
                      std::to_string(number), options_.name, input.type, input.json,
                      std::to_string(input.most_inputs), std::to_string(options_.most_input_bytes),
                      kRemembered, answers_read_}),
      [this](const Reply& reply) {
        if (reply.is_error()) inputs_.fail(printable(reply.text));
      });
}

void Edge::take_answer(const Entry& entry) {
  answers_read_ = entry.id;
  const std::uint64_t number =
      std::strtoull(std::string(entry.field("number")).c_str(), nullptr, 10);
  const auto found = unanswered_.find(number);
  if (found == unanswered_.end()) return;  // heard before
  const std::string_view outcome = entry.field("outcome");
  const auto refusal = enumerator_of<Refusal>(outcome);
  broker::Answer given = tl::unexpected(refusal.value_or(Refusal::stopped));
  if (outcome == "taken") {
    given = broker::Taken{std::strtoull(std::string(entry.field("epoch")).c_str(), nullptr, 10)};
  } else if (!refusal) {
    unreadable_[Unreadable::answers].add();
  }
  const Unanswered input = std::move(found->second);
  unanswered_.erase(found);
  unanswered_bytes_ -= input.json.size() + kOverhead;
  answer(input.answered, given);
}

void Edge::answer(const broker::Answered& answered, const broker::Answer& given) {
  if (!given) refused_[given.error()].add();
  if (answered) answered(given);
}

}  // namespace keisei::redis
