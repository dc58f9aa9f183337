#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/request_reader.h"

namespace {

using keisei::http::RequestReader;
constexpr std::size_t kMaxBody = 64;

RequestReader::Step read(RequestReader& reader, std::string& bytes) {
  const auto step = reader.read(bytes);
  return step == RequestReader::Step::header ? reader.read_body(bytes, kMaxBody) : step;
}

}  // namespace

// Whatever a client sends, and however the network cuts it: nothing crashes, what is accepted is
// bounded, and the cuts make no difference to what is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using Step = RequestReader::Step;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);

  RequestReader whole;
  std::string all(bytes);
  const Step expected = read(whole, all);
  if (whole.request().body.size() > kMaxBody) std::abort();

  RequestReader cut;
  std::string some;
  Step step = Step::more;
  for (std::size_t i = 0; i < size && step == Step::more; ++i) {
    some += bytes[i];
    step = read(cut, some);
  }
  if (expected != Step::complete) return 0;  // a fault may show earlier in one piece
  if (step != expected || cut.request().target != whole.request().target ||
      cut.request().fields != whole.request().fields ||
      cut.request().body != whole.request().body) {
    std::abort();
  }
  return 0;
}
