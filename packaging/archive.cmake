# What cpack runs for the tar.gz. tar and not CPack's own archive, because with tar the archive does not
# depend on who builds: names in order, nobody's user and group, one time for all.
set(name ${CPACK_PACKAGE_FILE_NAME})
set(file ${CPACK_TEMPORARY_DIRECTORY}.tar.gz)
execute_process(
    COMMAND tar --create --directory ${CPACK_TEMPORARY_DIRECTORY}
        --sort=name --owner=0 --group=0 --numeric-owner --format=gnu
        --mtime=@$ENV{SOURCE_DATE_EPOCH} --mode=u+rw,go=rX
        --transform s,^[.],${name}, .
    COMMAND gzip -9n
    OUTPUT_FILE ${file}
    COMMAND_ERROR_IS_FATAL ANY)
set(CPACK_EXTERNAL_BUILT_PACKAGES ${file})
