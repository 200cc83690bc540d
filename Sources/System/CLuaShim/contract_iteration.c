// pairs, next and ipairs. Lua's own order depends on how a table came about; this one is that of the keys.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contract_machine.h"

flnft_key flnft_check_key(lua_State *L, int index) {
  flnft_key key = {0};
  if (lua_type(L, index) == LUA_TSTRING) {
    key.is_text = true;
    key.text = lua_tolstring(L, index, &key.length);
  } else if (lua_isinteger(L, index)) {
    key.integer = lua_tointeger(L, index);
  } else if (lua_type(L, index) == LUA_TNUMBER) {
    key.is_float = true;
    key.number = lua_tonumber(L, index);
  } else {
    luaL_error(L, "a key that is a %s has no place in the order of pairs", flnft_type_name(L, index));
  }
  return key;
}

// No float here is a whole number that fits an integer: Lua makes those integers when they become keys.
static int compare_mixed(lua_Integer integer, lua_Number number) {
  if (number >= 0x1p63) return -1;
  if (number < -0x1p63) return 1;
  return integer <= (lua_Integer)floor(number) ? -1 : 1;
}

int flnft_compare_keys(const void *left, const void *right) {
  const flnft_key *a = left, *b = right;
  if (a->is_text != b->is_text) return a->is_text ? 1 : -1;
  if (a->is_text) {
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
  }
  if (a->is_float && b->is_float) return (a->number > b->number) - (a->number < b->number);
  if (a->is_float) return -compare_mixed(b->integer, a->number);
  if (b->is_float) return compare_mixed(a->integer, b->number);
  return (a->integer > b->integer) - (a->integer < b->integer);
}

void flnft_push_key(lua_State *L, const flnft_key *key) {
  if (key->is_text) lua_pushlstring(L, key->text, key->length);
  else if (key->is_float) lua_pushnumber(L, key->number);
  else lua_pushinteger(L, key->integer);
}

static void check_table(lua_State *L) {
  if (lua_type(L, 1) == LUA_TTABLE) return;
  luaL_error(L, "a table is needed, not a value of type %s%s", flnft_type_name(L, 1),
             lua_type(L, 1) == LUA_TUSERDATA && !flnft_is_amount(L, 1) ? "; keys(prefix) lists the keys of storage" : "");
}

// The keys in order lie behind the position in a userdata, their texts in the table.
typedef struct {
  size_t next, count;
  flnft_key keys[];
} traversal;

static int next_pair(lua_State *L) {
  flnft_charge(L, 2);
  traversal *keys = lua_touserdata(L, lua_upvalueindex(1));
  while (keys->next < keys->count) {
    flnft_push_key(L, &keys->keys[keys->next++]);
    lua_pushvalue(L, -1);
    // Removed since, perhaps.
    if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 2;
    lua_pop(L, 2);
    flnft_charge(L, 2);
  }
  lua_pushnil(L);
  return 1;
}

static int base_pairs(lua_State *L) {
  flnft_charge_call(L);
  check_table(L);
  flnft_charge_walk(L);
  lua_settop(L, 1);
  size_t count = 0;
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) count += 1;
  flnft_charge(L, 8 * count);
  traversal *keys = lua_newuserdatauv(L, sizeof *keys + count * sizeof *keys->keys, 0);
  keys->next = keys->count = 0;
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    if (keys->count < count) keys->keys[keys->count++] = flnft_check_key(L, -2);
  }
  qsort(keys->keys, keys->count, sizeof *keys->keys, flnft_compare_keys);
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, next_pair, 2);
  lua_pushvalue(L, 1);
  return 2;
}

// The pair behind a key, or the first; each call looks through the whole table.
static int base_next(lua_State *L) {
  flnft_charge_call(L);
  check_table(L);
  flnft_charge_walk(L);
  lua_settop(L, 2);
  bool first = lua_isnil(L, 2), found = false;
  flnft_key after = {0}, best = {0};
  if (!first) after = flnft_check_key(L, 2);
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    flnft_charge(L, 1);
    flnft_key key = flnft_check_key(L, -2);
    if (!first && flnft_compare_keys(&key, &after) <= 0) continue;
    if (found && flnft_compare_keys(&key, &best) >= 0) continue;
    best = key;
    found = true;
  }
  if (!found) {
    lua_pushnil(L);
    return 1;
  }
  flnft_push_key(L, &best);
  lua_pushvalue(L, -1);
  lua_rawget(L, 1);
  return 2;
}

// Whoever was given this function may call it with anything.
static int next_item(lua_State *L) {
  flnft_charge(L, 2);
  check_table(L);
  lua_Integer index = (lua_Integer)((lua_Unsigned)luaL_optinteger(L, 2, 0) + 1);
  lua_pushinteger(L, index);
  return lua_rawgeti(L, 1, index) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L) {
  flnft_charge_call(L);
  check_table(L);
  lua_pushboolean(L, 0);
  lua_pushcclosure(L, next_item, 1);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

void flnft_open_iteration(lua_State *L) {
  static const flnft_entry functions[] = {
      {"ipairs", base_ipairs}, {"next", base_next}, {"pairs", base_pairs}, {NULL, NULL}};
  flnft_add_globals(L, functions);
}
