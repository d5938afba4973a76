# The page of reports/html.h; its template, style, words and scripts are compiled in.
set(assets ${CMAKE_CURRENT_BINARY_DIR}/html_assets.cc)
set(sources report.html report.css words.json model.js view.js map.js page.js)
list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
add_custom_command(
  OUTPUT ${assets}
  COMMAND ${CMAKE_COMMAND} -D OUT=${assets} -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/embed.cmake ${sources}
  COMMENT "Embedding the page's template, style, words and scripts"
  VERBATIM)
target_sources(flowlog_reports PRIVATE html.cc html/page_data.cc ${assets})
target_link_libraries(flowlog_reports PRIVATE OpenSSL::Crypto)
