// Values as bytes, in the encoding of Core's ContractValue, which these files and ContractValue+Encoding.swift share.
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "contract_machine.h"

enum { TAG_NULL, TAG_FALSE, TAG_TRUE, TAG_INTEGER, TAG_AMOUNT, TAG_TEXT, TAG_LIST, TAG_RECORD };

bool flnft_bytes_append(flnft_bytes *buffer, const void *bytes, size_t count) {
  if (buffer->room - buffer->count < count) {
    size_t grown = (buffer->count + count) * 2;
    uint8_t *moved = realloc(buffer->bytes, grown);
    if (moved == NULL) return false;
    buffer->bytes = moved;
    buffer->room = grown;
  }
  if (count > 0) memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
  return true;
}

int flnft_fail(lua_State *L, flnft_contract_status status, const char *format, ...) {
  flnft_contract *machine = flnft_contract_of(L);
  machine->status = status;
  luaL_where(L, 1);
  va_list arguments;
  va_start(arguments, format);
  lua_pushvfstring(L, format, arguments);
  va_end(arguments);
  lua_concat(L, 2);
  return lua_error(L);
}

// ---- Encoding --------------------------------------------------------------------------------------------------------

static void append(lua_State *L, const void *bytes, size_t count) {
  flnft_contract *machine = flnft_contract_of(L);
  if (machine->output.count + count > 4 * machine->limits.value)
    flnft_fail(L, flnft_contract_bad_value, "a value may take %d bytes", (int)machine->limits.value);
  if (!flnft_bytes_append(&machine->output, bytes, count))
    flnft_fail(L, flnft_contract_no_memory, "there is no memory left");
}

static void append_tag(lua_State *L, uint8_t tag) { append(L, &tag, 1); }

static void append_number(lua_State *L, uint64_t number, int bytes) {
  uint8_t digits[8];
  for (int i = 0; i < bytes; i += 1) digits[i] = (uint8_t)(number >> 8 * (bytes - 1 - i));
  append(L, digits, (size_t)bytes);
}

void flnft_encode_begin(lua_State *L) { flnft_contract_of(L)->output.count = 0; }
size_t flnft_encoded(lua_State *L) { return flnft_contract_of(L)->output.count; }

static void append_text(lua_State *L, const char *text, size_t length) {
  append_number(L, length, 4);
  append(L, text, length);
}

void flnft_encode_text(lua_State *L, const char *text, size_t length) {
  append_tag(L, TAG_TEXT);
  append_text(L, text, length);
}

void flnft_encode_integer(lua_State *L, int64_t integer) {
  append_tag(L, TAG_INTEGER);
  append_number(L, (uint64_t)integer, 8);
}

void flnft_encode_boolean(lua_State *L, bool flag) { append_tag(L, flag ? TAG_TRUE : TAG_FALSE); }

static void encode(lua_State *L, int index, size_t depth);

static void encode_number(lua_State *L, int index) {
  int exact;
  lua_Integer integer = lua_tointegerx(L, index, &exact);
  if (!exact) {
    flnft_fail(
        L, flnft_contract_bad_value, "%s is no whole number; between contract and ledger go integers, amounts and text",
        flnft_push_text(L, index, NULL));
  }
  flnft_encode_integer(L, integer);
}

// Whether the keys are 1 to count; raises where they are neither that nor all texts.
static bool is_list(lua_State *L, int table, uint32_t *count) {
  uint32_t numbers = 0, texts = 0;
  lua_Integer largest = 0;
  lua_pushnil(L);
  while (lua_next(L, table)) {
    lua_pop(L, 1);
    flnft_charge(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
      texts += 1;
      continue;
    }
    if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 1)
      flnft_fail(L, flnft_contract_bad_value, "a value's keys are 1, 2, 3 and so on, or texts, not %s", flnft_type_name(L, -1));
    lua_Integer key = lua_tointeger(L, -1);
    if (key > largest) largest = key;
    numbers += 1;
  }
  if (numbers > 0 && (texts > 0 || largest != numbers))
    flnft_fail(L, flnft_contract_bad_value, "a value's keys are 1, 2, 3 and so on without a gap, or texts, never both");
  *count = numbers > 0 ? numbers : texts;
  return texts == 0;
}

static void encode_record(lua_State *L, int table, uint32_t count, size_t depth) {
  append_tag(L, TAG_RECORD);
  append_number(L, count, 4);
  flnft_key *names = lua_newuserdatauv(L, count * sizeof *names, 0);
  uint32_t found = 0;
  lua_pushnil(L);
  while (found < count && lua_next(L, table)) {
    lua_pop(L, 1);
    names[found++] = flnft_check_key(L, -1);
  }
  if (found == count) lua_pop(L, 1);
  qsort(names, found, sizeof *names, flnft_compare_keys);
  for (uint32_t i = 0; i < found; i += 1) {
    append_text(L, names[i].text, names[i].length);
    flnft_push_key(L, &names[i]);
    lua_rawget(L, table);
    encode(L, lua_gettop(L), depth + 1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void encode_table(lua_State *L, int table, size_t depth) {
  luaL_checkstack(L, 8, "a value is too deep");
  flnft_charge_walk(L);
  uint32_t count;
  if (!is_list(L, table, &count)) {
    encode_record(L, table, count, depth);
    return;
  }
  append_tag(L, TAG_LIST);
  append_number(L, count, 4);
  for (uint32_t i = 1; i <= count; i += 1) {
    lua_rawgeti(L, table, i);
    encode(L, lua_gettop(L), depth + 1);
    lua_pop(L, 1);
  }
}

static void encode(lua_State *L, int index, size_t depth) {
  flnft_contract *machine = flnft_contract_of(L);
  if (depth > machine->limits.depth) {
    flnft_fail(
        L, flnft_contract_bad_value, "a value may be %d tables deep, and may not hold itself",
        (int)machine->limits.depth);
  }
  size_t length;
  switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL: append_tag(L, TAG_NULL); break;
    case LUA_TBOOLEAN: flnft_encode_boolean(L, lua_toboolean(L, index)); break;
    case LUA_TNUMBER: encode_number(L, index); break;
    case LUA_TTABLE: encode_table(L, index, depth); break;
    case LUA_TSTRING: {
      const char *text = lua_tolstring(L, index, &length);
      flnft_encode_text(L, text, length);
      break;
    }
    default:
      if (!flnft_is_amount(L, index))
        flnft_fail(L, flnft_contract_bad_value, "a %s cannot leave the contract", flnft_type_name(L, index));
      flnft_units units = flnft_amount_units(L, index);
      append_tag(L, TAG_AMOUNT);
      append_number(L, (uint64_t)(units >> 64), 8);
      append_number(L, (uint64_t)units, 8);
  }
}

void flnft_encode_value(lua_State *L, int index) {
  flnft_contract *machine = flnft_contract_of(L);
  size_t before = machine->output.count;
  encode(L, lua_absindex(L, index), 1);
  size_t size = machine->output.count - before;
  if (size > machine->limits.value)
    flnft_fail(L, flnft_contract_bad_value, "a value may take %d bytes, not %d", (int)machine->limits.value, (int)size);
  flnft_charge_work(L, size);
}

// ---- Decoding --------------------------------------------------------------------------------------------------------

typedef struct {
  lua_State *L;
  const uint8_t *next;
  const uint8_t *end;
} reader;

// The host's bytes are canonical; a mistake of its own must still not become one of Lua's.
static void need(reader *from, size_t count) {
  if ((size_t)(from->end - from->next) < count)
    flnft_fail(from->L, flnft_contract_bad_value, "what the ledger answered is no value");
}

static uint64_t take_number(reader *from, int bytes) {
  need(from, (size_t)bytes);
  uint64_t number = 0;
  for (int i = 0; i < bytes; i += 1) number = number << 8 | *from->next++;
  return number;
}

static void push_text(reader *from) {
  size_t length = take_number(from, 4);
  need(from, length);
  lua_pushlstring(from->L, (const char *)from->next, length);
  from->next += length;
}

static void push(reader *from, size_t depth) {
  lua_State *L = from->L;
  luaL_checkstack(L, 4, "a value is too deep");
  if (depth > flnft_contract_of(L)->limits.depth) need(from, SIZE_MAX);
  switch (take_number(from, 1)) {
    case TAG_NULL: lua_pushnil(L); break;
    case TAG_FALSE: lua_pushboolean(L, 0); break;
    case TAG_TRUE: lua_pushboolean(L, 1); break;
    case TAG_INTEGER: lua_pushinteger(L, (lua_Integer)take_number(from, 8)); break;
    case TAG_AMOUNT: {
      flnft_units high = take_number(from, 8);
      flnft_push_amount(L, high << 64 | take_number(from, 8));
      break;
    }
    case TAG_TEXT: push_text(from); break;
    case TAG_LIST: {
      size_t count = take_number(from, 4);
      need(from, count);
      lua_createtable(L, (int)count, 0);
      for (size_t i = 1; i <= count; i += 1) {
        push(from, depth + 1);
        lua_rawseti(L, -2, (lua_Integer)i);
      }
      break;
    }
    case TAG_RECORD: {
      size_t count = take_number(from, 4);
      need(from, count);
      lua_createtable(L, 0, (int)count);
      for (size_t i = 0; i < count; i += 1) {
        push_text(from);
        push(from, depth + 1);
        lua_rawset(L, -3);
      }
      break;
    }
    default: need(from, SIZE_MAX);
  }
}

size_t flnft_push_value(lua_State *L, const uint8_t *bytes, size_t length) {
  reader from = {L, bytes, bytes + length};
  push(&from, 1);
  return (size_t)(from.next - bytes);
}

// ---- The host --------------------------------------------------------------------------------------------------------

void flnft_ask(lua_State *L, flnft_contract_question question) {
  flnft_contract *machine = flnft_contract_of(L);
  machine->input.count = 0;
  if (machine->ask(machine->context, machine, question, machine->output.bytes, machine->output.count)) return;
  flnft_fail(L, flnft_contract_refused, "refused");
}

void flnft_push_answer(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  flnft_charge_work(L, machine->input.count);
  flnft_push_value(L, machine->input.bytes, machine->input.count);
}

void flnft_contract_reply(flnft_contract *machine, const uint8_t *bytes, size_t length) {
  machine->input.count = 0;
  // Where there is no memory the answer stays empty, which decoding refuses.
  (void)flnft_bytes_append(&machine->input, bytes, length);
}
