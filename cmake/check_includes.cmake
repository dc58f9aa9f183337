# Fails when a file below DIR includes a header of a module of ours that is not in ALLOWED.
# Module headers are the quoted includes with a folder: "shogi/position.h".
string(REPLACE ";" "|" allowed "${ALLOWED}")
file(GLOB_RECURSE files ${DIR}/*.h ${DIR}/*.cc)
foreach(file ${files})
  file(STRINGS ${file} lines REGEX "^#include \"[a-z_]+/")
  foreach(line ${lines})
    string(REGEX REPLACE "^#include \"([a-z_]+)/.*" "\\1" module "${line}")
    if(NOT module MATCHES "^(${allowed})$")
      message(FATAL_ERROR "${file}: ${line}: ${NAME} does not declare a dependency on '${module}' (declared: ${ALLOWED})")
    endif()
  endforeach()
endforeach()
file(TOUCH ${STAMP})
