# Reads one folder's CMakeLists.txt without building anything, and writes down what it says of its
# targets: so the lists of sources, definitions and options exist once, in the build itself.
#
# usage: cd FOLDER && cmake -DARCHITECTURE=i386|x86_64 -DOUTPUT=FILE -P .../targets.cmake
#
# OUTPUT is CMake again: a list for each thing that was said, fact_KIND_NAME. NAME is that of a target,
# or of a file (from the root): kinds target (its type; also in fact_targets), name (of its file), source
# (from the root), definition, option and library of a target, used_definition and used_option for those
# who link it; file_definition and file_option of a file.
cmake_minimum_required(VERSION 3.25)

get_filename_component(PROJECT_SOURCE_DIR ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
set(CMAKE_SOURCE_DIR ${PROJECT_SOURCE_DIR})
file(STRINGS ${PROJECT_SOURCE_DIR}/CMakeLists.txt project REGEX "^project\\(holdfast VERSION ")
string(REGEX MATCH "[0-9.]+" PROJECT_VERSION "${project}")
set(WIN32 TRUE)
set(MINGW TRUE)
set(CMAKE_SIZEOF_VOID_P 8)
if(ARCHITECTURE STREQUAL i386)
    set(CMAKE_SIZEOF_VOID_P 4)
endif()
set(HOLDFAST_ARCHITECTURE ${ARCHITECTURE})
file(WRITE ${OUTPUT} "")

# say(KIND NAME WORD...): also as used_KIND, where those who link the target get it too.
function(say kind name)
    set(kinds ${kind})
    foreach(word IN LISTS ARGN)
        if(word MATCHES "^(PUBLIC|INTERFACE)$")
            set(kinds ${kind} used_${kind})
        elseif(word STREQUAL PRIVATE)
            set(kinds ${kind})
        elseif(NOT word STREQUAL BEFORE)
            foreach(each IN LISTS kinds)
                file(APPEND ${OUTPUT} "list(APPEND fact_${each}_${name} [==[${word}]==])\n")
            endforeach()
        endif()
    endforeach()
endfunction()

function(from_root variable file)
    get_filename_component(file ${file} ABSOLUTE)
    file(RELATIVE_PATH file ${PROJECT_SOURCE_DIR} ${file})
    set(${variable} ${file} PARENT_SCOPE)
endfunction()

function(say_sources name)
    foreach(word IN LISTS ARGN)
        if(word MATCHES "^\\$<TARGET_OBJECTS:(.*)>$")
            say(library ${name} ${CMAKE_MATCH_1})
        elseif(NOT word MATCHES "^(PRIVATE|PUBLIC|WIN32)$")
            from_root(file ${word})
            say(source ${name} ${file})
        endif()
    endforeach()
endfunction()

function(say_target name type)
    file(APPEND ${OUTPUT} "list(APPEND fact_targets ${name})\nset(fact_target_${name} ${type})\n")
    say_sources(${name} ${ARGN})
endfunction()

function(add_library name type)
    say_target(${name} ${type} ${ARGN})
endfunction()

function(add_executable name)
    say_target(${name} EXECUTABLE ${ARGN})
endfunction()

function(target_sources name)
    say_sources(${name} ${ARGN})
endfunction()

function(target_compile_definitions name)
    say(definition ${name} ${ARGN})
endfunction()

function(target_compile_options name)
    say(option ${name} ${ARGN})
endfunction()

function(target_link_libraries name)
    say(library ${name} ${ARGN})
endfunction()

function(set_target_properties name)
    list(FIND ARGN OUTPUT_NAME at)
    if(NOT at EQUAL -1)
        math(EXPR at "${at} + 1")
        list(GET ARGN ${at} output)
        say(name ${name} ${output})
    endif()
endfunction()

function(set_source_files_properties)
    list(FIND ARGN PROPERTIES at)
    list(SUBLIST ARGN 0 ${at} files)
    math(EXPR at "${at} + 1")
    list(SUBLIST ARGN ${at} -1 words)
    list(POP_FRONT words property)
    foreach(file IN LISTS files)
        from_root(file ${file})
        if(property STREQUAL COMPILE_OPTIONS)
            say(file_option ${file} ${words})
        elseif(property STREQUAL COMPILE_DEFINITIONS)
            say(file_definition ${file} ${words})
        else()
            message(FATAL_ERROR "targets.cmake does not know what ${property} of ${file} is in ReactOS")
        endif()
    endforeach()
endfunction()

# How it is linked here, and what is done with it afterwards, is another thing in another tree.
foreach(command add_custom_command add_custom_target add_dependencies add_test enable_language install
        set_property set_tests_properties target_include_directories target_link_options)
    cmake_language(EVAL CODE "function(${command})\nendfunction()")
endforeach()

include(${CMAKE_CURRENT_SOURCE_DIR}/CMakeLists.txt)
