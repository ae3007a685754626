
function(spec2def _dllname _spec_file)
    get_filename_component(name ${_dllname} NAME_WE)
    make_def(${CMAKE_CURRENT_BINARY_DIR}/${name}.def ${CMAKE_CURRENT_SOURCE_DIR}/${_spec_file})
endfunction()
