# The language and the warnings, the same for both sides.
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_compile_options(-Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wvla -Wwrite-strings -Wformat=2 -Wimplicit-fallthrough)
include_directories(${PROJECT_SOURCE_DIR}/include)

# Where and when it was built is in no file: packaging/, tests/package.
add_compile_options(-ffile-prefix-map=${PROJECT_BINARY_DIR}=. -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
if(WIN32)
    # Nine tenths of the time that MinGW needs for a small file are what windows.h brings along: OLE, shell,
    # sockets, and through winnt.h GCC's vector intrinsics, which nobody here uses and whose guards keep them out.
    add_compile_definitions(WIN32_LEAN_AND_MEAN _X86INTRIN_H_INCLUDED _IMMINTRIN_H_INCLUDED)
    # ld would make a DLL's base address from the path that it is linked to.
    add_link_options(-Wl,--no-insert-timestamp -Wl,--disable-auto-image-base)
endif()

option(HOLDFAST_SANITIZE "Build the native side under AddressSanitizer and UBSan" OFF)
if(HOLDFAST_SANITIZE AND NOT WIN32)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()

option(HOLDFAST_FUZZ "Build the fuzz targets alone; needs clang and its libFuzzer" OFF)
if(HOLDFAST_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
    add_link_options(-fsanitize=address,undefined)
endif()

# Where both sides put what Wine has to find: Wine's own directory layout.
if(NOT HOLDFAST_WINE_DIR)
    set(HOLDFAST_WINE_DIR ${PROJECT_BINARY_DIR}/wine)
endif()

# As Wine names architectures in its directory layout, and the sources that belong to one.
set(HOLDFAST_ARCHITECTURE x86_64)
if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    set(HOLDFAST_ARCHITECTURE i386)
endif()
