// What the files of the contract machine share; Swift never sees it.
#pragma once

#include "CLuaShim.h"
#include "contract.h"

// ---- Memory ----------------------------------------------------------------------------------------------------------

// One block of memory that is handed out from bottom to top and never taken back: a run is short, and collecting its
// garbage would cost time that no gas has paid for.
//
// The block starts at a multiple of 4 GiB. Lua hashes the low 32 bits of an address: they are the same in every process.
typedef struct {
  uint8_t *base;
  size_t top;
  size_t limit;
  size_t room;
  // Blocks handed out so far; only the first few are told apart.
  int count;
  // Lua's stack, which has a bound of its own, and the block that was handed out last.
  void *stack;
  void *newest;
  size_t newest_size;
  size_t stack_limit;
  size_t text_limit;
  // Bytes of texts made since they were last paid for.
  uint64_t unpaid;
  bool seeded;
  enum { arena_has_room, arena_is_full, arena_stack_is_full, arena_text_is_too_long } state;
} flnft_arena;

bool flnft_arena_open(flnft_arena *arena);
void flnft_arena_close(flnft_arena *arena);
// Lua's allocator.
void *flnft_arena_allocate(void *arena, void *block, size_t old_size, size_t new_size);
// Gives the system back what a large run took.
void flnft_arena_trim(flnft_arena *arena);

// ---- Bytes -----------------------------------------------------------------------------------------------------------

typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t room;
} flnft_bytes;

// False when there is no memory.
bool flnft_bytes_append(flnft_bytes *buffer, const void *bytes, size_t count);

// ---- The machine -----------------------------------------------------------------------------------------------------

// Instructions between two ticks of the gas meter.
enum { TICK = 256 };

struct flnft_contract {
  flnft_arena arena;
  lua_State *state;
  flnft_contract_image *libraries;
  flnft_contract_ask ask;
  flnft_contract_prices prices;
  flnft_contract_limits limits;
  void *context;

  uint64_t gas_limit;
  // Whole ticks and what was charged; the instructions since the last tick are not in it.
  uint64_t spent;
  // While the meter is read: the line of the odometer at which the tick fell.
  int tick_line;
  bool reading_meter;
  // The memory of the run starts here.
  size_t image_top;
  // Library functions that have called back into the contract.
  int callbacks;
  // The host may not be asked while the contract's top level runs.
  bool may_ask;

  flnft_contract_status status;
  char message[512];
  size_t message_length;
  int line;
  // What goes to the host, and what comes from it.
  flnft_bytes output, input;
  // The machine that runs on this thread when this one is done.
  struct flnft_contract *outer;
};

// Indices of the registry.
enum { ODOMETER = 3, AMOUNT_TYPE, STORAGE_TYPE };

static inline flnft_contract *flnft_contract_of(lua_State *L) {
  return *(flnft_contract **)lua_getextraspace(L);
}

// ---- Gas -------------------------------------------------------------------------------------------------------------

void flnft_open_meter(lua_State *L);
void flnft_start_meter(lua_State *L, uint64_t limit, uint64_t spent);
// The gas used so far, exactly; the meter stands still until it is started again.
uint64_t flnft_read_meter(lua_State *L);
// Pays, or raises.
void flnft_charge(lua_State *L, uint64_t gas);
static inline void flnft_charge_work(lua_State *L, uint64_t bytes) {
  flnft_charge(L, bytes / flnft_contract_of(L)->prices.work_bytes);
}
// Pays for going through a table: its empty places are gone through too, and they are what the run has allocated.
void flnft_charge_walk(lua_State *L);
// Pays for a library function.
static inline void flnft_charge_call(lua_State *L) { flnft_charge(L, flnft_contract_of(L)->prices.library); }
// Pays for what the ledger calculates: reading, printing, dividing and splitting money.
static inline void flnft_charge_calculation(lua_State *L) { flnft_charge(L, flnft_contract_of(L)->prices.calculation); }
// Between the two a library function may call the contract back. Their nesting is bounded: it takes the C stack.
void flnft_enter_callback(lua_State *L);
void flnft_leave_callback(lua_State *L);
// The machine that runs on this thread becomes this one, and back.
void flnft_enter_machine(flnft_contract *machine);
void flnft_leave_machine(flnft_contract *machine);

// ---- Values ----------------------------------------------------------------------------------------------------------

// Raises an error of this status, with the position of the Lua function that called.
int flnft_fail(lua_State *L, flnft_contract_status status, const char *format, ...);

void flnft_encode_begin(lua_State *L);
void flnft_encode_text(lua_State *L, const char *text, size_t length);
void flnft_encode_integer(lua_State *L, int64_t integer);
void flnft_encode_boolean(lua_State *L, bool flag);
// Any value of Lua that can cross.
void flnft_encode_value(lua_State *L, int index);
size_t flnft_encoded(lua_State *L);
// Asks the host with what was encoded; the answer lies in `input`. Raises when the host refuses.
void flnft_ask(lua_State *L, flnft_contract_question question);
// Pushes the value in these bytes; returns how many it took.
size_t flnft_push_value(lua_State *L, const uint8_t *bytes, size_t length);
// Pushes the one value of the answer.
void flnft_push_answer(lua_State *L);

// ---- Money -----------------------------------------------------------------------------------------------------------

typedef unsigned __int128 flnft_units;

bool flnft_is_amount(lua_State *L, int index);
flnft_units flnft_amount_units(lua_State *L, int index);
flnft_units flnft_check_amount(lua_State *L, int argument);
void flnft_push_amount(lua_State *L, flnft_units units);

// ---- Text ------------------------------------------------------------------------------------------------------------

// Pushes a value as text, which never shows an address.
const char *flnft_push_text(lua_State *L, int index, size_t *length);
// "integer", "amount", ...
const char *flnft_type_name(lua_State *L, int index);

// ---- Keys ------------------------------------------------------------------------------------------------------------

// A key of a table in the order of pairs: numbers by value, then texts by bytes.
typedef struct {
  bool is_text;
  bool is_float;
  lua_Integer integer;
  lua_Number number;
  const char *text;
  size_t length;
} flnft_key;

// The key at index; raises for one that has no place in the order.
flnft_key flnft_check_key(lua_State *L, int index);
int flnft_compare_keys(const void *left, const void *right);
void flnft_push_key(lua_State *L, const flnft_key *key);

// ---- The libraries, one file each ------------------------------------------------------------------------------------

typedef struct {
  const char *name;
  lua_CFunction function;
} flnft_entry;

// Adds functions, up to an entry without a name, to the table on top. As closures, not as plain pointers: those would be
// hashed by an address that differs between processes.
void flnft_add_functions(lua_State *L, const flnft_entry *entries);
void flnft_add_globals(lua_State *L, const flnft_entry *entries);

void flnft_open_base(lua_State *L);
void flnft_open_iteration(lua_State *L);
void flnft_open_arithmetic(lua_State *L);
void flnft_open_amounts(lua_State *L);
void flnft_open_text(lua_State *L);
void flnft_open_lists(lua_State *L);
void flnft_open_ledger(lua_State *L);
void flnft_open_auctions(lua_State *L);
int flnft_format(lua_State *L);
