// What a C programmer would register with Lua by hand, for comparison.
#pragma once

#include <lua.h>

// Makes the global function `plain_c_quotient`: two checked numbers, one number back.
void flnft_register_plain_c_quotient(lua_State *L);
