#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "CLineEditor.h"

int flnft_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static volatile sig_atomic_t interrupt_count;
static volatile time_t last_interrupt;

/* Uses only what a signal handler may: clock_gettime, write, _exit. */
static void count_interrupt(int number) {
  (void)number;
  static const char advice[] = "\nStill stopping. Press Ctrl-C once more to quit flnft at once.\n";
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  time_t milliseconds = now.tv_sec * 1000 + now.tv_nsec / 1000000;
  interrupt_count = milliseconds - last_interrupt <= 2000 ? interrupt_count + 1 : 1;
  last_interrupt = milliseconds;
  if (interrupt_count == 2) {
    ssize_t written = write(STDERR_FILENO, advice, sizeof advice - 1);
    (void)written;
  } else if (interrupt_count > 2) {
    _exit(130);
  }
}

void flnft_watch_interrupts(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = count_interrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  interrupt_count = 0;
  last_interrupt = -3000;
  sigaction(SIGINT, &action, NULL);
}
