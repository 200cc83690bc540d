#define _GNU_SOURCE /* memmem: linear time, where a loop over memcmp is quadratic */
#include "pattern.h"
#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>
#include "pattern_program.h"

/* Patterns shorter than this are translated on the C stack. */
enum { SHORT_PATTERN = 40 };

typedef struct {
  uint64_t bytes[(SHORT_PATTERN / 3 + 1) * sizeof(PatternSet) / 8 + SHORT_PATTERN * sizeof(PatternItem) / 8 + 2];
} ShortStorage;

/* Pushes at most one value: the storage of a pattern that is too long for `local`. */
static void compile(lua_State *L, PatternProgram *program, ShortStorage *local, const char *pattern, size_t length) {
  void *storage = local;
  if (length >= SHORT_PATTERN) storage = lua_newuserdatauv(L, flnft_pattern_storage(length), 0);
  flnft_pattern_compile(program, storage, pattern, length);
}

/* The optional argument `init` as an offset from the start; more than `length` when it lies behind the end. */
static size_t offset_argument(lua_State *L, int argument, size_t length) {
  lua_Integer position = luaL_optinteger(L, argument, 1);
  if (position > 0) return (size_t)position - 1;
  if (position == 0 || position < -(lua_Integer)length) return 0;
  return length + (size_t)position;
}

static int pushed_count(const Matcher *m) {
  return m->program->capture_count > 0 ? m->program->capture_count : 1;
}

/* Pushes one capture of the match from `start` to `end`; the whole match stands for the first of no captures. */
static void push_capture(Matcher *m, int index, const char *start, const char *end) {
  const PatternProgram *program = m->program;
  if (index >= program->capture_count) {
    if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
    lua_pushlstring(m->L, start, (size_t)(end - start));
    return;
  }
  const Capture *capture = &m->captures[index];
  if (!(program->closed >> index & 1)) luaL_error(m->L, "unfinished capture");
  if (program->positions >> index & 1) lua_pushinteger(m->L, capture->start - m->subject + 1);
  else lua_pushlstring(m->L, capture->start, capture->length);
}

static int push_captures(Matcher *m, int count, const char *start, const char *end) {
  luaL_checkstack(m->L, count, "too many captures");
  for (int index = 0; index < count; index++) push_capture(m, index, start, end);
  return count;
}

static bool has_specials(const char *pattern, size_t length) {
  for (size_t i = 0; i < length; i++) {
    switch (pattern[i]) {
      case '^': case '$': case '*': case '+': case '?': case '.': case '(': case '[': case '%': case '-': return true;
      default: break;
    }
  }
  return false;
}

static int find_plain(lua_State *L, const char *subject, size_t length, size_t offset, const char *text, size_t size) {
  const char *found = memmem(subject + offset, length - offset, text, size);
  if (found == NULL) {
    luaL_pushfail(L);
    return 1;
  }
  lua_pushinteger(L, found - subject + 1);
  lua_pushinteger(L, found - subject + (lua_Integer)size);
  return 2;
}

static int find_or_match(lua_State *L, bool find) {
  size_t length, size;
  const char *subject = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &size);
  size_t offset = offset_argument(L, 3, length);
  if (offset > length) {
    luaL_pushfail(L);
    return 1;
  }
  if (find && (lua_toboolean(L, 4) || !has_specials(pattern, size))) {
    return find_plain(L, subject, length, offset, pattern, size);
  }
  bool anchored = *pattern == '^';
  PatternProgram program;
  ShortStorage local;
  compile(L, &program, &local, pattern + anchored, size - anchored);
  Matcher m;
  flnft_matcher_start(&m, L, &program, subject, length);
  const char *start = subject + offset;
  do {
    if (!anchored) start = flnft_match_candidate(&m, start);
    const char *end = flnft_match_at(&m, start);
    if (end == NULL) continue;
    if (!find) return push_captures(&m, pushed_count(&m), start, end);
    lua_pushinteger(L, start - subject + 1);
    lua_pushinteger(L, end - subject);
    return 2 + push_captures(&m, program.capture_count, start, end);
  } while (!anchored && start++ < m.end);
  luaL_pushfail(L);
  return 1;
}

static int pattern_find(lua_State *L) {
  return find_or_match(L, true);
}

static int pattern_match(lua_State *L) {
  return find_or_match(L, false);
}

/* What string.gmatch keeps between two matches; the storage of the program follows it. */
typedef struct {
  const char *next;
  const char *last_end;
  PatternProgram program;
  Matcher matcher;
} Iteration;

static int next_match(lua_State *L) {
  Iteration *iteration = lua_touserdata(L, lua_upvalueindex(3));
  Matcher *m = &iteration->matcher;
  m->L = L; /* the iterator may be called in another coroutine than the last time */
  for (const char *start = iteration->next; start <= m->end; start++) {
    start = flnft_match_candidate(m, start);
    const char *end = flnft_match_at(m, start);
    /* A match may not end where the one before did: that would find the same empty string again. */
    if (end == NULL || end == iteration->last_end) continue;
    iteration->next = iteration->last_end = end;
    return push_captures(m, pushed_count(m), start, end);
  }
  return 0;
}

static int pattern_gmatch(lua_State *L) {
  size_t length, size;
  const char *subject = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &size);
  size_t offset = offset_argument(L, 3, length);
  lua_settop(L, 2);
  Iteration *iteration = lua_newuserdatauv(L, sizeof(Iteration) + flnft_pattern_storage(size), 0);
  flnft_pattern_compile(&iteration->program, iteration + 1, pattern, size);
  flnft_matcher_start(&iteration->matcher, L, &iteration->program, subject, length);
  iteration->next = subject + (offset > length ? length + 1 : offset);
  iteration->last_end = NULL;
  lua_pushcclosure(L, next_match, 3);
  return 1;
}

/* Adds the replacement text, with its `%1` and the like filled in. */
static void add_template(Matcher *m, luaL_Buffer *buffer, const char *start, const char *end) {
  size_t size;
  const char *next = lua_tolstring(m->L, 3, &size);
  const char *stop = next + size;
  const char *escape;
  while ((escape = memchr(next, '%', (size_t)(stop - next))) != NULL) {
    luaL_addlstring(buffer, next, (size_t)(escape - next));
    char byte = escape[1];
    next = escape + 2;
    if (byte == '%') {
      luaL_addchar(buffer, byte);
    } else if (byte == '0') {
      luaL_addlstring(buffer, start, (size_t)(end - start));
    } else if (byte >= '1' && byte <= '9') {
      push_capture(m, byte - '1', start, end);
      /* A position is a number; as text it must be converted before the buffer takes it. */
      lua_tolstring(m->L, -1, NULL);
      luaL_addvalue(buffer);
    } else {
      luaL_error(m->L, "invalid use of '%c' in replacement string", '%');
    }
  }
  luaL_addlstring(buffer, next, (size_t)(stop - next));
}

/* Adds what takes the place of a match; false when that is the match itself. */
static bool add_replacement(Matcher *m, luaL_Buffer *buffer, int type, const char *start, const char *end) {
  lua_State *L = m->L;
  if (type == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(m, pushed_count(m), start, end), 1);
  } else if (type == LUA_TTABLE) {
    push_capture(m, 0, start, end);
    lua_gettable(L, 3);
  } else {
    add_template(m, buffer, start, end);
    return true;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(buffer, start, (size_t)(end - start));
    return false;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(buffer);
  return true;
}

static int pattern_gsub(lua_State *L) {
  size_t length, size;
  const char *subject = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &size);
  int type = lua_type(L, 3);
  lua_Integer limit = luaL_optinteger(L, 4, (lua_Integer)length + 1);
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                   "string/function/table");
  bool anchored = *pattern == '^';
  PatternProgram program;
  ShortStorage local;
  compile(L, &program, &local, pattern + anchored, size - anchored);
  Matcher m;
  flnft_matcher_start(&m, L, &program, subject, length);
  const char *start = subject;
  const char *last_end = NULL;
  lua_Integer count = 0;
  bool changed = false;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  while (count < limit) {
    if (!anchored) {
      const char *candidate = flnft_match_candidate(&m, start);
      luaL_addlstring(&buffer, start, (size_t)(candidate - start));
      start = candidate;
    }
    const char *end = flnft_match_at(&m, start);
    if (end != NULL && end != last_end) {
      count++;
      changed = add_replacement(&m, &buffer, type, start, end) || changed;
      start = last_end = end;
    } else if (start < m.end) {
      luaL_addchar(&buffer, *start++);
    } else {
      break;
    }
    if (anchored) break;
  }
  if (changed) {
    luaL_addlstring(&buffer, start, (size_t)(m.end - start));
    luaL_pushresult(&buffer);
  } else {
    lua_pushvalue(L, 1);
  }
  lua_pushinteger(L, count);
  return 2;
}

int flnft_install_patterns(lua_State *L) {
  static const luaL_Reg functions[] = {
    {"find", pattern_find}, {"gmatch", pattern_gmatch}, {"gsub", pattern_gsub}, {"match", pattern_match}, {NULL, NULL},
  };
  lua_getglobal(L, "string");
  luaL_checktype(L, -1, LUA_TTABLE);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
  return 0;
}
