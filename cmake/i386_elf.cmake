# 32-bit Linux code beside the 64-bit, by the same compiler with -m32.
include(CheckCSourceCompiles)

set(CMAKE_REQUIRED_FLAGS -m32)
check_c_source_compiles("#include <errno.h>\nint main(void) { return errno; }"
    HOLDFAST_CAN_BUILD_FOR_I386)
unset(CMAKE_REQUIRED_FLAGS)
if(NOT HOLDFAST_CAN_BUILD_FOR_I386)
    unset(HOLDFAST_CAN_BUILD_FOR_I386 CACHE) # so that it is asked again once they are there
    message(FATAL_ERROR "the C compiler cannot build for i386: install gcc-multilib and "
        "libc6-dev-i386 (./dev setup does)")
endif()

# Offsets, inode numbers and times of 64 bits, as in Wine's own 32-bit Unix sides. Wine calls on stacks of
# its own making: none of our functions takes their alignment for granted.
function(build_for_i386 target)
    target_compile_options(${target} PRIVATE -m32 -mstackrealign)
    target_compile_definitions(${target} PRIVATE _FILE_OFFSET_BITS=64 _TIME_BITS=64)
    target_link_options(${target} PRIVATE -m32)
endfunction()
