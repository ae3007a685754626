/* Bit-fields have no offset that a compiler could assert; so this image of the structures, with a
 * different value in each field, is taken out of the object file and compared byte by byte by
 * layout_bytes.sh, which says what is expected. Nothing is run, so every target can be checked. */
#include <ntddstor/reservation.h>

struct image {
    PERSISTENT_RESERVE_COMMAND in;
    PERSISTENT_RESERVE_COMMAND out;
    PRI_RESERVATION_DESCRIPTOR holder;
    PRO_PARAMETER_LIST list;
    STORAGE_BREAK_RESERVATION_REQUEST request;
};

extern const struct image image;
__attribute__((section("layout"))) const struct image image = {
    .in = {.Version = 0x01020304,
           .Size = 0x05060708,
           .PR_IN = {.ServiceAction = 1, .Reserved1 = 2, .AllocationLength = 0x0a0b}},
    .out = {.Version = 0x11121314,
            .Size = 0x15161718,
            .PR_OUT = {.ServiceAction = 6, .Reserved1 = 1, .Type = 5, .Scope = 2}},
    .holder = {.ReservationKey = {0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28},
               .ScopeSpecificAddress = {0x29, 0x2a, 0x2b, 0x2c},
               .Reserved = 0x2d,
               .Type = 6,
               .Scope = 1,
               .Obsolete = {0x2e, 0x2f}},
    .list = {.ReservationKey = {0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38},
             .ServiceActionReservationKey = {0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48},
             .ScopeSpecificAddress = {0x51, 0x52, 0x53, 0x54},
             .ActivatePersistThroughPowerLoss = 1,
             .AllTargetPorts = 1,
             .Reserved2 = 8,
             .Reserved3 = 0x55,
             .Obsolete = {0x56, 0x57}},
    .request = {.Length = 0x61626364, .PathId = 0x65, .TargetId = 0x66, .Lun = 0x67},
};
