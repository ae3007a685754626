# add_machine_test(NAME KERNEL DISKS SECONDS LABEL COMMAND...): a test inside tests/bed/machine, with
# both Wine nodes, for that long at most. A host without the kernel skips, and says so; in CI ./dev
# makes a failure of it.
function(add_machine_test name kernel disks seconds label)
    set_property(GLOBAL PROPERTY machine_test_${name} ${kernel} ${disks} ${seconds} ${ARGN})
    add_test_in_machine(${name} "" ${kernel} ${disks} ${seconds} ${label} ${ARGN})
    set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED bed_prefix)
endfunction()

# repeat_machine_tests(CHROOT NAME...): the same tests again, as CHROOT.NAME, in a machine whose root
# is that chroot (tests/chroot). Deep, and as patient as a prefix of its own needs.
function(repeat_machine_tests chroot)
    foreach(name IN LISTS ARGN)
        get_property(test GLOBAL PROPERTY machine_test_${name})
        list(POP_FRONT test kernel disks seconds)
        math(EXPR seconds "${seconds} * 2")
        add_test_in_machine(${chroot}.${name} ${PROJECT_BINARY_DIR}/chroot/${chroot}
            ${kernel} ${disks} ${seconds} deep ${test})
        set_property(TEST ${chroot}.${name} APPEND PROPERTY RESOURCE_LOCK ${chroot})
    endforeach()
endfunction()

function(add_test_in_machine name root kernel disks seconds label)
    set(in_machine [=[
machine=$1 kernel=$2 root=$3
options=(--kernel "$kernel")
[ -z "$root" ] || options+=(--root "$root")
missing=$("$machine" "${options[@]}" --check) || { echo "skipped: $missing"; exit 77; }
exec "$machine" "${options[@]}" "${@:4}"]=])
    add_test(NAME ${name}
        COMMAND ${BASH} -c "${in_machine}" ${name}
            ${PROJECT_SOURCE_DIR}/tests/bed/machine ${kernel} "${root}"
            --disks ${disks} --wine --timeout ${seconds} -- ${ARGN})
    math(EXPR limit "${seconds} + 20")
    if(root)
        math(EXPR limit "${limit} + 600") # the chroot and its prefix may have to be made
    endif()
    set(environment
        HOLDFAST_BUILD_DIR=${PROJECT_BINARY_DIR}
        HOLDFAST_WINE_DIR=${HOLDFAST_WINE_DIR}
        HOLDFAST_LOG_DIR=${PROJECT_BINARY_DIR}/log/${name})
    set_tests_properties(${name} PROPERTIES
        LABELS ${label}
        ENVIRONMENT "${environment}"
        SKIP_RETURN_CODE 77
        TIMEOUT ${limit})
    if(kernel STREQUAL qemu)
        set_tests_properties(${name} PROPERTIES RESOURCE_LOCK qemu) # each wants a processor
    endif()
endfunction()
