/* For the demonstration: a program that writes to a raw disk as any Windows program would.
 *
 * usage: write_sector TEXT     writes TEXT, filled up with blanks, to the first 4096 bytes of
 * \\.\PhysicalDrive1. Exit code 0, or 1 and the error on standard output. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

enum { LENGTH = 4096 };

int main(int argc, char **argv)
{
    static char sector[LENGTH];
    DWORD written = 0;
    HANDLE disk;

    if (argc != 2 || strlen(argv[1]) > LENGTH) {
        puts("usage: write_sector TEXT");
        return 2;
    }
    memset(sector, ' ', LENGTH);
    memcpy(sector, argv[1], strlen(argv[1]));
    disk = CreateFileW(L"\\\\.\\PhysicalDrive1", GENERIC_READ | GENERIC_WRITE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (disk == INVALID_HANDLE_VALUE) {
        printf("CreateFile says error %lu\n", GetLastError());
        return 1;
    }
    if (!WriteFile(disk, sector, LENGTH, &written, NULL)) {
        printf("WriteFile says %s%lu\n", GetLastError() == ERROR_BUSY ? "ERROR_BUSY, " : "error ",
               GetLastError());
        return 1;
    }
    CloseHandle(disk);
    puts("WriteFile says TRUE");
    return 0;
}
