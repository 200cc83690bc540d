// Copies of Lua functions in machines of their own, so that several threads can call what one of them wrote.
//
// A function is dumped and loaded again, and what it refers to is copied with it: numbers, texts, lists and tables of
// them, and other functions of Lua. What is refused, or given up later: whatever a copy could tell from the original.
// Tables that came along can be read and not written; a global that was not copied, or a write to one, marks the copy
// as unfaithful for good, and so does a change of what a function remembers between calls. The caller then has to ask
// the original.
#pragma once

#include "machine.h"

// Keys of the registry of a machine.
enum copy_key {
  library_key,   // name -> function of the libraries, as it was before any script ran
  seen_key,      // address of an original -> its copy
  proxies_key,   // copied table -> what it holds
  upvalues_key,  // address of an original upvalue -> { function, place }
  watched_key,   // function, place, value, function, ...
  globals_key,   // what copied functions see as globals, behind a proxy
  names_key,     // every global name of the original -> true
  progress_key,  // address of an original that is being copied -> whether a copy refers to it
  copy_key_count
};
extern const char flnft_copy_keys[copy_key_count];
static inline const void *copy_key(enum copy_key key) { return &flnft_copy_keys[key]; }

// How deep tables are copied.
enum { deepest_copy = 100 };

typedef struct {
  lua_State *from;
  lua_State *to;
  int count;
  bool refused;
  // What cannot be left out either: a copy that others refer to already, or too much of everything.
  bool is_final;
  char obstacle[160];
} copying;

// ---- function_copy.c: values and functions --------------------------------------------------------------------------

// Notes the first reason why there can be no copy; false.
bool flnft_refuse_copy(copying *c, const char *format, const char *what);
// Pushes the copy that an address of the original has, if it has one.
bool flnft_push_copy(lua_State *to, const void *address);
// The value on top becomes the copy of an address.
void flnft_remember_copy(lua_State *to, const void *address);
// Pushes a copy of what is neither table nor function; pushes nothing for those.
bool flnft_copy_scalar(copying *c, int index);
// Pushes the copy of a value onto the other stack; pushes nothing where there can be none.
bool flnft_copy_value(copying *c, int index, int depth);

// ---- copied_library.c: what both machines have ----------------------------------------------------------------------

enum { copied_library_count = 68 };
// Functions whose answers depend on their arguments alone.
extern const char *const flnft_copied_library[copied_library_count];
// Pushes the global or the field of one, without metamethods.
void flnft_push_named(lua_State *L, const char *name);
// Gives a machine for copies functions that know its tables, instead of its libraries' own.
void flnft_cover_library(lua_State *to);

// ---- copied_tables.c: tables that can be read and not written -------------------------------------------------------

// Marks the machine as unfaithful and raises an error.
int flnft_copy_gives_up(lua_State *L);
// Pushes what a copied table holds and returns true, or pushes nothing.
bool flnft_push_held(lua_State *L, int index);
// Puts a proxy in front of the table on top, which nobody sees from now on; the proxy takes its place. Globals that
// did not come along must not look as if there were none.
void flnft_cover_table(lua_State *to, bool has_globals);
