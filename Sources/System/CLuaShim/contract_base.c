// What is left of Lua's basic functions. There is no pcall: an error ends the run, and the chain undoes it.
#include <string.h>

#include "contract_machine.h"

static int base_error(lua_State *L) {
  flnft_charge_call(L);
  int level = (int)luaL_optinteger(L, 2, 1);
  lua_settop(L, 1);
  if (lua_type(L, 1) == LUA_TSTRING && level > 0) {
    luaL_where(L, level);
    lua_insert(L, 1);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int base_assert(lua_State *L) {
  flnft_charge_call(L);
  if (lua_toboolean(L, 1)) return lua_gettop(L);
  luaL_checkany(L, 1);
  if (lua_gettop(L) == 1) return luaL_error(L, "assertion failed");
  lua_settop(L, 2);
  return lua_error(L);
}

const char *flnft_type_name(lua_State *L, int index) {
  if (flnft_is_amount(L, index)) return "amount";
  return luaL_typename(L, index);
}

static int base_type(lua_State *L) {
  flnft_charge_call(L);
  luaL_checkany(L, 1);
  lua_pushstring(L, flnft_type_name(L, 1));
  return 1;
}

static int base_tostring(lua_State *L) {
  flnft_charge_call(L);
  luaL_checkany(L, 1);
  flnft_push_text(L, 1, NULL);
  return 1;
}

// The number that a text stands for, or nil.
static int base_tonumber(lua_State *L) {
  flnft_charge_call(L);
  luaL_checkany(L, 1);
  if (lua_type(L, 1) == LUA_TNUMBER) {
    lua_settop(L, 1);
    return 1;
  }
  size_t length;
  const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : NULL;
  if (text != NULL) {
    flnft_charge_work(L, length);
    if (lua_stringtonumber(L, text) == length + 1) return 1;
  }
  lua_pushnil(L);
  return 1;
}

void flnft_open_base(lua_State *L) {
  static const flnft_entry functions[] = {
      {"assert", base_assert},     {"error", base_error}, {"tonumber", base_tonumber},
      {"tostring", base_tostring}, {"type", base_type},   {NULL, NULL},
  };
  flnft_add_globals(L, functions);
}
