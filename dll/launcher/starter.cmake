# bin/holdfast, the Linux program that starts holdfast.exe under Wine. Included by the native side.
# Without shared libraries it starts in a third of the time.
include(CheckCSourceCompiles)
set(CMAKE_REQUIRED_LINK_OPTIONS -static)
check_c_source_compiles("int main(void) { return 0; }" HOLDFAST_CAN_LINK_STATICALLY)
unset(CMAKE_REQUIRED_LINK_OPTIONS)

file(RELATIVE_PATH library_from_bin
    ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR}/holdfast)
add_executable(holdfast_starter ${CMAKE_CURRENT_LIST_DIR}/starter.c)
target_compile_definitions(holdfast_starter PRIVATE
    _GNU_SOURCE HOLDFAST_LIBRARY_FROM_BIN="${library_from_bin}")
set_target_properties(holdfast_starter PROPERTIES
    OUTPUT_NAME holdfast
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
if(HOLDFAST_CAN_LINK_STATICALLY)
    target_link_options(holdfast_starter PRIVATE -static)
endif()
install(TARGETS holdfast_starter RUNTIME)
