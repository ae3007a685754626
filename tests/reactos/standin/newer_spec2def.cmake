
function(spec2def target dll spec)
    make_def(${CMAKE_CURRENT_BINARY_DIR}/${target}.def ${CMAKE_CURRENT_SOURCE_DIR}/${spec})
    target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}.def)
endfunction()
