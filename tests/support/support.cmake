if(NOT TARGET flowlog_test_support)
  add_subdirectory(${CMAKE_CURRENT_LIST_DIR} ${PROJECT_BINARY_DIR}/tests/support)
endif()
