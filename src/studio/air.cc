#include "studio/air.h"

namespace keisei::studio {

void Air::add_frame(std::size_t message, Texts texts) {
  broker::Frame frame{message, {}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    broker::Bytes& bytes = frame.variants[i];
    for (std::size_t k = 0; k < i && !bytes; ++k) {
      if (*frame.variants[k] == texts[i]) bytes = frame.variants[k];
    }
    if (!bytes) bytes = std::make_shared<const std::string>(std::move(texts[i]));
  }
  frames_.push_back(std::make_shared<const broker::Frame>(std::move(frame)));
}

}  // namespace keisei::studio
