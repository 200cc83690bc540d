// Amounts: exact money, in units of 10^-18 token, as Core's Amount has it.
#include <string.h>

#include "contract_machine.h"

typedef struct {
  uint64_t high, low;
} amount;

// The only userdata of this size that a contract can hold.
bool flnft_is_amount(lua_State *L, int index) {
  return lua_type(L, index) == LUA_TUSERDATA && lua_rawlen(L, index) == sizeof(amount);
}

flnft_units flnft_amount_units(lua_State *L, int index) {
  const amount *money = lua_touserdata(L, index);
  return (flnft_units)money->high << 64 | money->low;
}

flnft_units flnft_check_amount(lua_State *L, int argument) {
  if (!flnft_is_amount(L, argument))
    luaL_error(L, "an amount is needed, such as amount(\"1.5\"), not a value of type %s", flnft_type_name(L, argument));
  return flnft_amount_units(L, argument);
}

void flnft_push_amount(lua_State *L, flnft_units units) {
  amount *money = lua_newuserdatauv(L, sizeof *money, 0);
  *money = (amount){(uint64_t)(units >> 64), (uint64_t)units};
  lua_rawgeti(L, LUA_REGISTRYINDEX, AMOUNT_TYPE);
  lua_setmetatable(L, -2);
}

static int fail(lua_State *L, const char *operation, const char *what) {
  size_t length;
  const char *left = flnft_push_text(L, 1, &length);
  const char *right = flnft_push_text(L, 2, &length);
  return luaL_error(L, "%s %s %s %s", left, operation, right, what);
}

static int too_large(lua_State *L, const char *operation) {
  return fail(L, operation, "is more money than there can be");
}

static void charge(lua_State *L) { flnft_charge(L, flnft_contract_of(L)->prices.amount); }

static int add(lua_State *L) {
  charge(L);
  flnft_units sum;
  if (__builtin_add_overflow(flnft_check_amount(L, 1), flnft_check_amount(L, 2), &sum)) return too_large(L, "+");
  flnft_push_amount(L, sum);
  return 1;
}

static int subtract(lua_State *L) {
  charge(L);
  flnft_units left = flnft_check_amount(L, 1), right = flnft_check_amount(L, 2);
  if (left < right) return fail(L, "-", "is below zero");
  flnft_push_amount(L, left - right);
  return 1;
}

// A whole number that is not negative.
static uint64_t check_count(lua_State *L, int index) {
  int exact = 0;
  lua_Integer count = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &exact) : 0;
  if (!exact || count < 0) {
    size_t length;
    luaL_error(
        L, "an amount goes with a whole number that is not negative, not with %s; amount.portion(a, 3, 4) takes a part",
        flnft_push_text(L, index, &length));
  }
  return (uint64_t)count;
}

static int multiply(lua_State *L) {
  charge(L);
  int money = flnft_is_amount(L, 1) ? 1 : 2;
  flnft_units product;
  if (__builtin_mul_overflow(flnft_amount_units(L, money), (flnft_units)check_count(L, 3 - money), &product))
    return too_large(L, "*");
  flnft_push_amount(L, product);
  return 1;
}

// By a whole number, rounded down, an amount; by an amount, how often it goes in.
static int divide(lua_State *L) {
  charge(L);
  flnft_units left = flnft_check_amount(L, 1);
  bool by_amount = flnft_is_amount(L, 2);
  flnft_units right = by_amount ? flnft_amount_units(L, 2) : check_count(L, 2);
  if (right == 0) return luaL_error(L, "an amount is divided by zero");
  if (!by_amount) {
    flnft_push_amount(L, left / right);
  } else {
    if (left / right > LUA_MAXINTEGER) return fail(L, "//", "is more than an integer holds");
    lua_pushinteger(L, (lua_Integer)(left / right));
  }
  return 1;
}

static int modulo(lua_State *L) {
  charge(L);
  flnft_units left = flnft_check_amount(L, 1);
  flnft_units right = flnft_is_amount(L, 2) ? flnft_amount_units(L, 2) : check_count(L, 2);
  if (right == 0) return luaL_error(L, "an amount is divided by zero");
  flnft_push_amount(L, left % right);
  return 1;
}

static int no_fraction(lua_State *L) {
  return luaL_error(L, "amounts have no '/': '//' rounds down, amount.portion(a, 3, 4) takes three quarters of a");
}

static int equal(lua_State *L) {
  charge(L);
  lua_pushboolean(
      L, flnft_is_amount(L, 1) && flnft_is_amount(L, 2) && flnft_amount_units(L, 1) == flnft_amount_units(L, 2));
  return 1;
}

static int less(lua_State *L) {
  charge(L);
  lua_pushboolean(L, flnft_check_amount(L, 1) < flnft_check_amount(L, 2));
  return 1;
}

static int less_or_equal(lua_State *L) {
  charge(L);
  lua_pushboolean(L, flnft_check_amount(L, 1) <= flnft_check_amount(L, 2));
  return 1;
}

static int concatenate(lua_State *L) {
  charge(L);
  for (int i = 1; i <= 2; i += 1) {
    if (!flnft_is_amount(L, i) && !lua_isstring(L, i))
      luaL_error(L, "attempt to concatenate a %s value", flnft_type_name(L, i));
  }
  flnft_push_text(L, 1, NULL);
  flnft_push_text(L, 2, NULL);
  lua_concat(L, 2);
  return 1;
}

// ---- amount, amount.portion, amount.split ----------------------------------------------------------------------------

// amount(3), amount("1.5"), amount(a).
static int make(lua_State *L) {
  charge(L);
  lua_remove(L, 1);
  luaL_checkany(L, 1);
  if (flnft_is_amount(L, 1)) {
    lua_settop(L, 1);
    return 1;
  }
  if (lua_type(L, 1) == LUA_TSTRING) {
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    flnft_charge_calculation(L);
    flnft_charge_work(L, length);
    flnft_encode_begin(L);
    flnft_encode_text(L, text, length);
    flnft_ask(L, flnft_ask_parse);
    flnft_push_answer(L);
    return 1;
  }
  int exact = 0;
  lua_Integer tokens = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &exact) : 0;
  if (!exact || tokens < 0) {
    luaL_error(
        L, "amount takes a whole number of tokens or a text such as \"1.5\", not %s",
        flnft_push_text(L, 1, NULL));
  }
  flnft_push_amount(L, (flnft_units)tokens * 1000000000000000000u);
  return 1;
}

// A weight: an amount, or a whole number that is not negative, which stands for as many units.
static void encode_weight(lua_State *L, int index) {
  index = lua_absindex(L, index);
  if (!flnft_is_amount(L, index)) flnft_push_amount(L, check_count(L, index));
  else lua_pushvalue(L, index);
  flnft_encode_value(L, -1);
  lua_pop(L, 1);
}

// amount.portion(a, numerator, denominator [, "up"]).
static int portion(lua_State *L) {
  flnft_charge_calculation(L);
  flnft_check_amount(L, 1);
  const char *rounding = luaL_optstring(L, 4, "down");
  bool up = strcmp(rounding, "up") == 0;
  if (!up && strcmp(rounding, "down") != 0) luaL_error(L, "amount.portion rounds \"down\" or \"up\"");
  flnft_encode_begin(L);
  flnft_encode_value(L, 1);
  encode_weight(L, 2);
  encode_weight(L, 3);
  flnft_encode_boolean(L, up);
  flnft_ask(L, flnft_ask_portion);
  flnft_push_answer(L);
  return 1;
}

// amount.split(a, { weight, ... }): parts that sum to it.
static int split(lua_State *L) {
  flnft_charge_calculation(L);
  flnft_check_amount(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Unsigned count = lua_rawlen(L, 2);
  if (count > 1024) luaL_error(L, "amount.split makes at most 1024 parts");
  flnft_charge(L, count * flnft_contract_of(L)->prices.amount);
  flnft_encode_begin(L);
  flnft_encode_value(L, 1);
  for (lua_Unsigned i = 1; i <= count; i += 1) {
    lua_rawgeti(L, 2, (lua_Integer)i);
    encode_weight(L, -1);
    lua_pop(L, 1);
  }
  flnft_ask(L, flnft_ask_split);
  flnft_push_answer(L);
  return 1;
}

void flnft_open_amounts(lua_State *L) {
  static const flnft_entry operations[] = {
      {"__add", add},        {"__sub", subtract},    {"__mul", multiply},     {"__idiv", divide},
      {"__mod", modulo},     {"__div", no_fraction}, {"__pow", no_fraction},  {"__eq", equal},
      {"__lt", less},        {"__le", less_or_equal}, {"__concat", concatenate}, {NULL, NULL},
  };
  static const flnft_entry functions[] = {{"portion", portion}, {"split", split}, {NULL, NULL}};
  static const flnft_entry maker[] = {{"__call", make}, {NULL, NULL}};
  lua_createtable(L, 0, 12);
  flnft_add_functions(L, operations);
  lua_rawseti(L, LUA_REGISTRYINDEX, AMOUNT_TYPE);
  lua_createtable(L, 0, 3);
  flnft_add_functions(L, functions);
  flnft_push_amount(L, 1);
  lua_setfield(L, -2, "unit");
  lua_createtable(L, 0, 1);
  flnft_add_functions(L, maker);
  lua_setmetatable(L, -2);
  lua_setglobal(L, "amount");
}
