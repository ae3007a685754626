/* The command line of holdfast.exe, and the help made from the same table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/command/commands.h"
#include "../../dll/command/usage.h"

#include <string.h>

enum { WORDS_MAX = 10 };

static bool parse(const char *const *words, struct arguments *arguments, struct text *problem)
{
    size_t count = 0;
    while (words[count])
        count++;
    return arguments_parse(count, words, arguments, problem);
}

static struct arguments accept(const char *const *words)
{
    struct arguments arguments;
    struct text problem = {0};
    if (!parse(words, &arguments, &problem))
        fail_msg("%s", problem.bytes);
    assert_null(problem.bytes);
    return arguments;
}

#define ACCEPT(...) accept((const char *const[]){__VA_ARGS__, NULL})

static void operands_and_options_in_any_order(void **state)
{
    (void)state;
    struct arguments a = ACCEPT("register", "--aptpl", "1", "--old=0xA", "--json", "b");
    assert_string_equal(a.command->name, "register");
    assert_int_equal(a.command->request, REQUEST_REGISTER);
    assert_string_equal(a.disk, "1");
    assert_int_equal(a.values.key, 0xb);
    assert_int_equal(a.values.old_key, 0xa);
    assert_true(a.values.aptpl && a.json);
    assert_false(a.values.ignore);

    a = ACCEPT("preempt", "/dev/sdb", "1", "2", "--abort", "--type", "ea");
    assert_int_equal(a.values.victim, 2);
    assert_int_equal(a.values.type, 3);
    assert_true(a.values.abort);
}

static void defaults(void **state)
{
    (void)state;
    struct arguments a = ACCEPT("reserve", "E:", "1");
    assert_int_equal(a.values.type, 5);
    assert_int_equal(a.values.old_key, 0);
    assert_false(a.json);
}

static void from_program_on_nothing_is_ours(void **state)
{
    (void)state;
    struct arguments a = ACCEPT("run", "app", "--if-possible", "--help", "--", "-x");
    assert_string_equal(a.command->name, "run");
    assert_int_equal(a.program, 1);
    assert_false(a.if_possible);
    a = ACCEPT("run", "--if-possible", "app");
    assert_int_equal(a.program, 2);
    assert_true(a.if_possible);
    a = ACCEPT("run", "--", "-app");
    assert_int_equal(a.program, 2);
}

static void help_and_version(void **state)
{
    (void)state;
    assert_string_equal(ACCEPT("--version").command->name, "version");
    assert_string_equal(ACCEPT("-h").command->name, "help");
    assert_null(ACCEPT("--help").topic);
    assert_string_equal(ACCEPT("help", "keys").topic, "keys");
    assert_string_equal(ACCEPT("keys", "--help").topic, "keys");
    assert_string_equal(ACCEPT("run", "-h").topic, "run");
}

static void commands_about_the_prefix(void **state)
{
    (void)state;
    struct arguments a = ACCEPT("install", "--now", "--dry-run");
    assert_int_equal(a.command->id, COMMAND_INSTALL);
    assert_true(a.now && a.dry_run);
    a = ACCEPT("uninstall");
    assert_int_equal(a.command->id, COMMAND_UNINSTALL);
    assert_false(a.now || a.dry_run);
    a = ACCEPT("wrapper", "C:\\node.exe");
    assert_string_equal(a.wrapped, "C:\\node.exe");
    assert_null(a.file);
    assert_string_equal(ACCEPT("wrapper", "node", "/tmp/node").file, "/tmp/node");
}

static void names_of_two_words(void **state)
{
    (void)state;
    struct arguments a = ACCEPT("disk", "add", "--dry-run", "1", "/dev/sdb", "--force");
    assert_string_equal(a.command->name, "disk add");
    assert_string_equal(a.disk, "1");
    assert_string_equal(a.path, "/dev/sdb");
    assert_true(a.dry_run && a.force);
    a = ACCEPT("disk", "list", "--all", "--json");
    assert_int_equal(a.command->id, COMMAND_DISK_LIST);
    assert_true(a.all && a.json);
    assert_string_equal(ACCEPT("disk", "--help").topic, "disk");
    assert_string_equal(ACCEPT("disk", "remove", "--help").topic, "disk remove");
    assert_string_equal(ACCEPT("help", "disk").topic, "disk");
    assert_string_equal(ACCEPT("help", "disk", "add").topic, "disk add");
    assert_string_equal(ACCEPT("help", "disk", "add").command->name, "help");
}

/* A group's help names its own commands and no other. */
static void help_of_a_group(void **state)
{
    (void)state;
    struct text text = {0};
    usage_add_group(&text, "disk");
    assert_non_null(strstr(text.bytes, "disk remove"));
    assert_null(strstr(text.bytes, "reserve"));
    text_free(&text);
}

static void wrong_usage_is_explained(void **state)
{
    (void)state;
    static const struct {
        const char *words[WORDS_MAX];
        const char *part; /* of the explanation */
    } cases[] = {
        {{NULL}, "command is missing"},
        {{"bogus"}, "'bogus'"},
        {{"keys"}, "DISK is missing"},
        {{"reserve", "1"}, "KEY is missing"},
        {{"preempt", "1", "1"}, "VICTIM is missing"},
        {{"keys", "1", "2"}, "'2'"},
        {{"keys", "1", "--bogus"}, "'--bogus'"},
        {{"keys", "1", "--type", "we"}, "'--type'"},
        {{"keys", "1", "--jso"}, "'--jso'"},
        {{"keys", "1", "--json=1"}, "takes no value"},
        {{"reserve", "1", "1", "--type"}, "needs a TYPE"},
        {{"reserve", "1", "1", "--type="}, "not a type"},
        {{"reserve", "1", "1", "--type", "8"}, "cannot carry"},
        {{"reserve", "1", "zz"}, "'zz'"},
        {{"register", "1", "0"}, "unregister"},
        {{"register", "1", "1", "--ignore", "--old", "0"}, "exclude"},
        {{"run"}, "PROGRAM is missing"},
        {{"run", "--json", "app"}, "'--json'"},
        {{"help", "bogus"}, "'bogus'"},
        {{"help", "disk", "bogus"}, "'disk bogus'"},
        {{"help", "keys", "disk"}, "'keys disk'"},
        {{"disk"}, "'disk' needs another word: add list remove"},
        {{"disk", "bogus"}, "'disk bogus'"},
        {{"disk", "add", "1"}, "PATH is missing"},
        {{"add", "1", "/dev/sdb"}, "'add'"},
        {{"dis", "add"}, "'dis'"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arguments arguments;
        struct text problem = {0};
        assert_false(parse(cases[i].words, &arguments, &problem));
        if (!strstr(problem.bytes, cases[i].part))
            fail_msg("'%s' lacks %s", problem.bytes, cases[i].part);
        text_free(&problem);
    }
}

/* The overview names every command, and each command's help all that it takes. */
static void help_names_all(void **state)
{
    (void)state;
    struct text overview = {0};
    usage_add_overview(&overview);
    for (const struct command *command = commands; command->name; command++) {
        struct text text = {0};
        assert_non_null(command->summary);
        assert_int_equal(command->request != REQUEST_NONE, command->id == COMMAND_REQUEST);
        assert_non_null(strstr(overview.bytes, command->name));
        usage_add_command(&text, command);
        for (size_t i = 0; command->operands[i]; i++)
            assert_non_null(strstr(text.bytes, command->operands[i]->name));
        for (size_t i = 0; command->options[i]; i++)
            assert_non_null(strstr(text.bytes, command->options[i]->name));
        text_free(&text);
    }
    text_free(&overview);
}

static void usage_lines(void **state)
{
    (void)state;
    struct text text = {0};
    usage_add_line(&text, command_from_name("reserve"));
    usage_add_line(&text, command_from_name("run"));
    usage_add_line(&text, command_from_name("help"));
    assert_string_equal(text.bytes, "usage: holdfast reserve DISK KEY [--type TYPE] [--json]\n"
                                    "usage: holdfast run [--if-possible] PROGRAM [ARGS...]\n"
                                    "usage: holdfast help [COMMAND] [WORD]\n");
    text_free(&text);
}

static void help_fits_a_terminal(void **state)
{
    (void)state;
    struct text text = {0};
    usage_add_overview(&text);
    for (const struct command *command = commands; command->name; command++)
        usage_add_command(&text, command);
    for (char *line = strtok(text.bytes, "\n"); line; line = strtok(NULL, "\n"))
        if (strlen(line) > 80)
            fail_msg("too long: %s", line);
    text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operands_and_options_in_any_order),
        cmocka_unit_test(defaults),
        cmocka_unit_test(from_program_on_nothing_is_ours),
        cmocka_unit_test(help_and_version),
        cmocka_unit_test(names_of_two_words),
        cmocka_unit_test(help_of_a_group),
        cmocka_unit_test(commands_about_the_prefix),
        cmocka_unit_test(wrong_usage_is_explained),
        cmocka_unit_test(help_names_all),
        cmocka_unit_test(usage_lines),
        cmocka_unit_test(help_fits_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
