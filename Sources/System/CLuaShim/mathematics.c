// Functions of Lua's mathematical library that also take objects of Swift, such as the symbols of a traced function. A
// call with numbers costs one look at each argument more.
#include "machine.h"

// Upvalues: the context of the Swift function, as for every function of Swift, and Lua's own function.
static int call_extended(lua_State *L) {
  int count = lua_gettop(L);
  for (int i = 1; i <= count; i += 1) {
    if (lua_type(L, i) == LUA_TUSERDATA) return flnft_trampoline(L);
  }
  // Called as if by Lua itself, so that its errors name the function as the script does.
  return lua_tocfunction(L, lua_upvalueindex(2))(L);
}

bool flnft_extend_function(lua_State *L, const char *library, const char *name, void *context) {
  bool extended = false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_pushstring(L, library);
  if (lua_rawget(L, -2) == LUA_TTABLE) {
    lua_pushstring(L, name);
    lua_pushlightuserdata(L, context);
    lua_pushstring(L, name);
    lua_rawget(L, -4);
    extended = lua_iscfunction(L, -1);
    if (extended) {
      lua_pushcclosure(L, call_extended, 2);
      lua_rawset(L, -3);
    } else {
      lua_pop(L, 3);
    }
  }
  lua_pop(L, 2);
  return extended;
}
