#include "edge/ingest.h"

#include <chrono>
#include <utility>

namespace keisei::edge {

Ingest::Ingest(boost::asio::io_context& context, broker::EdgeSide& broker, const Clock& clock,
               EpochGate& gate, const EdgeCounters& counters)
    : broker_(broker), clock_(clock), gate_(gate), counters_(counters), timer_(context) {
  check();
}

void Ingest::admit(http::Accepted connection, std::string_view handshake, std::string_view early) {
  thread_.check();
  if (Trainer* const old = newest()) old->give_way();
  const auto fresh =
      std::make_shared<Trainer>(std::move(connection), broker_, clock_, gate_, counters_);
  trainers_.push_back(fresh);
  fresh->start(handshake, early);
}

void Ingest::take(const broker::TrainerWord& word) {
  thread_.check();
  Trainer* const trainer = newest();
  if (trainer && trainer->session() == word.session) trainer->tell(word.word);
}

void Ingest::heard_of(broker::Epoch epoch) {
  thread_.check();
  if (Trainer* const trainer = newest()) trainer->heard_of(epoch);
}

void Ingest::stop() {
  thread_.check();
  if (Trainer* const trainer = newest()) {
    trainer->close(close_code::kGoingAway, Leaving::going_away);
  }
}

void Ingest::check() {
  std::erase_if(trainers_, [](const auto& trainer) { return trainer->is_gone(); });
  for (const auto& trainer : trainers_) trainer->check();
  timer_.expires_after(std::chrono::seconds(1));
  timer_.async_wait([this](boost::system::error_code failure) {
    if (!failure) check();
  });
}

}  // namespace keisei::edge
