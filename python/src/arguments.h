#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Python values as arguments of the hook. Whatever is wrong is raised as TypeError or ValueError
/// with the argument's name, what was expected and what came.
namespace keisei::python {

namespace py = pybind11;

[[noreturn]] void raise_type(std::string_view argument, std::string_view expected,
                             py::handle value);
[[noreturn]] void raise_value(const std::string& message);
void raise_if(const Result<void>& result);

/// A float, int, NumPy scalar or anything else with __float__ and no length; None is NaN. Tensors
/// and arrays are refused: turning one into a number may wait for a GPU, which is for the caller to
/// decide.
double number(std::string_view argument, py::handle value);

/// An int or anything else that is one, such as NumPy's; no bool.
std::int64_t integer(std::string_view argument, py::handle value);

/// UTF-8 of a str.
std::string_view text(std::string_view argument, py::handle value);

/// The numbers of a NumPy array or of anything with a contiguous buffer of float32 or float64, seen
/// in place, or of a list or tuple (nested ones are flattened), copied.
class Floats {
 public:
  Floats(std::string_view argument, py::handle value);
  ~Floats();
  Floats(const Floats&) = delete;
  Floats& operator=(const Floats&) = delete;

  std::size_t size() const;
  /// Empty unless the values are of that type.
  std::span<const float> floats() const { return floats_; }
  std::span<const double> doubles() const { return doubles_; }
  bool is_double() const { return is_double_; }
  /// Copies to float; raises unless there are exactly as many.
  void copy_to(std::span<float> to) const;
  /// The shape as the caller knows it: "(9, 8)".
  const std::string& shape() const { return shape_; }

 private:
  std::string_view argument_;
  Py_buffer buffer_{};
  bool is_double_ = false;
  std::span<const float> floats_;
  std::span<const double> doubles_;
  std::vector<double> copied_;
  std::string shape_;
};

/// A contiguous buffer of bool, uint8 or int8.
class Mask {
 public:
  Mask(std::string_view argument, py::handle value);
  ~Mask() { PyBuffer_Release(&buffer_); }
  Mask(const Mask&) = delete;
  Mask& operator=(const Mask&) = delete;

  std::span<const std::uint8_t> bytes() const {
    return {static_cast<const std::uint8_t*>(buffer_.buf), static_cast<std::size_t>(buffer_.len)};
  }

 private:
  Py_buffer buffer_{};
};

}  // namespace keisei::python
