// What the files of the shim share; Swift never sees it.
#pragma once

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "CLuaShim.h"

struct flnft_machine {
  lua_State *state;
  // The coroutine that runs now: a hook set on another one would not fire.
  lua_State *volatile running;
  flnft_call call;
  flnft_release release;
  size_t bytes;
  size_t limit;
  // Above zero while Swift frames are on the stack: an allocation may then exceed the limit, but never raise.
  int swift_depth;
  bool over_limit;
  atomic_int interrupts;
  // The same for the pattern matcher, which asks for a flag.
  volatile sig_atomic_t stop_matching;
  pthread_t thread;
  int armed;
  bool spares_process;
  struct flnft_machine *outer;
  // Functions of another machine were copied here; one of them did what a copy must not do.
  bool has_copies;
  bool is_unfaithful;
  struct sigaction previous;
};

static inline flnft_machine *flnft_machine_of(lua_State *L) {
  return *(flnft_machine **)lua_getextraspace(L);
}

// Raises the value on top as Swift's error: adds the Lua position.
int flnft_raise(lua_State *L);
// Calls the Swift function whose context is the first upvalue.
int flnft_trampoline(lua_State *L);
void flnft_open_errors(lua_State *L);
// Makes the value at index, which a copied function returned, a plain one: copied tables can only be read by scripts.
void flnft_uncover(lua_State *L, int index);
void flnft_open_coroutines(lua_State *L);
