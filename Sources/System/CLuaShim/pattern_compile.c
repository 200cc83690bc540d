#include "pattern_program.h"
#include <stdbool.h>
#include <string.h>

enum {
  LETTER = 1 << 0,
  CONTROL = 1 << 1,
  DIGIT = 1 << 2,
  GRAPHIC = 1 << 3,
  LOWER = 1 << 4,
  PUNCTUATION = 1 << 5,
  SPACE = 1 << 6,
  UPPER = 1 << 7,
  ALPHANUMERIC = 1 << 8,
  HEXADECIMAL = 1 << 9,
  ZERO = 1 << 10,

  SIGN = GRAPHIC | PUNCTUATION,
  SMALL = GRAPHIC | ALPHANUMERIC | LETTER | LOWER,
  CAPITAL = GRAPHIC | ALPHANUMERIC | LETTER | UPPER,
};

/* The classes do not follow the locale, so that a script means the same everywhere. */
const uint16_t flnft_byte_classes[256] = {
  [0] = CONTROL | ZERO,
  [1 ... 8] = CONTROL,
  ['\t' ... '\r'] = CONTROL | SPACE,
  [14 ... 31] = CONTROL,
  [' '] = SPACE,
  ['!' ... '/'] = SIGN,
  ['0' ... '9'] = GRAPHIC | ALPHANUMERIC | DIGIT | HEXADECIMAL,
  [':' ... '@'] = SIGN,
  ['A' ... 'F'] = CAPITAL | HEXADECIMAL,
  ['G' ... 'Z'] = CAPITAL,
  ['[' ... '`'] = SIGN,
  ['a' ... 'f'] = SMALL | HEXADECIMAL,
  ['g' ... 'z'] = SMALL,
  ['{' ... '~'] = SIGN,
  [127] = CONTROL,
};

/* What the letter after a `%` stands for in lower case; 0 when it stands for itself. */
static uint16_t class_named(uint8_t letter) {
  switch (letter | 0x20) {
    case 'a': return LETTER;
    case 'c': return CONTROL;
    case 'd': return DIGIT;
    case 'g': return GRAPHIC;
    case 'l': return LOWER;
    case 'p': return PUNCTUATION;
    case 's': return SPACE;
    case 'u': return UPPER;
    case 'w': return ALPHANUMERIC;
    case 'x': return HEXADECIMAL;
    case 'z': return ZERO; /* deprecated since Lua 5.2, still understood */
    default: return 0;
  }
}

static bool is_class(uint8_t letter) {
  return (flnft_byte_classes[letter] & LETTER) != 0 && class_named(letter) != 0;
}

static bool is_upper(uint8_t letter) {
  return (flnft_byte_classes[letter] & UPPER) != 0;
}

size_t flnft_pattern_storage(size_t length) {
  /* The shortest set takes three bytes of pattern, every other item at least one. */
  return (length / 3 + 1) * sizeof(PatternSet) + (length + 1) * sizeof(PatternItem);
}

typedef struct {
  PatternProgram *program;
  const uint8_t *next;
  const uint8_t *end;
  PatternItem *item;
  uint32_t set_count;
} Compiler;

static void add_item(Compiler *c, ItemKind kind, uint8_t byte, uint32_t operand) {
  *c->item++ = (PatternItem){.kind = (uint8_t)kind, .repetition = ONCE, .byte = byte, .operand = operand};
}

/* Nothing behind a mistake is ever matched, so translation ends with it. */
static void add_mistake(Compiler *c, Mistake mistake, uint8_t capture) {
  add_item(c, ITEM_MISTAKE, capture, mistake);
  c->next = c->end;
}

static void list_byte(PatternSet *set, uint8_t byte) {
  set->listed[byte >> 6] |= (uint64_t)1 << (byte & 63);
}

/* The `]` that ends the set whose members start here, or NULL. The first member may itself be a `]`. */
static const uint8_t *closing_bracket(const uint8_t *next, const uint8_t *end) {
  do {
    if (next == end) return NULL;
    if (*next++ == '%' && next < end) next++;
  } while (next == end || *next != ']');
  return next;
}

/*
 * Reads a set whose `[` is already taken, up to and with its `]`; false when there is none. The end is looked for
 * first, as Lua does it: in odd sets such as `[a-%]]` the two readings differ over what a `%` escapes.
 */
static bool read_set(Compiler *c) {
  PatternSet *set = &c->program->sets[c->set_count];
  memset(set, 0, sizeof *set);
  if (c->next < c->end && *c->next == '^') {
    set->complement = 1;
    c->next++;
  }
  const uint8_t *closing = closing_bracket(c->next, c->end);
  if (closing == NULL) return false;
  const uint8_t *member = c->next;
  while (member < closing) {
    uint8_t byte = *member++;
    if (byte == '%') {
      byte = *member++;
      if (!is_class(byte)) list_byte(set, byte);
      else if (is_upper(byte)) set->lacking |= class_named(byte);
      else set->any |= class_named(byte);
    } else if (closing - member >= 2 && *member == '-') {
      for (unsigned each = byte; each <= member[1]; each++) list_byte(set, (uint8_t)each);
      member += 2;
    } else {
      list_byte(set, byte);
    }
  }
  c->next = closing + 1;
  c->set_count++;
  return true;
}

static void read_repetition(Compiler *c) {
  if (c->next == c->end) return;
  Repetition repetition;
  switch (*c->next) {
    case '?': repetition = OPTIONAL; break;
    case '*': repetition = GREEDY; break;
    case '+': repetition = GREEDY_ONE; break;
    case '-': repetition = LAZY; break;
    default: return;
  }
  c->item[-1].repetition = (uint8_t)repetition;
  c->next++;
}

static void read_open(Compiler *c) {
  PatternProgram *program = c->program;
  if (program->capture_count == MAX_CAPTURES) {
    add_mistake(c, MISTAKE_TOO_MANY_CAPTURES, 0);
    return;
  }
  uint32_t capture = (uint32_t)program->capture_count++;
  if (c->next < c->end && *c->next == ')') {
    c->next++;
    program->closed |= (uint32_t)1 << capture;
    program->positions |= (uint32_t)1 << capture;
    add_item(c, ITEM_POSITION, 0, capture);
  } else {
    add_item(c, ITEM_OPEN, 0, capture);
  }
}

static void read_close(Compiler *c) {
  PatternProgram *program = c->program;
  for (int capture = program->capture_count - 1; capture >= 0; capture--) {
    if (program->closed >> capture & 1) continue;
    program->closed |= (uint32_t)1 << capture;
    add_item(c, ITEM_CLOSE, 0, (uint32_t)capture);
    return;
  }
  add_mistake(c, MISTAKE_NOTHING_TO_CLOSE, 0);
}

static void read_escape(Compiler *c) {
  if (c->next == c->end) {
    add_mistake(c, MISTAKE_ENDS_WITH_ESCAPE, 0);
    return;
  }
  uint8_t byte = *c->next++;
  if (byte == 'b') {
    if (c->end - c->next < 2) {
      add_mistake(c, MISTAKE_BALANCE_ARGUMENTS, 0);
    } else {
      add_item(c, ITEM_BALANCED, c->next[0], c->next[1]);
      c->next += 2;
    }
  } else if (byte == 'f') {
    if (c->next == c->end || *c->next != '[') {
      add_mistake(c, MISTAKE_FRONTIER_SET, 0);
      return;
    }
    c->next++;
    if (read_set(c)) add_item(c, ITEM_FRONTIER, 0, c->set_count - 1);
    else add_mistake(c, MISTAKE_MISSING_BRACKET, 0);
  } else if (byte >= '0' && byte <= '9') {
    int capture = byte - '1';
    if (capture < 0 || capture >= c->program->capture_count || !(c->program->closed >> capture & 1)) {
      add_mistake(c, MISTAKE_CAPTURE_INDEX, byte - '0');
    } else {
      add_item(c, ITEM_BACK, 0, (uint32_t)capture);
    }
  } else {
    if (is_class(byte)) add_item(c, ITEM_CLASS, is_upper(byte), class_named(byte));
    else add_item(c, ITEM_BYTE, byte, 0);
    read_repetition(c);
  }
}

void flnft_pattern_compile(PatternProgram *program, void *storage, const char *pattern, size_t length) {
  *program = (PatternProgram){.sets = storage};
  program->items = (PatternItem *)(program->sets + (length / 3 + 1));
  const uint8_t *start = (const uint8_t *)pattern;
  Compiler c = {.program = program, .next = start, .end = start + length, .item = program->items};
  while (c.next < c.end) {
    uint8_t byte = *c.next++;
    switch (byte) {
      case '(': read_open(&c); continue;
      case ')': read_close(&c); continue;
      case '%': read_escape(&c); continue;
      case '$':
        if (c.next == c.end) {
          add_item(&c, ITEM_FINISH, 0, 0);
          continue;
        }
        add_item(&c, ITEM_BYTE, byte, 0);
        break;
      case '.': add_item(&c, ITEM_ANY, 0, 0); break;
      case '[':
        if (!read_set(&c)) {
          add_mistake(&c, MISTAKE_MISSING_BRACKET, 0);
          continue;
        }
        add_item(&c, ITEM_SET, 0, c.set_count - 1);
        break;
      default: add_item(&c, ITEM_BYTE, byte, 0); break;
    }
    read_repetition(&c);
  }
  add_item(&c, ITEM_SUCCESS, 0, 0);
}
