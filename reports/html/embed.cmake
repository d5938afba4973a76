# cmake -D OUT=assets.cc -P embed.cmake: the page's source files as string literals. The scripts
# become one, in a scope of its own.
set(text "#include \"reports/html/assets.h\"\n\nnamespace flowlog::page {\n\n")

function(embed name content)
  string(STRIP "${content}" content)
  set(text "${text}const std::string_view ${name} = R\"~~~(${content})~~~\";\n\n" PARENT_SCOPE)
endfunction()

foreach(pair kTemplate:report.html kStyle:report.css kWords:words.json)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 name)
  list(GET pair 1 file)
  file(READ "${CMAKE_CURRENT_LIST_DIR}/${file}" content)
  embed(${name} "${content}")
endforeach()

set(script "(() => {\n'use strict';\n")
foreach(file model.js view.js map.js page.js)
  file(READ "${CMAKE_CURRENT_LIST_DIR}/${file}" content)
  string(APPEND script "${content}")
endforeach()
embed(kScript "${script}})();")

string(APPEND text "}  // namespace flowlog::page\n")
file(WRITE "${OUT}" "${text}")
