// The state, its allocator, and the trampolines by which Lua calls Swift.
#include "machine.h"

#include <stdio.h>
#include <stdlib.h>

static void *allocate(void *ud, void *block, size_t old_size, size_t new_size) {
  flnft_machine *machine = ud;
  if (block == NULL) old_size = 0;  // Lua passes a type tag there.
  if (new_size == 0) {
    free(block);
    machine->bytes -= old_size;
    return NULL;
  }
  if (machine->limit != 0 && new_size > old_size && machine->bytes - old_size + new_size > machine->limit) {
    if (machine->swift_depth == 0) return NULL;
    machine->over_limit = true;
  }
  void *result = realloc(block, new_size);
  if (result != NULL) {
    machine->bytes += new_size - old_size;
  } else if (machine->swift_depth > 0) {
    // Raising here would jump over Swift frames.
    fputs("flnft: out of memory\n", stderr);
    abort();
  }
  return result;
}

flnft_machine *flnft_machine_open(size_t limit, flnft_call call, flnft_release release) {
  flnft_machine *machine = calloc(1, sizeof *machine);
  if (machine == NULL) return NULL;
  lua_State *L = lua_newstate(allocate, machine);
  if (L == NULL) {
    free(machine);
    return NULL;
  }
  *(flnft_machine **)lua_getextraspace(L) = machine;
  machine->state = machine->running = L;
  machine->call = call;
  machine->release = release;
  luaL_openlibs(L);
  flnft_open_errors(L);
  flnft_open_coroutines(L);
  flnft_install_patterns(L);
  flnft_pattern_set_interrupt(L, &machine->stop_matching);
  machine->limit = limit;
  // Swift is in charge until it calls into Lua.
  machine->swift_depth = 1;
  return machine;
}

void flnft_machine_close(flnft_machine *machine) {
  machine->limit = 0;
  lua_close(machine->state);
  free(machine);
}

lua_State *flnft_machine_state(const flnft_machine *machine) { return machine->state; }
size_t flnft_machine_bytes(const flnft_machine *machine) { return machine->bytes; }

// ---- Trampolines ----------------------------------------------------------------------------------------------------

static int after_swift(lua_State *L, flnft_machine *machine, int results) {
  if (machine->over_limit) {
    machine->over_limit = false;
    lua_gc(L, LUA_GCCOLLECT, 0);
    if (machine->limit != 0 && machine->bytes > machine->limit) {
      lua_settop(L, 0);
      lua_gc(L, LUA_GCCOLLECT, 0);
      flnft_push_error(L, "OutOfMemory", "not enough memory: the script's memory limit is reached", NULL);
      return flnft_raise(L);
    }
  }
  return results < 0 ? flnft_raise(L) : results;
}

int flnft_trampoline(lua_State *L) {
  flnft_machine *machine = flnft_machine_of(L);
  void *context = lua_touserdata(L, lua_upvalueindex(1));
  machine->swift_depth += 1;
  int results = machine->call(L, context);
  machine->swift_depth -= 1;
  if (results >= 0 && !machine->over_limit) return results;
  return after_swift(L, machine, results);
}

typedef double (*scalar1)(double);
typedef double (*scalar2)(double, double);
typedef double (*scalar3)(double, double, double);

// Inlined once for each arity: every call into Lua's library counts here.
static inline __attribute__((always_inline)) int call_scalar(lua_State *L, int arity) {
  double x[3];
  for (int i = 0; i < arity; i += 1) {
    // Not by lua_tonumberx alone, which takes a string of digits for a number.
    if (lua_type(L, i + 1) != LUA_TNUMBER) return flnft_trampoline(L);
    x[i] = lua_tonumberx(L, i + 1, NULL);
  }
  if (lua_gettop(L) != arity) return flnft_trampoline(L);
  void *function = lua_touserdata(L, lua_upvalueindex(2));
  double result = arity == 1   ? ((scalar1)function)(x[0])
                  : arity == 2 ? ((scalar2)function)(x[0], x[1])
                               : ((scalar3)function)(x[0], x[1], x[2]);
  if (result != result) return flnft_trampoline(L);
  lua_pushnumber(L, result);
  return 1;
}

static int call_scalar1(lua_State *L) { return call_scalar(L, 1); }
static int call_scalar2(lua_State *L) { return call_scalar(L, 2); }
static int call_scalar3(lua_State *L) { return call_scalar(L, 3); }

void flnft_push_function(lua_State *L, void *context) {
  lua_pushlightuserdata(L, context);
  lua_pushcclosure(L, flnft_trampoline, 1);
}

void flnft_push_scalar_function(lua_State *L, void *context, int arity, void (*scalar)(void)) {
  lua_pushlightuserdata(L, context);
  lua_pushlightuserdata(L, (void *)scalar);
  lua_pushcclosure(L, arity == 1 ? call_scalar1 : arity == 2 ? call_scalar2 : call_scalar3, 2);
}

void *flnft_function_context(lua_State *L, int index) {
  lua_CFunction function = lua_tocfunction(L, index);
  bool scalar = function == call_scalar1 || function == call_scalar2 || function == call_scalar3;
  if (function != flnft_trampoline && !scalar) return NULL;
  if (lua_getupvalue(L, index, 1) == NULL) return NULL;
  void *context = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return context;
}

// ---- Objects --------------------------------------------------------------------------------------------------------

// Its address marks the metatables of Swift objects.
static const char object_mark = 0;

static int release_object(lua_State *L) {
  void **slot = lua_touserdata(L, 1);
  if (slot != NULL && *slot != NULL) {
    flnft_machine *machine = flnft_machine_of(L);
    void *object = *slot;
    *slot = NULL;  // A finaliser may run twice: the value can be resurrected.
    machine->swift_depth += 1;
    machine->release(object);
    machine->swift_depth -= 1;
  }
  return 0;
}

void flnft_push_object(lua_State *L, void *object, const char *type) {
  void **slot = lua_newuserdatauv(L, sizeof(void *), 0);
  *slot = object;
  luaL_setmetatable(L, type);
}

void *flnft_object(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
  bool ours = lua_rawgetp(L, -1, &object_mark) != LUA_TNIL;
  lua_pop(L, 2);
  return ours ? *(void **)lua_touserdata(L, index) : NULL;
}

// __index: a method if there is one, otherwise whatever Swift answers.
static int index_object(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
  lua_pop(L, 1);
  return flnft_trampoline(L);
}

void flnft_new_type(
    lua_State *L, const char *type, void *index, void *newindex, void *describe, void *length, void *equal) {
  lua_newtable(L);  // The methods.
  luaL_newmetatable(L, type);
  lua_pushboolean(L, 1);
  lua_rawsetp(L, -2, &object_mark);
  lua_pushcfunction(L, release_object);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, release_object);
  lua_setfield(L, -2, "__close");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushlightuserdata(L, index);
  lua_pushvalue(L, -3);
  lua_pushcclosure(L, index_object, 2);
  lua_setfield(L, -2, "__index");
  struct { const char *name; void *context; } events[] = {
      {"__newindex", newindex}, {"__tostring", describe}, {"__len", length}, {"__eq", equal}};
  for (size_t i = 0; i < sizeof events / sizeof *events; i += 1) {
    if (events[i].context == NULL) continue;
    flnft_push_function(L, events[i].context);
    lua_setfield(L, -2, events[i].name);
  }
  lua_pop(L, 1);
}

void flnft_add_metamethod(lua_State *L, const char *type, const char *event, void *context) {
  luaL_getmetatable(L, type);
  flnft_push_function(L, context);
  lua_setfield(L, -2, event);
  lua_pop(L, 1);
}
