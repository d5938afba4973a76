# Data flows one way: what a folder may link, held when it is configured. Of the project's own
# libraries, with what those link in turn.
function(flowlog_linked target result)
  set(found "")
  set(open ${target})
  while(open)
    list(POP_FRONT open next)
    get_target_property(links ${next} LINK_LIBRARIES)
    foreach(link IN LISTS links)
      if(link MATCHES "^flowlog_" AND NOT link IN_LIST found)
        list(APPEND found ${link})
        list(APPEND open ${link})
      endif()
    endforeach()
  endwhile()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

function(flowlog_forbid target)
  flowlog_linked(${target} linked)
  foreach(other IN LISTS ARGN)
    if(other IN_LIST linked)
      message(FATAL_ERROR "${target} must not link ${other}: it links ${linked}")
    endif()
  endforeach()
  # What a folder includes, it must link as well: a header alone would be an arrow unseen.
  string(REGEX REPLACE "^flowlog_" "" folder ${target})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.h ${CMAKE_SOURCE_DIR}/${folder}/*.cc)
  foreach(source IN LISTS sources)
    file(STRINGS ${source} includes REGEX "^#include \"")
    foreach(other IN LISTS ARGN)
      string(REGEX REPLACE "^flowlog_" "" room ${other})
      if(includes MATCHES "#include \"${room}/")
        message(FATAL_ERROR "${source} must not include from ${room}/")
      endif()
    endforeach()
  endforeach()
endfunction()

set(upper flowlog_engine flowlog_probe flowlog_suites flowlog_mutation flowlog_cli)
flowlog_forbid(flowlog_specs flowlog_client flowlog_profiles flowlog_generators flowlog_oracle
  flowlog_reports flowlog_resources flowlog_mock ${upper})
flowlog_forbid(flowlog_client flowlog_specs flowlog_profiles flowlog_generators flowlog_oracle
  flowlog_reports flowlog_resources flowlog_mock ${upper})
flowlog_forbid(flowlog_profiles flowlog_generators flowlog_oracle flowlog_reports flowlog_resources
  flowlog_mock ${upper})
flowlog_forbid(flowlog_generators flowlog_client flowlog_profiles flowlog_oracle flowlog_reports
  flowlog_resources flowlog_mock ${upper})
flowlog_forbid(flowlog_oracle flowlog_client flowlog_profiles flowlog_generators flowlog_reports
  flowlog_resources flowlog_mock ${upper})
flowlog_forbid(flowlog_reports flowlog_specs flowlog_client flowlog_profiles flowlog_generators
  flowlog_oracle flowlog_resources flowlog_mock ${upper})
flowlog_forbid(flowlog_resources flowlog_generators flowlog_oracle flowlog_mock ${upper})
flowlog_forbid(flowlog_mock flowlog_generators flowlog_oracle flowlog_profiles flowlog_resources
  flowlog_reports ${upper})
flowlog_forbid(flowlog_engine flowlog_probe flowlog_suites flowlog_mock flowlog_mutation flowlog_cli)
flowlog_forbid(flowlog_probe flowlog_suites flowlog_mock flowlog_mutation flowlog_cli)
flowlog_forbid(flowlog_suites flowlog_probe flowlog_mock flowlog_mutation flowlog_cli)
flowlog_forbid(flowlog_mutation flowlog_cli)
