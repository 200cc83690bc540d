#include "function_copy.h"

#include <stdio.h>
#include <string.h>

const char flnft_copy_keys[copy_key_count];

enum { most_values = 200000 };

// ---- Values and functions -------------------------------------------------------------------------------------------

bool flnft_refuse_copy(copying *c, const char *format, const char *what) {
  if (!c->refused) snprintf(c->obstacle, sizeof c->obstacle, format, what);
  c->refused = true;
  return false;
}

static void set_progress(lua_State *to, const void *address, const bool *is_referred_to) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(progress_key));
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
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(progress_key));
  bool is_copied = lua_rawgetp(to, -1, address) != LUA_TNIL;
  *is_referred_to = lua_toboolean(to, -1);
  lua_pop(to, 2);
  return is_copied;
}

bool flnft_push_copy(lua_State *to, const void *address) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(seen_key));
  bool seen = lua_rawgetp(to, -1, address) != LUA_TNIL;
  lua_remove(to, -2);
  if (!seen) lua_pop(to, 1);
  return seen;
}

static void forget(lua_State *to, const void *address) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(seen_key));
  lua_pushnil(to);
  lua_rawsetp(to, -2, address);
  lua_pop(to, 1);
}

void flnft_remember_copy(lua_State *to, const void *address) {
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(seen_key));
  lua_pushvalue(to, -2);
  lua_rawsetp(to, -2, address);
  lua_pop(to, 1);
}

bool flnft_copy_scalar(copying *c, int index) {
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

static bool copy_table(copying *c, int index, int depth) {
  lua_State *from = c->from, *to = c->to;
  const void *address = lua_topointer(from, index);
  if (lua_getmetatable(from, index)) {
    lua_pop(from, 1);
    return flnft_refuse_copy(c, "%s has a metatable", "a table");
  }
  lua_newtable(to);
  // The proxy is remembered before the fields are copied, which may lead back here.
  int held = lua_gettop(to);
  lua_pushvalue(to, held);
  flnft_cover_table(to, false);
  flnft_remember_copy(to, address);
  lua_Unsigned places = 0, length = lua_rawlen(from, index);
  bool has_left_out = false;
  lua_pushnil(from);
  while (lua_next(from, index) != 0) {
    int value = lua_gettop(from), key = value - 1;
    if (lua_isinteger(from, key) && lua_tointegerx(from, key, NULL) >= 1) places += 1;
    if (!flnft_copy_scalar(c, key)) return flnft_refuse_copy(c, "a table has %s as a key", luaL_typename(from, key));
    if (flnft_copy_value(c, value, depth + 1)) {
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
  if (places != length) return flnft_refuse_copy(c, "%s has holes", "a list");
  if (has_left_out) {
    lua_createtable(to, 0, 1);
    lua_pushcfunction(to, flnft_copy_gives_up);
    lua_setfield(to, -2, "__index");
    lua_setmetatable(to, held);
    // Nor may it be walked, or counted by what is left of it.
    lua_getmetatable(to, held + 1);
    lua_pushcfunction(to, flnft_copy_gives_up);
    lua_setfield(to, -2, "__pairs");
    lua_pushcfunction(to, flnft_copy_gives_up);
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
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(globals_key));
  flnft_push_held(to, -1);
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
        if (flnft_copy_value(c, value, depth + 1)) {
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
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(watched_key));
  lua_Integer count = (lua_Integer)lua_rawlen(to, -1);
  lua_pushvalue(to, function);
  lua_rawseti(to, -2, count + 1);
  lua_pushinteger(to, place);
  lua_rawseti(to, -2, count + 2);
  if (lua_getupvalue(to, function, place) == NULL) lua_pushnil(to);
  // nil would end the list.
  if (lua_isnil(to, -1)) {
    lua_pop(to, 1);
    lua_pushlightuserdata(to, (void *)copy_key(watched_key));
  }
  lua_rawseti(to, -2, count + 3);
  lua_pop(to, 1);
}

static bool copy_upvalue(copying *c, int index, int place, int function, int depth) {
  lua_State *from = c->from, *to = c->to;
  const void *identity = lua_upvalueid(from, index, place);
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(upvalues_key));
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
    lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(globals_key));
  } else {
    copied = flnft_copy_value(c, value, depth + 1);
    if (!copied && lua_type(from, value) == LUA_TUSERDATA) {
      c->refused = false;
      flnft_refuse_copy(c, "it uses '%s', which is neither data nor a function of Lua", name != NULL ? name : "?");
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
  if (lua_iscfunction(from, index)) {
    return flnft_refuse_copy(c, "it calls %s that is not part of Lua's pure libraries", "a function");
  }
  luaL_Buffer buffer;
  luaL_buffinit(to, &buffer);
  lua_pushvalue(from, index);
  // With names and lines, for the same words in errors.
  int status = lua_dump(from, write_dump, &buffer, 0);
  lua_pop(from, 1);
  luaL_pushresult(&buffer);
  if (status != 0) return flnft_refuse_copy(c, "%s cannot be dumped", "it");
  int dumped = lua_gettop(to);
  size_t length;
  const char *bytes = lua_tolstring(to, dumped, &length);
  if (luaL_loadbufferx(to, bytes, length, "copy", "b") != LUA_OK) {
    return flnft_refuse_copy(c, "%s cannot be loaded again", "it");
  }
  int function = lua_gettop(to);
  flnft_remember_copy(to, address);
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
  return flnft_refuse_copy(c, "%s", what);
}

bool flnft_copy_value(copying *c, int index, int depth) {
  lua_State *from = c->from, *to = c->to;
  int top = lua_gettop(to), below = lua_gettop(from);
  if (++c->count > most_values) return refuse_for_good(c, "it refers to more than 200000 values");
  if (depth > deepest_copy) return refuse_for_good(c, "its tables are too deep");
  luaL_checkstack(to, 24, NULL);
  if (!lua_checkstack(from, 24)) return refuse_for_good(c, "there is no room");
  if (flnft_copy_scalar(c, index)) return true;
  int type = lua_type(from, index);
  if (type != LUA_TTABLE && type != LUA_TFUNCTION) {
    return flnft_refuse_copy(c, "it refers to a %s", lua_typename(to, type));
  }
  const void *address = lua_topointer(from, index);
  bool is_referred_to = false;
  if (flnft_push_copy(to, address)) {
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

// ---- A machine for copies -------------------------------------------------------------------------------------------

// Whether a table of the original has something that its library did not have.
static bool is_changed(copying *c, const char *name) {
  lua_State *from = c->from;
  int top = lua_gettop(from);
  flnft_push_named(from, name);
  bool changed = !lua_istable(from, -1);
  int table = lua_gettop(from);
  if (!changed) {
    lua_pushnil(from);
    while (!changed && lua_next(from, table) != 0) {
      changed = !flnft_push_copy(c->to, lua_topointer(from, -1));
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
  const enum copy_key keys[] = {seen_key, proxies_key, upvalues_key, watched_key, names_key, progress_key};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i += 1) {
    lua_newtable(to);
    lua_rawsetp(to, LUA_REGISTRYINDEX, copy_key(keys[i]));
  }
  flnft_cover_library(to);
  // Every function of the original's libraries has its like here.
  lua_rawgetp(from, LUA_REGISTRYINDEX, copy_key(library_key));
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(library_key));
  for (int i = 0; i < copied_library_count; i += 1) {
    if (!draws && strcmp(flnft_copied_library[i], "math.random") == 0) continue;
    const char *name = flnft_copied_library[i];
    if (lua_getfield(from, -1, name) == LUA_TFUNCTION && lua_getfield(to, -1, name) == LUA_TFUNCTION) {
      flnft_remember_copy(to, lua_topointer(from, -1));
    }
    lua_settop(to, 3);
    lua_pop(from, 1);
  }
  lua_pop(from, 1);
  lua_pop(to, 1);
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(names_key));
  lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_pushnil(from);
  while (lua_next(from, -2) != 0) {
    lua_pop(from, 1);
    if (flnft_copy_scalar(c, lua_gettop(from))) {
      lua_pushboolean(to, 1);
      lua_rawset(to, -3);
    }
  }
  lua_pop(from, 1);
  lua_pop(to, 1);
  lua_newtable(to);
  flnft_cover_table(to, true);
  lua_rawsetp(to, LUA_REGISTRYINDEX, copy_key(globals_key));
}

// Arguments: the copying; whether math.random is one of the libraries' functions.
static int copy_protected(lua_State *to) {
  copying *c = lua_touserdata(to, 1);
  bool is_new = lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(seen_key)) == LUA_TNIL;
  lua_settop(to, 2);
  if (is_new) begin(c, lua_toboolean(to, 2));
  lua_settop(to, 2);
  if (is_changed(c, "string")) {
    flnft_refuse_copy(c, "%s", "the string library has been changed");
    return 0;
  }
  return flnft_copy_value(c, lua_gettop(c->from), 0) ? 1 : 0;
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

// ---- Whether they can be believed -----------------------------------------------------------------------------------

bool flnft_copies_are_faithful(lua_State *to) {
  flnft_machine *machine = flnft_machine_of(to);
  if (machine->is_unfaithful || !machine->has_copies) return !machine->is_unfaithful;
  if (!lua_checkstack(to, 8)) return !(machine->is_unfaithful = true);
  int top = lua_gettop(to);
  if (lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(watched_key)) == LUA_TTABLE) {
    lua_Integer count = (lua_Integer)lua_rawlen(to, -1);
    int list = top + 1;
    for (lua_Integer at = 1; at < count; at += 3) {
      lua_rawgeti(to, list, at);
      lua_rawgeti(to, list, at + 1);
      if (lua_getupvalue(to, -2, (int)lua_tointegerx(to, -1, NULL)) == NULL) lua_pushnil(to);
      lua_rawgeti(to, list, at + 2);
      bool is_nil = lua_touserdata(to, -1) == (void *)copy_key(watched_key);
      if (is_nil ? !lua_isnil(to, -2) : !lua_rawequal(to, -1, -2)) machine->is_unfaithful = true;
      lua_settop(to, list);
    }
  }
  lua_settop(to, top);
  return !machine->is_unfaithful;
}
