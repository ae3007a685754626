# Copies files into a checkout, each at once or not at all, without a process for each.
# usage: cmake -DFROM=FOLDER -DTO=FOLDER -DLIST=FILE-WITH-A-NAME-PER-LINE -P copy.cmake
cmake_minimum_required(VERSION 3.25)

file(STRINGS ${LIST} names)
foreach(name IN LISTS names)
    configure_file(${FROM}/${name} ${TO}/${name}.kit COPYONLY)
    file(RENAME ${TO}/${name}.kit ${TO}/${name})
endforeach()
