// Preparing states, running contracts in copies of them, and what comes of it.
#include <stdlib.h>
#include <string.h>

#include "contract_machine.h"

// A state at rest. All of its pointers point into the block from which it was taken, and to which it returns.
struct flnft_contract_image {
  uint64_t gas;
  size_t size;
  void *stack;
  uint8_t bytes[];
};

static flnft_contract_image *take_image(const flnft_contract *machine, uint64_t gas) {
  const flnft_arena *arena = &machine->arena;
  flnft_contract_image *image = malloc(sizeof *image + arena->top);
  if (image == NULL) return NULL;
  image->gas = gas;
  image->size = arena->top;
  image->stack = arena->stack;
  memcpy(image->bytes, arena->base, arena->top);
  return image;
}

static void restore(flnft_contract *machine, const flnft_contract_image *image, size_t memory_limit) {
  flnft_arena *arena = &machine->arena;
  memcpy(arena->base, image->bytes, image->size);
  arena->top = image->size;
  arena->stack = image->stack;
  arena->limit = memory_limit;
  arena->stack_limit = machine->limits.stack * 16;
  arena->text_limit = machine->limits.text;
  arena->unpaid = 0;
  arena->state = arena_has_room;
  machine->image_top = image->size;
  machine->callbacks = 0;
  machine->may_ask = false;
  machine->status = flnft_contract_fine;
  machine->message_length = 0;
  machine->line = 0;
  machine->output.count = machine->input.count = 0;
}

void flnft_contract_free_image(flnft_contract_image *image) { free(image); }

// ---- Opening ---------------------------------------------------------------------------------------------------------

void flnft_add_functions(lua_State *L, const flnft_entry *entries) {
  for (; entries->name != NULL; entries += 1) {
    lua_pushboolean(L, 0);
    lua_pushcclosure(L, entries->function, 1);
    lua_setfield(L, -2, entries->name);
  }
}

void flnft_add_globals(lua_State *L, const flnft_entry *entries) {
  lua_pushglobaltable(L);
  flnft_add_functions(L, entries);
  lua_pop(L, 1);
}

static int open_libraries(lua_State *L) {
  flnft_open_meter(L);
  flnft_open_amounts(L);
  flnft_open_ledger(L);
  flnft_open_auctions(L);
  flnft_open_base(L);
  flnft_open_iteration(L);
  flnft_open_arithmetic(L);
  flnft_open_text(L);
  flnft_open_lists(L);
  return 0;
}

flnft_contract *flnft_contract_open(
    flnft_contract_ask ask, const flnft_contract_prices *prices, const flnft_contract_limits *limits) {
  flnft_contract *machine = calloc(1, sizeof *machine);
  if (machine == NULL) return NULL;
  machine->ask = ask;
  machine->prices = *prices;
  machine->limits = *limits;
  machine->gas_limit = UINT64_MAX;
  if (!flnft_arena_open(&machine->arena)) {
    free(machine);
    return NULL;
  }
  lua_State *L = lua_newstate(flnft_arena_allocate, &machine->arena);
  if (L != NULL && machine->arena.seeded) {
    machine->state = L;
    *(flnft_contract **)lua_getextraspace(L) = machine;
    lua_gc(L, LUA_GCSTOP);
    lua_pushcfunction(L, open_libraries);
    if (lua_pcall(L, 0, 0, 0) == LUA_OK) machine->libraries = take_image(machine, 0);
  }
  if (machine->libraries == NULL) {
    flnft_contract_close(machine);
    return NULL;
  }
  return machine;
}

void flnft_contract_close(flnft_contract *machine) {
  // The state needs no closing: nothing of it lies outside its block.
  flnft_arena_close(&machine->arena);
  free(machine->libraries);
  free(machine->output.bytes);
  free(machine->input.bytes);
  free(machine);
}

// ---- Errors ----------------------------------------------------------------------------------------------------------

// Keeps a message, taking the position that Lua writes before it for the line.
static void keep_message(flnft_contract *machine, const char *text, size_t length) {
  static const char prefix[] = "contract:";
  size_t start = sizeof prefix - 1;
  if (length > start && memcmp(text, prefix, start) == 0) {
    int line = 0;
    size_t next = start;
    while (next < length && next < start + 9 && text[next] >= '0' && text[next] <= '9')
      line = line * 10 + (text[next++] - '0');
    if (next > start && next + 1 < length && text[next] == ':' && text[next + 1] == ' ') {
      machine->line = line;
      text += next + 2;
      length -= next + 2;
    }
  }
  if (length > sizeof machine->message) length = sizeof machine->message;
  memcpy(machine->message, text, length);
  machine->message_length = length;
}

static void keep_text(flnft_contract *machine, const char *text) { keep_message(machine, text, strlen(text)); }

static void find_line(lua_State *L, flnft_contract *machine) {
  lua_Debug activation;
  for (int level = 0; level < 32 && lua_getstack(L, level, &activation); level += 1) {
    if (lua_getinfo(L, "l", &activation) == 0 || activation.currentline <= 0) continue;
    machine->line = activation.currentline;
    return;
  }
}

static int on_error(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  find_line(L, machine);
  size_t length;
  const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : NULL;
  if (text != NULL) {
    keep_message(machine, text, length);
  } else {
    keep_text(machine, "an error that is no text, but a value of type ");
    const char *name = flnft_type_name(L, 1);
    memcpy(machine->message + machine->message_length, name, strlen(name));
    machine->message_length += strlen(name);
  }
  return 1;
}

static void explain(flnft_contract *machine, int status) {
  if (machine->status == flnft_contract_fine) machine->status = flnft_contract_error;
  if (status != LUA_ERRMEM) return;
  switch (machine->arena.state) {
    case arena_stack_is_full:
      machine->status = flnft_contract_error;
      keep_text(machine, "functions call one another too deeply");
      break;
    case arena_text_is_too_long:
      machine->status = flnft_contract_no_memory;
      keep_text(machine, "a text is longer than a contract may make one");
      break;
    default:
      machine->status = flnft_contract_no_memory;
      keep_text(machine, "the memory is used up");
  }
}

static int read_meter(lua_State *L) {
  flnft_read_meter(L);
  return 0;
}

// Reads the meter after a run that ended with this status of Lua, and says what came of it.
static flnft_contract_result finish(flnft_contract *machine, int status) {
  lua_State *L = machine->state;
  if (status != LUA_OK) explain(machine, status);
  machine->arena.limit = machine->arena.stack_limit = machine->arena.room;
  machine->arena.state = arena_has_room;
  lua_settop(L, 0);
  uint64_t limit = machine->gas_limit;
  lua_pushcfunction(L, read_meter);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) machine->spent = UINT64_MAX;
  if (machine->spent > limit && machine->status != flnft_contract_interrupted) {
    machine->spent = limit;
    // What the run did after its gas was used up, it did not do.
    if (machine->status != flnft_contract_no_gas) machine->line = 0;
    machine->status = flnft_contract_no_gas;
    keep_text(machine, "the gas is used up");
  }
  flnft_arena_trim(&machine->arena);
  bool fine = machine->status == flnft_contract_fine;
  return (flnft_contract_result){
      .status = machine->status,
      .gas_used = machine->spent,
      .line = machine->line,
      .message = machine->message,
      .message_length = machine->message_length,
      .value = machine->output.bytes,
      .value_length = fine ? machine->output.count : 0,
  };
}

// ---- Loading ---------------------------------------------------------------------------------------------------------

static int append_code(lua_State *L, const void *bytes, size_t count, void *machine) {
  (void)L;
  return flnft_bytes_append(&((flnft_contract *)machine)->output, bytes, count) ? 0 : 1;
}

// Compiles into `output`, or says why that fails. Sources are text: malformed bytecode can break Lua's machine.
static bool compile(flnft_contract *machine, const uint8_t *source, size_t length) {
  lua_State *L = machine->state;
  int status = luaL_loadbufferx(L, (const char *)source, length, "=contract", "t");
  if (status == LUA_OK) {
    if (lua_dump(L, append_code, machine, 0) == 0) return true;
    status = LUA_ERRMEM;
  }
  if (status == LUA_ERRMEM) {
    explain(machine, status);
    if (machine->arena.state == arena_text_is_too_long) machine->status = flnft_contract_bad_source;
    return false;
  }
  machine->status = flnft_contract_bad_source;
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  if (text != NULL) keep_message(machine, text, size);
  return false;
}

// Puts the compiled chunk into a state that holds nothing of its compilation.
static bool load_code(flnft_contract *machine, size_t memory_limit) {
  size_t length = machine->output.count;
  restore(machine, machine->libraries, memory_limit);
  int status = luaL_loadbufferx(
      machine->state, (const char *)machine->output.bytes, length, "=contract", "b");
  machine->arena.unpaid = 0;
  if (status == LUA_OK) return true;
  explain(machine, status);
  return false;
}

static flnft_contract_result failed(const flnft_contract *machine, uint64_t gas) {
  return (flnft_contract_result){
      .status = machine->status,
      .gas_used = gas,
      .line = machine->line,
      .message = machine->message,
      .message_length = machine->message_length,
  };
}

flnft_contract_result flnft_contract_check(flnft_contract *machine, const uint8_t *source, size_t length) {
  restore(machine, machine->libraries, machine->arena.room);
  compile(machine, source, length);
  flnft_contract_result result = failed(machine, 0);
  flnft_arena_trim(&machine->arena);
  return result;
}

flnft_contract_image *flnft_contract_load(
    flnft_contract *machine, const uint8_t *source, size_t length, uint64_t gas_limit, size_t memory_limit, void *context,
    flnft_contract_result *result) {
  restore(machine, machine->libraries, machine->arena.room);
  uint64_t gas = machine->prices.run + length / machine->prices.source_bytes;
  if (gas > gas_limit) {
    machine->status = flnft_contract_no_gas;
    keep_text(machine, "the gas is used up");
  }
  bool loaded = machine->status == flnft_contract_fine && compile(machine, source, length) &&
                load_code(machine, memory_limit);
  if (!loaded) {
    *result = failed(machine, gas < gas_limit ? gas : gas_limit);
    return NULL;
  }
  lua_State *L = machine->state;
  lua_pushcfunction(L, on_error);
  lua_insert(L, 1);
  flnft_enter_machine(machine);
  machine->context = context;
  flnft_start_meter(L, gas_limit, gas);
  int status = lua_pcall(L, 0, 0, 1);
  *result = finish(machine, status);
  flnft_leave_machine(machine);
  machine->context = NULL;
  if (result->status != flnft_contract_fine) return NULL;
  lua_settop(L, 0);
  machine->spent = 0;
  flnft_contract_image *image = take_image(machine, result->gas_used);
  if (image == NULL) result->status = flnft_contract_no_memory;
  return image;
}

// ---- Running ---------------------------------------------------------------------------------------------------------

static void set_address(lua_State *L, const char *name, const uint8_t *bytes) {
  static const char digits[] = "0123456789abcdef";
  char text[64];
  for (int i = 0; i < 32; i += 1) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  lua_pushlstring(L, text, sizeof text);
  lua_setglobal(L, name);
}

static void set_globals(lua_State *L, const flnft_contract_run *run) {
  set_address(L, "self", run->contract);
  set_address(L, "sender", run->sender);
  flnft_push_amount(L, (flnft_units)run->value_high << 64 | run->value_low);
  lua_setglobal(L, "value");
  lua_pushinteger(L, run->now);
  lua_setglobal(L, "now");
  lua_pushinteger(L, run->height);
  lua_setglobal(L, "height");
}

// Pushes the function to call; false when there is no constructor, which is no mistake.
static bool push_function(lua_State *L, const flnft_contract_run *run) {
  static const char constructor[] = "init";
  bool constructs = run->function_length == 0;
  const char *name = constructs ? constructor : (const char *)run->function;
  size_t length = constructs ? sizeof constructor - 1 : run->function_length;
  bool hidden = !constructs && (name[0] == '_' || (length == 4 && memcmp(name, constructor, 4) == 0));
  lua_pushglobaltable(L);
  lua_pushlstring(L, name, length);
  lua_rawget(L, -2);
  lua_remove(L, -2);
  if (!hidden && lua_isfunction(L, -1) && !lua_iscfunction(L, -1)) return true;
  if (constructs && lua_isnil(L, -1)) return false;
  flnft_fail(
      L, flnft_contract_bad_source, "the contract has no function '%s' that can be called from outside",
      hidden ? (const char *)lua_pushlstring(L, name, length) : lua_pushlstring(L, name, length));
  return false;
}

static int run_function(lua_State *L) {
  const flnft_contract_run *run = lua_touserdata(L, 1);
  flnft_contract *machine = flnft_contract_of(L);
  flnft_charge_work(L, run->arguments_length);
  lua_settop(L, 0);
  set_globals(L, run);
  if (!push_function(L, run)) {
    flnft_encode_begin(L);
    flnft_encode_value(L, lua_gettop(L));
    return 0;
  }
  int count = 0;
  for (size_t next = 0; next < run->arguments_length; count += 1) {
    luaL_checkstack(L, 8, "too many arguments");
    next += flnft_push_value(L, run->arguments + next, run->arguments_length - next);
  }
  machine->may_ask = true;
  lua_call(L, count, LUA_MULTRET);
  if (lua_gettop(L) > 1)
    return flnft_fail(L, flnft_contract_bad_value, "a function returns one value, not %d", lua_gettop(L));
  flnft_encode_begin(L);
  flnft_encode_value(L, 1);
  return 0;
}

flnft_contract_result flnft_contract_call(
    flnft_contract *machine, const flnft_contract_image *image, const flnft_contract_run *run) {
  restore(machine, image, run->memory_limit);
  if (image->gas > run->gas_limit || image->size > run->memory_limit) {
    bool gas = image->gas > run->gas_limit;
    machine->status = gas ? flnft_contract_no_gas : flnft_contract_no_memory;
    keep_text(machine, gas ? "the gas is used up" : "the memory is used up");
    return failed(machine, gas ? run->gas_limit : image->gas);
  }
  machine->context = run->context;
  lua_State *L = machine->state;
  lua_pushcfunction(L, on_error);
  lua_pushcfunction(L, run_function);
  lua_pushlightuserdata(L, (void *)run);
  flnft_enter_machine(machine);
  flnft_start_meter(L, run->gas_limit, image->gas);
  int status = lua_pcall(L, 1, 0, 1);
  flnft_contract_result result = finish(machine, status);
  flnft_leave_machine(machine);
  machine->context = NULL;
  return result;
}
