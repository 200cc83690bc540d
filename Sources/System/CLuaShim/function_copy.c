// Copies of Lua functions in machines of their own, so that several threads can call what one of them wrote.
//
// A function is dumped and loaded again, and what it refers to is copied with it: numbers, texts, lists and tables of
// them, and other functions of Lua. What is refused, or given up later: whatever a copy could tell from the original.
// Tables that came along can be read and not written; a global that was not copied, or a write to one, marks the copy as
// unfaithful for good, and so does a change of what a function remembers between calls. The caller then has to ask the
// original.
#include <stdio.h>
#include <string.h>

#include "machine.h"

// Keys of the registry of a machine.
static const char library_key = 0;   // name -> function of the libraries, as it was before any script ran
static const char seen_key = 0;      // address of an original -> its copy
static const char proxies_key = 0;   // copied table -> what it holds
static const char upvalues_key = 0;  // address of an original upvalue -> { function, place }
static const char watched_key = 0;   // function, place, value, function, ...
static const char globals_key = 0;   // what copied functions see as globals, behind a proxy
static const char names_key = 0;     // every global name of the original -> true
static const char progress_key = 0;  // address of an original that is being copied -> whether a copy refers to it

enum { most_values = 200000, deepest = 100 };

typedef struct {
  lua_State *from;
  lua_State *to;
  int count;
  bool refused;
  // What cannot be left out either: a copy that others refer to already, or too much of everything.
  bool is_final;
  char obstacle[160];
} copying;

// ---- The libraries that both have -------------------------------------------------------------------------------------

// Functions whose answers depend on their arguments alone.
static const char *const library[] = {
    "assert", "error", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "rawlen", "select", "tonumber",
    "tostring", "type", "xpcall", "getmetatable", "setmetatable", "rawset",
    "math.abs", "math.acos", "math.asin", "math.atan", "math.ceil", "math.cos", "math.deg", "math.exp", "math.floor",
    "math.fmod", "math.log", "math.max", "math.min", "math.modf", "math.pow", "math.rad", "math.sin", "math.sqrt",
    "math.tan", "math.tointeger", "math.type", "math.ult", "math.random",
    "string.byte", "string.char", "string.find", "string.format", "string.gmatch", "string.gsub", "string.len",
    "string.lower", "string.match", "string.pack", "string.packsize", "string.rep", "string.reverse", "string.sub",
    "string.unpack", "string.upper",
    "table.concat", "table.insert", "table.move", "table.pack", "table.remove", "table.sort", "table.unpack",
    "utf8.char", "utf8.codepoint", "utf8.codes", "utf8.len", "utf8.offset",
};
enum { library_count = sizeof library / sizeof *library };

// Pushes the global or the field of one, without metamethods.
static void push_named(lua_State *L, const char *name) {
  const char *dot = strchr(name, '.');
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  if (dot != NULL) {
    lua_pushlstring(L, name, (size_t)(dot - name));
    lua_rawget(L, -2);
    lua_remove(L, -2);
    if (!lua_istable(L, -1)) return;
    name = dot + 1;
  }
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  lua_remove(L, -2);
}

static int remember_library(lua_State *L) {
  lua_createtable(L, 0, library_count);
  for (int i = 0; i < library_count; i += 1) {
    push_named(L, library[i]);
    lua_setfield(L, -2, library[i]);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &library_key);
  return 0;
}

bool flnft_remember_library(lua_State *L) {
  lua_pushcfunction(L, remember_library);
  bool done = flnft_pcall(L, 0, 0) == LUA_OK;
  if (!done) lua_pop(L, 1);
  return done;
}

// ---- What copies may not do -----------------------------------------------------------------------------------------

static int give_up(lua_State *L) {
  flnft_machine_of(L)->is_unfaithful = true;
  return luaL_error(L, "a copy of this function cannot do this");
}

// Pushes what a copied table holds and returns true, or pushes nothing.
static bool push_held(lua_State *L, int index) {
  if (!lua_istable(L, index)) return false;
  index = lua_absindex(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &proxies_key);
  lua_pushvalue(L, index);
  lua_rawget(L, -2);
  lua_remove(L, -2);
  if (lua_istable(L, -1)) return true;
  lua_pop(L, 1);
  return false;
}

static int held_next(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  if (push_held(L, 1)) lua_replace(L, 1);
  if (lua_next(L, 1)) return 2;
  lua_pushnil(L);
  return 1;
}

static int held_rawget(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  if (push_held(L, 1)) {
    // A global that did not come along must not look as if there were none.
    lua_insert(L, 2);
    lua_gettable(L, 2);
  } else {
    lua_rawget(L, 1);
  }
  return 1;
}

static int held_rawlen(lua_State *L) {
  luaL_argexpected(L, lua_istable(L, 1) || lua_isstring(L, 1), 1, "table or string");
  if (push_held(L, 1)) lua_replace(L, 1);
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
  return 1;
}

static int held_rawset(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  lua_settop(L, 3);
  if (push_held(L, 1)) return give_up(L);
  lua_rawset(L, 1);
  return 1;
}

static int held_getmetatable(lua_State *L) {
  luaL_checkany(L, 1);
  if (lua_type(L, 1) == LUA_TSTRING) return give_up(L);
  if (push_held(L, 1) || !lua_getmetatable(L, 1)) {
    lua_pushnil(L);
    return 1;
  }
  luaL_getmetafield(L, 1, "__metatable");
  return 1;
}

static int held_setmetatable(lua_State *L) {
  if (push_held(L, 1)) return give_up(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

// Upvalues: what the table holds, then what pairs is here.
static int held_length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
  return 1;
}

static int held_pairs(lua_State *L) {
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_call(L, 1, 3);
  // The table that comes with the iterator must not be what is held, which could be written to.
  lua_pushvalue(L, 1);
  lua_replace(L, 3);
  return 3;
}

// Of globals: nil for what the original does not have either.
static int absent_global(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
  lua_pushvalue(L, 2);
  if (lua_isnil(L, -1)) return give_up(L);
  if (lua_rawget(L, -2) != LUA_TNIL) return give_up(L);
  lua_pushnil(L);
  return 1;
}

// ---- Copying ----------------------------------------------------------------------------------------------------------

static bool refuse(copying *c, const char *format, const char *what) {
  if (!c->refused) snprintf(c->obstacle, sizeof c->obstacle, format, what);
  c->refused = true;
  return false;
}

static void set_progress(lua_State *to, const void *address, const bool *is_referred_to) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, &progress_key);
  if (is_referred_to != NULL) {
    lua_pushboolean(to, *is_referred_to);
  } else {
    lua_pushnil(to);
  }
  lua_rawsetp(to, -2, address);
  lua_pop(to, 1);
}

// Whether an address is being copied, and if so whether a copy refers to it.
static bool progress(lua_State *to, const void *address, bool *is_referred_to) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, &progress_key);
  bool is_copied = lua_rawgetp(to, -1, address) != LUA_TNIL;
  *is_referred_to = lua_toboolean(to, -1);
  lua_pop(to, 2);
  return is_copied;
}

// Pushes the copy that an address of the original has, if it has one.
static bool push_seen(lua_State *to, const void *address) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, &seen_key);
  bool seen = lua_rawgetp(to, -1, address) != LUA_TNIL;
  lua_remove(to, -2);
  if (!seen) lua_pop(to, 1);
  return seen;
}

static void forget(lua_State *to, const void *address) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, &seen_key);
  lua_pushnil(to);
  lua_rawsetp(to, -2, address);
  lua_pop(to, 1);
}

// The value on top becomes the copy of an address.
static void remember(lua_State *to, const void *address) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, &seen_key);
  lua_pushvalue(to, -2);
  lua_rawsetp(to, -2, address);
  lua_pop(to, 1);
}

static bool copy_value(copying *c, int index, int depth);

static bool copy_scalar(copying *c, int index) {
  switch (lua_type(c->from, index)) {
    case LUA_TNIL: lua_pushnil(c->to); return true;
    case LUA_TBOOLEAN: lua_pushboolean(c->to, lua_toboolean(c->from, index)); return true;
    case LUA_TNUMBER:
      if (lua_isinteger(c->from, index)) {
        lua_pushinteger(c->to, lua_tointegerx(c->from, index, NULL));
      } else {
        lua_pushnumber(c->to, lua_tonumberx(c->from, index, NULL));
      }
      return true;
    case LUA_TSTRING: {
      size_t length;
      const char *text = lua_tolstring(c->from, index, &length);
      lua_pushlstring(c->to, text, length);
      return true;
    }
    default: return false;
  }
}

// Puts a proxy in front of the table on top, which nobody sees from now on; the proxy takes its place. `absent` answers
// for what is not in it, NULL for nil.
static void cover(lua_State *to, lua_CFunction absent) {
  int held = lua_gettop(to);
  if (absent != NULL) {
    lua_createtable(to, 0, 1);
    lua_pushcfunction(to, absent);
    lua_setfield(to, -2, "__index");
    lua_setmetatable(to, held);
  }
  lua_newtable(to);  // The proxy.
  lua_createtable(to, 0, 5);
  lua_pushvalue(to, held);
  lua_setfield(to, -2, "__index");
  lua_pushcfunction(to, give_up);
  lua_setfield(to, -2, "__newindex");
  lua_pushvalue(to, held);
  lua_pushcclosure(to, held_length, 1);
  lua_setfield(to, -2, "__len");
  lua_pushvalue(to, held);
  lua_rawgetp(to, LUA_REGISTRYINDEX, &library_key);
  lua_getfield(to, -1, "pairs");
  lua_remove(to, -2);
  if (absent != NULL) {
    lua_pop(to, 2);
    lua_pushcfunction(to, give_up);
  } else {
    lua_pushcclosure(to, held_pairs, 2);
  }
  lua_setfield(to, -2, "__pairs");
  lua_pushboolean(to, 0);
  lua_setfield(to, -2, "__metatable");
  lua_setmetatable(to, -2);
  lua_rawgetp(to, LUA_REGISTRYINDEX, &proxies_key);
  lua_pushvalue(to, -2);
  lua_pushvalue(to, held);
  lua_rawset(to, -3);
  lua_pop(to, 1);
  lua_replace(to, held);
}

static bool copy_table(copying *c, int index, int depth) {
  lua_State *from = c->from, *to = c->to;
  const void *address = lua_topointer(from, index);
  if (lua_getmetatable(from, index)) {
    lua_pop(from, 1);
    return refuse(c, "%s has a metatable", "a table");
  }
  lua_newtable(to);
  // The proxy is remembered before the fields are copied, which may lead back here.
  int held = lua_gettop(to);
  lua_pushvalue(to, held);
  cover(to, NULL);
  remember(to, address);
  lua_Unsigned places = 0, length = lua_rawlen(from, index);
  bool has_left_out = false;
  lua_pushnil(from);
  while (lua_next(from, index) != 0) {
    int value = lua_gettop(from), key = value - 1;
    if (lua_isinteger(from, key) && lua_tointegerx(from, key, NULL) >= 1) places += 1;
    if (!copy_scalar(c, key)) return refuse(c, "a table has %s as a key", luaL_typename(from, key));
    if (copy_value(c, value, depth + 1)) {
      lua_rawset(to, held);
    } else {
      // Left out; the table then says so when it is asked for it.
      if (c->is_final) return false;
      c->refused = false;
      lua_pop(to, 1);
      has_left_out = true;
    }
    lua_pop(from, 1);
  }
  if (places != length) return refuse(c, "%s has holes", "a list");
  if (has_left_out) {
    lua_createtable(to, 0, 1);
    lua_pushcfunction(to, give_up);
    lua_setfield(to, -2, "__index");
    lua_setmetatable(to, held);
    // Nor may it be walked, or counted by what is left of it.
    lua_getmetatable(to, held + 1);
    lua_pushcfunction(to, give_up);
    lua_setfield(to, -2, "__pairs");
    lua_pushcfunction(to, give_up);
    lua_setfield(to, -2, "__len");
    lua_pop(to, 1);
  }
  lua_remove(to, held);
  return true;
}

static int write_dump(lua_State *from, const void *bytes, size_t length, void *target) {
  (void)from;
  luaL_addlstring(target, bytes, length);
  return 0;
}

// Whether a name stands among the constants of a function, by its bytes.
static bool mentions(const char *bytes, size_t length, const char *name, size_t name_length) {
  if (name_length == 0) return true;
  const char *end = bytes + length - (length < name_length ? length : name_length);
  for (const char *at = bytes; at <= end; at += 1) {
    at = memchr(at, name[0], (size_t)(end - at) + 1);
    if (at == NULL) return false;
    if (memcmp(at, name, name_length) == 0) return true;
  }
  return false;
}

// Copies the globals that a dumped function mentions; those that cannot be copied are left out.
static bool copy_globals(copying *c, const char *bytes, size_t length, int depth) {
  lua_State *from = c->from, *to = c->to;
  lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  int globals = lua_gettop(from);
  lua_rawgetp(to, LUA_REGISTRYINDEX, &globals_key);
  push_held(to, -1);
  lua_remove(to, -2);
  int held = lua_gettop(to);
  lua_pushnil(from);
  while (lua_next(from, globals) != 0) {
    int value = lua_gettop(from), key = value - 1;
    if (lua_type(from, key) == LUA_TSTRING) {
      size_t name_length;
      const char *name = lua_tolstring(from, key, &name_length);
      lua_pushlstring(to, name, name_length);
      bool known = lua_rawget(to, held) != LUA_TNIL;
      lua_pop(to, 1);
      if (!known && !lua_rawequal(from, value, globals) && mentions(bytes, length, name, name_length)) {
        lua_pushlstring(to, name, name_length);
        if (copy_value(c, value, depth + 1)) {
          lua_rawset(to, held);
        } else {
          lua_pop(to, 1);
          lua_settop(from, value);
          if (c->is_final) return false;
          c->refused = false;
        }
      }
    }
    lua_pop(from, 1);
  }
  lua_settop(from, globals - 1);
  lua_settop(to, held - 1);
  return true;
}

static bool is_globals(lua_State *from, int index) {
  lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  bool same = lua_rawequal(from, index < 0 ? index - 1 : index, -1);
  lua_pop(from, 1);
  return same;
}

static void watch(lua_State *to, int function, int place) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, &watched_key);
  lua_Integer count = (lua_Integer)lua_rawlen(to, -1);
  lua_pushvalue(to, function);
  lua_rawseti(to, -2, count + 1);
  lua_pushinteger(to, place);
  lua_rawseti(to, -2, count + 2);
  if (lua_getupvalue(to, function, place) == NULL) lua_pushnil(to);
  // nil would end the list.
  if (lua_isnil(to, -1)) {
    lua_pop(to, 1);
    lua_pushlightuserdata(to, (void *)&watched_key);
  }
  lua_rawseti(to, -2, count + 3);
  lua_pop(to, 1);
}

static bool copy_upvalue(copying *c, int index, int place, int function, int depth) {
  lua_State *from = c->from, *to = c->to;
  const void *identity = lua_upvalueid(from, index, place);
  lua_rawgetp(to, LUA_REGISTRYINDEX, &upvalues_key);
  if (lua_rawgetp(to, -1, identity) == LUA_TTABLE) {
    lua_rawgeti(to, -1, 1);
    lua_rawgeti(to, -2, 2);
    lua_upvaluejoin(to, function, place, lua_gettop(to) - 1, (int)lua_tointegerx(to, -1, NULL));
    lua_pop(to, 4);
    return true;
  }
  lua_pop(to, 1);
  lua_createtable(to, 2, 0);
  lua_pushvalue(to, function);
  lua_rawseti(to, -2, 1);
  lua_pushinteger(to, place);
  lua_rawseti(to, -2, 2);
  lua_rawsetp(to, -2, identity);
  lua_pop(to, 1);
  const char *name = lua_getupvalue(from, index, place);
  int value = lua_gettop(from);
  bool copied = true;
  if (is_globals(from, value)) {
    lua_rawgetp(to, LUA_REGISTRYINDEX, &globals_key);
  } else {
    copied = copy_value(c, value, depth + 1);
    if (!copied && lua_type(from, value) == LUA_TUSERDATA) {
      c->refused = false;
      refuse(c, "it uses '%s', which is neither data nor a function of Lua", name != NULL ? name : "?");
    }
  }
  lua_settop(from, value - 1);
  if (!copied) return false;
  lua_setupvalue(to, function, place);
  watch(to, function, place);
  return true;
}

static bool copy_function(copying *c, int index, int depth) {
  lua_State *from = c->from, *to = c->to;
  const void *address = lua_topointer(from, index);
  if (lua_iscfunction(from, index)) return refuse(c, "it calls %s that is not part of Lua's pure libraries", "a function");
  luaL_Buffer buffer;
  luaL_buffinit(to, &buffer);
  lua_pushvalue(from, index);
  // With names and lines, for the same words in errors.
  int status = lua_dump(from, write_dump, &buffer, 0);
  lua_pop(from, 1);
  luaL_pushresult(&buffer);
  if (status != 0) return refuse(c, "%s cannot be dumped", "it");
  int dumped = lua_gettop(to);
  size_t length;
  const char *bytes = lua_tolstring(to, dumped, &length);
  if (luaL_loadbufferx(to, bytes, length, "copy", "b") != LUA_OK) return refuse(c, "%s cannot be loaded again", "it");
  int function = lua_gettop(to);
  remember(to, address);
  for (int place = 1; place <= 255; place += 1) {
    if (lua_getupvalue(from, index, place) == NULL) break;
    bool has_globals = is_globals(from, -1);
    lua_pop(from, 1);
    if (has_globals && !copy_globals(c, bytes, length, depth)) return false;
    if (!copy_upvalue(c, index, place, function, depth)) return false;
  }
  lua_remove(to, dumped);
  return true;
}

static bool refuse_for_good(copying *c, const char *what) {
  c->is_final = true;
  return refuse(c, "%s", what);
}

// Pushes the copy of a value onto the other stack; pushes nothing where there can be none.
static bool copy_value(copying *c, int index, int depth) {
  lua_State *from = c->from, *to = c->to;
  int top = lua_gettop(to), below = lua_gettop(from);
  if (++c->count > most_values) return refuse_for_good(c, "it refers to more than 200000 values");
  if (depth > deepest) return refuse_for_good(c, "its tables are too deep");
  luaL_checkstack(to, 24, NULL);
  if (!lua_checkstack(from, 24)) return refuse_for_good(c, "there is no room");
  if (copy_scalar(c, index)) return true;
  int type = lua_type(from, index);
  if (type != LUA_TTABLE && type != LUA_TFUNCTION) return refuse(c, "it refers to a %s", lua_typename(to, type));
  const void *address = lua_topointer(from, index);
  bool is_referred_to = false;
  if (push_seen(to, address)) {
    const bool yes = true;
    if (progress(to, address, &is_referred_to)) set_progress(to, address, &yes);
    return true;
  }
  set_progress(to, address, &is_referred_to);
  bool copied = type == LUA_TTABLE ? copy_table(c, index, depth) : copy_function(c, index, depth);
  progress(to, address, &is_referred_to);
  set_progress(to, address, NULL);
  if (!copied) {
    // A finished copy may lead to this one: then none of them is any good.
    if (is_referred_to) c->is_final = true;
    forget(to, address);
    lua_settop(to, top);
    lua_settop(from, below);
  }
  return copied;
}

// ---- A machine for copies -----------------------------------------------------------------------------------------------

static void set_library(lua_State *to, const char *name, lua_CFunction function, int upvalues) {
  lua_pushcclosure(to, function, upvalues);
  lua_rawgetp(to, LUA_REGISTRYINDEX, &library_key);
  lua_insert(to, -2);
  lua_setfield(to, -2, name);
  lua_pop(to, 1);
}

// Whether a table of the original has something that its library did not have.
static bool is_changed(copying *c, const char *name) {
  lua_State *from = c->from;
  int top = lua_gettop(from);
  push_named(from, name);
  bool changed = !lua_istable(from, -1);
  int table = lua_gettop(from);
  if (!changed) {
    lua_pushnil(from);
    while (!changed && lua_next(from, table) != 0) {
      changed = !push_seen(c->to, lua_topointer(from, -1));
      if (!changed) lua_pop(c->to, 1);
      lua_pop(from, 1);
    }
  }
  lua_settop(from, top);
  return changed;
}

static void begin(copying *c, bool draws) {
  lua_State *from = c->from, *to = c->to;
  flnft_machine_of(to)->has_copies = true;
  const void *keys[] = {&seen_key, &proxies_key, &upvalues_key, &watched_key, &names_key, &progress_key};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i += 1) {
    lua_newtable(to);
    lua_rawsetp(to, LUA_REGISTRYINDEX, keys[i]);
  }
  set_library(to, "next", held_next, 0);
  set_library(to, "rawget", held_rawget, 0);
  set_library(to, "rawlen", held_rawlen, 0);
  set_library(to, "rawset", held_rawset, 0);
  set_library(to, "getmetatable", held_getmetatable, 0);
  push_named(to, "setmetatable");
  set_library(to, "setmetatable", held_setmetatable, 1);
  // Every function of the original's libraries has its like here.
  lua_rawgetp(from, LUA_REGISTRYINDEX, &library_key);
  lua_rawgetp(to, LUA_REGISTRYINDEX, &library_key);
  for (int i = 0; i < library_count; i += 1) {
    if (!draws && strcmp(library[i], "math.random") == 0) continue;
    if (lua_getfield(from, -1, library[i]) == LUA_TFUNCTION && lua_getfield(to, -1, library[i]) == LUA_TFUNCTION) {
      remember(to, lua_topointer(from, -1));
    }
    lua_settop(to, 3);
    lua_pop(from, 1);
  }
  lua_pop(from, 1);
  lua_pop(to, 1);
  lua_rawgetp(to, LUA_REGISTRYINDEX, &names_key);
  lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_pushnil(from);
  while (lua_next(from, -2) != 0) {
    lua_pop(from, 1);
    if (copy_scalar(c, lua_gettop(from))) {
      lua_pushboolean(to, 1);
      lua_rawset(to, -3);
    }
  }
  lua_pop(from, 1);
  lua_pop(to, 1);
  lua_newtable(to);
  cover(to, absent_global);
  lua_rawsetp(to, LUA_REGISTRYINDEX, &globals_key);
}

// Arguments: the copying; whether math.random is one of the libraries' functions.
static int copy_protected(lua_State *to) {
  copying *c = lua_touserdata(to, 1);
  bool is_new = lua_rawgetp(to, LUA_REGISTRYINDEX, &seen_key) == LUA_TNIL;
  lua_settop(to, 2);
  if (is_new) begin(c, lua_toboolean(to, 2));
  lua_settop(to, 2);
  if (is_changed(c, "string")) {
    refuse(c, "%s", "the string library has been changed");
    return 0;
  }
  return copy_value(c, lua_gettop(c->from), 0) ? 1 : 0;
}

bool flnft_copy_function(lua_State *from, int index, lua_State *to, bool draws, char *obstacle, size_t length) {
  copying c = {.from = from, .to = to};
  int top = lua_gettop(from), before = lua_gettop(to);
  lua_pushvalue(from, index);
  lua_pushcfunction(to, copy_protected);
  lua_pushlightuserdata(to, &c);
  lua_pushboolean(to, draws);
  int status = flnft_pcall(to, 2, 1);
  lua_settop(from, top);
  bool copied = status == LUA_OK && lua_isfunction(to, -1);
  if (!copied) {
    snprintf(obstacle, length, "%s", c.refused ? c.obstacle : "it could not be copied");
    lua_settop(to, before);
  }
  return copied;
}

// ---- What copies return -------------------------------------------------------------------------------------------------

// Pushes a table of its own with what a copied one holds.
static void push_uncovered(lua_State *L, int depth) {
  luaL_checkstack(L, 8, NULL);
  int held = lua_gettop(L);
  lua_createtable(L, (int)lua_rawlen(L, held), 0);
  lua_pushnil(L);
  while (lua_next(L, held) != 0) {
    if (depth < deepest && push_held(L, -1)) {
      push_uncovered(L, depth + 1);
      lua_replace(L, -3);
      lua_pop(L, 1);
    }
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, held + 1);
  }
}

static void uncover(lua_State *L, int index, int depth) {
  if (depth > deepest || !lua_istable(L, index)) return;
  luaL_checkstack(L, 8, NULL);
  if (push_held(L, index)) {
    push_uncovered(L, depth);
    lua_replace(L, index);
    lua_pop(L, 1);
    return;
  }
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    if (lua_istable(L, -1)) {
      uncover(L, lua_gettop(L), depth + 1);
      lua_pushvalue(L, -2);
      lua_insert(L, -2);
      lua_rawset(L, index);
    } else {
      lua_pop(L, 1);
    }
  }
}

void flnft_uncover(lua_State *L, int index) {
  if (flnft_machine_of(L)->has_copies) uncover(L, lua_absindex(L, index), 0);
}

static int uncover_protected(lua_State *L) {
  for (int i = 1; i <= lua_gettop(L); i += 1) flnft_uncover(L, i);
  return lua_gettop(L);
}

int flnft_uncover_results(lua_State *L, int count) {
  if (!flnft_machine_of(L)->has_copies || count == 0) return LUA_OK;
  lua_pushcfunction(L, uncover_protected);
  lua_insert(L, -1 - count);
  return flnft_pcall(L, count, count);
}

// ---- Whether they can be believed ---------------------------------------------------------------------------------------

bool flnft_copies_are_faithful(lua_State *to) {
  flnft_machine *machine = flnft_machine_of(to);
  if (machine->is_unfaithful || !machine->has_copies) return !machine->is_unfaithful;
  if (!lua_checkstack(to, 8)) return !(machine->is_unfaithful = true);
  int top = lua_gettop(to);
  if (lua_rawgetp(to, LUA_REGISTRYINDEX, &watched_key) == LUA_TTABLE) {
    lua_Integer count = (lua_Integer)lua_rawlen(to, -1);
    int list = top + 1;
    for (lua_Integer at = 1; at < count; at += 3) {
      lua_rawgeti(to, list, at);
      lua_rawgeti(to, list, at + 1);
      if (lua_getupvalue(to, -2, (int)lua_tointegerx(to, -1, NULL)) == NULL) lua_pushnil(to);
      lua_rawgeti(to, list, at + 2);
      bool is_nil = lua_touserdata(to, -1) == (void *)&watched_key;
      if (is_nil ? !lua_isnil(to, -2) : !lua_rawequal(to, -1, -2)) machine->is_unfaithful = true;
      lua_settop(to, list);
    }
  }
  lua_settop(to, top);
  return !machine->is_unfaithful;
}
