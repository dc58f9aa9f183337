#include "arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace keisei::python {
namespace {

std::string type_name(py::handle value) {
  const auto type = py::type::handle_of(value);
  const std::string module = py::str(type.attr("__module__"));
  const std::string name = py::str(type.attr("__qualname__"));
  return module == "builtins" ? name : module + "." + name;
}

/// How NumPy names what a buffer holds; struct's letter for what it has no common name for.
std::string dtype_name(const char* format) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"f", "float32"}, {"d", "float64"}, {"e", "float16"}, {"?", "bool"},   {"B", "uint8"},
      {"b", "int8"},    {"h", "int16"},   {"i", "int32"},   {"l", "int64"},  {"q", "int64"},
      {"H", "uint16"},  {"I", "uint32"},  {"L", "uint64"},  {"Q", "uint64"}, {"O", "object"}};
  const std::string_view letter = format == nullptr ? "B" : format;
  for (const auto& [key, name] : kNames) {
    if (key == letter) return std::string(name);
  }
  return fmt::format("buffer format '{}'", letter);
}

/// Fills `buffer`; `expected` says what would have been right.
void open_buffer(std::string_view argument, std::string_view expected, py::handle value,
                 Py_buffer& buffer) {
  if (PyObject_CheckBuffer(value.ptr()) == 0) {
    const bool is_tensor = py::hasattr(value, "detach") && py::hasattr(value, "numpy");
    raise_type(argument,
               is_tensor ? fmt::format("{} (a tensor as t.detach().cpu().numpy())", expected)
                         : std::string(expected),
               value);
  }
  if (PyObject_GetBuffer(value.ptr(), &buffer, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) != 0) {
    PyErr_Clear();
    raise_value(
        fmt::format("{}: not contiguous; pass numpy.ascontiguousarray({})", argument, argument));
  }
}

std::string shape_of(const Py_buffer& buffer) {
  std::string result = "(";
  for (int i = 0; i < buffer.ndim; ++i)
    result += fmt::format("{}{}", i == 0 ? "" : ", ", buffer.shape[i]);
  return result + (buffer.ndim == 1 ? ",)" : ")");
}

void flatten(std::string_view argument, py::handle value, std::vector<double>& into) {
  if (PyList_Check(value.ptr()) != 0 || PyTuple_Check(value.ptr()) != 0) {
    for (const py::handle item : py::reinterpret_borrow<py::sequence>(value)) {
      flatten(argument, item, into);
    }
    return;
  }
  into.push_back(number(argument, value));
}

}  // namespace

void raise_type(std::string_view argument, std::string_view expected, py::handle value) {
  throw py::type_error(fmt::format("{}: {}, expected {}", argument, type_name(value), expected));
}

void raise_value(const std::string& message) { throw py::value_error(message); }

void raise_if(const Result<void>& result) {
  if (!result) raise_value(result.error().message);
}

double number(std::string_view argument, py::handle value) {
  PyObject* object = value.ptr();
  if (PyFloat_CheckExact(object) != 0) return PyFloat_AS_DOUBLE(object);
  if (object == Py_None) return std::numeric_limits<double>::quiet_NaN();
  const PyTypeObject* type = Py_TYPE(object);
  const bool has_float = PyLong_Check(object) != 0 ||
                         (type->tp_as_number != nullptr && type->tp_as_number->nb_float != nullptr);
  const bool has_length =
      (type->tp_as_sequence != nullptr && type->tp_as_sequence->sq_length != nullptr) ||
      (type->tp_as_mapping != nullptr && type->tp_as_mapping->mp_length != nullptr);
  if (!has_float || has_length || PyBool_Check(object) != 0) {
    raise_type(
        argument,
        has_length && has_float ? "a number (of a tensor or array: its .item())" : "a number",
        value);
  }
  const double result = PyFloat_AsDouble(object);
  if (result == -1.0 && PyErr_Occurred() != nullptr) throw py::error_already_set();
  return result;
}

std::int64_t integer(std::string_view argument, py::handle value) {
  if (PyIndex_Check(value.ptr()) == 0 || PyBool_Check(value.ptr()) != 0) {
    raise_type(argument, "int", value);
  }
  const auto index = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
  const long long result = index ? PyLong_AsLongLong(index.ptr()) : -1;
  if (result == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
  return result;
}

std::string_view text(std::string_view argument, py::handle value) {
  if (PyUnicode_Check(value.ptr()) == 0) raise_type(argument, "str", value);
  Py_ssize_t size = 0;
  const char* data = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
  if (data == nullptr) throw py::error_already_set();
  return {data, static_cast<std::size_t>(size)};
}

Floats::Floats(std::string_view argument, py::handle value) : argument_(argument) {
  if (PyList_Check(value.ptr()) != 0 || PyTuple_Check(value.ptr()) != 0) {
    flatten(argument, value, copied_);
    is_double_ = true;
    doubles_ = copied_;
    shape_ = fmt::format("({},)", copied_.size());
    return;
  }
  constexpr std::string_view kExpected = "an array of float32 or float64, or a list";
  open_buffer(argument, kExpected, value, buffer_);
  const std::string_view format = buffer_.format == nullptr ? "B" : buffer_.format;
  const auto count =
      static_cast<std::size_t>(buffer_.len / std::max<Py_ssize_t>(buffer_.itemsize, 1));
  shape_ = shape_of(buffer_);
  if (format == "f") {
    floats_ = {static_cast<const float*>(buffer_.buf), count};
  } else if (format == "d") {
    is_double_ = true;
    doubles_ = {static_cast<const double*>(buffer_.buf), count};
  } else {
    const std::string name = dtype_name(buffer_.format);
    PyBuffer_Release(&buffer_);
    throw py::type_error(fmt::format("{}: {}, expected {}", argument, name, kExpected));
  }
}

Floats::~Floats() {
  if (buffer_.obj != nullptr) PyBuffer_Release(&buffer_);
}

std::size_t Floats::size() const { return is_double_ ? doubles_.size() : floats_.size(); }

void Floats::copy_to(std::span<float> to) const {
  if (size() != to.size()) {
    raise_value(fmt::format("{}: shape {}, expected {} values", argument_, shape_, to.size()));
  }
  if (is_double_) {
    std::transform(doubles_.begin(), doubles_.end(), to.begin(),
                   [](double v) { return static_cast<float>(v); });
  } else {
    std::copy(floats_.begin(), floats_.end(), to.begin());
  }
}

Mask::Mask(std::string_view argument, py::handle value) {
  constexpr std::string_view kExpected = "an array of bool, uint8 or int8";
  open_buffer(argument, kExpected, value, buffer_);
  if (buffer_.itemsize != 1) {
    const std::string name = dtype_name(buffer_.format);
    PyBuffer_Release(&buffer_);
    throw py::type_error(fmt::format("{}: {}, expected {}", argument, name, kExpected));
  }
}

}  // namespace keisei::python
