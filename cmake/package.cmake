# cmake --install, and a .deb: cpack -G DEB
include(GNUInstallDirs)
install(TARGETS flowlog-conformance RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
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
