# How long CTest lets a test run, in seconds. A limit ends a test that hangs and measures nothing, so each
# is some ten times of what the longest test of its kind takes on a machine at load 8.
set(LIMIT_UNIT 300)  # a native program
set(LIMIT_WINE 900)  # programs on the host's Wine
set(LIMIT_LONG 1800) # a whole run of the suite, a compiler over many files, a machine of its own
