# package.cmake - the Debian package: `./dev package`.
#
#     /usr/bin/diming                       the program, with its page and models
#     /usr/share/diming/data                the shipped data, for `diming load`
#     /usr/lib/systemd/system/diming.service
#     /usr/share/man/man1/diming.1.gz       made from the table of commands
#     /usr/share/doc/diming                 the manual
set(doc share/doc/diming)

# The day of the build, or of SOURCE_DATE_EPOCH.
string(TIMESTAMP DAY "%a, %d %b %Y 00:00:00 +0000" UTC)
set(CPACK_PACKAGE_CONTACT "the Diming authors <diming@localhost>"
    CACHE STRING "who maintains the package")
configure_file(docs/operations/debian/changelog.in changelog.Debian @ONLY)

add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/diming.1.gz ${CMAKE_BINARY_DIR}/changelog.gz
         ${CMAKE_BINARY_DIR}/changelog.Debian.gz
  COMMAND diming help --man | gzip -9n > ${CMAKE_BINARY_DIR}/diming.1.gz
  COMMAND gzip -9nc ${CMAKE_SOURCE_DIR}/CHANGELOG.md > ${CMAKE_BINARY_DIR}/changelog.gz
  COMMAND gzip -9nc changelog.Debian > changelog.Debian.gz
  DEPENDS diming ${CMAKE_SOURCE_DIR}/CHANGELOG.md
          ${CMAKE_BINARY_DIR}/changelog.Debian
  VERBATIM)

install(TARGETS diming RUNTIME DESTINATION bin)
install(FILES ${CMAKE_BINARY_DIR}/diming.1.gz DESTINATION share/man/man1)
install(FILES docs/operations/diming.service DESTINATION lib/systemd/system)
install(FILES data/load.txt DESTINATION share/diming/data)
install(DIRECTORY data/divisions data/boundaries data/places data/coastline
                  data/heritage
        DESTINATION share/diming/data)
install(FILES ${CMAKE_BINARY_DIR}/changelog.gz
              ${CMAKE_BINARY_DIR}/changelog.Debian.gz README.md
              docs/operations/debian/copyright
              api/web/dist/assets/maplibre-gl.LICENSE.txt
        DESTINATION ${doc})
install(FILES data/sources.md DESTINATION ${doc} RENAME data-sources.md)
install(DIRECTORY docs/ DESTINATION ${doc}
        PATTERN debian EXCLUDE
        PATTERN package.cmake EXCLUDE
        PATTERN diming.service EXCLUDE)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME diming)
set(CPACK_PACKAGE_VENDOR Diming)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "standard place names and addresses, and their service")
set(CPACK_PACKAGE_DESCRIPTION
    "A gazetteer of place names and addresses for a county: import of what
departments have, standard writing, geocoding and reverse geocoding, tables of
any size, map tiles and a map page, OGC API, comparison of boundaries.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_SOURCE_DIR}/build)
set(CPACK_STRIP_FILES TRUE)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Fonts are read when a map is drawn; adduser makes the user of the service.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, fonts-noto-cjk, proj-data")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "nginx")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION TRUE)
set(scripts ${CMAKE_SOURCE_DIR}/docs/operations/debian)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${scripts}/postinst ${scripts}/prerm ${scripts}/postrm)
include(CPack)

add_custom_target(
  deb
  COMMAND ${CMAKE_CPACK_COMMAND} --config ${CMAKE_BINARY_DIR}/CPackConfig.cmake
  DEPENDS diming ${CMAKE_BINARY_DIR}/diming.1.gz
  USES_TERMINAL)
