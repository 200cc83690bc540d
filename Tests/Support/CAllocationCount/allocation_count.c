#include "CAllocationCount.h"

#include <stddef.h>

// A sanitizer needs malloc for itself.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

#if defined(__GLIBC__) && !defined(HAS_SANITIZER)

// Definitions in the executable come before the C library's; glibc offers its own under these names.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Thread_local int counting;
static _Thread_local long count;

void *malloc(size_t size) {
  count += counting;
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count += counting;
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  count += counting;
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count += counting;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  count += counting;
  *block = __libc_memalign(alignment, size);
  return *block == NULL ? 12 : 0;
}

int allocation_count_works(void) { return 1; }

void allocation_count_start(void) {
  count = 0;
  counting = 1;
}

long allocation_count_stop(void) {
  counting = 0;
  return count;
}

#else

int allocation_count_works(void) { return 0; }
void allocation_count_start(void) {}
long allocation_count_stop(void) { return 0; }

#endif
