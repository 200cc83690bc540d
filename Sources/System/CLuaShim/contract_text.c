// string: bounded, paid for by the byte, and blind to the locale.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "contract_machine.h"

const char *flnft_push_text(lua_State *L, int index, size_t *length) {
  index = lua_absindex(L, index);
  size_t unused;
  if (length == NULL) length = &unused;
  switch (lua_type(L, index)) {
    case LUA_TSTRING: lua_pushvalue(L, index); break;
    case LUA_TNUMBER:
      // Whether a processor gives "not a number" a sign is its own affair.
      if (!lua_isinteger(L, index) && isnan(lua_tonumber(L, index))) {
        lua_pushliteral(L, "nan");
      } else {
        lua_pushvalue(L, index);
        lua_tolstring(L, -1, NULL);
      }
      break;
    case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false"); break;
    case LUA_TUSERDATA:
      if (flnft_is_amount(L, index)) {
        flnft_charge_calculation(L);
        flnft_encode_begin(L);
        flnft_encode_value(L, index);
        flnft_ask(L, flnft_ask_print);
        flnft_push_answer(L);
        break;
      }
      lua_pushliteral(L, "storage");
      break;
    default: lua_pushstring(L, luaL_typename(L, index));
  }
  return lua_tolstring(L, -1, length);
}

// Text, or a number, which becomes one.
static const char *check_text(lua_State *L, int argument, size_t *length) {
  if (lua_type(L, argument) == LUA_TNUMBER) {
    flnft_push_text(L, argument, length);
    lua_replace(L, argument);
  }
  const char *text = luaL_checklstring(L, argument, length);
  flnft_charge_call(L);
  flnft_charge_work(L, *length);
  return text;
}

static int text_len(lua_State *L) {
  size_t length;
  check_text(L, 1, &length);
  lua_pushinteger(L, (lua_Integer)length);
  return 1;
}

// Positions count from 1, negative ones from the end; brought into 1...length + 1.
static size_t first_position(lua_Integer position, size_t length) {
  if (position > 0) return (size_t)position;
  if (position == 0 || position < -(lua_Integer)length) return 1;
  return length + (size_t)position + 1;
}

static size_t last_position(lua_Integer position, size_t length) {
  if (position > (lua_Integer)length) return length;
  if (position >= 0) return (size_t)position;
  if (position < -(lua_Integer)length) return 0;
  return length + (size_t)position + 1;
}

static int text_sub(lua_State *L) {
  size_t length;
  const char *text = check_text(L, 1, &length);
  size_t first = first_position(luaL_checkinteger(L, 2), length);
  size_t last = last_position(luaL_optinteger(L, 3, -1), length);
  if (first > last) lua_pushliteral(L, "");
  else lua_pushlstring(L, text + first - 1, last - first + 1);
  return 1;
}

// A new text of this length, byte by byte.
static int map_bytes(lua_State *L, size_t length, const char *text, char (*byte)(const char *, size_t, size_t)) {
  if (length > flnft_contract_of(L)->limits.text) length = flnft_contract_of(L)->limits.text;
  luaL_Buffer buffer;
  char *bytes = luaL_buffinitsize(L, &buffer, length);
  for (size_t i = 0; i < length; i += 1) bytes[i] = byte(text, length, i);
  luaL_pushresultsize(&buffer, length);
  return 1;
}

static char upper_byte(const char *text, size_t length, size_t i) {
  (void)length;
  return text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 32) : text[i];
}

static char lower_byte(const char *text, size_t length, size_t i) {
  (void)length;
  return text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
}

static char opposite_byte(const char *text, size_t length, size_t i) { return text[length - 1 - i]; }

static int text_upper(lua_State *L) {
  size_t length;
  const char *text = check_text(L, 1, &length);
  return map_bytes(L, length, text, upper_byte);
}

static int text_lower(lua_State *L) {
  size_t length;
  const char *text = check_text(L, 1, &length);
  return map_bytes(L, length, text, lower_byte);
}

static int text_reverse(lua_State *L) {
  size_t length;
  const char *text = check_text(L, 1, &length);
  return map_bytes(L, length, text, opposite_byte);
}

static int text_rep(lua_State *L) {
  size_t length, between;
  const char *text = check_text(L, 1, &length);
  lua_Integer count = luaL_checkinteger(L, 2);
  const char *separator = luaL_optlstring(L, 3, "", &between);
  if (count <= 0 || length + between == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  size_t most = flnft_contract_of(L)->limits.text;
  if ((lua_Unsigned)count > most + 1 || (size_t)count > (most + between) / (length + between))
    luaL_error(L, "string.rep would make a text of more than %d bytes", (int)most);
  flnft_charge_work(L, (length + between) * (uint64_t)count);
  luaL_Buffer buffer;
  luaL_buffinitsize(L, &buffer, (length + between) * (size_t)count);
  for (lua_Integer i = 0; i < count; i += 1) {
    if (i > 0) luaL_addlstring(&buffer, separator, between);
    luaL_addlstring(&buffer, text, length);
  }
  luaL_pushresult(&buffer);
  return 1;
}

// More results than this would make one instruction that passes them on a long one.
enum { MOST_RESULTS = 250 };

static int text_byte(lua_State *L) {
  size_t length;
  const char *text = check_text(L, 1, &length);
  lua_Integer from = luaL_optinteger(L, 2, 1);
  size_t first = first_position(from, length);
  size_t last = last_position(luaL_optinteger(L, 3, (lua_Integer)first), length);
  if (first > last) return 0;
  if (last - first >= MOST_RESULTS) return luaL_error(L, "string.byte gives at most %d bytes", MOST_RESULTS);
  int count = (int)(last - first + 1);
  flnft_charge(L, (uint64_t)count);
  luaL_checkstack(L, count, "too many bytes");
  for (int i = 0; i < count; i += 1) lua_pushinteger(L, (unsigned char)text[first - 1 + (size_t)i]);
  return count;
}

static int text_char(lua_State *L) {
  flnft_charge_call(L);
  int count = lua_gettop(L);
  flnft_charge(L, (uint64_t)count);
  luaL_Buffer buffer;
  char *bytes = luaL_buffinitsize(L, &buffer, (size_t)count);
  for (int i = 1; i <= count; i += 1) {
    lua_Integer byte = luaL_checkinteger(L, i);
    luaL_argcheck(L, byte >= 0 && byte < 256, i, "a byte is 0 to 255");
    bytes[i - 1] = (char)byte;
  }
  luaL_pushresultsize(&buffer, (size_t)count);
  return 1;
}

// ---- Patterns --------------------------------------------------------------------------------------------------------

// The shim's own matcher, whose functions stand behind these. What a search does beyond its first few thousand steps is
// charged while it goes on (flnft_interrupt_pending).
static int call_pattern(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  flnft_charge(L, machine->prices.pattern);
  for (int i = 1; i <= 2; i += 1) {
    size_t length;
    check_text(L, i, &length);
  }
  if (lua_type(L, 3) == LUA_TNUMBER) {
    // A float as a replacement becomes text by our rules.
    if (!lua_isinteger(L, 3)) {
      flnft_push_text(L, 3, NULL);
      lua_replace(L, 3);
    }
  }
  flnft_enter_callback(L);
  int results = lua_tocfunction(L, lua_upvalueindex(1))(L);
  flnft_leave_callback(L);
  return results;
}

static void wrap_patterns(lua_State *L) {
  static const char *const names[] = {"find", "gmatch", "gsub", "match"};
  flnft_install_patterns(L);
  lua_getglobal(L, "string");
  for (size_t i = 0; i < sizeof names / sizeof *names; i += 1) {
    lua_getfield(L, -1, names[i]);
    lua_pushcclosure(L, call_pattern, 1);
    lua_setfield(L, -2, names[i]);
  }
  lua_pop(L, 1);
}

void flnft_open_text(lua_State *L) {
  static const flnft_entry functions[] = {
      {"byte", text_byte},       {"char", text_char}, {"format", flnft_format}, {"len", text_len},
      {"lower", text_lower},     {"rep", text_rep},   {"reverse", text_reverse}, {"sub", text_sub},
      {"upper", text_upper},     {NULL, NULL},
  };
  lua_createtable(L, 0, 16);
  flnft_add_functions(L, functions);
  lua_pushvalue(L, -1);
  lua_setglobal(L, "string");
  // ("x"):upper() works; arithmetic on texts does not.
  lua_pushliteral(L, "");
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_pop(L, 2);
  wrap_patterns(L);
}
