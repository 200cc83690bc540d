// The functions that both machines have, and those that know a copied table from another.
#include <string.h>

#include "function_copy.h"

const char *const flnft_copied_library[] = {
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
void flnft_push_named(lua_State *L, const char *name) {
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
  lua_createtable(L, 0, copied_library_count);
  for (int i = 0; i < copied_library_count; i += 1) {
    flnft_push_named(L, flnft_copied_library[i]);
    lua_setfield(L, -2, flnft_copied_library[i]);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, copy_key(library_key));
  return 0;
}

bool flnft_remember_library(lua_State *L) {
  lua_pushcfunction(L, remember_library);
  bool done = flnft_pcall(L, 0, 0) == LUA_OK;
  if (!done) lua_pop(L, 1);
  return done;
}

// ---- What knows a copied table --------------------------------------------------------------------------------------

static int held_next(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  if (flnft_push_held(L, 1)) lua_replace(L, 1);
  if (lua_next(L, 1)) return 2;
  lua_pushnil(L);
  return 1;
}

static int held_rawget(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  lua_settop(L, 2);
  if (flnft_push_held(L, 1)) {
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
  if (flnft_push_held(L, 1)) lua_replace(L, 1);
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
  return 1;
}

static int held_rawset(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  lua_settop(L, 3);
  if (flnft_push_held(L, 1)) return flnft_copy_gives_up(L);
  lua_rawset(L, 1);
  return 1;
}

static int held_getmetatable(lua_State *L) {
  luaL_checkany(L, 1);
  if (lua_type(L, 1) == LUA_TSTRING) return flnft_copy_gives_up(L);
  if (flnft_push_held(L, 1) || !lua_getmetatable(L, 1)) {
    lua_pushnil(L);
    return 1;
  }
  luaL_getmetafield(L, 1, "__metatable");
  return 1;
}

static int held_setmetatable(lua_State *L) {
  if (flnft_push_held(L, 1)) return flnft_copy_gives_up(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

static void set_library(lua_State *to, const char *name, lua_CFunction function, int upvalues) {
  lua_pushcclosure(to, function, upvalues);
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(library_key));
  lua_insert(to, -2);
  lua_setfield(to, -2, name);
  lua_pop(to, 1);
}

void flnft_cover_library(lua_State *to) {
  set_library(to, "next", held_next, 0);
  set_library(to, "rawget", held_rawget, 0);
  set_library(to, "rawlen", held_rawlen, 0);
  set_library(to, "rawset", held_rawset, 0);
  set_library(to, "getmetatable", held_getmetatable, 0);
  flnft_push_named(to, "setmetatable");
  set_library(to, "setmetatable", held_setmetatable, 1);
}
