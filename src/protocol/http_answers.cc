#include "protocol/http_answers.h"

#include <boost/pfr/tuple_size.hpp>
#include <tuple>

#include "protocol/encode.h"

namespace keisei::protocol {

template <class T>
std::string encode_answer(const T& answer) {
  static_assert(boost::pfr::tuple_size_v<T> == std::tuple_size_v<decltype(Description<T>::fields)>,
                "a field is not described");
  std::string out;
  write(out, answer);
  return out;
}

template std::string encode_answer(const GameList&);
template std::string encode_answer(const ArchivedGame&);
template std::string encode_answer(const MilestoneList&);
template std::string encode_answer(const PastRange&);

}  // namespace keisei::protocol
