// Tables of the original as a copy sees them: to be read and not written, and plain again in what a copy returns.
#include "function_copy.h"

int flnft_copy_gives_up(lua_State *L) {
  flnft_machine_of(L)->is_unfaithful = true;
  return luaL_error(L, "a copy of this function cannot do this");
}

bool flnft_push_held(lua_State *L, int index) {
  if (!lua_istable(L, index)) return false;
  index = lua_absindex(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, copy_key(proxies_key));
  lua_pushvalue(L, index);
  lua_rawget(L, -2);
  lua_remove(L, -2);
  if (lua_istable(L, -1)) return true;
  lua_pop(L, 1);
  return false;
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
  lua_rawgetp(L, LUA_REGISTRYINDEX, copy_key(names_key));
  lua_pushvalue(L, 2);
  if (lua_isnil(L, -1)) return flnft_copy_gives_up(L);
  if (lua_rawget(L, -2) != LUA_TNIL) return flnft_copy_gives_up(L);
  lua_pushnil(L);
  return 1;
}

void flnft_cover_table(lua_State *to, bool has_globals) {
  int held = lua_gettop(to);
  if (has_globals) {
    lua_createtable(to, 0, 1);
    lua_pushcfunction(to, absent_global);
    lua_setfield(to, -2, "__index");
    lua_setmetatable(to, held);
  }
  lua_newtable(to);  // The proxy.
  lua_createtable(to, 0, 5);
  lua_pushvalue(to, held);
  lua_setfield(to, -2, "__index");
  lua_pushcfunction(to, flnft_copy_gives_up);
  lua_setfield(to, -2, "__newindex");
  lua_pushvalue(to, held);
  lua_pushcclosure(to, held_length, 1);
  lua_setfield(to, -2, "__len");
  lua_pushvalue(to, held);
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(library_key));
  lua_getfield(to, -1, "pairs");
  lua_remove(to, -2);
  if (has_globals) {
    lua_pop(to, 2);
    lua_pushcfunction(to, flnft_copy_gives_up);
  } else {
    lua_pushcclosure(to, held_pairs, 2);
  }
  lua_setfield(to, -2, "__pairs");
  lua_pushboolean(to, 0);
  lua_setfield(to, -2, "__metatable");
  lua_setmetatable(to, -2);
  lua_rawgetp(to, LUA_REGISTRYINDEX, copy_key(proxies_key));
  lua_pushvalue(to, -2);
  lua_pushvalue(to, held);
  lua_rawset(to, -3);
  lua_pop(to, 1);
  lua_replace(to, held);
}

// ---- What copies return ---------------------------------------------------------------------------------------------

// Pushes a table of its own with what a copied one holds.
static void push_uncovered(lua_State *L, int depth) {
  luaL_checkstack(L, 8, NULL);
  int held = lua_gettop(L);
  lua_createtable(L, (int)lua_rawlen(L, held), 0);
  lua_pushnil(L);
  while (lua_next(L, held) != 0) {
    if (depth < deepest_copy && flnft_push_held(L, -1)) {
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
  if (depth > deepest_copy || !lua_istable(L, index)) return;
  luaL_checkstack(L, 8, NULL);
  if (flnft_push_held(L, index)) {
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
