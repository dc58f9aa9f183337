#pragma once

#include <sys/types.h>

/// All threads that the process has now. Throw std::runtime_error where the system does not let us.
void set_nice(pid_t process, int nice);
void keep_on_processor(pid_t process, int cpu);
