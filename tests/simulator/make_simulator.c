/* usage: make_simulator DIR */
#include "folder.h"

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: make_simulator DIR\n", stderr);
        return 2;
    }
    return folder_make(argv[1]) ? 0 : 1;
}
