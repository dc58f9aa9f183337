# Runs the include check on two small modules: one that keeps to its declaration, one that does not.
file(REMOVE_RECURSE ${SCRATCH})
file(WRITE ${SCRATCH}/good/a.cc "#include \"base/result.h\"\n#include <vector>\n")
file(WRITE ${SCRATCH}/bad/a.cc "#include \"base/result.h\"\n#include \"studio/director.h\"\n")
foreach(module good bad)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -DNAME=${module} -DDIR=${SCRATCH}/${module} -DALLOWED=base -DSTAMP=${SCRATCH}/${module}.stamp -P ${CHECK}
    RESULT_VARIABLE ${module}_result ERROR_VARIABLE ${module}_error)
endforeach()
string(REGEX REPLACE "[ \n]+" " " bad_error "${bad_error}") # CMake wraps its messages
if(NOT good_result EQUAL 0)
  message(FATAL_ERROR "a declared include was refused: ${good_error}")
endif()
if(bad_result EQUAL 0 OR NOT bad_error MATCHES "does not declare a dependency on 'studio'")
  message(FATAL_ERROR "an undeclared include was not refused: ${bad_error}")
endif()
