#pragma once
#include <lua.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A Lua pattern in the form that the matcher runs: a row of items, one for each thing the pattern asks for.
 *
 * Patterns have no alternation, so all that concerns captures (which number a parenthesis has, which are closed at a
 * back reference) is known before matching. A mistake in the pattern becomes an item too: as in Lua, it is an error
 * only when matching gets that far.
 */

enum { MAX_CAPTURES = 32 };

typedef enum {
  ITEM_BYTE,      /* one byte equal to `byte` */
  ITEM_ANY,       /* one byte, whatever it is */
  ITEM_CLASS,     /* one byte of the class `operand`, or not of it when `byte` is 1 */
  ITEM_SET,       /* one byte of the set numbered `operand` */
  ITEM_OPEN,      /* the capture `operand` starts */
  ITEM_CLOSE,     /* the capture `operand` ends */
  ITEM_POSITION,  /* the capture `operand` is this position */
  ITEM_BACK,      /* what capture `operand` holds, once more */
  ITEM_BALANCED,  /* from `byte` to the `operand` that balances it */
  ITEM_FRONTIER,  /* the byte before is not in set `operand`, the byte here is */
  ITEM_FINISH,    /* the end of the subject */
  ITEM_SUCCESS,   /* the end of the pattern */
  ITEM_MISTAKE,   /* the pattern is wrong here: a Mistake in `operand`, about capture `byte` */
} ItemKind;

typedef enum { ONCE, OPTIONAL, GREEDY, GREEDY_ONE, LAZY } Repetition;

typedef enum {
  MISTAKE_ENDS_WITH_ESCAPE,
  MISTAKE_MISSING_BRACKET,
  MISTAKE_BALANCE_ARGUMENTS,
  MISTAKE_FRONTIER_SET,
  MISTAKE_TOO_MANY_CAPTURES,
  MISTAKE_NOTHING_TO_CLOSE,
  MISTAKE_CAPTURE_INDEX,
} Mistake;

typedef struct {
  uint8_t kind;
  uint8_t repetition;
  uint8_t byte;
  uint32_t operand;
} PatternItem;

/* The bytes in brackets: those listed, those of some class in `any`, those outside some class in `lacking`. */
typedef struct {
  uint64_t listed[4];
  uint16_t any;
  uint16_t lacking;
  uint8_t complement;
} PatternSet;

typedef struct {
  PatternItem *items;
  PatternSet *sets;
  int capture_count;
  uint32_t closed;     /* bit i: capture i has an end */
  uint32_t positions;  /* bit i: capture i is a position */
} PatternProgram;

/* The classes a byte belongs to, one bit for each of %a %c %d %g %l %p %s %u %w %x %z, as in the "C" locale. */
extern const uint16_t flnft_byte_classes[256];

/* The bytes of storage that a pattern of this length needs at most, aligned as a uint64_t. */
size_t flnft_pattern_storage(size_t length);

/* Translates a pattern (without its `^`) into `storage`. Never fails: see ITEM_MISTAKE. */
void flnft_pattern_compile(PatternProgram *program, void *storage, const char *pattern, size_t length);

typedef struct {
  const char *start;
  size_t length;
} Capture;

typedef struct {
  lua_State *L;
  const PatternProgram *program;
  const char *subject;
  const char *end;
  ptrdiff_t patience;  /* steps until the next look at the interrupt flag */
  Capture captures[MAX_CAPTURES];
} Matcher;

void flnft_matcher_start(Matcher *matcher, lua_State *L, const PatternProgram *program, const char *subject,
                         size_t length);

/* The end of the match that starts at `position`, or NULL. Fills the captures. May raise. */
const char *flnft_match_at(Matcher *matcher, const char *position);

/* The first place from `position` on where a match may start (the end of the subject if there is none). May raise. */
const char *flnft_match_candidate(Matcher *matcher, const char *position);
