// Contracts: Lua as a pure function. A machine runs untrusted source in a state of its own whose every byte lies in one
// block of memory, so that a fresh state is a copy of a prepared one, and addresses, hashes and memory limits are the
// same in every process. No Lua value or error crosses this header: values travel as the canonical bytes of Core's
// ContractValue.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct flnft_contract flnft_contract;
// A prepared state: the libraries, the contract's functions and the gas that making them took.
typedef struct flnft_contract_image flnft_contract_image;

// Core's ContractGas.
typedef struct {
  uint64_t read, write, stored_byte, keys, key, balance, transfer, emit, event_byte, call, hash;
  uint64_t work_bytes, source_bytes, run, library, amount, calculation, pattern, pattern_steps, walked_bytes;
  uint64_t auction, offer;
} flnft_contract_prices;

// Core's ContractLimits.
typedef struct {
  size_t text, value, depth, name, keys, stack;
} flnft_contract_limits;

// What a machine asks. Questions and answers are values, one behind the other.
typedef enum {
  flnft_ask_read,      // key: a value
  flnft_ask_write,     // key, value: nothing
  flnft_ask_keys,      // first key, limit: a list of keys
  flnft_ask_balance,   // address: an amount
  flnft_ask_transfer,  // address, amount: nothing
  flnft_ask_emit,      // name, value: nothing
  flnft_ask_call,      // address, function, amount, gas, arguments: the gas used, the result
  flnft_ask_hash,      // text: text
  flnft_ask_parse,     // text: an amount
  flnft_ask_print,     // amount: text
  flnft_ask_portion,   // amount, numerator and denominator as amounts, whether up: an amount
  flnft_ask_split,     // amount, weights as amounts: a list of amounts
  flnft_ask_auction,   // name, lists of amounts, options: a record
} flnft_contract_question;

// Answers a question by flnft_contract_reply and returns true, or returns false, and the run ends.
typedef bool (*flnft_contract_ask)(
    void *context, flnft_contract *machine, flnft_contract_question question, const uint8_t *input, size_t length);

typedef enum {
  flnft_contract_fine,
  flnft_contract_error,      // Lua's own or the contract's: see message and line
  flnft_contract_no_gas,
  flnft_contract_no_memory,
  flnft_contract_bad_source,
  flnft_contract_bad_value,
  flnft_contract_refused,    // the host answered false: it knows why
  flnft_contract_interrupted,  // by Ctrl-C, where that is allowed
} flnft_contract_status;

typedef struct {
  // A global function of the contract's own; empty for `init`.
  const uint8_t *function;
  size_t function_length;
  // Values, one behind the other.
  const uint8_t *arguments;
  size_t arguments_length;
  // 32 bytes each.
  const uint8_t *contract, *sender;
  uint64_t value_high, value_low;
  int64_t now, height;
  uint64_t gas_limit;
  size_t memory_limit;
  void *context;
} flnft_contract_run;

typedef struct {
  flnft_contract_status status;
  uint64_t gas_used;
  // From 1; 0 where it is not known.
  int line;
  // Both belong to the machine and last until it is used again.
  const char *message;
  size_t message_length;
  const uint8_t *value;
  size_t value_length;
} flnft_contract_result;

// NULL where there is no address space for a machine, or this library of Lua is laid out in a way that is not known.
flnft_contract *flnft_contract_open(
    flnft_contract_ask ask, const flnft_contract_prices *prices, const flnft_contract_limits *limits);
void flnft_contract_close(flnft_contract *machine);

// Compiles text and runs none of it.
flnft_contract_result flnft_contract_check(flnft_contract *machine, const uint8_t *source, size_t length);
// Compiles text and runs its top level, which may calculate but ask nothing of the ledger; NULL when that fails.
flnft_contract_image *flnft_contract_load(
    flnft_contract *machine, const uint8_t *source, size_t length, uint64_t gas_limit, size_t memory_limit, void *context,
    flnft_contract_result *result);
// Images belong to the machine that made them, and go with it.
void flnft_contract_free_image(flnft_contract_image *image);
flnft_contract_result flnft_contract_call(
    flnft_contract *machine, const flnft_contract_image *image, const flnft_contract_run *run);

// Between these two Ctrl-C, on the thread that is armed for it, ends the runs of this thread. What was run then counts for
// nothing: the same call must give the same result everywhere.
void flnft_contract_begin_interruptible(void);
void flnft_contract_end_interruptible(void);

// How many machines are running on this thread, because one called the next.
int flnft_contract_nesting(void);
// Answers a question; within flnft_contract_ask only.
void flnft_contract_reply(flnft_contract *machine, const uint8_t *bytes, size_t length);
