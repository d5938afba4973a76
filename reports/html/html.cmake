# The page of reports/html.h; its template, style and script are compiled in.
set(assets ${CMAKE_CURRENT_BINARY_DIR}/html_assets.cc)
add_custom_command(
  OUTPUT ${assets}
  COMMAND ${CMAKE_COMMAND} -D OUT=${assets} -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/embed.cmake ${CMAKE_CURRENT_LIST_DIR}/template.html
          ${CMAKE_CURRENT_LIST_DIR}/report.css ${CMAKE_CURRENT_LIST_DIR}/report.js
  COMMENT "Embedding the page's template, style and script"
  VERBATIM)
target_sources(flowlog_reports PRIVATE
  html.cc html/checks.cc html/exchange.cc html/map.cc html/markup.cc html/masthead.cc
  html/pictures.cc html/theme.cc html/view.cc ${assets})
target_link_libraries(flowlog_reports PRIVATE OpenSSL::Crypto)
