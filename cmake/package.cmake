# cmake --install, a package for find_package, and a .deb by cpack (scripts/package.sh).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS flowlog-conformance EXPORT ${PROJECT_NAME} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# find_package(flowlog-conformance) gives the program as flowlog::flowlog-conformance, for add_test.
set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/${PROJECT_NAME})
install(EXPORT ${PROJECT_NAME} NAMESPACE flowlog:: FILE ${PROJECT_NAME}Config.cmake
  DESTINATION ${config_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/${PROJECT_NAME}ConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/${PROJECT_NAME}ConfigVersion.cmake DESTINATION ${config_folder})

# What the README links to stands beside it where it is installed, too.
install(FILES README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE Containerfile
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR}
  FILES_MATCHING PATTERN "*.md" PATTERN "*.png" PATTERN "*.sh" PATTERN "*.yml" PATTERN "*.yaml")
install(DIRECTORY profiles DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.json")
install(FILES docs/flowlog-conformance.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES specs/contract.schema.json specs/service.schema.json DESTINATION ${CMAKE_INSTALL_DOCDIR}/specs)
install(FILES reports/report.schema.json specs/contract.schema.json specs/service.schema.json
  profiles/profile.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/${PROJECT_NAME})

# The program tells its own completions, so a program for another machine comes without.
if(NOT CMAKE_CROSSCOMPILING)
  set(completions ${PROJECT_BINARY_DIR}/completions)
  foreach(shell bash zsh fish)
    add_custom_command(OUTPUT ${completions}/${shell}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
      COMMAND flowlog-conformance completion ${shell} > ${completions}/${shell}
      DEPENDS flowlog-conformance
      VERBATIM)
  endforeach()
  add_custom_target(completions ALL
    DEPENDS ${completions}/bash ${completions}/zsh ${completions}/fish)
  install(FILES ${completions}/bash RENAME ${PROJECT_NAME}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${completions}/zsh RENAME _${PROJECT_NAME}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${completions}/fish RENAME ${PROJECT_NAME}.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "flowlog-conformance")
set(CPACK_PACKAGE_CONTACT "flowlog-conformance maintainers <maintainers@flowlog-conformance.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "contract conformance suite for CreateFlowLog of Volcengine VPC")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Sends an endpoint the requests that the documentation of CreateFlowLog and its
family allows, forbids and leaves open, judges every answer against the row of
documentation it came from, and deletes what it created. A mock of the service
is part of the program.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The system's certificates, for endpoints behind TLS.
set(CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/debian_files.cmake)
include(CPack)
