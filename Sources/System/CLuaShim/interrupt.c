// Ctrl-C: the signal sets a flag that solvers poll, and a hook on the running coroutine. A standing hook would halve the
// speed of Lua, so there is none until then; once armed it fires at every instruction until the top level is reached,
// or a script that catches errors in a loop would never end.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "machine.h"

// The machine that the signal stops. A signal handler has no other way to find it.
static flnft_machine *volatile current;

// The machines for copies that other threads work with now. SIGINT goes to one thread; that one tells the others by a
// signal that nobody else uses.
enum { most_helpers = 64 };
static _Atomic(flnft_machine *) helpers[most_helpers];
static const int helper_signal = SIGURG;

static void on_hook(lua_State *L, lua_Debug *activation) {
  (void)activation;
  if (flnft_machine_of(L)->interrupts > 0)
    flnft_raise_interrupt(L);
  else
    lua_sethook(L, NULL, 0, 0);
}

static void say(const char *text) {
  ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
  (void)ignored;
}

static void request_stop(flnft_machine *machine) {
  atomic_fetch_add(&machine->interrupts, 1);
  machine->stop_matching = 1;
  lua_sethook(machine->running, on_hook, LUA_MASKCOUNT, 1);
}

static void on_helper_signal(int number) {
  (void)number;
  int saved = errno;
  for (int i = 0; i < most_helpers; i += 1) {
    flnft_machine *helper = atomic_load(&helpers[i]);
    if (helper != NULL && pthread_equal(pthread_self(), helper->thread)) request_stop(helper);
  }
  errno = saved;
}

static void stop_helpers(void) {
  for (int i = 0; i < most_helpers; i += 1) {
    flnft_machine *helper = atomic_load(&helpers[i]);
    if (helper != NULL) pthread_kill(helper->thread, helper_signal);
  }
}

void flnft_interrupt_enter(flnft_machine *copies) {
  copies->thread = pthread_self();
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_helper_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(helper_signal, &action, NULL);
  // Threads of a pool begin with all signals blocked.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, helper_signal);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
  for (int i = 0; i < most_helpers; i += 1) {
    flnft_machine *none = NULL;
    if (atomic_compare_exchange_strong(&helpers[i], &none, copies)) break;
  }
  // Whoever was asked to stop before this thread could be told.
  flnft_machine *machine = current;
  if (machine != NULL && atomic_load(&machine->interrupts) > 0) request_stop(copies);
}

void flnft_interrupt_leave(flnft_machine *copies) {
  for (int i = 0; i < most_helpers; i += 1) {
    flnft_machine *place = copies;
    if (atomic_compare_exchange_strong(&helpers[i], &place, NULL)) break;
  }
}

static void on_signal(int number) {
  static volatile double last;
  int saved = errno;
  flnft_machine *machine = current;
  if (machine == NULL) return;
  if (!pthread_equal(pthread_self(), machine->thread)) {
    pthread_kill(machine->thread, number);
    return;
  }
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  double seconds = (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
  bool soon = seconds - last <= 2;
  last = seconds;
  int before = atomic_load(&machine->interrupts);
  bool ends_process = soon && !machine->spares_process;
  if (before >= 2 && ends_process) _exit(130);
  if (before == 1 && ends_process) say("\nflnft: still stopping; press Ctrl-C once more to quit at once\n");
  request_stop(machine);
  stop_helpers();
  errno = saved;
}

static void clear(flnft_machine *machine) {
  machine->stop_matching = 0;
  atomic_store(&machine->interrupts, 0);
}

void flnft_interrupt_arm(flnft_machine *machine) {
  if (machine->armed++ > 0) return;
  machine->thread = pthread_self();
  machine->outer = current;
  clear(machine);
  current = machine;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = 0;  // A blocked read must return, so that the hook can fire.
  sigaction(SIGINT, &action, &machine->previous);
}

void flnft_interrupt_disarm(flnft_machine *machine) {
  if (--machine->armed > 0) return;
  sigaction(SIGINT, &machine->previous, NULL);
  current = machine->outer;
  machine->outer = NULL;
  clear(machine);
  lua_sethook(machine->state, NULL, 0, 0);
}

void flnft_interrupt_spare_process(flnft_machine *machine, bool spared) { machine->spares_process = spared; }

bool flnft_interrupt_spares_process(const flnft_machine *machine) { return machine->spares_process; }

bool flnft_interrupt_requested(const flnft_machine *machine) {
  return atomic_load_explicit(&machine->interrupts, memory_order_relaxed) > 0;
}

bool flnft_interrupt_requested_here(void) {
  flnft_machine *machine = current;
  return machine != NULL && pthread_equal(pthread_self(), machine->thread) && flnft_interrupt_requested(machine);
}
