/* The server's side of the peer tests: --serve without what the suite asks of a disk before.
 *
 * usage: peer_serve DISK [reserve] [data_loss] [idle] [stop]
 * stop: as if Ctrl-C were pressed when a line comes on the standard input. */
#include "../../conformance/serve.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

enum { IDLE_S = 15, TEST_BLOCK_SIZE = 512, TEST_BLOCKS = 256, TEST_WORK_BLOCK = 128 };

static volatile long interrupted;

/* What Ctrl-C does. */
static DWORD WINAPI interrupt_when_told(void *unused)
{
    (void)unused;
    getchar();
    interrupted = 1;
    return 0;
}

static bool has(int count, char **words, const char *word)
{
    for (int i = 2; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    struct environment environment = {
        .system = "a test\x1b[2J",
        .disk = {.vendor = "HLDFST",
                 .serial = "0815",
                 .block_size = TEST_BLOCK_SIZE,
                 .blocks = TEST_BLOCKS},
        .work_block = TEST_WORK_BLOCK,
    };
    wchar_t disk[MAX_PATH];
    struct serve_options options = {.disk_name = disk, .environment = &environment};

    if (argc < 2)
        return 2;
    MultiByteToWideChar(CP_ACP, 0, argv[1], -1, disk, MAX_PATH);
    options.reserve = has(argc, argv, "reserve");
    options.data_loss = has(argc, argv, "data_loss");
    options.idle_s = has(argc, argv, "idle") ? IDLE_S : 0;
    options.interrupted = &interrupted;
    if (has(argc, argv, "stop"))
        CreateThread(NULL, 0, interrupt_when_told, NULL, 0, NULL);
    return serve(&options);
}
