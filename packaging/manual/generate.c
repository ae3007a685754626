/* Makes the manual pages and the shell's completion of the tables that the programs themselves work
 * by, so that none of them can tell of an option that is not there. */
#include "pages.h"

#include <stdio.h>
#include <string.h>

static const struct product {
    const char *name;
    void (*add)(struct text *text, const struct release *release);
} products[] = {
    {"holdfast.1", page_add_holdfast},
    {"holdfast-conformance.1", page_add_conformance},
    {"completion-tables.bash", completion_add_tables},
};

enum { PRODUCTS = sizeof(products) / sizeof(products[0]) };

static bool write_text(const char *path, const struct text *text)
{
    FILE *file = text->failed ? NULL : fopen(path, "w");
    bool done;

    if (!file)
        return false;
    done = fwrite(text->bytes, 1, text->length, file) == text->length;
    return !fclose(file) && done;
}

/* The last part of `path` says what is to be made. */
static const struct product *product_for(const char *path)
{
    const char *slash = strrchr(path, '/');

    for (size_t i = 0; i < PRODUCTS; i++)
        if (!strcmp(products[i].name, slash ? slash + 1 : path))
            return &products[i];
    return NULL;
}

static bool generate(const char *path, const struct release *release)
{
    const struct product *product = product_for(path);
    struct text text = {0};
    bool done;

    if (!product) {
        fprintf(stderr, "generate: nothing is called '%s'\n", path);
        return false;
    }
    product->add(&text, release);
    done = write_text(path, &text);
    text_free(&text);
    if (!done)
        fprintf(stderr, "generate: '%s' could not be written\n", path);
    return done;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: generate VERSION DATE FILE...\n", stderr);
        return 2;
    }
    const struct release release = {argv[1], argv[2]};
    for (int i = 3; i < argc; i++)
        if (!generate(argv[i], &release))
            return 1;
    return 0;
}
