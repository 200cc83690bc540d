#include "CBenchmarks.h"

#include <lauxlib.h>

static int plain_c_quotient(lua_State *L) {
  double numerator = luaL_checknumber(L, 1);
  double denominator = luaL_checknumber(L, 2);
  lua_pushnumber(L, numerator / denominator);
  return 1;
}

void flnft_register_plain_c_quotient(lua_State *L) { lua_register(L, "plain_c_quotient", plain_c_quotient); }
