// coroutine.resume, wrap and close, which tell the machine who runs: an interrupt must set its hook on that coroutine.
#include "machine.h"

// Resumes `co` with the arguments on top of L; the results, or -1 with the error value on top of L.
static int resume(lua_State *L, lua_State *co, int arguments) {
  flnft_machine *machine = flnft_machine_of(L);
  if (!lua_checkstack(co, arguments)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, co, arguments);
  machine->running = co;
  int results;
  int status = lua_resume(co, L, arguments, &results);
  machine->running = L;
  // The hook that stopped the coroutine was its own: go on stopping here.
  if (machine->interrupts > 0) flnft_raise_interrupt(L);
  if (status == LUA_OK || status == LUA_YIELD) {
    if (!lua_checkstack(L, results + 1)) {
      lua_pop(co, results);
      lua_pushliteral(L, "too many results to resume");
      return -1;
    }
    lua_xmove(co, L, results);
    return results;
  }
  lua_xmove(co, L, 1);
  return -1;
}

static int coroutine_resume(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "coroutine");
  int results = resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, results >= 0);
  if (results < 0) results = 1;
  lua_insert(L, -(results + 1));
  return results + 1;
}

static int call_wrapped(lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int results = resume(L, co, lua_gettop(L));
  if (results >= 0) return results;
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    // The error killed it: close its pending variables, which may replace the error.
    if (lua_resetthread(co) != LUA_OK) lua_xmove(co, L, 1);
  }
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int coroutine_wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, call_wrapped, 1);
  return 1;
}

static int coroutine_close(lua_State *L) {
  flnft_machine *machine = flnft_machine_of(L);
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "coroutine");
  int status = lua_status(co);
  lua_Debug activation;
  bool runs = co == L || (status == LUA_OK && lua_getstack(co, 0, &activation));
  if (runs) return luaL_error(L, "cannot close a running coroutine");
  machine->running = co;
  status = lua_resetthread(co);
  machine->running = L;
  lua_pushboolean(L, status == LUA_OK);
  if (status == LUA_OK) return 1;
  lua_xmove(co, L, 1);
  return 2;
}

void flnft_open_coroutines(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"resume", coroutine_resume}, {"wrap", coroutine_wrap}, {"close", coroutine_close}, {NULL, NULL}};
  lua_getglobal(L, LUA_COLIBNAME);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}
