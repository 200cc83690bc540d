#include "pattern_program.h"
#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>
#include "pattern.h"

/* Lua gives up on a match that nests deeper than this; the same patterns must fail here. */
enum { MAX_DEPTH = 200, STEPS_BETWEEN_LOOKS = 4096 };

/* Its address is the registry key of the state's own interrupt flag. */
static const char interrupt_flag_key = 0;

__attribute__((weak)) int flnft_interrupt_pending(void) {
  return 0;
}

__attribute__((weak)) void flnft_raise_interrupt(lua_State *L) {
  luaL_error(L, "interrupted");
}

void flnft_pattern_set_interrupt(lua_State *L, volatile sig_atomic_t *flag) {
  lua_pushlightuserdata(L, (void *)flag);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &interrupt_flag_key);
}

static void look_for_interrupt(Matcher *m) {
  m->patience = STEPS_BETWEEN_LOOKS;
  lua_rawgetp(m->L, LUA_REGISTRYINDEX, &interrupt_flag_key);
  volatile sig_atomic_t *flag = lua_touserdata(m->L, -1);
  lua_pop(m->L, 1);
  if (flnft_interrupt_pending() || (flag != NULL && *flag)) flnft_raise_interrupt(m->L);
}

static inline void spend(Matcher *m, ptrdiff_t steps) {
  m->patience -= steps;
  if (m->patience < 0) look_for_interrupt(m);
}

static inline bool set_holds(const PatternSet *set, uint8_t byte) {
  uint16_t classes = flnft_byte_classes[byte];
  uint64_t held = (set->listed[byte >> 6] >> (byte & 63) & 1) | (classes & set->any) | (~classes & set->lacking);
  return (held != 0) != set->complement;
}

static inline bool class_holds(const PatternItem *item, uint8_t byte) {
  return ((flnft_byte_classes[byte] & item->operand) != 0) != item->byte;
}

static inline bool admits(const Matcher *m, const PatternItem *item, const char *position) {
  uint8_t byte = (uint8_t)*position;
  switch (item->kind) {
    case ITEM_BYTE: return byte == item->byte;
    case ITEM_ANY: return true;
    case ITEM_CLASS: return class_holds(item, byte);
    default: return set_holds(&m->program->sets[item->operand], byte);
  }
}

/* The first position that the item does not admit. The choice of kind stays outside the loop, which is the hot one. */
static const char *run_end(Matcher *m, const PatternItem *item, const char *position) {
  const char *start = position;
  const char *end = m->end;
  switch (item->kind) {
    case ITEM_BYTE:
      while (position < end && (uint8_t)*position == item->byte) position++;
      break;
    case ITEM_ANY: position = end; break;
    case ITEM_CLASS:
      while (position < end && class_holds(item, (uint8_t)*position)) position++;
      break;
    default: {
      const PatternSet *set = &m->program->sets[item->operand];
      while (position < end && set_holds(set, (uint8_t)*position)) position++;
      break;
    }
  }
  spend(m, position - start);
  return position;
}

static const char *balanced_end(Matcher *m, const PatternItem *item, const char *position) {
  const char *start = position;
  if (position == m->end || (uint8_t)*position != item->byte) return NULL;
  size_t open = 1;
  const char *balanced = NULL;
  while (balanced == NULL && ++position < m->end) {
    uint8_t byte = (uint8_t)*position;
    /* The closing byte first: when both are the same one, it closes. */
    if (byte == item->operand) {
      if (--open == 0) balanced = position + 1;
    } else if (byte == item->byte) {
      open++;
    }
  }
  spend(m, position - start);
  return balanced;
}

static bool at_frontier(const Matcher *m, const PatternItem *item, const char *position) {
  const PatternSet *set = &m->program->sets[item->operand];
  uint8_t before = position == m->subject ? 0 : (uint8_t)position[-1];
  uint8_t here = position == m->end ? 0 : (uint8_t)*position;
  return !set_holds(set, before) && set_holds(set, here);
}

static const char *repeated_end(Matcher *m, const PatternItem *item, const char *position) {
  if (m->program->positions >> item->operand & 1) return NULL;
  Capture capture = m->captures[item->operand];
  if ((size_t)(m->end - position) < capture.length) return NULL;
  spend(m, (ptrdiff_t)(capture.length / 16));
  return memcmp(position, capture.start, capture.length) == 0 ? position + capture.length : NULL;
}

static void raise_mistake(lua_State *L, const PatternItem *item) {
  switch ((Mistake)item->operand) {
    case MISTAKE_ENDS_WITH_ESCAPE: luaL_error(L, "malformed pattern (ends with '%%')"); break;
    case MISTAKE_MISSING_BRACKET: luaL_error(L, "malformed pattern (missing ']')"); break;
    case MISTAKE_BALANCE_ARGUMENTS: luaL_error(L, "malformed pattern (missing arguments to '%%b')"); break;
    case MISTAKE_FRONTIER_SET: luaL_error(L, "missing '[' after '%%f' in pattern"); break;
    case MISTAKE_TOO_MANY_CAPTURES: luaL_error(L, "too many captures"); break;
    case MISTAKE_NOTHING_TO_CLOSE: luaL_error(L, "invalid pattern capture"); break;
    case MISTAKE_CAPTURE_INDEX: luaL_error(L, "invalid capture index %%%d", (int)item->byte); break;
  }
}

/* A place to come back to when the rest of the pattern does not match. */
typedef struct {
  const PatternItem *item;
  const char *shortest;  /* for a greedy item: its match ends no earlier */
  const char *current;   /* where its match ends in the attempt that is under way */
  int depth;
} Choice;

typedef struct {
  Choice choices[MAX_DEPTH];
  int choice_count;
  int depth; /* how deep Lua's matcher, which is recursive, would be here */
} Search;

static inline void descend(Matcher *m, Search *search) {
  if (++search->depth > MAX_DEPTH) luaL_error(m->L, "pattern too complex");
}

static inline void remember(Matcher *m, Search *search, const PatternItem *item, const char *shortest,
                            const char *current) {
  /* Each choice is one level deep at least, so that the array cannot overflow before the depth does. */
  search->choices[search->choice_count++] =
    (Choice){.item = item, .shortest = shortest, .current = current, .depth = search->depth};
  descend(m, search);
}

/* Takes up the latest choice that has another way to go; NULL when none is left. */
static const char *take_next_choice(Matcher *m, Search *search, const PatternItem **item) {
  while (search->choice_count > 0) {
    spend(m, 1);
    Choice *choice = &search->choices[search->choice_count - 1];
    const PatternItem *repeated = choice->item;
    search->depth = choice->depth;
    *item = repeated + 1;
    switch (repeated->repetition) {
      case OPTIONAL:
        search->choice_count--;
        return choice->current;
      case LAZY:
        if (choice->current == m->end || !admits(m, repeated, choice->current)) break;
        search->depth++;
        return ++choice->current;
      default:
        if (choice->current == choice->shortest) break;
        search->depth++;
        return --choice->current;
    }
    search->choice_count--;
  }
  return NULL;
}

/* One attempt at a single-byte item. NULL when it fails. */
static inline const char *match_single(Matcher *m, Search *search, const PatternItem *item, const char *position) {
  bool admitted = position < m->end && admits(m, item, position);
  switch (item->repetition) {
    case ONCE: return admitted ? position + 1 : NULL;
    case OPTIONAL:
      if (!admitted) return position;
      remember(m, search, item, position, position);
      return position + 1;
    case LAZY:
      remember(m, search, item, position, position);
      return position;
    default: {
      if (!admitted && item->repetition == GREEDY_ONE) return NULL;
      const char *longest = admitted ? run_end(m, item, position + 1) : position;
      remember(m, search, item, position + (item->repetition == GREEDY_ONE), longest);
      return longest;
    }
  }
}

const char *flnft_match_at(Matcher *m, const char *position) {
  Search search;
  search.choice_count = 0;
  search.depth = 1;
  const PatternItem *item = m->program->items;
  for (;;) {
    spend(m, 1);
    switch ((ItemKind)item->kind) {
      case ITEM_BYTE:
      case ITEM_ANY:
      case ITEM_CLASS:
      case ITEM_SET: position = match_single(m, &search, item, position); break;
      case ITEM_OPEN:
      case ITEM_POSITION:
        m->captures[item->operand].start = position;
        descend(m, &search);
        break;
      case ITEM_CLOSE: {
        /* Captures need no undoing: a choice taken up again runs anew through every parenthesis behind it. */
        Capture *capture = &m->captures[item->operand];
        capture->length = (size_t)(position - capture->start);
        descend(m, &search);
        break;
      }
      case ITEM_BACK: position = repeated_end(m, item, position); break;
      case ITEM_BALANCED: position = balanced_end(m, item, position); break;
      case ITEM_FRONTIER: position = at_frontier(m, item, position) ? position : NULL; break;
      case ITEM_FINISH: position = position == m->end ? position : NULL; break;
      case ITEM_SUCCESS: return position;
      case ITEM_MISTAKE: raise_mistake(m->L, item); break;
    }
    if (position != NULL) {
      item++;
    } else {
      position = take_next_choice(m, &search, &item);
      if (position == NULL) return NULL;
    }
  }
}

const char *flnft_match_candidate(Matcher *m, const char *position) {
  const PatternItem *first = m->program->items;
  if (first->kind > ITEM_SET || (first->repetition != ONCE && first->repetition != GREEDY_ONE)) return position;
  const char *start = position;
  if (first->kind == ITEM_BYTE) {
    const char *found = memchr(position, first->byte, (size_t)(m->end - position));
    position = found != NULL ? found : m->end;
    spend(m, (position - start) / 16);
  } else {
    while (position < m->end && !admits(m, first, position)) position++;
    spend(m, position - start);
  }
  return position;
}

void flnft_matcher_start(Matcher *m, lua_State *L, const PatternProgram *program, const char *subject,
                         size_t length) {
  m->L = L;
  m->program = program;
  m->subject = subject;
  m->end = subject + length;
  m->patience = STEPS_BETWEEN_LOOKS;
}
