// The memory of a contract's state.
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>

#include "contract_machine.h"

static const size_t alignment = (size_t)1 << 32;
// ContractLimits.memory, and room to report that it is used up.
static const size_t room = ((size_t)64 << 20) + ((size_t)1 << 20);
static const size_t kept = (size_t)1 << 20;

bool flnft_arena_open(flnft_arena *arena) {
  // Asks for enough to hold a multiple of 4 GiB and gives back the rest.
  size_t asked = alignment + room;
  uint8_t *block = mmap(NULL, asked, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (block == MAP_FAILED) return false;
  size_t before = (alignment - (uintptr_t)block % alignment) % alignment;
  uint8_t *base = block + before;
  if (before > 0) munmap(block, before);
  munmap(base + room, asked - before - room);
  if (mprotect(base, room, PROT_READ | PROT_WRITE) != 0) {
    munmap(base, room);
    return false;
  }
  *arena = (flnft_arena){.base = base, .room = room, .limit = room, .text_limit = room, .stack_limit = room};
  return true;
}

void flnft_arena_close(flnft_arena *arena) { munmap(arena->base, arena->room); }

void flnft_arena_trim(flnft_arena *arena) {
  if (arena->top > kept) madvise(arena->base + kept, arena->top - kept, MADV_DONTNEED);
}

static size_t rounded(size_t size) { return (size + 15) & ~(size_t)15; }

// ---- The seed --------------------------------------------------------------------------------------------------------

// How Lua 5.4 begins its global state. Lua draws the seed of its hashes from the time and from addresses, and has no call
// to set it; with it the shapes of tables, and so their memory, would differ from run to run.
typedef struct {
  lua_Alloc allocate;
  void *data;
  size_t bytes;
  ptrdiff_t debt;
  size_t estimate, last;
  struct { void *hash; int used, size; } strings;
  struct { uint64_t value; uint8_t tag; } registry, nil;
  unsigned int seed;
} state_beginning;

// Called between the drawing of the seed and its first use, which is also when all of these words are known.
static bool set_seed(flnft_arena *arena, size_t size) {
  enum { seed = 0x464c4e46, tag_of_nil = 0, tag_of_integer = 3 };
  for (size_t offset = 0; offset + sizeof(state_beginning) <= size; offset += sizeof(void *)) {
    state_beginning *state = (state_beginning *)(void *)(arena->base + offset);
    if (state->allocate != flnft_arena_allocate || state->data != arena) continue;
    bool known = rounded(state->bytes) == size && state->debt == 0 && state->strings.hash == NULL && state->strings.used == 0 &&
                 state->strings.size == 0 && state->registry.tag == tag_of_nil &&
                 state->nil.tag == tag_of_integer && state->nil.value == 0;
    if (known) state->seed = seed;
    return known;
  }
  return false;
}

// ---- Allocation ------------------------------------------------------------------------------------------------------

// The first block is the state, the second its stack.
static void recognise(flnft_arena *arena, void *block) {
  arena->count += 1;
  if (arena->count != 2) return;
  arena->stack = block;
  arena->seeded = set_seed(arena, (size_t)((uint8_t *)block - arena->base));
}

static bool refuses(flnft_arena *arena, const void *block, size_t kind, size_t size) {
  // Texts up to 40 bytes are interned, and made once only.
  enum { header = 25, interned = 40 };
  if (block == NULL && kind == LUA_TSTRING && size > header + interned) {
    if (size > header + arena->text_limit) {
      arena->state = arena_text_is_too_long;
      return true;
    }
    arena->unpaid += size - header;
  }
  // What asks next is the call that needed the larger stack.
  return arena->state == arena_stack_is_full;
}

// Lua moves its stack by asking for a new one and giving the old one back.
static void follow_stack(flnft_arena *arena, const void *given_back) {
  if (given_back == NULL || given_back != arena->stack) return;
  arena->stack = arena->newest;
  if (arena->newest_size > arena->stack_limit) arena->state = arena_stack_is_full;
}

void *flnft_arena_allocate(void *data, void *block, size_t old_size, size_t new_size) {
  flnft_arena *arena = data;
  uint8_t *bytes = block;
  if (new_size == 0) {
    follow_stack(arena, block);
    return NULL;
  }
  if (block != NULL && new_size <= old_size) return block;
  if (refuses(arena, block, old_size, new_size)) return NULL;
  bool last = block != NULL && bytes + rounded(old_size) == arena->base + arena->top;
  size_t start = last ? (size_t)(bytes - arena->base) : arena->top;
  // Limits are far below SIZE_MAX, but a size that Lua asks for may not be.
  if (new_size > arena->limit || rounded(new_size) > arena->limit - (start < arena->limit ? start : arena->limit)) {
    arena->state = arena_is_full;
    return NULL;
  }
  uint8_t *result = arena->base + start;
  if (block != NULL && !last) memcpy(result, block, old_size);
  arena->top = start + rounded(new_size);
  arena->newest = result;
  arena->newest_size = new_size;
  if (arena->count < 2) recognise(arena, result);
  return result;
}
