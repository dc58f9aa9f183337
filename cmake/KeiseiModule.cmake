# A module is one folder of src/ (or of bench/, for what its programs share) and one target. It may
# include its own headers and those of the modules it declares, and nothing else:
#  - its include root holds a link to itself only, so an undeclared module is not found;
#  - check_includes.cmake refuses what is reachable only through another module.
find_package(GTest REQUIRED)
include(GoogleTest)

function(keisei_check_includes target)
  cmake_parse_arguments(ARG "" "NAME;DIR" "ALLOWED" ${ARGN})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${ARG_DIR}/*.h ${ARG_DIR}/*.cc)
  set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${target}.includes)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${CMAKE_COMMAND} -DNAME=${ARG_NAME} -DDIR=${ARG_DIR} "-DALLOWED=${ARG_ALLOWED}" -DSTAMP=${stamp}
            -P ${CMAKE_SOURCE_DIR}/cmake/check_includes.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/check_includes.cmake
    VERBATIM)
  add_custom_target(${target}_includes DEPENDS ${stamp})
  add_dependencies(${target} ${target}_includes)
endfunction()

# keisei_module(NAME [DEPENDS modules…] SOURCES files… [LIBS public libraries…] [PRIVATE_LIBS …]
#               [TESTS files…] [TEST_LIBS …] [TEST_DEPENDS modules…] [FUZZERS files…] [BENCHMARKS files…])
# Tests may use more modules than the module itself (TEST_DEPENDS). Every fuzzer and every benchmark is
# a program of its own, called as its file.
function(keisei_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;SOURCES;LIBS;PRIVATE_LIBS;TESTS;TEST_LIBS;TEST_DEPENDS;FUZZERS;BENCHMARKS" ${ARGN})
  set(target keisei_${name})
  set(root ${CMAKE_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)

  set(benchmarks_use "")
  if(ARG_BENCHMARKS)
    set(benchmarks_use harness)
  endif()

  list(TRANSFORM ARG_DEPENDS PREPEND keisei_ OUTPUT_VARIABLE depends)
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    target_include_directories(${target} PUBLIC ${root})
    target_link_libraries(${target} PUBLIC ${depends} ${ARG_LIBS} PRIVATE keisei_warnings ${ARG_PRIVATE_LIBS})
    keisei_check_includes(${target} NAME ${name} DIR ${CMAKE_CURRENT_SOURCE_DIR}
      ALLOWED ${name} ${ARG_DEPENDS} ${ARG_TEST_DEPENDS} ${benchmarks_use})
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${root})
    target_link_libraries(${target} INTERFACE ${depends} ${ARG_LIBS})
  endif()
  add_library(keisei::${name} ALIAS ${target})

  if(BUILD_TESTING AND ARG_TESTS)
    list(TRANSFORM ARG_TEST_DEPENDS PREPEND keisei_ OUTPUT_VARIABLE test_depends)
    add_executable(${target}_test ${ARG_TESTS})
    target_link_libraries(${target}_test PRIVATE ${target} ${test_depends} keisei_warnings
      GTest::gmock_main ${ARG_PRIVATE_LIBS} ${ARG_TEST_LIBS})
    target_compile_definitions(${target}_test PRIVATE
      KEISEI_TESTDATA="${CMAKE_CURRENT_SOURCE_DIR}/testdata" KEISEI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    keisei_test_limit(limit 300)
    gtest_discover_tests(${target}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
      DISCOVERY_TIMEOUT ${limit} PROPERTIES TIMEOUT ${limit})
  endif()

  # A fuzzer's corpus lies in testdata/corpus/<fuzzer>. Without the fuzzing engine it is replayed.
  if(BUILD_TESTING AND NOT KEISEI_FUZZERS)
    keisei_test_limit(limit 60)
    foreach(file ${ARG_FUZZERS})
      get_filename_component(fuzzer ${file} NAME_WE)
      add_executable(${fuzzer}_replay ${file} ${CMAKE_SOURCE_DIR}/cmake/replay_corpus.cc)
      target_link_libraries(${fuzzer}_replay PRIVATE ${target} keisei_warnings ${ARG_PRIVATE_LIBS})
      add_test(NAME ${name}.${fuzzer}_corpus
        COMMAND ${fuzzer}_replay ${CMAKE_CURRENT_SOURCE_DIR}/testdata/corpus/${fuzzer})
      set_tests_properties(${name}.${fuzzer}_corpus PROPERTIES TIMEOUT ${limit})
    endforeach()
  endif()

  # Nobody measures what a sanitizer slows down.
  if(NOT KEISEI_SANITIZE)
    foreach(file ${ARG_BENCHMARKS})
      get_filename_component(benchmark ${file} NAME_WE)
      add_executable(${benchmark} ${file})
      target_link_libraries(${benchmark} PRIVATE ${target} keisei_harness keisei_cpu_check keisei_warnings
        ${ARG_PRIVATE_LIBS})
      target_compile_definitions(${benchmark} PRIVATE
        KEISEI_TESTDATA="${CMAKE_CURRENT_SOURCE_DIR}/testdata" KEISEI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    endforeach()
  endif()

  if(KEISEI_FUZZERS)
    foreach(file ${ARG_FUZZERS})
      get_filename_component(fuzzer ${file} NAME_WE)
      add_executable(${fuzzer} ${file})
      target_link_libraries(${fuzzer} PRIVATE ${target} keisei_warnings ${ARG_PRIVATE_LIBS})
      target_compile_options(${fuzzer} PRIVATE -fsanitize=fuzzer)
      target_link_options(${fuzzer} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()

# keisei_app(NAME DEPENDS modules… SOURCES files… [LIBS …]): a program that composes modules.
function(keisei_app name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;SOURCES;LIBS" ${ARGN})
  list(TRANSFORM ARG_DEPENDS PREPEND keisei_ OUTPUT_VARIABLE depends)
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${depends} keisei_cpu_check keisei_warnings ${ARG_LIBS})
  keisei_check_includes(${name} NAME ${name} DIR ${CMAKE_CURRENT_SOURCE_DIR} ALLOWED ${ARG_DEPENDS})
endfunction()
