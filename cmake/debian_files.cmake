# Run by cpack over the tree that becomes the .deb: what Debian's policy asks of it beside the files
# themselves. The manual and the changelog are compressed, the licence is `copyright`.
set(doc ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/${CPACK_PACKAGE_NAME})
set(manual ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/man1/${CPACK_PACKAGE_NAME}.1)
file(WRITE ${doc}/copyright
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ${CPACK_PACKAGE_NAME}

Files: *
Copyright: the ${CPACK_PACKAGE_NAME} authors
License: Apache-2.0
 On Debian systems, the text of the Apache License, Version 2.0, is in
 /usr/share/common-licenses/Apache-2.0
")
file(COPY_FILE ${doc}/CHANGELOG.md ${doc}/changelog)
execute_process(COMMAND gzip -9nf ${doc}/changelog ${manual} COMMAND_ERROR_IS_FATAL ANY)
