# Compiler, linker and cache settings shared by every target of ours.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS ON) # unsigned __int128 holds the 81-bit boards
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

# Dev: optimised enough for real training in tests, with every assert on.
set(CMAKE_CXX_FLAGS_DEV "-O2 -g1" CACHE STRING "" FORCE)
# Sanitize: asserts on, and half of Dev's compile time, which the sanitizers' checks multiply.
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1 -fno-omit-frame-pointer" CACHE STRING "" FORCE)
# g++ 12 at -O3 warns of overlaps and uninitialised memory inside std::string and std::optional that
# are not there (GCC bugs 105651, 80635); the dev build keeps both warnings.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG -Wno-restrict -Wno-maybe-uninitialized" CACHE STRING "" FORCE)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Dev)
endif()

set(KEISEI_SANITIZE "" CACHE STRING "Sanitizers for every target, as for -fsanitize=")
if(KEISEI_SANITIZE)
  add_compile_options(-fsanitize=${KEISEI_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${KEISEI_SANITIZE})
  # Asio's fences are no synchronisation that we rely on; g++ warns that TSan does not see them.
  if(KEISEI_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-tsan)
  endif()
endif()

# keisei_test_limit(VARIABLE SECONDS): how long a test may take before it is stopped; four times that
# under a sanitizer, whose checks slow everything down.
function(keisei_test_limit variable seconds)
  if(KEISEI_SANITIZE)
    math(EXPR seconds "4 * ${seconds}")
  endif()
  set(${variable} ${seconds} PARENT_SCOPE)
endfunction()

# What is fuzzed tells the fuzzer which of its branches an input reaches.
if(KEISEI_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# x86-64-v3 (AVX2, BMI2) where the building machine has it. Set KEISEI_MARCH for another one.
set(march_default "")
if(EXISTS /proc/cpuinfo)
  file(READ /proc/cpuinfo cpuinfo)
  if(cpuinfo MATCHES "avx2" AND cpuinfo MATCHES "bmi2")
    set(march_default x86-64-v3)
  endif()
endif()
set(KEISEI_MARCH "${march_default}" CACHE STRING "Value for -march=, empty for the compiler's default")
if(KEISEI_MARCH)
  add_compile_options(-march=${KEISEI_MARCH})
endif()

# On a lesser processor, the programs of such a build refuse to start instead of crashing.
add_library(keisei_cpu_check INTERFACE)
if(KEISEI_MARCH STREQUAL "x86-64-v3")
  add_library(keisei_cpu_check_object OBJECT ${CMAKE_SOURCE_DIR}/cmake/cpu_check.cc)
  target_compile_options(keisei_cpu_check_object PRIVATE -march=x86-64)
  target_sources(keisei_cpu_check INTERFACE $<TARGET_OBJECTS:keisei_cpu_check_object>)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # The sloppiness is what ccache needs to cache around precompiled headers; no more, or a header that
  # changes while a file is compiled is cached with what was read before. Relative paths make the
  # cache serve every clone.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=8G ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Warnings are errors in our code; system and third-party headers are exempt.
add_library(keisei_warnings INTERFACE)
target_compile_options(keisei_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers -Werror)
