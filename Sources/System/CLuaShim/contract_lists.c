// table: insert, remove, concat, sort, unpack.
#include "contract_machine.h"

static lua_Integer check_list(lua_State *L) {
  flnft_charge_call(L);
  luaL_checktype(L, 1, LUA_TTABLE);
  return (lua_Integer)lua_rawlen(L, 1);
}

static int list_insert(lua_State *L) {
  lua_Integer place = check_list(L) + 1;
  int count = lua_gettop(L);
  if (count != 2 && count != 3) return luaL_error(L, "table.insert takes a list, perhaps a place, and a value");
  if (count == 3) {
    lua_Integer end = place;
    place = luaL_checkinteger(L, 2);
    luaL_argcheck(L, place >= 1 && place <= end, 2, "the place is not in the list");
    flnft_charge(L, (uint64_t)(end - place));
    for (lua_Integer i = end; i > place; i -= 1) {
      lua_rawgeti(L, 1, i - 1);
      lua_rawseti(L, 1, i);
    }
  }
  lua_rawseti(L, 1, place);
  return 0;
}

static int list_remove(lua_State *L) {
  lua_Integer count = check_list(L);
  lua_Integer place = luaL_optinteger(L, 2, count);
  if (count == 0 && (place == 0 || place == 1)) {
    lua_pushnil(L);
    return 1;
  }
  luaL_argcheck(L, place >= 1 && place <= count + 1, 2, "the place is not in the list");
  flnft_charge(L, (uint64_t)(count + 1 - place));
  lua_rawgeti(L, 1, place);
  for (; place < count; place += 1) {
    lua_rawgeti(L, 1, place + 1);
    lua_rawseti(L, 1, place);
  }
  lua_pushnil(L);
  lua_rawseti(L, 1, place);
  return 1;
}

static int list_concat(lua_State *L) {
  lua_Integer count = check_list(L);
  size_t between;
  const char *separator = luaL_optlstring(L, 2, "", &between);
  lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, count);
  size_t most = flnft_contract_of(L)->limits.text;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer i = first; i <= last; i += 1) {
    flnft_charge(L, 2);
    if (i > first) luaL_addlstring(&buffer, separator, between);
    lua_rawgeti(L, 1, i);
    if (lua_type(L, -1) == LUA_TNUMBER || flnft_is_amount(L, -1)) {
      flnft_push_text(L, -1, NULL);
      lua_remove(L, -2);
    }
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "table.concat finds a %s at place %I", flnft_type_name(L, -1), i);
    flnft_charge_work(L, lua_rawlen(L, -1));
    luaL_addvalue(&buffer);
    if (luaL_bufflen(&buffer) > most) luaL_error(L, "table.concat would make a text of more than %d bytes", (int)most);
    if (i == LUA_MAXINTEGER) break;
  }
  luaL_pushresult(&buffer);
  return 1;
}

// ---- Sorting ---------------------------------------------------------------------------------------------------------

// Whether the item at `right` of table `from` must come before the one at `left`.
static bool comes_first(lua_State *L, int from, lua_Integer right, lua_Integer left) {
  flnft_charge(L, 4);
  bool has_order = !lua_isnil(L, 2);
  if (has_order) lua_pushvalue(L, 2);
  lua_rawgeti(L, from, right);
  lua_rawgeti(L, from, left);
  bool first;
  if (has_order) {
    lua_call(L, 2, 1);
    first = lua_toboolean(L, -1);
    lua_pop(L, 1);
  } else {
    first = lua_compare(L, -2, -1, LUA_OPLT);
    lua_pop(L, 2);
  }
  return first;
}

static void merge(lua_State *L, int from, int into, lua_Integer start, lua_Integer middle, lua_Integer end) {
  lua_Integer left = start, right = middle;
  for (lua_Integer place = start; place < end; place += 1) {
    bool take_right = left == middle || (right < end && comes_first(L, from, right, left));
    lua_rawgeti(L, from, take_right ? right++ : left++);
    lua_rawseti(L, into, place);
  }
}

// Merges runs of growing length: stable, and the same comparisons everywhere (Lua's own sort looks at the clock).
static int list_sort(lua_State *L) {
  lua_Integer count = check_list(L);
  lua_settop(L, 2);
  if (!lua_isnil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  flnft_charge(L, 2 * (uint64_t)count);
  // The scratch lists are sized as they fill, so that memory is asked for as it is used.
  lua_newtable(L);
  lua_newtable(L);
  int from = 3, into = 4;
  for (lua_Integer i = 1; i <= count; i += 1) {
    lua_rawgeti(L, 1, i);
    lua_rawseti(L, from, i);
  }
  flnft_enter_callback(L);
  for (lua_Integer width = 1; width < count; width *= 2) {
    for (lua_Integer start = 1; start <= count; start += 2 * width) {
      lua_Integer middle = start + width <= count ? start + width : count + 1;
      lua_Integer end = middle + width <= count ? middle + width : count + 1;
      merge(L, from, into, start, middle, end);
    }
    int swap = from;
    from = into;
    into = swap;
  }
  flnft_leave_callback(L);
  for (lua_Integer i = 1; i <= count; i += 1) {
    lua_rawgeti(L, from, i);
    lua_rawseti(L, 1, i);
  }
  return 0;
}

static int list_unpack(lua_State *L) {
  enum { MOST = 250 };
  lua_Integer count = check_list(L);
  lua_Integer first = luaL_optinteger(L, 2, 1), last = luaL_optinteger(L, 3, count);
  if (first > last) return 0;
  if ((lua_Unsigned)last - (lua_Unsigned)first >= MOST)
    return luaL_error(L, "table.unpack gives at most %d values", MOST);
  int values = (int)(last - first + 1);
  flnft_charge(L, (uint64_t)values);
  luaL_checkstack(L, values, "too many values");
  for (int i = 0; i < values; i += 1) lua_rawgeti(L, 1, first + i);
  return values;
}

void flnft_open_lists(lua_State *L) {
  static const flnft_entry functions[] = {
      {"concat", list_concat}, {"insert", list_insert}, {"remove", list_remove},
      {"sort", list_sort},     {"unpack", list_unpack}, {NULL, NULL},
  };
  lua_createtable(L, 0, 5);
  flnft_add_functions(L, functions);
  lua_setglobal(L, "table");
}
