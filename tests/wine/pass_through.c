/* Prints what DeviceIoControl does for foreign codes, and for ours on handles that are no SCSI
 * disk, and what reads and writes of these do. The runner runs this program without and with the
 * shim and compares the two. */
#include "pass_raw.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

static const DWORD codes[] = {
    0x2d4810, 0x2d4814,   0x2d5014, 0x2d5018, 0x2dd01c,
    0x2d5000, 0x2d5004,   0x2dd000, 0x74810,  0x2d1080, /* STORAGE_GET_DEVICE_NUMBER */
    0x2d1400,                                           /* STORAGE_QUERY_PROPERTY */
    0x70000,                                            /* DISK_GET_DRIVE_GEOMETRY */
    0x4d014,                                            /* SCSI_PASS_THROUGH_DIRECT */
    0x900a8,                                            /* FSCTL_GET_REPARSE_POINT */
    0x75018,  0x7d01c,                                  /* the disk-typed PR codes are not ours */
    0,        0xffffffff,
};

static const WCHAR *const names[] = {
    L"\\\\.\\PhysicalDrive0",  L"\\\\.\\C:",
    L"C:\\windows\\win.ini",   L"\\\\.\\NUL",
    L"\\\\?\\unix\\dev\\null", L"\\\\?\\unix\\dev\\zero",
};

static void show(const char *name, HANDLE handle, DWORD code, OVERLAPPED *overlapped)
{
    BYTE input[64] = {12, 0, 0, 0, 12}, output[64];
    DWORD returned = 7777;
    BOOL result;

    memset(output, 0xa5, sizeof(output));
    SetLastError(5555);
    result = DeviceIoControl(handle, code, input, sizeof(input), output, sizeof(output), &returned,
                             overlapped);
    printf("%s %08lx %d %lu %lu %llx ", name, code, result, GetLastError(), returned,
           overlapped ? (unsigned long long)overlapped->Internal : 0);
    for (size_t i = 0; i < sizeof(output); i++)
        printf("%02x", output[i]);
    printf("\n");
}

int main(void)
{
    static const DWORD accesses[] = {0, GENERIC_READ, GENERIC_READ | GENERIC_WRITE};
    OVERLAPPED overlapped;

    for (size_t code = 0; code < sizeof(codes) / sizeof(codes[0]); code++) {
        show("invalid", INVALID_HANDLE_VALUE, codes[code], NULL);
        show("null", NULL, codes[code], NULL);
        show("event", CreateEventW(NULL, TRUE, FALSE, NULL), codes[code], NULL);
    }
    for (size_t name = 0; name < sizeof(names) / sizeof(names[0]); name++)
        for (size_t access = 0; access < sizeof(accesses) / sizeof(accesses[0]); access++)
            for (size_t code = 0; code < sizeof(codes) / sizeof(codes[0]); code++) {
                char label[64];
                HANDLE handle =
                    CreateFileW(names[name], accesses[access], FILE_SHARE_READ | FILE_SHARE_WRITE,
                                NULL, OPEN_EXISTING, 0, NULL);

                snprintf(label, sizeof(label), "%ls/%lx", names[name], accesses[access]);
                if (handle == INVALID_HANDLE_VALUE) {
                    printf("%s cannot be opened: %lu\n", label, GetLastError());
                    continue;
                }
                show(label, handle, codes[code], NULL);
                memset(&overlapped, 0, sizeof(overlapped));
                show(label, handle, codes[code], &overlapped);
                CloseHandle(handle);
            }
    pass_raw();
    return 0;
}
