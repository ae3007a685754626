# Prints the sources that the kit's lists name, by their folders in the build.
# usage: cmake -DARCH=i386|amd64 -DLISTS=FOLDER-THAT-STAGE-MADE -P list_sources.cmake
cmake_minimum_required(VERSION 3.25)

foreach(pair dll/appcompat/shims/holdfast: modules/rostests/win32/holdfast:conformance/)
    string(REGEX MATCH "^(.*):(.*)$" pair ${pair})
    set(place ${CMAKE_MATCH_1})
    set(prefix "${CMAKE_MATCH_2}")
    file(READ ${LISTS}/${place}/sources.cmake text)
    # Properties of source files are for a build alone.
    string(REGEX REPLACE "set_property\\([^)]*\\)" "" text "${text}")
    cmake_language(EVAL CODE "${text}")
    foreach(target IN LISTS holdfast_targets)
        foreach(source IN LISTS ${target}_sources)
            message("${prefix}${source}")
        endforeach()
    endforeach()
endforeach()
