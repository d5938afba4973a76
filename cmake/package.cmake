# cmake --install, and a .deb: cpack -G DEB
include(GNUInstallDirs)
install(TARGETS flowlog-conformance RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Where the README links to them.
install(FILES ${CMAKE_SOURCE_DIR}/docs/ci.md ${CMAKE_SOURCE_DIR}/docs/report.png
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/profiles DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/docs/flowlog-conformance.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_SOURCE_DIR}/reports/report.schema.json ${CMAKE_SOURCE_DIR}/specs/contract.schema.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/${PROJECT_NAME})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "flowlog-conformance")
set(CPACK_PACKAGE_CONTACT "flowlog-conformance maintainers <maintainers@flowlog-conformance.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Contract conformance suite for CreateFlowLog of Volcengine VPC")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
