/* Every behaviour, a file each: cases/NAME.c defines `const struct behaviour NAME`. CMake takes the
 * sources from here as well. The order is that in which they run: what changes nothing first. */
BEHAVIOUR(pr_in_validation_allocation_length)
