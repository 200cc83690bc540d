// What a contract sees of the ledger: storage, money, events, other contracts.
#include <string.h>

#include "contract_machine.h"

static void check_asking(lua_State *L) {
  if (!flnft_contract_of(L)->may_ask)
    luaL_error(L, "the ledger answers within functions only, not while the contract is being loaded");
}

static const char *check_name(lua_State *L, int argument, size_t *length, const char *what) {
  if (lua_type(L, argument) != LUA_TSTRING)
    luaL_error(L, "%s is a text, not a value of type %s", what, flnft_type_name(L, argument));
  const char *text = lua_tolstring(L, argument, length);
  size_t most = flnft_contract_of(L)->limits.name;
  if (*length > most) luaL_error(L, "%s has at most %d bytes, not %d", what, (int)most, (int)*length);
  return text;
}

static void encode_address(lua_State *L, int argument) {
  size_t length = 0;
  const char *text = lua_type(L, argument) == LUA_TSTRING ? lua_tolstring(L, argument, &length) : NULL;
  if (length != 64 || strspn(text, "0123456789abcdef") != 64)
    luaL_error(L, "an address is a text of 64 hexadecimal digits, such as sender");
  flnft_encode_text(L, text, length);
}

// ---- Storage ---------------------------------------------------------------------------------------------------------

static int read_storage(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  size_t length;
  const char *key = check_name(L, 2, &length, "a key of storage");
  check_asking(L);
  flnft_charge(L, machine->prices.read);
  flnft_encode_begin(L);
  flnft_encode_text(L, key, length);
  flnft_ask(L, flnft_ask_read);
  flnft_push_answer(L);
  return 1;
}

static int write_storage(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  size_t length;
  const char *key = check_name(L, 2, &length, "a key of storage");
  check_asking(L);
  flnft_charge(L, machine->prices.write);
  flnft_encode_begin(L);
  flnft_encode_text(L, key, length);
  flnft_encode_value(L, 3);
  flnft_charge(L, machine->prices.stored_byte * flnft_encoded(L));
  flnft_ask(L, flnft_ask_write);
  return 0;
}

// The successor of a text among texts is that text and a zero byte.
static void encode_start(lua_State *L, const char *prefix, size_t prefix_length, int after) {
  size_t length;
  if (lua_isnoneornil(L, after)) {
    flnft_encode_text(L, prefix, prefix_length);
    return;
  }
  const char *text = check_name(L, after, &length, "a key of storage");
  size_t shared = length < prefix_length ? length : prefix_length;
  if (memcmp(text, prefix, shared) < 0 || (memcmp(text, prefix, shared) == 0 && length < prefix_length)) {
    flnft_encode_text(L, prefix, prefix_length);
    return;
  }
  lua_pushlstring(L, text, length);
  lua_pushlstring(L, "\0", 1);
  lua_concat(L, 2);
  flnft_encode_text(L, lua_tostring(L, -1), length + 1);
}

// keys(prefix [, after [, limit]]): the keys of storage that begin so, in order.
static int list_keys(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  size_t length = 0;
  const char *prefix = lua_isnoneornil(L, 1) ? "" : check_name(L, 1, &length, "a prefix");
  lua_Integer limit = luaL_optinteger(L, 3, (lua_Integer)machine->limits.keys);
  luaL_argcheck(L, limit >= 1 && limit <= (lua_Integer)machine->limits.keys, 3, "the limit is too large or not positive");
  check_asking(L);
  flnft_charge(L, machine->prices.keys);
  flnft_encode_begin(L);
  encode_start(L, prefix, length, 2);
  flnft_encode_integer(L, limit);
  flnft_ask(L, flnft_ask_keys);
  flnft_push_answer(L);
  luaL_checktype(L, -1, LUA_TTABLE);
  lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  flnft_charge(L, machine->prices.key * (uint64_t)count);
  for (lua_Integer i = 1; i <= count; i += 1) {
    size_t size = 0;
    lua_rawgeti(L, -1, i);
    const char *key = lua_tolstring(L, -1, &size);
    bool begins = key != NULL && size >= length && memcmp(key, prefix, length) == 0;
    lua_pop(L, 1);
    if (begins) continue;
    // The keys are in order, so all behind this one go too.
    lua_pushnil(L);
    lua_rawseti(L, -2, i);
  }
  return 1;
}

// ---- Money and events ------------------------------------------------------------------------------------------------

static int ask_balance(lua_State *L) {
  check_asking(L);
  flnft_charge(L, flnft_contract_of(L)->prices.balance);
  if (lua_isnone(L, 1)) lua_getglobal(L, "self");
  flnft_encode_begin(L);
  encode_address(L, 1);
  flnft_ask(L, flnft_ask_balance);
  flnft_push_answer(L);
  return 1;
}

static int ask_transfer(lua_State *L) {
  check_asking(L);
  flnft_charge(L, flnft_contract_of(L)->prices.transfer);
  flnft_check_amount(L, 2);
  flnft_encode_begin(L);
  encode_address(L, 1);
  flnft_encode_value(L, 2);
  flnft_ask(L, flnft_ask_transfer);
  return 0;
}

static int ask_emit(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  check_asking(L);
  size_t length;
  const char *name = check_name(L, 1, &length, "an event's name");
  flnft_charge(L, machine->prices.emit);
  flnft_encode_begin(L);
  flnft_encode_text(L, name, length);
  flnft_encode_value(L, 2);
  flnft_charge(L, machine->prices.event_byte * flnft_encoded(L));
  flnft_ask(L, flnft_ask_emit);
  return 0;
}

static int ask_hash(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  flnft_charge(L, machine->prices.hash);
  // Hashing takes about as long as eight instructions for each piece of work.
  flnft_charge_work(L, 8 * length);
  flnft_encode_begin(L);
  flnft_encode_text(L, text, length);
  flnft_ask(L, flnft_ask_hash);
  flnft_push_answer(L);
  return 1;
}

// ---- Other contracts -------------------------------------------------------------------------------------------------

// The answer is the gas that the other used, and then its result.
static int take_result(lua_State *L, uint64_t spent, uint64_t given) {
  flnft_contract *machine = flnft_contract_of(L);
  size_t length = flnft_push_value(L, machine->input.bytes, machine->input.count);
  lua_Integer used = lua_tointeger(L, -1);
  if (used < 0 || (uint64_t)used > given) used = (lua_Integer)given;
  flnft_start_meter(L, machine->gas_limit, spent + (uint64_t)used);
  flnft_charge_work(L, machine->input.count);
  flnft_push_value(L, machine->input.bytes + length, machine->input.count - length);
  return 1;
}

// Calls the contract named by the first argument: `function` is the argument that names what to call, with what follows.
static int call_contract(lua_State *L, int function, flnft_units money) {
  flnft_contract *machine = flnft_contract_of(L);
  check_asking(L);
  flnft_charge(L, machine->prices.call);
  size_t length;
  const char *name = check_name(L, function, &length, "a function's name");
  if (length == 0) luaL_error(L, "a function's name is not empty");
  int count = lua_gettop(L) - function;
  flnft_encode_begin(L);
  encode_address(L, 1);
  flnft_encode_text(L, name, length);
  flnft_push_amount(L, money);
  flnft_encode_value(L, -1);
  lua_pop(L, 1);
  // The gas stands before the arguments, but is known only when they have been paid for: it is filled in then.
  size_t gas_place = flnft_encoded(L);
  flnft_encode_integer(L, 0);
  for (int i = 1; i <= count; i += 1) flnft_encode_value(L, function + i);
  uint64_t spent = flnft_read_meter(L);
  flnft_start_meter(L, machine->gas_limit, spent);
  flnft_charge(L, 0);
  uint64_t given = machine->gas_limit - spent;
  if (given > INT64_MAX) given = INT64_MAX;
  for (int i = 0; i < 8; i += 1) machine->output.bytes[gas_place + 1 + (size_t)i] = (uint8_t)(given >> 8 * (7 - i));
  machine->spent = spent + given;
  flnft_ask(L, flnft_ask_call);
  return take_result(L, spent, given);
}

// call(contract, name, ...)
static int ask_call(lua_State *L) { return call_contract(L, 2, 0); }

// pay(contract, amount, name, ...)
static int ask_pay(lua_State *L) { return call_contract(L, 3, flnft_check_amount(L, 2)); }

void flnft_open_ledger(lua_State *L) {
  static const flnft_entry functions[] = {
      {"balance", ask_balance}, {"call", ask_call},     {"emit", ask_emit},         {"keys", list_keys},
      {"pay", ask_pay},         {"sha256", ask_hash},   {"transfer", ask_transfer}, {NULL, NULL},
  };
  static const flnft_entry access[] = {{"__index", read_storage}, {"__newindex", write_storage}, {NULL, NULL}};
  flnft_add_globals(L, functions);
  // A userdata, so that nothing can be put into it beside the metamethods.
  lua_newuserdatauv(L, 0, 0);
  lua_createtable(L, 0, 2);
  flnft_add_functions(L, access);
  lua_pushvalue(L, -1);
  lua_rawseti(L, LUA_REGISTRYINDEX, STORAGE_TYPE);
  lua_setmetatable(L, -2);
  lua_setglobal(L, "storage");
}
