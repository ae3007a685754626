/* Another program's idea of Windows' type names: <ntddstor/reservation.h> must not mind. */
typedef unsigned int UCHAR;
typedef unsigned short ULONG;
typedef struct {
    int mine;
} USHORT;
typedef float DWORD;
typedef double BYTE;
