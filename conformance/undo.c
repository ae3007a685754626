#include "undo.h"

#include "clean_up.h"
#include "disk_identity.h"
#include "journal_file.h"
#include "opened_disk.h"
#include "second_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_UNFIT = 2, EXIT_LEFT = 3 };

static bool is_same_disk(const struct opened_disk *disk, const struct disk_identity *before)
{
    const struct disk_identity *now = &disk->identity;
    char text[IDENTITY_TEXT_MAX];

    if (strcmp(now->serial, before->serial) == 0 &&
        strcmp(now->designator, before->designator) == 0 && now->block_size == before->block_size &&
        now->blocks == before->blocks)
        return true;
    disk_identity_text(now, text);
    complain("%s is not the disk that the journal is about (serial %s, NAA %s), and is left alone. "
             "It is\n    %s\nGive that disk its old name again, or start this where it has it",
             disk->name, before->serial[0] ? before->serial : "(none)",
             before->designator[0] ? before->designator : "(none)", text);
    return false;
}

/* The second node helps, but is not needed: what it has registered is preempted. */
static struct node *open_second(const struct options *options, const struct journal *journal,
                                const struct opened_disk *first)
{
    struct options as_before = *options;
    struct node *node = NULL;

    as_before.reserve = as_before.data_loss = false;
    as_before.other = !options->peer && journal->other[0] ? journal->other : NULL;
    if (!second_node_open(&as_before, &first->identity, journal->work_block, &node))
        fputs("going on without the second node\n", stderr);
    else if (journal->peer[0] && !options->peer)
        fprintf(stderr, "the run had a second node at %s; going on without\n", journal->peer);
    return node;
}

static int undo(const struct options *options, const struct journal *journal)
{
    struct clean_up clean_up;
    struct opened_disk disk;
    bool clean;

    if (!opened_disk_open(&disk, journal->disk))
        return EXIT_UNFIT;
    if (!is_same_disk(&disk, &journal->identity)) {
        opened_disk_close(&disk);
        return EXIT_UNFIT;
    }
    memset(&clean_up, 0, sizeof(clean_up));
    clean_up.nodes[0] = disk.node;
    clean_up.nodes[1] = open_second(options, journal, &disk);
    clean_up.journal = journal;
    clean_up.says = stdout;
    clean = clean_up_run(&clean_up);
    node_close(clean_up.nodes[1]);
    opened_disk_close(&disk);
    if (!clean) {
        complain("%s; the journal is kept", clean_up.left);
        return EXIT_LEFT;
    }
    if (!clean_up.removed && !clean_up.released && !clean_up.restored)
        puts("there was nothing to undo");
    printf("%s is as it was before the run\n", disk.name);
    return EXIT_SUCCESS;
}

int undo_run(const struct options *options)
{
    struct journal *journal = malloc(sizeof(*journal));
    char problem[JOURNAL_PROBLEM_MAX];
    int code = EXIT_UNFIT;

    if (!journal)
        complain("there is no memory for a journal");
    else if (!journal_file_read(journal, options->clean_up, problem))
        complain("%s: %s", options->clean_up, problem);
    else
        code = undo(options, journal);
    if (code == EXIT_SUCCESS && !journal_file_remove(options->clean_up)) {
        complain("%s cannot be deleted", options->clean_up);
        code = EXIT_LEFT;
    }
    free(journal);
    return code;
}
