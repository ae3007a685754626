#include "soak_search.h"

#include <string.h>

/* Open addressing; a power of two. Full means that the burst is too much to search. */
enum { TABLE_SIZE = 1 << 18, TABLE_FULL = TABLE_SIZE / 4 * 3 };

struct visited {
    uint32_t done; /* one bit for each step, and USED */
    struct soak_state state;
};

enum { USED_BIT = 31 };

/* The search's own memory: as much as one search can need, and one search at a time. */
static struct visited table[TABLE_SIZE];
static uint32_t used[TABLE_FULL];

struct walk {
    const struct soak_step *steps;
    int count;
    struct soak_search *search;
    int order[SOAK_STEPS_MAX];
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15;
    return hash ^ hash >> 29;
}

static uint32_t place_of(uint32_t done, const struct soak_state *state)
{
    uint64_t hash = mix(done, state->pr.key[0]);

    hash = mix(hash, state->pr.key[1]);
    hash = mix(hash, (uint64_t)state->generation << 16 | (uint64_t)(state->pr.holder + 1) << 8 |
                         (uint64_t)(state->legacy + 1) << 4 | (state->pr.type & 0xfU));
    return (uint32_t)(hash % TABLE_SIZE);
}

/* False where it has been here before, or cannot remember that it was. */
static bool remember(struct soak_search *search, uint32_t done, const struct soak_state *state)
{
    uint32_t place = place_of(done, state);

    done |= 1U << USED_BIT;
    for (; table[place].done; place = (place + 1) % TABLE_SIZE)
        if (table[place].done == done && soak_same_state(&table[place].state, state))
            return false;
    if (search->visited == TABLE_FULL) {
        search->gave_up = true;
        return false;
    }
    table[place] = (struct visited){done, *state};
    used[search->visited++] = place;
    return true;
}

static void forget(const struct soak_search *search)
{
    for (uint32_t i = 0; i < search->visited; i++)
        table[used[i]].done = 0;
}

bool soak_add_state(struct soak_states *states, const struct soak_state *state)
{
    for (int i = 0; i < states->count; i++)
        if (soak_same_state(&states->states[i], state))
            return true;
    if (states->count == SOAK_STATES_MAX)
        return false;
    states->states[states->count++] = *state;
    return true;
}

/* Whether nothing that is not done yet has to come first. */
static bool may_be_next(const struct walk *walk, uint32_t done, int step)
{
    const struct soak_step *steps = walk->steps;

    if (steps[step].after >= 0 && !(done >> steps[step].after & 1))
        return false;
    for (int i = 0; i < walk->count; i++)
        if (!(done >> i & 1) && steps[i].request->answer.end < steps[step].request->answer.begin)
            return false;
    return true;
}

static void keep_longest(const struct walk *walk, int length, const struct soak_state *state)
{
    struct soak_search *search = walk->search;

    if (length <= search->longest && search->longest)
        return;
    search->longest = length;
    search->reached = *state;
    memcpy(search->order, walk->order, sizeof(search->order));
}

/* At most SOAK_STEPS_MAX deep. */
static void go_on(struct walk *walk, uint32_t done, int length, // NOLINT(misc-no-recursion)
                  const struct soak_state *state)
{
    if (!remember(walk->search, done, state))
        return;
    keep_longest(walk, length, state);
    if (length == walk->count) {
        walk->search->gave_up |= !soak_add_state(&walk->search->ends, state);
        return;
    }
    for (int i = 0; i < walk->count; i++) {
        struct soak_state next = *state;

        if (done >> i & 1 || !may_be_next(walk, done, i))
            continue;
        walk->order[length] = i;
        if (soak_perform(&next, &walk->steps[i]))
            go_on(walk, done | 1U << i, length + 1, &next);
    }
}

void soak_search(const struct soak_step *steps, int count, const struct soak_states *starts,
                 struct soak_search *search)
{
    struct walk walk = {.steps = steps, .count = count, .search = search};

    memset(search, 0, sizeof(*search));
    for (int i = 0; i < starts->count; i++)
        go_on(&walk, 0, 0, &starts->states[i]);
    forget(search);
}

int soak_make_steps(const struct soak_burst *burst, struct soak_step *steps)
{
    int count = 0;

    for (int i = 0; i < burst->count; i++) {
        const struct soak_request *request = &burst->requests[i];

        if (count + 2 > SOAK_STEPS_MAX)
            return -1;
        if (!soak_reaches_disk(request->kind))
            continue;
        steps[count++] = (struct soak_step){request, request->kind == SOAK_BREAK, -1};
        if (request->kind == SOAK_BREAK) {
            steps[count] = (struct soak_step){request, false, count - 1};
            count++;
        }
    }
    return count;
}
