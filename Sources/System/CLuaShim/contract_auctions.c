// auction: the ledger's own auctions on amounts that a contract holds, such as opened bids.
#include "contract_machine.h"

// Each list is paid for by its length before it is read: sorting takes about as long as that many steps.
static void encode_offers(lua_State *L, int argument) {
  flnft_contract *machine = flnft_contract_of(L);
  luaL_checktype(L, argument, LUA_TTABLE);
  lua_Unsigned count = lua_rawlen(L, argument);
  if (count > 1024) luaL_error(L, "an auction takes at most 1024 bids or asks");
  flnft_charge(L, count * machine->prices.offer);
  flnft_encode_value(L, argument);
}

static int run(lua_State *L, const char *name, size_t length, int lists) {
  flnft_charge(L, flnft_contract_of(L)->prices.auction);
  lua_settop(L, lists + 1);
  flnft_encode_begin(L);
  flnft_encode_text(L, name, length);
  for (int i = 1; i <= lists; i += 1) encode_offers(L, i);
  flnft_encode_value(L, lists + 1);
  flnft_ask(L, flnft_ask_auction);
  flnft_push_answer(L);
  return 1;
}

// auction.sealed(bids [, options])
static int run_sealed(lua_State *L) { return run(L, "sealed", 6, 1); }

// auction.purchase(asks [, options])
static int run_purchase(lua_State *L) { return run(L, "purchase", 8, 1); }

// auction.double(asks, bids [, options])
static int run_double(lua_State *L) { return run(L, "double", 6, 2); }

void flnft_open_auctions(lua_State *L) {
  static const flnft_entry functions[] = {
      {"double", run_double}, {"purchase", run_purchase}, {"sealed", run_sealed}, {NULL, NULL}};
  lua_createtable(L, 0, 3);
  flnft_add_functions(L, functions);
  lua_setglobal(L, "auction");
}
