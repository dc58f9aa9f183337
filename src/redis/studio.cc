#include "redis/studio.h"

#include <boost/asio/post.hpp>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "redis/frame_codec.h"
#include "redis/input_codec.h"

namespace keisei::redis {

using broker::Epoch;
using broker::Outdated;

namespace {

// Said and not answered; more waits, so that it can be merged while the server is slow or gone.
constexpr std::size_t kMostUnanswered = 32;
constexpr std::size_t kMostUnsaid = 64;
constexpr std::size_t kMostMerged = 256;  // frames of a batch that others are merged into
constexpr std::chrono::seconds kGoodbye{1};

std::string decimal(std::uint64_t number) { return std::to_string(number); }

}  // namespace

Studio::Studio(const StudioOptions& options, const Clock& clock, std::function<double()> random,
               Counters& counters, Notices& notices, std::function<void()> on_replaced)
    : options_(options),
      keys_(options.prefix),
      outdated_(counters.family<Outdated>("keisei_broker_outdated_total",
                                          "Dropped: from a studio that another has replaced.",
                                          "kind")),
      unreadable_(count_unreadable(counters)),
      link_(notices.topic("redis_studio", "the studio's connection to Redis")),
      unreadables_(notices.topic("redis_inputs", "an input that cannot be read")),
      on_replaced_(std::move(on_replaced)),
      pipe_(context_, options.address, clock, random,
            {[this] {
               note_links("");
               if (is_studio_) renew();
               if (sought_) seek(by_force_);
             },
             [this](const std::string& why) { note_links(why); }}),
      reader_(context_, options.address, clock, random, keys_.inputs, options.in_hand,
              {{[this] { note_links(""); }, [this](const std::string& why) { note_links(why); }},
               [this](Entry entry) { take(std::move(entry)); },
               [this] { renew(); }}) {
  pipe_.start();
  reader_.start();
  tick();
  thread_ = std::thread([this] {
    const auto work = boost::asio::make_work_guard(context_);
    context_.run();
  });
}

Studio::~Studio() {
  stop_waiting();
  const auto said = std::make_shared<std::promise<void>>();
  run([this, said] {
    if (is_studio_) give_back();
    // Behind all that is on its way.
    pipe_.send(encode_command({"PING"}), [said](const Reply&) { said->set_value(); });
  });
  said->get_future().wait_for(kGoodbye);
  context_.stop();
  thread_.join();
}

void Studio::run(std::function<void()> work) { boost::asio::post(context_, std::move(work)); }

void Studio::note_links(const std::string& why) {
  if (!why.empty()) return link_.fails(why);
  if (pipe_.is_up() && reader_.is_up()) link_.works();
}

// --- becoming the studio

bool Studio::wait_for_lease() {
  std::promise<Epoch> promise;
  auto granted = promise.get_future();
  run([this, promise = std::make_shared<std::promise<Epoch>>(std::move(promise))] {
    sought_ = std::move(*promise);
    seek(false);
  });
  granted_ = granted.get();
  return granted_ != 0;
}

Epoch Studio::take_over(InputHandler handler) {
  Epoch epoch = granted_.exchange(0);
  if (epoch == 0) {
    std::promise<Epoch> promise;
    auto granted = promise.get_future();
    run([this, promise = std::make_shared<std::promise<Epoch>>(std::move(promise))] {
      sought_ = std::move(*promise);
      seek(true);
    });
    epoch = granted.get();
  }
  const std::lock_guard lock(handler_mutex_);
  handler_ = std::move(handler);
  handler_epoch_ = epoch;
  run([this, epoch] {
    if (epoch == epoch_ && is_studio_) reader_.read_for(epoch);
  });
  return epoch;
}

void Studio::stop_waiting() {
  run([this] {
    is_stopped_ = true;
    give_up_seeking();
  });
}

void Studio::give_up_seeking() {
  seek_again_.cancel();
  if (sought_) std::exchange(sought_, std::nullopt)->set_value(0);
}

void Studio::seek(bool by_force) {
  by_force_ = by_force;
  if (is_stopped_) return give_up_seeking();
  if (is_seeking_ || !pipe_.is_up()) return;
  is_seeking_ = true;
  pipe_.send(
      encode_command({"EVAL", kTakeOver, "4", keys_.epoch, keys_.lease, keys_.inputs, keys_.bytes,
                      options_.name, decimal(static_cast<std::uint64_t>(options_.lease.count())),
                      by_force ? "1" : "0", keys_.answers, kRemembered}),
      [this](const Reply& reply) { hear_sought(reply); });
}

void Studio::hear_sought(const Reply& reply) {
  is_seeking_ = false;
  if (reply.integer > 0) {
    epoch_ = static_cast<Epoch>(reply.integer);
    reader_.stop_reading();
    if (!sought_) return give_back();  // nobody waits for it any more
    is_studio_ = true;
    said_ = 0;
    has_shown_ = false;
    unsaid_.clear();
    newest_ = {};
    return std::exchange(sought_, std::nullopt)->set_value(epoch_);
  }
  if (!sought_) return;
  seek_again_.expires_after(options_.attempt);
  seek_again_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled && sought_) seek(by_force_);
  });
}

void Studio::tick() {
  tick_.expires_after(options_.renewal);
  tick_.async_wait([this](boost::system::error_code cancelled) {
    if (cancelled) return;
    if (is_studio_) renew();
    tick();
  });
}

void Studio::renew() {
  if (is_renewing_ || !pipe_.is_up()) return;
  is_renewing_ = true;
  pipe_.send(encode_command({"EVAL", kRenew, "4", keys_.epoch, keys_.lease, keys_.inputs,
                             keys_.present, decimal(epoch_), options_.name,
                             decimal(static_cast<std::uint64_t>(options_.lease.count()))}),
             [this, epoch = epoch_](const Reply& reply) {
               is_renewing_ = false;
               check(epoch, std::nullopt, reply);
               if (epoch != epoch_ || !is_studio_) return;
               reader_.try_again();
               if (reply.integer == 2) show_again();
             });
}

void Studio::give_back() {
  is_studio_ = false;
  reader_.stop_reading();
  pipe_.send(encode_command(
                 {"EVAL", kResign, "2", keys_.epoch, keys_.lease, decimal(epoch_), options_.name}),
             [](const Reply&) {});
}

// Whether the studio of that epoch still is one.
void Studio::check(Epoch epoch, std::optional<Outdated> kind, const Reply& reply) {
  if (reply.integer != 0) return;
  if (kind) outdated_[*kind].add();
  if (epoch != epoch_ || !std::exchange(is_studio_, false)) return;
  reader_.stop_reading();
  if (on_replaced_) on_replaced_();
}

void Studio::resign(Epoch epoch) {
  {
    const std::lock_guard lock(handler_mutex_);
    if (handler_epoch_ == epoch) handler_ = nullptr;
  }
  const auto resigned = std::make_shared<std::promise<void>>();
  run([this, epoch, resigned] {
    if (epoch == epoch_) {
      is_studio_ = false;
      reader_.stop_reading();
    }
    pipe_.send(encode_command(
                   {"EVAL", kResign, "2", keys_.epoch, keys_.lease, decimal(epoch), options_.name}),
               [resigned](const Reply&) { resigned->set_value(); });
  });
  // Without a server the lease ends by itself.
  resigned->get_future().wait_for(kGoodbye);
}

// --- what it says

void Studio::publish(const broker::FrameBatch& batch) {
  run([this, batch] { say(batch); });
}

void Studio::tell(const broker::TrainerWord& word) {
  run([this, word] { say(word); });
}

void Studio::say(Said said) {
  const auto* batch = std::get_if<broker::FrameBatch>(&said);
  const Epoch epoch = batch != nullptr ? batch->epoch : std::get<broker::TrainerWord>(said).epoch;
  if (epoch != epoch_ || epoch == 0) {
    return outdated_[batch != nullptr ? Outdated::frames : Outdated::words].add();
  }
  if (batch != nullptr) newest_.take(*batch);
  auto* last =
      unsaid_.size() < kMostUnsaid ? nullptr : std::get_if<broker::FrameBatch>(&unsaid_.back());
  if (batch != nullptr && last != nullptr && last->frames.size() < kMostMerged) {
    last->merge(*batch);
  } else {
    unsaid_.push_back(std::move(said));
  }
  pump();
}

// The server has lost what edges that come later are to be given.
void Studio::show_again() {
  broker::FrameBatch present = newest_.all();
  if (!present.frames.empty()) say(std::move(present));
}

void Studio::pump() {
  while (!unsaid_.empty() && unanswered_ < kMostUnanswered) {
    const Said said = std::move(unsaid_.front());
    unsaid_.pop_front();
    std::visit([this](const auto& one) { send(one); }, said);
  }
}

void Studio::send(const broker::FrameBatch& batch) {
  const EncodedBatch encoded = encode_frames(batch.frames);
  // What was merged may have become too much for one.
  if (batch.frames.size() > 1 &&
      (encoded.bytes.size() > kMostBatchBytes || batch.frames.size() > kMostFrames)) {
    const auto middle = batch.frames.begin() + static_cast<std::ptrdiff_t>(batch.frames.size() / 2);
    send(broker::FrameBatch{batch.epoch, {batch.frames.begin(), middle}});
    return send(broker::FrameBatch{batch.epoch, {middle, batch.frames.end()}});
  }
  const std::string epoch = decimal(batch.epoch);
  const std::string number = decimal(++said_);
  const std::string most = decimal(options_.most_batches);
  std::vector<std::string> numbers;
  for (const EncodedBatch::Slot& slot : encoded.slots) {
    numbers.push_back(decimal(slot.offset));
    numbers.push_back(decimal(slot.size));
  }
  std::vector<std::string_view> words{"EVAL",    kSay,          "3",          keys_.epoch,
                                      keys_.air, keys_.present, epoch,        number,
                                      most,      "frames",      encoded.bytes};
  for (std::size_t i = 0; i < encoded.slots.size(); ++i) {
    words.push_back(encoded.slots[i].type);
    words.emplace_back(numbers[2 * i]);
    words.emplace_back(numbers[2 * i + 1]);
  }
  const bool is_first = !std::exchange(has_shown_, true);
  ++unanswered_;
  pipe_.send(encode_command(words), [this, is_first, said = batch.epoch](const Reply& reply) {
    --unanswered_;
    check(said, Outdated::frames, reply);
    if (reply.integer == 2 && !is_first && said == epoch_) show_again();
    pump();
  });
}

void Studio::send(const broker::TrainerWord& word) {
  ++unanswered_;
  pipe_.send(encode_command({"EVAL", kSay, "3", keys_.epoch, keys_.air, keys_.present,
                             decimal(word.epoch), decimal(++said_), decimal(options_.most_batches),
                             "word", encode_word(word.session, word.word)}),
             [this, epoch = word.epoch](const Reply& reply) {
               --unanswered_;
               check(epoch, Outdated::words, reply);
               pump();
             });
}

// --- what it hears

void Studio::take(Entry entry) {
  broker::Receipt receipt([this, epoch = epoch_, id = entry.id](const broker::Answer& given) {
    run([this, epoch, id, given] { answer(epoch, id, given); });
  });
  auto input = decode_input(entry.field("type"), entry.field("data"));
  if (!input) {
    unreadable_[Unreadable::inputs].add();
    return unreadables_.happened(input.error().message);
  }
  const std::lock_guard lock(handler_mutex_);
  if (handler_ && handler_epoch_ == epoch_) handler_(std::move(*input), std::move(receipt));
}

void Studio::answer(Epoch epoch, const std::string& id, const broker::Answer& given) {
  const std::string_view outcome =
      given ? std::string_view("taken") : keisei::to_string(given.error());
  pipe_.send(encode_command({"EVAL", kAnswer, "3", keys_.epoch, keys_.inputs, keys_.bytes,
                             decimal(epoch), id, outcome, keys_.answers, kRemembered}),
             [this, epoch, id](const Reply& reply) {
               check(epoch, Outdated::receipts, reply);
               if (epoch == epoch_) reader_.put_down(id);
             });
}

}  // namespace keisei::redis
