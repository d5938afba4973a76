# Warnings, errors where asked for; ccache and mold where they stand; sanitizers on demand. What a
# build type means is CMake's or the packager's.
add_compile_options(-Wall -Wextra -Wpedantic -Winvalid-pch)
if(FLOWLOG_WERROR)
  add_compile_options(-Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees these in correct code of the standard library when it optimises.
  add_compile_options(-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  endif()
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(FLOWLOG_SANITIZE)
  add_compile_options(-fsanitize=${FLOWLOG_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(FLOWLOG_SANITIZE MATCHES "address.*undefined")
    # What these look for is an access that AddressSanitizer stops at as well; they stand before every
    # access and double the time of a build.
    add_compile_options(-fno-sanitize=null,alignment,object-size,vptr)
  endif()
  add_link_options(-fsanitize=${FLOWLOG_SANITIZE})
endif()

# A library of one folder: flowlog_library(name SOURCES ... LINK ...). Headers are named from the root
# of the tree. All of them share base's precompiled header.
function(flowlog_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(NOT name STREQUAL "flowlog_base")
    target_precompile_headers(${name} REUSE_FROM flowlog_base)
  endif()
endfunction()
