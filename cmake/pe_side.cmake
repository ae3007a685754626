# Configures and builds the same tree for Windows and stamps the result as a Wine builtin, so that
# Wine looks for the Unix side beside it.
include(ExternalProject)

find_program(WINEBUILD winebuild HINTS /usr/lib/wine /usr/lib/x86_64-linux-gnu/wine REQUIRED)

ExternalProject_Add(pe
    SOURCE_DIR ${PROJECT_SOURCE_DIR}
    BINARY_DIR ${PROJECT_BINARY_DIR}/pe
    CMAKE_ARGS
        -DCMAKE_TOOLCHAIN_FILE=${PROJECT_SOURCE_DIR}/cmake/mingw_x86_64.cmake
        -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
        -DHOLDFAST_WINE_DIR=${HOLDFAST_WINE_DIR}
        -DWINEBUILD=${WINEBUILD}
    BUILD_ALWAYS TRUE
    USES_TERMINAL_BUILD TRUE
    INSTALL_COMMAND "")

install(DIRECTORY ${HOLDFAST_WINE_DIR}/ DESTINATION ${CMAKE_INSTALL_LIBDIR}/holdfast
    FILES_MATCHING PATTERN "*.dll" PATTERN "*.exe" PATTERN "*.so")
