#include "store/kept_updates.h"

#include <algorithm>
#include <string_view>

#include "store/packed_metrics.h"

namespace keisei::store {

void KeptUpdates::push_back(const KeptUpdate& update) {
  push_back(update, pack_names(update.metrics.metrics), pack_values(update.metrics.metrics));
}

void KeptUpdates::push_back(const KeptUpdate& update, const std::string& names,
                            const std::string& values) {
  values_ += values;
  rows_.push_back({place_of(update.run_id), place_of(names), update.segment, update.metrics.update,
                   update.metrics.global_step, update.metrics.games, update.metrics.emitted_at,
                   values_.size()});
}

KeptUpdate KeptUpdates::operator[](std::size_t index) const {
  const Row& row = rows_[index];
  const std::size_t begin = index == 0 ? 0 : rows_[index - 1].values_end;
  const auto values = std::string_view(values_).substr(begin, row.values_end - begin);
  return {texts_[row.run],
          row.segment,
          {row.update, row.global_step, row.games, row.emitted_at,
           unpack_metrics(texts_[row.names], values)}};
}

// The latest is the likeliest.
std::size_t KeptUpdates::place_of(const std::string& text) {
  const auto found = std::find(texts_.rbegin(), texts_.rend(), text);
  if (found != texts_.rend()) return static_cast<std::size_t>(texts_.rend() - found) - 1;
  texts_.push_back(text);
  return texts_.size() - 1;
}

}  // namespace keisei::store
