#include "second_node.h"

#include "disk_identity.h"
#include "opened_disk.h"
#include "peer_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { SECRET_TYPED_MAX = 128, PEER_GRACE_S = 10 };

static bool is_other_unit(const char *name, const struct disk_identity *first,
                          const struct disk_identity *second)
{
    char text[IDENTITY_TEXT_MAX];

    if (disk_identity_same_unit(first, second))
        return false;
    disk_identity_text(second, text);
    complain("%s is not the same unit as DISK: it is\n    %s\nand a second node needs another name "
             "of the same one (equal designators of VPD page 83h)",
             name, text);
    return true;
}

static struct node *open_other(const char *name, const struct disk_identity *first)
{
    struct opened_disk disk;

    if (!opened_disk_open(&disk, name))
        return NULL;
    if (is_other_unit(disk.name, first, &disk.identity))
        opened_disk_close(&disk);
    return disk.node;
}

/* Without an echo, so that it stays out of terminals' logs too. */
static bool ask_for_secret(char secret[SECRET_TYPED_MAX])
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    const bool console = GetFileType(input) == FILE_TYPE_CHAR;
    DWORD mode = 0;
    bool read;

    if (!console || !GetConsoleMode(input, &mode))
        return false;
    fputs("secret that --serve printed: ", stderr);
    SetConsoleMode(input, mode & ~(DWORD)ENABLE_ECHO_INPUT);
    read = fgets(secret, SECRET_TYPED_MAX, stdin) != NULL;
    SetConsoleMode(input, mode);
    fputc('\n', stderr);
    secret[read ? strcspn(secret, "\r\n") : 0] = 0;
    return secret[0] != 0;
}

static const char *find_secret(const struct options *options, char typed[SECRET_TYPED_MAX])
{
    const char *secret = options->secret ? options->secret : getenv("HOLDFAST_CONFORMANCE_SECRET");

    if (secret && *secret)
        return secret;
    return ask_for_secret(typed) ? typed : NULL;
}

static bool peer_lacks(const struct options *options, const struct peer_information *peer)
{
    const struct {
        bool wanted, given;
        const char *name;
    } consents[] = {
        {options->reserve, peer->reserve, "--reserve"},
        {options->data_loss, peer->data_loss, "--data-loss"},
        {options->bus_reset, peer->bus_reset, "--bus-reset"},
    };

    for (size_t i = 0; i < sizeof(consents) / sizeof(consents[0]); i++)
        if (consents[i].wanted && !consents[i].given) {
            complain("the peer's operator has not consented to %s: start --serve with it there, or "
                     "leave it out here",
                     consents[i].name);
            return true;
        }
    return false;
}

static struct node *open_peer(const struct options *options, const struct disk_identity *first,
                              uint32_t work_block)
{
    char typed[SECRET_TYPED_MAX] = "", problem[NODE_PROBLEM_MAX] = "";
    const char *secret = find_secret(options, typed);
    struct peer_information information;
    struct node *node;

    if (!secret) {
        complain("--peer needs the secret that --serve printed: in the variable "
                 "HOLDFAST_CONFORMANCE_SECRET, or by --secret");
        return NULL;
    }
    node = peer_node_connect(options->peer, secret, options->timeout_s + PEER_GRACE_S, &information,
                             problem);
    if (!node) {
        complain("--peer %s: %s", options->peer, problem);
        return NULL;
    }
    if (!is_other_unit(information.disk_name, first, &information.disk) &&
        !peer_lacks(options, &information)) {
        if (!options->data_loss || information.work_block == work_block)
            return node;
        complain("--peer %s would write to other blocks than this machine; use the same version of "
                 "this program there",
                 options->peer);
    }
    node_close(node);
    return NULL;
}

bool second_node_open(const struct options *options, const struct disk_identity *first,
                      uint32_t work_block, struct node **node)
{
    *node = NULL;
    if (!options->other && !options->peer)
        return true;
    *node =
        options->other ? open_other(options->other, first) : open_peer(options, first, work_block);
    return *node != NULL;
}
