// Rules of mechanisms: numbers go to a Lua function and come back without a detour through Swift values, all of it under
// one protected call.
#include <string.h>

#include "machine.h"

static void report(flnft_rule_call *call, flnft_rule_problem problem, int group, int place) {
  if (call->problem != flnft_rule_fine) return;
  call->problem = problem;
  call->problem_group = group;
  call->problem_place = place;
}

// One table per group: of numbers, or of lists of numbers. Made anew each time, because rules like to sort them.
static void push_reports(lua_State *L, const flnft_rule_group *group, const double *reports) {
  lua_createtable(L, group->count, 0);
  for (int i = 0; i < group->count; i += 1) {
    if (group->width == 1) {
      lua_pushnumber(L, reports[i]);
    } else {
      flnft_push_numbers(L, reports + (size_t)i * group->width, group->width);
    }
    lua_rawseti(L, -2, i + 1);
  }
}

static void give(const flnft_rule_group *group, double *amounts, int participant, double quantity) {
  for (int field = 0; field < group->width; field += 1) {
    amounts[participant * group->width + field] = quantity * group->signs[field];
  }
}

// The value on top as the place of somebody; 0 after a problem.
static int place_of(lua_State *L, flnft_rule_call *call, int g, int largest) {
  int exact;
  lua_Integer place = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &exact) : (exact = 0);
  if (exact && place >= 1 && place <= largest) return (int)place;
  report(call, flnft_rule_no_such_place, g, exact && place > -1000000 && place < 1000000 ? (int)place : 0);
  return 0;
}

static void read_winners(lua_State *L, flnft_rule_call *call, int g, double *amounts) {
  const flnft_rule_group *group = &call->group[g];
  if (!lua_istable(L, -1)) return report(call, flnft_rule_no_list, g, flnft_rule_key_winners);
  lua_Unsigned count = lua_rawlen(L, -1);
  if (count > (lua_Unsigned)group->count) return report(call, flnft_rule_wrong_count, g, flnft_rule_key_winners);
  for (lua_Unsigned i = 1; i <= count; i += 1) {
    lua_rawgeti(L, -1, (lua_Integer)i);
    int place = place_of(L, call, g, group->count);
    if (place > 0) give(group, amounts, place - 1, 1);
    lua_pop(L, 1);
  }
}

static void read_allocation(lua_State *L, flnft_rule_call *call, int g, double *amounts) {
  const flnft_rule_group *group = &call->group[g];
  if (!lua_istable(L, -1)) return report(call, flnft_rule_no_list, g, flnft_rule_key_allocation);
  if (lua_rawlen(L, -1) != (lua_Unsigned)group->count) {
    return report(call, flnft_rule_wrong_count, g, flnft_rule_key_allocation);
  }
  for (int i = 0; i < group->count; i += 1) {
    int type = lua_rawgeti(L, -1, i + 1);
    if (type == LUA_TNUMBER) {
      give(group, amounts, i, lua_tonumberx(L, -1, NULL));
    } else if (type == LUA_TTABLE && lua_rawlen(L, -1) == (lua_Unsigned)group->width) {
      double *row = amounts + (size_t)i * group->width;
      if (flnft_read_numbers(L, -1, row, group->width) != 0) report(call, flnft_rule_no_number, g, i + 1);
      for (int field = 0; field < group->width; field += 1) row[field] *= group->signs[field];
    } else {
      report(call, flnft_rule_no_number, g, i + 1);
    }
    lua_pop(L, 1);
  }
}

static void read_choice(lua_State *L, flnft_rule_call *call, int g, double *amounts) {
  const flnft_rule_group *group = &call->group[g];
  int choice = place_of(L, call, g, group->width);
  if (choice == 0) return;
  for (int i = 0; i < group->count; i += 1) {
    amounts[i * group->width + choice - 1] = group->signs[choice - 1];
  }
}

static void read_payments(lua_State *L, flnft_rule_call *call, int g, double *payments, double sign, int key) {
  const flnft_rule_group *group = &call->group[g];
  if (!lua_istable(L, -1)) return report(call, flnft_rule_no_list, g, key);
  if (lua_rawlen(L, -1) != (lua_Unsigned)group->count) return report(call, flnft_rule_wrong_count, g, key);
  size_t wrong = flnft_read_numbers(L, -1, payments, group->count);
  if (wrong != 0) return report(call, flnft_rule_no_payment, g, (int)wrong);
  for (int i = 0; i < group->count; i += 1) payments[i] *= sign;
}

// Everybody pays the price of what it gets; those who deliver are paid it.
static void apply_price(const flnft_rule_group *group, const double *amounts, double *payments, double price) {
  for (int i = 0; i < group->count; i += 1) {
    double quantity = 0;
    for (int field = 0; field < group->width; field += 1) quantity += amounts[i * group->width + field];
    payments[i] = price * quantity;
  }
}

static void read_result(lua_State *L, flnft_rule_call *call, int g, double *amounts, double *payments) {
  const flnft_rule_group *group = &call->group[g];
  int table = lua_gettop(L);
  bool has_payments = false, has_price = false;
  double price = 0;
  lua_pushnil(L);
  while (lua_next(L, table) != 0) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
    if (strcmp(key, "winner") == 0) {
      if (lua_toboolean(L, -1)) {
        int place = place_of(L, call, g, group->count);
        if (place > 0) give(group, amounts, place - 1, 1);
      }
    } else if (strcmp(key, "winners") == 0) {
      read_winners(L, call, g, amounts);
    } else if (strcmp(key, "allocation") == 0) {
      read_allocation(L, call, g, amounts);
    } else if (strcmp(key, "choice") == 0) {
      if (lua_toboolean(L, -1)) read_choice(L, call, g, amounts);
    } else if (strcmp(key, "payments") == 0) {
      read_payments(L, call, g, payments, 1, flnft_rule_key_payments);
      has_payments = true;
    } else if (strcmp(key, "receipts") == 0) {
      read_payments(L, call, g, payments, -1, flnft_rule_key_receipts);
      has_payments = true;
    } else if (strcmp(key, "price") == 0) {
      has_price = lua_type(L, -1) == LUA_TNUMBER;
      price = lua_tonumberx(L, -1, NULL);
      if (!has_price) report(call, flnft_rule_no_number, g, 0);
    } else {
      report(call, flnft_rule_unknown_key, g, 0);
      strncpy(call->key, key, sizeof call->key - 1);
    }
    lua_pop(L, 1);
  }
  if (has_price) {
    apply_price(group, amounts, payments, price);
  } else if (!has_payments) {
    report(call, flnft_rule_no_payments, g, 0);
  }
}

// Arguments: the call, the rule.
static int call_rule(lua_State *L) {
  flnft_rule_call *call = lua_touserdata(L, 1);
  luaL_checkstack(L, 2 * call->groups + 8, NULL);
  const double *reports = call->reports;
  for (int g = 0; g < call->groups; g += 1) {
    push_reports(L, &call->group[g], reports);
    reports += (size_t)call->group[g].count * call->group[g].width;
  }
  lua_call(L, call->groups, call->groups);
  double *amounts = call->amounts, *payments = call->payments;
  for (int g = 0; g < call->groups; g += 1) {
    const flnft_rule_group *group = &call->group[g];
    flnft_uncover(L, g + 2);
    if (lua_istable(L, g + 2)) {
      lua_pushvalue(L, g + 2);
      read_result(L, call, g, amounts, payments);
      lua_pop(L, 1);
    } else {
      report(call, flnft_rule_no_result, g, 0);
    }
    amounts += (size_t)group->count * group->width;
    payments += group->count;
  }
  return 0;
}

int flnft_call_rule(lua_State *L, int rule, flnft_rule_call *call) {
  call->problem = flnft_rule_fine;
  rule = lua_absindex(L, rule);
  lua_pushcfunction(L, call_rule);
  lua_pushlightuserdata(L, call);
  lua_pushvalue(L, rule);
  int status = flnft_pcall(L, 2, 0);
  flnft_copies_are_faithful(L);
  return status;
}

void flnft_push_function_place(lua_State *L, int function) {
  lua_Debug info;
  lua_pushvalue(L, function);
  lua_getinfo(L, ">S", &info);
  lua_pushfstring(L, "%s:%d", info.short_src, info.linedefined);
}
