/* What hung_agent.c can be told to do. Each prints one line, "ok ..." or "failed: REASON". */
#ifndef TESTS_BED_HUNG_ORDERS_H
#define TESTS_BED_HUNG_ORDERS_H

void hung_begin(void);
void hung_serve_others(void);
void hung_cancel(void);
void hung_leave(void);
void hung_start_processes(void);
void hung_end_processes(void);
void hung_finish(void);

/* What the processes of hung_start_processes do; returns the exit code where they come to it. */
int hung_child(const char *how);

#endif
