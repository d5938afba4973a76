# What several folders use. GoogleTest and RapidCheck are looked for where they are used.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(pugixml REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
# These versions decode a query and write it again, whatever they are told: what arrives would not be
# what was signed.
if(httplib_VERSION VERSION_GREATER_EQUAL 0.29 AND httplib_VERSION VERSION_LESS 0.53)
  message(FATAL_ERROR
    "cpp-httplib ${httplib_VERSION} changes the bytes of a request. 0.11 to 0.28 can be used.")
endif()
pkg_check_modules(microhttpd REQUIRED IMPORTED_TARGET libmicrohttpd)
