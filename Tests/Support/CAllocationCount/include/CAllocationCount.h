#pragma once

// How often the calling thread has asked for memory while counting was on. Linux with glibc only, and not
// under a sanitizer: elsewhere `allocation_count_works` is 0 and the count stays 0.

int allocation_count_works(void);
void allocation_count_start(void);
long allocation_count_stop(void);
