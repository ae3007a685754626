/* The program that is started when starting is measured. With an argument it first loads that DLL.
 */
#include <stdio.h>
#include <windows.h>

int main(int argc, char **argv)
{
    if (argc > 1 && !LoadLibraryA(argv[1]))
        return 1;
    puts("hello");
    return 0;
}
