/* Files that --compare is given: the reader, and the tree that it makes of them. */
#include "fuzz.h"

#include "../../conformance/json_reader.h"

/* The end of the file's bytes, and of the last text before it. */
struct walk {
    const char *end, *behind;
};

/* In the file's order no text reaches into the next. */
static void check_text(struct walk *walk, const char *text)
{
    INVARIANT(text > walk->behind && text <= walk->end);
    walk->behind = memchr(text, '\0', (size_t)(walk->end + 1 - text));
    INVARIANT(walk->behind);
}

static void check_value(struct walk *walk, const struct json *value, const struct json *container)
{
    const bool is_member = container && container->type == JSON_OBJECT;

    INVARIANT(!value->first || value->type == JSON_LIST || value->type == JSON_OBJECT);
    INVARIANT(!!value->text == (value->type == JSON_TEXT));
    INVARIANT(!!value->name == is_member);
    if (value->name) {
        const struct json *first = json_member(container, value->name, value->type);

        check_text(walk, value->name);
        INVARIANT(first && !strcmp(first->name, value->name));
    }
    if (value->text)
        check_text(walk, value->text);
}

/* Every value is reached once, and none lies deeper than is promised. */
static void check_tree(const struct json_document *document, size_t length)
{
    const struct json *containers[JSON_DEPTH_MAX + 1] = {NULL};
    const struct json *value = document->root;
    struct walk walk = {document->bytes + length, document->bytes};
    size_t seen = 0;
    unsigned depth = 0;

    while (value) {
        INVARIANT(++seen <= document->values);
        check_value(&walk, value, containers[depth]);
        if (value->first) {
            INVARIANT(depth < JSON_DEPTH_MAX);
            containers[++depth] = value;
            value = value->first;
            continue;
        }
        while (!value->next && depth)
            value = containers[depth--];
        value = value->next;
    }
    INVARIANT(seen == document->values);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct json_document document = {0};
    struct json_problem problem = {0};
    char *copy = malloc(size + 1);

    INVARIANT(copy);
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    if (json_parse(&document, copy, size, &problem)) {
        check_tree(&document, size);
    } else {
        INVARIANT(problem.line >= 1 && problem.line <= size + 1);
        INVARIANT(problem.column >= 1 && problem.column <= size + 1);
        INVARIANT(problem.text[0] && memchr(problem.text, '\0', sizeof(problem.text)));
    }
    json_free(&document);
    return 0;
}
