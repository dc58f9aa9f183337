#pragma once

#include <fmt/format.h>
#include <pybind11/pybind11.h>

#include <array>
#include <cstddef>
#include <span>

namespace keisei::python {

namespace py = pybind11;

/// The names of a method's arguments, interned, so that a call finds them by address.
template <std::size_t kCount>
class Signature {
 public:
  /// The first `positional` may be given without their names.
  Signature(const char* method, std::size_t positional, std::array<const char*, kCount> names)
      : method_(method), positional_(positional) {
    for (std::size_t i = 0; i < kCount; ++i) names_[i] = PyUnicode_InternFromString(names[i]);
  }

  const char* method() const { return method_; }
  const char* name(std::size_t index) const { return PyUnicode_AsUTF8(names_[index]); }

  /// Vectorcall's arguments by their index in the names; null for what was not given, and for None.
  std::array<PyObject*, kCount> bind(PyObject* const* arguments, std::size_t positional,
                                     PyObject* keywords) const {
    std::array<PyObject*, kCount> bound{};
    if (positional > positional_) {
      throw py::type_error(fmt::format("{}() takes {} positional arguments but {} were given",
                                       method_, positional_, positional));
    }
    for (std::size_t i = 0; i < positional; ++i) bound[i] = known(arguments[i]);
    const Py_ssize_t count = keywords == nullptr ? 0 : PyTuple_GET_SIZE(keywords);
    for (Py_ssize_t i = 0; i < count; ++i) {
      const std::size_t index = find(PyTuple_GET_ITEM(keywords, i));
      if (index < positional) {
        throw py::type_error(
            fmt::format("{}() got multiple values for argument '{}'", method_, name(index)));
      }
      bound[index] = known(arguments[positional + static_cast<std::size_t>(i)]);
    }
    return bound;
  }

 private:
  static PyObject* known(PyObject* value) { return value == Py_None ? nullptr : value; }

  std::size_t find(PyObject* keyword) const {
    for (std::size_t i = 0; i < kCount; ++i) {
      if (names_[i] == keyword) return i;
    }
    for (std::size_t i = 0; i < kCount; ++i) {
      if (PyUnicode_Compare(names_[i], keyword) == 0) return i;
    }
    throw py::type_error(fmt::format("{}() got an unexpected argument '{}'", method_,
                                     std::string(py::str(keyword))));
  }

  const char* method_;
  std::size_t positional_;
  std::array<PyObject*, kCount> names_;
};

/// As vectorcall passes them: values, how many of them are positional, names of the others.
struct Call {
  PyObject* const* values;
  std::size_t positional;
  PyObject* keywords;
};

/// The arguments of one call.
template <std::size_t kCount>
class Arguments {
 public:
  Arguments(const Signature<kCount>& signature, const Call& call)
      : signature_(signature),
        bound_(signature.bind(call.values, call.positional, call.keywords)) {}

  /// Null when absent or None.
  py::handle get(std::size_t index) const { return bound_[index]; }
  const char* name(std::size_t index) const { return signature_.name(index); }
  py::handle require(std::size_t index) const {
    if (bound_[index] != nullptr) return bound_[index];
    throw py::type_error(
        fmt::format("{}() needs the argument {}", signature_.method(), signature_.name(index)));
  }
  /// Refuses arguments from `first` up to `last`.
  void expect_none(std::size_t first, std::size_t last, const char* why) const {
    for (std::size_t i = first; i < last; ++i) {
      if (bound_[i] == nullptr) continue;
      throw py::type_error(fmt::format("{}() got the argument {}, which {}", signature_.method(),
                                       signature_.name(i), why));
    }
  }

 private:
  const Signature<kCount>& signature_;
  std::array<PyObject*, kCount> bound_;
};

/// Adds a method that Python calls without pybind11's dispatcher, which costs a microsecond for a
/// handful of keywords. `kMethod` is called with the object and vectorcall's arguments; `doc`
/// begins with the signature and "--".
template <class Class, void (Class::*kMethod)(PyObject* const*, std::size_t, PyObject*)>
void add_fast_method(py::handle type, const char* name, const char* doc) {
  static constexpr auto kCall = [](PyObject* self, PyObject* const* arguments, Py_ssize_t count,
                                   PyObject* keywords) -> PyObject* {
    try {
      (py::cast<Class*>(py::handle(self))->*kMethod)(arguments, static_cast<std::size_t>(count),
                                                     keywords);
      Py_RETURN_NONE;
    } catch (py::error_already_set& error) {
      error.restore();
    } catch (const py::builtin_exception& error) {
      error.set_error();
    } catch (const std::exception& error) {
      PyErr_SetString(PyExc_RuntimeError, error.what());
    }
    return nullptr;
  };
  using Function = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*);
  static PyMethodDef definition{};
  definition = {
      name,
      reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(static_cast<Function>(kCall))),
      METH_FASTCALL | METH_KEYWORDS, doc};
  auto* const owner = reinterpret_cast<PyTypeObject*>(type.ptr());
  py::setattr(type, name, py::reinterpret_steal<py::object>(PyDescr_NewMethod(owner, &definition)));
}

}  // namespace keisei::python
