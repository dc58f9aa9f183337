#include "studio/air.h"

#include <algorithm>

namespace keisei::studio {

void Air::add_frame(std::size_t message, Texts texts) {
  broker::Frame frame{message, {}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto same =
        std::find(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(i), texts[i]);
    const auto k = static_cast<std::size_t>(same - texts.begin());
    frame.variants[i] = k < i ? frame.variants[k] : std::make_shared<const std::string>(texts[i]);
  }
  frames_.push_back(std::make_shared<const broker::Frame>(std::move(frame)));
}

}  // namespace keisei::studio
