// Stands before the C library's calls that change files, counts those that concern files whose path begins with
// CRASH_PATH, and ends the process, as by a loss of power to it alone, at the one of number CRASH_AT: before the call, or,
// with CRASH_TORN set, after half of the bytes of a write. With CRASH_COUNT set the number of calls is written there when
// the process ends, and nothing is ended.
#if defined(__linux__)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static int is_watched(const char *path) {
  const char *prefix = getenv("CRASH_PATH");
  return prefix && path && strncmp(path, prefix, strlen(prefix)) == 0;
}

static int is_watched_descriptor(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_watched(path);
}

/// Whether this is the call at which the process ends.
static int is_the_one(void) {
  long number = atomic_fetch_add(&calls, 1) + 1;
  const char *at = getenv("CRASH_AT");
  return at && number == atol(at);
}

static void end(void) { kill(getpid(), SIGKILL); }

static int tears(void) { return getenv("CRASH_TORN") != NULL; }

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  if (is_watched_descriptor(descriptor) && is_the_one()) {
    if (tears()) NEXT(pwrite64)(descriptor, bytes, count / 2, offset);
    end();
  }
  return NEXT(pwrite64)(descriptor, bytes, count, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  if (is_watched_descriptor(descriptor) && is_the_one()) {
    if (tears()) NEXT(pwrite)(descriptor, bytes, count / 2, offset);
    end();
  }
  return NEXT(pwrite)(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (is_watched_descriptor(descriptor) && is_the_one()) {
    if (tears()) NEXT(write)(descriptor, bytes, count / 2);
    end();
  }
  return NEXT(write)(descriptor, bytes, count);
}

int fsync(int descriptor) {
  if (is_watched_descriptor(descriptor) && is_the_one()) end();
  return NEXT(fsync)(descriptor);
}

int fdatasync(int descriptor) {
  if (is_watched_descriptor(descriptor) && is_the_one()) end();
  return NEXT(fdatasync)(descriptor);
}

int ftruncate64(int descriptor, off64_t length) {
  if (is_watched_descriptor(descriptor) && is_the_one()) end();
  return NEXT(ftruncate64)(descriptor, length);
}

int ftruncate(int descriptor, off_t length) {
  if (is_watched_descriptor(descriptor) && is_the_one()) end();
  return NEXT(ftruncate)(descriptor, length);
}

int unlink(const char *path) {
  if (is_watched(path) && is_the_one()) end();
  return NEXT(unlink)(path);
}

int rename(const char *from, const char *to) {
  if (is_watched(from) && is_the_one()) end();
  return NEXT(rename)(from, to);
}

__attribute__((destructor)) static void report(void) {
  const char *path = getenv("CRASH_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld\n", atomic_load(&calls));
  fclose(file);
}
#endif
