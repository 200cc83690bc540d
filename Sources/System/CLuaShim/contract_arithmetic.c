// math: what is exact. Functions whose last bit depends on the C library are not here.
#include <math.h>

#include "contract_machine.h"

// A whole float as an integer where it fits one.
static int push_whole(lua_State *L, lua_Number number) {
  if (number >= -0x1p63 && number < 0x1p63) lua_pushinteger(L, (lua_Integer)number);
  else lua_pushnumber(L, number);
  return 1;
}

static int math_floor(lua_State *L) {
  flnft_charge_call(L);
  if (lua_isinteger(L, 1)) return lua_settop(L, 1), 1;
  luaL_checktype(L, 1, LUA_TNUMBER);
  return push_whole(L, floor(lua_tonumber(L, 1)));
}

static int math_ceil(lua_State *L) {
  flnft_charge_call(L);
  if (lua_isinteger(L, 1)) return lua_settop(L, 1), 1;
  luaL_checktype(L, 1, LUA_TNUMBER);
  return push_whole(L, ceil(lua_tonumber(L, 1)));
}

static int math_abs(lua_State *L) {
  flnft_charge_call(L);
  luaL_checktype(L, 1, LUA_TNUMBER);
  if (!lua_isinteger(L, 1)) {
    lua_pushnumber(L, fabs(lua_tonumber(L, 1)));
    return 1;
  }
  lua_Integer integer = lua_tointeger(L, 1);
  lua_pushinteger(L, integer < 0 ? (lua_Integer)(0u - (lua_Unsigned)integer) : integer);
  return 1;
}

// The largest or smallest of numbers, or of amounts; the first of equals.
static int extreme(lua_State *L, bool largest) {
  flnft_charge_call(L);
  int count = lua_gettop(L), best = 1;
  flnft_charge(L, (uint64_t)count);
  luaL_checkany(L, 1);
  for (int i = 1; i <= count; i += 1) {
    if (lua_type(L, i) != LUA_TNUMBER && !flnft_is_amount(L, i))
      luaL_error(L, "a number or an amount is needed, not a value of type %s", flnft_type_name(L, i));
    if (largest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT)) best = i;
  }
  lua_pushvalue(L, best);
  return 1;
}

static int math_max(lua_State *L) { return extreme(L, true); }
static int math_min(lua_State *L) { return extreme(L, false); }

static int math_tointeger(lua_State *L) {
  flnft_charge_call(L);
  luaL_checkany(L, 1);
  int exact = 0;
  lua_Integer integer = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &exact) : 0;
  if (exact) lua_pushinteger(L, integer);
  else lua_pushnil(L);
  return 1;
}

static int math_type(lua_State *L) {
  flnft_charge_call(L);
  luaL_checkany(L, 1);
  if (lua_type(L, 1) == LUA_TNUMBER) lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
  else lua_pushnil(L);
  return 1;
}

static int math_ult(lua_State *L) {
  flnft_charge_call(L);
  lua_pushboolean(L, (lua_Unsigned)luaL_checkinteger(L, 1) < (lua_Unsigned)luaL_checkinteger(L, 2));
  return 1;
}

void flnft_open_arithmetic(lua_State *L) {
  static const flnft_entry functions[] = {
      {"abs", math_abs}, {"ceil", math_ceil},           {"floor", math_floor}, {"max", math_max},
      {"min", math_min}, {"tointeger", math_tointeger}, {"type", math_type},   {"ult", math_ult},
      {NULL, NULL},
  };
  lua_createtable(L, 0, 10);
  flnft_add_functions(L, functions);
  lua_pushinteger(L, LUA_MAXINTEGER);
  lua_setfield(L, -2, "maxinteger");
  lua_pushinteger(L, LUA_MININTEGER);
  lua_setfield(L, -2, "mininteger");
  lua_setglobal(L, "math");
}
