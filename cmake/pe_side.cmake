# Configures and builds the same tree for Windows: x86-64, stamped as Wine builtins, so that Wine
# looks for the Unix side beside it; and the conformance suite alone for i386.
include(ExternalProject)

find_program(WINEBUILD winebuild HINTS /usr/lib/wine /usr/lib/x86_64-linux-gnu/wine REQUIRED)

function(add_pe_side name toolchain)
    ExternalProject_Add(${name}
        SOURCE_DIR ${PROJECT_SOURCE_DIR}
        BINARY_DIR ${PROJECT_BINARY_DIR}/${name}
        CMAKE_ARGS
            -DCMAKE_TOOLCHAIN_FILE=${PROJECT_SOURCE_DIR}/cmake/${toolchain}.cmake
            -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
            -DBUILD_TESTING=${BUILD_TESTING}
            -DHOLDFAST_WINE_DIR=${HOLDFAST_WINE_DIR}
            -DWINEBUILD=${WINEBUILD}
        BUILD_ALWAYS TRUE
        USES_TERMINAL_BUILD TRUE
        INSTALL_COMMAND "")
endfunction()

add_pe_side(pe mingw_x86_64)
add_pe_side(pe_i386 mingw_i686)

# What `./dev demo` shows, and no more of the Windows side. The terminal is one pool of depth 1, so this never
# runs beside the whole build of the same folder.
ExternalProject_Add_StepTargets(pe configure)
add_custom_target(demo_programs
    COMMAND ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR}/pe
        --target holdfast_dll holdfast_exe write_sector
    DEPENDS pe-configure holdfast_so
    USES_TERMINAL VERBATIM)
