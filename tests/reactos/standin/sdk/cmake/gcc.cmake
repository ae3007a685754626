# Their compiler's flags, for a debug build as configure.sh makes it.
add_compile_options(-pipe -fms-extensions -fno-strict-aliasing -nostdinc -mstackrealign
    -fno-aggressive-loop-optimizations -gdwarf-2 -gstrict-dwarf
    -Werror -Wall -Wpointer-arith -Wno-char-subscripts -Wno-multichar -Wno-unused-value
    -Wno-unused-const-variable -Wno-unused-local-typedefs -Wno-deprecated -Wno-maybe-uninitialized
    $<$<COMPILE_LANGUAGE:C>:-Wold-style-declaration>)
if(ARCH STREQUAL "i386")
    add_compile_options(-march=pentium -mtune=i686 -O1 -fno-optimize-sibling-calls
        -fno-omit-frame-pointer -mpreferred-stack-boundary=3)
else()
    add_compile_options(-march=athlon64 -Os -ftracer -mpreferred-stack-boundary=4 -Wno-format)
    add_definitions(-U_X86_ -UWIN32)
endif()
add_definitions(-D_inline=__inline -D__USE_MINGW_ANSI_STDIO=0)

set(linking -nostdlib -Wl,--disable-auto-import,--disable-stdcall-fixup)

function(set_entrypoint module entry) # and, of a stdcall one, the bytes of its arguments
    if(ARCH STREQUAL "i386")
        set(entry _${entry})
        if(ARGC GREATER 2)
            set(entry ${entry}@${ARGV2})
        endif()
    endif()
    target_link_options(${module} PRIVATE -Wl,-e,${entry})
endfunction()

# make_def(FILE SPEC): of the lines "@ stdcall NAME(TYPE...)" alone, all types being of a word's size.
function(make_def file spec)
    file(STRINGS ${spec} lines REGEX "^@")
    set(def "EXPORTS\n")
    foreach(line IN LISTS lines)
        if(NOT line MATCHES "^@ stdcall ([A-Za-z_]+)\\(([a-z ]*)\\)$")
            message(FATAL_ERROR "${spec}: ${line}")
        endif()
        set(name ${CMAKE_MATCH_1})
        string(REPLACE " " ";" types "${CMAKE_MATCH_2}")
        list(LENGTH types bytes)
        math(EXPR bytes "${bytes} * 4")
        if(ARCH STREQUAL "i386")
            string(APPEND def "    ${name}=${name}@${bytes}\n")
        else()
            string(APPEND def "    ${name}\n")
        endif()
    endforeach()
    file(WRITE ${file} "${def}")
endfunction()

# spec2def, of which there are two: older_spec2def.cmake and newer_spec2def.cmake.

macro(add_asm_files target)
    list(APPEND ${target} ${ARGN})
endmacro()
