# bin/holdfast, the script that starts holdfast.exe under Wine. Included by the native side.
file(RELATIVE_PATH HOLDFAST_WRAPPER_LIB
    ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR}/holdfast)
configure_file(${CMAKE_CURRENT_LIST_DIR}/holdfast.in ${PROJECT_BINARY_DIR}/bin/holdfast
    @ONLY FILE_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
install(PROGRAMS ${PROJECT_BINARY_DIR}/bin/holdfast TYPE BIN)
