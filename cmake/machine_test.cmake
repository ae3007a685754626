# add_machine_test(NAME KERNEL DISKS SECONDS LABEL COMMAND...): a test inside tests/bed/machine, with
# both Wine nodes, for that long at most. A host without the kernel skips, and says so; in CI ./dev
# makes a failure of it.
function(add_machine_test name kernel disks seconds label)
    set(in_machine [=[
machine=$1 kernel=$2
missing=$("$machine" --kernel "$kernel" --check) || { echo "skipped: $missing"; exit 77; }
exec "$machine" --kernel "$kernel" "${@:3}"]=])
    add_test(NAME ${name}
        COMMAND ${BASH} -c "${in_machine}" ${name}
            ${PROJECT_SOURCE_DIR}/tests/bed/machine ${kernel}
            --disks ${disks} --wine --timeout ${seconds} -- ${ARGN})
    math(EXPR limit "${seconds} + 20")
    set(environment
        HOLDFAST_BUILD_DIR=${PROJECT_BINARY_DIR}
        HOLDFAST_WINE_DIR=${HOLDFAST_WINE_DIR}
        HOLDFAST_LOG_DIR=${PROJECT_BINARY_DIR}/log/${name})
    set_tests_properties(${name} PROPERTIES
        LABELS ${label}
        ENVIRONMENT "${environment}"
        FIXTURES_REQUIRED bed_prefix
        SKIP_RETURN_CODE 77
        TIMEOUT ${limit})
    if(kernel STREQUAL qemu)
        set_tests_properties(${name} PROPERTIES RESOURCE_LOCK qemu) # each wants a processor
    endif()
endfunction()
