#pragma once

#include <boost/describe/enum.hpp>

namespace keisei::broker {

/// What a studio that another has replaced may still send.
BOOST_DEFINE_ENUM_CLASS(Outdated, frames, words, receipts)

}  // namespace keisei::broker
