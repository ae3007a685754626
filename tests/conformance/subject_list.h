/* In place of conformance/cases/list.h: the cases of the program that the script safety ends in the
 * middle of one. */
BEHAVIOUR(subject_hold)
BEHAVIOUR(subject_hold_legacy)
BEHAVIOUR(subject_after)
