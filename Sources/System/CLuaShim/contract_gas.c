// The gas meter: one unit for each instruction, counted exactly, and what the libraries charge.
#include <string.h>

#include "contract_machine.h"

// Lua tells every TICK instructions that so many have run, but not how many have run since. So the meter is read by
// running a function that has one instruction in each line, and looking in which line the next tick falls.
void flnft_open_meter(lua_State *L) {
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  luaL_addstring(&text, "return function()\nlocal a, b\n");
  for (int i = 0; i < TICK; i += 1) luaL_addstring(&text, "a = b\n");
  luaL_addstring(&text, "end");
  luaL_pushresult(&text);
  size_t length;
  const char *chunk = lua_tolstring(L, -1, &length);
  if (luaL_loadbufferx(L, chunk, length, "=odometer", "t") != LUA_OK) lua_error(L);
  lua_call(L, 0, 1);
  lua_rawseti(L, LUA_REGISTRYINDEX, ODOMETER);
  lua_pop(L, 1);
}

static _Noreturn void out_of_gas(lua_State *L) {
  flnft_fail(L, flnft_contract_no_gas, "the gas is used up");
  __builtin_unreachable();
}

static void collect_unpaid(flnft_contract *machine) {
  machine->spent += machine->arena.unpaid / machine->prices.work_bytes;
  machine->arena.unpaid %= machine->prices.work_bytes;
}

static _Thread_local int interruptible;

void flnft_contract_begin_interruptible(void) { interruptible += 1; }
void flnft_contract_end_interruptible(void) { interruptible -= 1; }

static bool is_interrupted(void) { return interruptible > 0 && flnft_interrupt_requested_here(); }

static void on_tick(lua_State *L, lua_Debug *activation) {
  flnft_contract *machine = flnft_contract_of(L);
  if (machine->reading_meter) {
    lua_getinfo(L, "l", activation);
    machine->tick_line = activation->currentline;
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  if (is_interrupted()) flnft_fail(L, flnft_contract_interrupted, "interrupted");
  flnft_charge(L, TICK);
}

void flnft_start_meter(lua_State *L, uint64_t limit, uint64_t spent) {
  flnft_contract *machine = flnft_contract_of(L);
  machine->gas_limit = limit;
  machine->spent = spent;
  machine->reading_meter = false;
  lua_sethook(L, on_tick, LUA_MASKCOUNT, TICK);
}

uint64_t flnft_read_meter(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  machine->reading_meter = true;
  machine->tick_line = 2;
  lua_rawgeti(L, LUA_REGISTRYINDEX, ODOMETER);
  lua_call(L, 0, 0);
  collect_unpaid(machine);
  // The first instruction stands in line 2.
  int left = machine->tick_line - 1;
  machine->spent += (uint64_t)(TICK - left);
  return machine->spent;
}

void flnft_charge(lua_State *L, uint64_t gas) {
  flnft_contract *machine = flnft_contract_of(L);
  collect_unpaid(machine);
  machine->spent += gas;
  if (machine->spent > machine->gas_limit) out_of_gas(L);
}

void flnft_charge_walk(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  flnft_charge(L, (machine->arena.top - machine->image_top) / machine->prices.walked_bytes);
}

void flnft_enter_callback(lua_State *L) {
  flnft_contract *machine = flnft_contract_of(L);
  if (machine->callbacks == 16) luaL_error(L, "functions given to the library call it again too deeply");
  machine->callbacks += 1;
}

void flnft_leave_callback(lua_State *L) { flnft_contract_of(L)->callbacks -= 1; }

// ---- Patterns --------------------------------------------------------------------------------------------------------

static _Thread_local flnft_contract *running;

void flnft_enter_machine(flnft_contract *machine) {
  machine->outer = running;
  running = machine;
}

void flnft_leave_machine(flnft_contract *machine) { running = machine->outer; }

int flnft_contract_nesting(void) {
  int count = 0;
  for (flnft_contract *machine = running; machine != NULL; machine = machine->outer) count += 1;
  return count;
}

// The matcher asks this every few thousand steps, on behalf of any machine of this thread: a contract pays for them, and
// is stopped when it cannot.
int flnft_interrupt_pending(void) {
  if (running == NULL) return 0;
  if (is_interrupted()) {
    running->status = flnft_contract_interrupted;
    return 1;
  }
  running->spent += running->prices.pattern_steps;
  if (running->spent <= running->gas_limit) return 0;
  running->status = flnft_contract_no_gas;
  return 1;
}
