// The C side of the Lua machine. It owns every longjmp: Swift code runs only inside flnft_dispatch functions, returns
// normally, and this side raises on its behalf. Swift calls the non-raising Lua API and the protected functions below.
#pragma once

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract.h"
#include "pattern.h"

// ---- The machine -----------------------------------------------------------------------------------------------------

// Runs the Swift function behind `context`; returns the number of results on the stack, or -1 with an error value on top.
typedef int (*flnft_call)(lua_State *L, void *context);
// Releases the Swift object behind a userdata.
typedef void (*flnft_release)(void *object);

typedef struct flnft_machine flnft_machine;

// A new Lua state with the standard libraries, or NULL. `limit` bounds the bytes that Lua may hold, 0 for no bound; it
// is armed once the libraries are open.
flnft_machine *flnft_machine_open(size_t limit, flnft_call call, flnft_release release);
void flnft_machine_close(flnft_machine *machine);
lua_State *flnft_machine_state(const flnft_machine *machine);
size_t flnft_machine_bytes(const flnft_machine *machine);

// ---- Interrupts ------------------------------------------------------------------------------------------------------

// Makes this machine the one that SIGINT stops, on the calling thread, and installs the handler. Nested calls count.
void flnft_interrupt_arm(flnft_machine *machine);
// Restores the previous handler and forgets a pending interrupt.
void flnft_interrupt_disarm(flnft_machine *machine);
// Whether the process goes on however often the signal comes; otherwise the third one within seconds ends it.
void flnft_interrupt_spare_process(flnft_machine *machine, bool spared);
bool flnft_interrupt_spares_process(const flnft_machine *machine);
// Whether the user has asked to stop; any thread may ask.
bool flnft_interrupt_requested(const flnft_machine *machine);
// Whether the machine that is armed on this thread was asked to stop.
bool flnft_interrupt_requested_here(void);

// While another thread works with a machine for copies, between these two on that thread, SIGINT stops it too.
void flnft_interrupt_enter(flnft_machine *copies);
void flnft_interrupt_leave(flnft_machine *copies);

// ---- Functions and objects ------------------------------------------------------------------------------------------

// Pushes a function that dispatches to Swift with `context`, which must outlive the machine's state.
void flnft_push_function(lua_State *L, void *context);
// The same, with a direct path for calls whose arguments are all numbers: `scalar` is a C function of one, two or three
// doubles; when it answers NaN the call goes the ordinary way, which words the error.
void flnft_push_scalar_function(lua_State *L, void *context, int arity, void (*scalar)(void));
// Lets a C function of a library, such as math.exp, take objects of Swift too: calls with one go to `context`, all others
// to the function as before. False when there is no such function.
bool flnft_extend_function(lua_State *L, const char *library, const char *name, void *context);
// The context of a function pushed by one of the two above, or NULL.
void *flnft_function_context(lua_State *L, int index);

// Pushes a userdata that owns one reference to `object`; its metatable is the one named `type` in the registry.
void flnft_push_object(lua_State *L, void *object, const char *type);
// The Swift object behind a value, or NULL when it is none of ours or has been released.
void *flnft_object(lua_State *L, int index);
// Creates the metatable of a type: methods live in the table left on the stack; `index` answers for other names.
void flnft_new_type(lua_State *L, const char *type, void *index, void *newindex, void *describe, void *length, void *equal);
// Gives a type that exists another metamethod, such as __add, which dispatches to Swift with `context`.
void flnft_add_metamethod(lua_State *L, const char *type, const char *event, void *context);

// ---- Errors ----------------------------------------------------------------------------------------------------------

// Pushes an error object: kind, message, hint (may be NULL) and, once raised, the Lua position.
void flnft_push_error(lua_State *L, const char *kind, const char *message, const char *hint);
bool flnft_is_error(lua_State *L, int index);

// ---- Protected calls for Swift --------------------------------------------------------------------------------------

// lua_pcall with the machine's handler: on failure one error value on top, and its traceback in the registry.
int flnft_pcall(lua_State *L, int arguments, int results);
// Pushes the traceback of the last failed flnft_pcall (a string or nil).
void flnft_push_traceback(lua_State *L);
// Pushes the string form of the value at index, with metamethods; never raises.
void flnft_push_description(lua_State *L, int index);
// Compiles text; the status of lua_load, with the function or the message on top.
int flnft_load(lua_State *L, const char *text, size_t length, const char *name);
// Reads the numbers of the sequence at index into `out`; the 1-based place of the first that is none, or 0.
size_t flnft_read_numbers(lua_State *L, int index, double *out, size_t count);
void flnft_push_numbers(lua_State *L, const double *values, size_t count);
// Names of the values that Lua's macros hide.
int flnft_registry_index(void);
int flnft_multiple_results(void);
void flnft_pop(lua_State *L, int count);
// A step of the collector, as if so many kilobytes had been allocated.
void flnft_collect_step(lua_State *L, int kilobytes);

// ---- Copies of functions in other machines -----------------------------------------------------------------------------

// Remembers the functions of the standard libraries as they are, before any script runs; a machine without them can
// neither lend nor take copies.
bool flnft_remember_library(lua_State *L);
// Pushes onto `to`, a fresh machine that no other thread uses meanwhile, a copy of the function at index of `from` with
// everything that it refers to, or pushes nothing and says why not. Copies in one machine share what the originals share.
// `draws`: whether they may use math.random.
bool flnft_copy_function(lua_State *from, int index, lua_State *to, bool draws, char *obstacle, size_t length);
// Makes the topmost results of a copy plain tables; the status of flnft_pcall.
int flnft_uncover_results(lua_State *L, int count);
// False once a copy wrote to what it shares with other calls, or reached for what could not be copied: its answers may
// not be the original's.
bool flnft_copies_are_faithful(lua_State *to);

// ---- Rules of mechanisms ---------------------------------------------------------------------------------------------

// Participants who report alike.
typedef struct {
  int count;
  // How many numbers each reports.
  int width;
  // One for each number: how much of it a participant has of one unit; 1 for values, -1 for costs, 0 for measures.
  const double *signs;
} flnft_rule_group;

// What can be wrong with what a rule returns.
typedef enum {
  flnft_rule_fine = 0,
  flnft_rule_no_result,
  flnft_rule_no_payments,
  flnft_rule_wrong_count,
  flnft_rule_no_list,
  flnft_rule_no_number,
  flnft_rule_no_payment,
  flnft_rule_no_such_place,
  flnft_rule_unknown_key,
} flnft_rule_problem;

// Which of its lists.
enum {
  flnft_rule_key_winners = -1,
  flnft_rule_key_allocation = -2,
  flnft_rule_key_payments = -3,
  flnft_rule_key_receipts = -4,
};

typedef struct {
  int groups;
  const flnft_rule_group *group;
  // All groups behind each other; the amounts and payments must be zero.
  const double *reports;
  double *amounts;
  double *payments;
  // The first thing that is wrong: in the results of which group (from 0), at which place (from 1) or in which list.
  flnft_rule_problem problem;
  int problem_group;
  int problem_place;
  char key[32];
} flnft_rule_call;

// Calls the rule at index with one table per group and reads one table per group back. The status of flnft_pcall; what
// the rule returns may still be a problem.
int flnft_call_rule(lua_State *L, int rule, flnft_rule_call *call);
// Pushes where the Lua function at index was written, such as "auction.lua:3".
void flnft_push_function_place(lua_State *L, int function);
