#include "recording/recorder.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace keisei::recording {
namespace {

constexpr std::chrono::seconds kMostAge{1};
constexpr int kMostSiblings = 10'000;

// Beside what is said: about what an appointment takes.
constexpr std::size_t kTurnBytes = sizeof(Turn);

std::size_t bytes_of(const broker::Input& input) {
  return std::visit(
      []<class T>(const T& one) -> std::size_t {
        if constexpr (requires { one.json; }) return one.json.size();
        if constexpr (requires { one.text; }) return one.text.size();
        return 0;
      },
      input);
}

// What it recalls is the studio's too, and comes once a run.
std::size_t bytes_of(const Turn& turn) {
  std::size_t bytes = kTurnBytes;
  if (const auto* input = std::get_if<broker::Input>(&turn.cause)) bytes += bytes_of(*input);
  return bytes;
}

// "run.rec" for 1, "run-2.rec" for 2.
std::string sibling(const std::string& path, int number) {
  if (number == 1) return path;
  const std::filesystem::path whole(path);
  std::filesystem::path name = whole.stem();
  name += "-" + std::to_string(number);
  name += whole.extension();
  return (whole.parent_path() / name).string();
}

Header header_of(const RecordedShow& show, const Moment& begin) {
  using std::chrono::duration_cast;
  using std::chrono::microseconds;
  return {.program = show.program,
          .texts = show.texts,
          .steady_us = duration_cast<microseconds>(begin.steady.time_since_epoch()).count(),
          .wall_us = duration_cast<microseconds>(begin.wall.time_since_epoch()).count(),
          .per_move_ms = show.per_move.count()};
}

}  // namespace

Result<std::unique_ptr<Recorder>> Recorder::create(const std::string& path,
                                                   const RecordedShow& show, const Clock& clock,
                                                   store::Library& library, Notices& notices) {
  MomentReader moments(clock);
  for (int number = 1; number <= kMostSiblings; ++number) {
    std::string chosen = sibling(path, number);
    Result<Writer> writer = Writer::create(chosen, header_of(show, moments.last()));
    if (writer) {
      return std::unique_ptr<Recorder>(
          new Recorder(std::move(chosen), std::move(*writer), moments, library,
                       notices.topic("recording", "recording the show")));
    }
    if (writer.error().code != ErrorCode::unavailable) return tl::unexpected(writer.error());
  }
  return fail(path + ": there are too many recordings of that name");
}

Recorder::Recorder(std::string path, Writer writer, MomentReader moments, store::Library& library,
                   Topic& topic)
    : path_(std::move(path)),
      writer_(std::move(writer)),
      topic_(topic),
      moments_(moments),
      turn_clock_(moments.last()),
      library_(library, turn_.recalls),
      thread_([this] { write(); }) {}

Recorder::~Recorder() {
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Recorder::begin() { take(Appointment{}); }
void Recorder::begin(const broker::Input& input) { take(Cause(input)); }
void Recorder::begin(const studio::EntriesKept& kept) { take(PromiseAnswered{kept.kept}); }

void Recorder::take(Cause cause) {
  turn_clock_.set(moments_.read());
  turn_.at = moments_.last();
  turn_.cause = std::move(cause);
}

void Recorder::end() {
  Turn turn = std::exchange(turn_, {});
  const std::size_t bytes = bytes_of(turn);
  const std::lock_guard lock(mutex_);
  if (has_ended_) return;
  if (waiting_bytes_ + bytes > kMostWaiting) {
    has_ended_ = true;
    return topic_.fails("the disk takes too long; the recording ends here");
  }
  waiting_bytes_ += bytes;
  waiting_.push_back(std::move(turn));
  if (waiting_bytes_ >= kBlockBytes) changed_.notify_one();
}

store::RecalledRun Recorder::OverheardLibrary::recall(const std::string& run_id) {
  return note(run_id, library_.recall(run_id));
}

store::RecalledRun Recorder::OverheardLibrary::recall_newest() {
  return note(std::nullopt, library_.recall_newest());
}

store::RecalledRun Recorder::OverheardLibrary::note(std::optional<std::string> run_id,
                                                    store::RecalledRun recalled) {
  recalls_.push_back({std::move(run_id), recalled.value_or(nullptr), !recalled});
  return recalled;
}

void Recorder::write() {
  for (bool is_last = false; !is_last;) {
    std::vector<Turn> turns;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kMostAge,
                        [this] { return is_closing_ || waiting_bytes_ >= kBlockBytes; });
      is_last = is_closing_;
      turns = std::exchange(waiting_, {});
      waiting_bytes_ = 0;
    }
    const auto written = write(turns, is_last);
    if (written) continue;
    {
      const std::lock_guard lock(mutex_);
      has_ended_ = true;
      waiting_.clear();
    }
    topic_.fails(written.error().message + "; the recording ends here");
    return;
  }
}

Result<void> Recorder::write(const std::vector<Turn>& turns, bool is_last) {
  for (const Turn& turn : turns) {
    if (const auto added = writer_.add(turn); !added) return added;
  }
  return is_last ? writer_.finish() : writer_.flush();
}

}  // namespace keisei::recording
