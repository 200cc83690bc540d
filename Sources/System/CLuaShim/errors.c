// Error objects, and the calls that Swift may make into Lua because they catch what is raised.
#include <string.h>

#include "machine.h"

static const char *const error_type = "flnft.error";
static const char traceback_key = 0;

static int describe_error(lua_State *L) {
  lua_settop(L, 1);
  lua_pushliteral(L, "position");
  lua_rawget(L, 1);
  lua_pushliteral(L, "message");
  lua_rawget(L, 1);
  if (lua_isstring(L, 2)) {
    lua_pushvalue(L, 2);
    lua_pushliteral(L, ": ");
    lua_pushvalue(L, 3);
    lua_concat(L, 3);
  }
  return 1;
}

void flnft_open_errors(lua_State *L) {
  luaL_newmetatable(L, error_type);
  lua_pushcfunction(L, describe_error);
  lua_setfield(L, -2, "__tostring");
  lua_pop(L, 1);
}

static void set_string(lua_State *L, const char *key, const char *value) {
  if (value == NULL) return;
  lua_pushstring(L, value);
  lua_setfield(L, -2, key);
}

void flnft_push_error(lua_State *L, const char *kind, const char *message, const char *hint) {
  lua_createtable(L, 0, 4);
  set_string(L, "kind", kind);
  set_string(L, "message", message);
  set_string(L, "hint", hint);
  luaL_setmetatable(L, error_type);
}

bool flnft_is_error(lua_State *L, int index) {
  if (!lua_istable(L, index) || !lua_getmetatable(L, index)) return false;
  luaL_getmetatable(L, error_type);
  bool is_error = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return is_error;
}

int flnft_raise(lua_State *L) {
  if (lua_istable(L, -1)) {
    lua_pushliteral(L, "position");
    if (lua_rawget(L, -2) == LUA_TNIL) {
      // luaL_where gives "name:line: " of the function that called into Swift, or nothing.
      luaL_where(L, 1);
      size_t length;
      const char *where = lua_tolstring(L, -1, &length);
      if (length > 2) {
        lua_pushlstring(L, where, length - 2);
        lua_setfield(L, -4, "position");
      }
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  return lua_error(L);
}

// Raises the error object of an interrupt; the pattern matcher calls it too.
void flnft_raise_interrupt(lua_State *L) {
  flnft_push_error(L, "Interrupted", "interrupted", NULL);
  luaL_where(L, 0);
  size_t length;
  const char *where = lua_tolstring(L, -1, &length);
  if (length > 2) {
    lua_pushlstring(L, where, length - 2);
    lua_setfield(L, -3, "position");
  }
  lua_pop(L, 1);
  lua_error(L);
}

// ---- Protected calls ------------------------------------------------------------------------------------------------

static int handle_error(lua_State *L) {
  luaL_traceback(L, L, NULL, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &traceback_key);
  return 1;
}

void flnft_push_traceback(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &traceback_key);
}

static int protected_call(lua_State *L, int arguments, int results, lua_CFunction handler) {
  flnft_machine *machine = flnft_machine_of(L);
  int base = lua_gettop(L) - arguments;
  int depth = machine->swift_depth;
  lua_State *running = machine->running;
  if (handler != NULL) {
    lua_pushcfunction(L, handler);
    lua_insert(L, base);
  }
  machine->swift_depth = 0;
  machine->running = L;
  int status = lua_pcall(L, arguments, results, handler != NULL ? base : 0);
  machine->swift_depth = depth;
  machine->running = running;
  if (handler != NULL) lua_remove(L, base);
  return status;
}

int flnft_pcall(lua_State *L, int arguments, int results) {
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &traceback_key);
  return protected_call(L, arguments, results, handle_error);
}

static int describe(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

void flnft_push_description(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_pushcfunction(L, describe);
  lua_pushvalue(L, index);
  if (protected_call(L, 1, 1, NULL) != LUA_OK) {
    lua_pop(L, 1);
    lua_pushfstring(L, "(%s that cannot describe itself)", lua_typename(L, lua_type(L, index)));
  }
}

int flnft_load(lua_State *L, const char *text, size_t length, const char *name) {
  // Text only: malformed bytecode can crash the machine.
  return luaL_loadbufferx(L, text, length, name, "t");
}

size_t flnft_read_numbers(lua_State *L, int index, double *out, size_t count) {
  index = lua_absindex(L, index);
  for (size_t i = 0; i < count; i += 1) {
    bool number = lua_rawgeti(L, index, (lua_Integer)i + 1) == LUA_TNUMBER;
    if (number) out[i] = lua_tonumberx(L, -1, NULL);
    lua_pop(L, 1);
    if (!number) return i + 1;
  }
  return 0;
}

void flnft_push_numbers(lua_State *L, const double *values, size_t count) {
  lua_createtable(L, count > INT32_MAX ? INT32_MAX : (int)count, 0);
  for (size_t i = 0; i < count; i += 1) {
    lua_pushnumber(L, values[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

int flnft_registry_index(void) { return LUA_REGISTRYINDEX; }
int flnft_multiple_results(void) { return LUA_MULTRET; }
void flnft_pop(lua_State *L, int count) { lua_pop(L, count); }

void flnft_collect_step(lua_State *L, int kilobytes) { lua_gc(L, LUA_GCSTEP, kilobytes); }
