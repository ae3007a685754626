/* The commands that talk to a disk. Each is a plain client of DeviceIoControl; under Wine it first
 * takes the shim into its own process, so that there is somebody to answer. */
#include "../command/commands.h"
#include "../command/errors.h"
#include "../command/lists.h"
#include "../command/output.h"
#include "../command/usage.h"
#include "disk.h"
#include "disk_name.h"
#include "handlers.h"
#include "shim.h"
#include "show.h"

#include <ntddstor/reservation.h>

enum { SHOW_ROUNDS = 5 };

/* A disk while a command works on it. */
struct session {
    const struct arguments *arguments;
    struct text device; /* what CreateFileW opens, UTF-8 */
    HANDLE disk;
    bool for_writing; /* how `disk` was opened for reading lists */
    bool wine;
};

/* Prints a failure and returns its exit code. */
static int fail(const struct session *session, const struct failure *reason)
{
    struct failure failure = *reason;
    failure.command = session->arguments->command->name;
    failure.disk = session->device.bytes ? session->device.bytes : session->arguments->disk;

    struct text words = {0};
    show_failure(&words, &failure);
    output_write_error(&words);
    if (session->arguments->json) {
        struct text json = {0};
        show_failure_json(&json, &failure);
        output_write(&json);
    }
    return failure.exit_code;
}

static int fail_with_error(const struct session *session, uint32_t error)
{
    const struct error_description *description = error_describe(error);
    return fail(session, &(struct failure){
                             .error = error,
                             .name = description->name,
                             .message = description->words,
                             .hint = error_hint(description, session->wine),
                             .exit_code = description->exit_code,
                         });
}

static int fail_with_name(const struct session *session, const struct text *problem)
{
    int code = fail(session, &(struct failure){
                                 .message = problem->bytes ? problem->bytes : "out of memory",
                                 .exit_code = problem->bytes ? EXIT_USAGE : EXIT_OTHER,
                             });
    struct text usage = {0};
    usage_add_line(&usage, session->arguments->command);
    output_write_error(&usage);
    return code;
}

static int fail_without_shim(const struct session *session, const struct shim *shim)
{
    return fail(session, &(struct failure){
                             .message = shim->problem,
                             .hint = "the shim is not active, and Wine alone has no reservations; "
                                     "see 'holdfast status'",
                             .exit_code = EXIT_NO_SHIM,
                         });
}

/* Returns EXIT_DONE with the session open, or an exit code after having said why not. Either way
 * the session is to be ended. */
static int begin(struct session *session, const struct arguments *arguments, uint32_t control_code)
{
    *session = (struct session){
        .arguments = arguments,
        .disk = INVALID_HANDLE_VALUE,
        .wine = shim_wine_version() != NULL,
    };
    struct text problem = {0};
    if (!disk_name_resolve(arguments->disk, session->wine, &session->device, &problem) ||
        session->device.failed) {
        int code = fail_with_name(session, &problem);
        text_free(&problem);
        return code;
    }
    static struct shim shim;
    if (session->wine && !shim_load(&shim))
        return fail_without_shim(session, &shim);
    uint32_t error = disk_open(session->device.bytes, control_code, &session->disk);
    return error ? fail_with_error(session, error) : EXIT_DONE;
}

static void end(struct session *session)
{
    if (session->disk != INVALID_HANDLE_VALUE)
        CloseHandle(session->disk);
    text_free(&session->device);
}

int command_request(const struct arguments *arguments)
{
    struct request request;
    struct session session;
    struct text json = {0};

    request_build(&request, arguments->command->request, &arguments->values);
    int code = begin(&session, arguments, request.control_code);
    if (code == EXIT_DONE) {
        uint32_t returned;
        uint32_t error = disk_send(session.disk, &request, NULL, 0, &returned);
        if (error)
            code = fail_with_error(&session, error);
    }
    if (code == EXIT_DONE && arguments->json) {
        show_done_json(&json, arguments->command->name, session.device.bytes);
        code = output_write(&json) ? EXIT_DONE : EXIT_OTHER;
    }
    end(&session);
    return code;
}

/* A list_source (lists.h) whose context is the session. Without CAP_SYS_RAWIO, Linux sends
 * PERSISTENT RESERVE IN only through a /dev/sgN that was opened for writing (drivers/scsi/sg.c,
 * sg_allow_access). That is the second try: a /dev/sdX that was opened so and is closed makes udev
 * look at the disk anew. */
static uint32_t read_list(void *context, uint8_t service_action, void *buffer, uint32_t length,
                          uint32_t *returned)
{
    struct session *session = context;
    uint32_t error = disk_read_list(session->disk, service_action, buffer, length, returned);
    HANDLE disk;

    if (error != ERROR_ACCESS_DENIED || session->for_writing ||
        disk_open(session->device.bytes, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, &disk))
        return error;
    CloseHandle(session->disk);
    session->disk = disk;
    session->for_writing = true;
    return disk_read_list(disk, service_action, buffer, length, returned);
}

static uint32_t read_keys(struct session *session, struct list *keys)
{
    return list_read(read_list, session, RESERVATION_ACTION_READ_KEYS, keys);
}

static uint32_t read_reservations(struct session *session, struct list *reservations)
{
    return list_read(read_list, session, RESERVATION_ACTION_READ_RESERVATIONS, reservations);
}

/* The lists come from two commands, between which another node may have been at work. */
static uint32_t read_both(struct session *session, struct list *keys, struct list *reservations)
{
    for (int round = 0;; round++) {
        uint32_t error = read_keys(session, keys);
        if (!error)
            error = read_reservations(session, reservations);
        if (error || keys->generation == reservations->generation || round == SHOW_ROUNDS)
            return error;
        list_free(keys);
        list_free(reservations);
    }
}

static int print_state(const struct session *session, const struct list *keys,
                       const struct list *reservations)
{
    const struct disk_state state = {
        .command = session->arguments->command->name,
        .disk = session->device.bytes,
        .keys = keys,
        .reservations = reservations,
        .stable = !reservations || keys->generation == reservations->generation,
    };
    struct text text = {0};
    if (session->arguments->json)
        show_json(&text, &state);
    else if (reservations)
        show_disk(&text, &state);
    else
        show_keys(&text, &state);
    return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
}

static int read_and_print(const struct arguments *arguments, bool with_reservations)
{
    struct session session;
    struct list keys = {0}, reservations = {0};
    int code = begin(&session, arguments, IOCTL_STORAGE_PERSISTENT_RESERVE_IN);
    if (code == EXIT_DONE) {
        uint32_t error = with_reservations ? read_both(&session, &keys, &reservations)
                                           : read_keys(&session, &keys);
        code = error ? fail_with_error(&session, error)
                     : print_state(&session, &keys, with_reservations ? &reservations : NULL);
    }
    list_free(&keys);
    list_free(&reservations);
    end(&session);
    return code;
}

int command_keys(const struct arguments *arguments)
{
    return read_and_print(arguments, false);
}

int command_show(const struct arguments *arguments)
{
    return read_and_print(arguments, true);
}
