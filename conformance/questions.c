#include "questions.h"

static const struct {
    const char *name, *words;
} questions[] = {
#define X(constant, name, words) {name, words},
    QUESTION_TABLE(X)
#undef X
};

const char *question_name(enum question question)
{
    return questions[question].name;
}

const char *question_words(enum question question)
{
    return questions[question].words;
}
