# A first start that fails shows the operator token that it has made: the next one would not.
file(REMOVE_RECURSE ${SCRATCH})
file(WRITE ${SCRATCH}/page/index.html "<html>")
execute_process(
  COMMAND ${SHOWCASE} --ui ${SCRATCH}/page --content ${CONTENT} --state-dir ${SCRATCH}/state
          --port 0 --control-port 0 --control-bind nonsense
  RESULT_VARIABLE result
  ERROR_VARIABLE said)
file(STRINGS ${SCRATCH}/state/operator.token token)
string(FIND "${said}" "${token}" place)
if(NOT result EQUAL 2 OR place EQUAL -1)
  message(FATAL_ERROR "exit ${result}, without the token: ${said}")
endif()
