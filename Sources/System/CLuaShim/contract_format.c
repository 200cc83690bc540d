// string.format, without what would show an address.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "contract_machine.h"

typedef struct {
  // "%-08.3", room for "ll" or nothing, and the letter.
  char text[16];
  size_t length;
} specification;

static bool add_while(specification *into, const char **next, const char *allowed, int most) {
  int count = 0;
  for (; **next != 0 && strchr(allowed, **next) != NULL; *next += 1) {
    if (++count > most) return false;
    into->text[into->length++] = **next;
  }
  return true;
}

// Reads flags, width and precision, each of at most two digits, up to the letter.
static const char *read_specification(lua_State *L, const char *next, specification *into) {
  into->text[0] = '%';
  into->length = 1;
  bool fine = add_while(into, &next, "-+ #0", 3) && add_while(into, &next, "0123456789", 2);
  if (fine && *next == '.') {
    into->text[into->length++] = *next++;
    fine = add_while(into, &next, "0123456789", 2);
  }
  if (!fine || *next == 0) luaL_error(L, "string.format does not understand the '%%' that it was given");
  return next;
}

static void add_letter(specification *into, const char *letters) {
  strcpy(into->text + into->length, letters);
}

// A double of 309 digits before the point and 99 behind it.
enum { LONGEST = 512 };

static void add_float(lua_State *L, luaL_Buffer *buffer, specification *form, char letter, int argument) {
  luaL_checktype(L, argument, LUA_TNUMBER);
  lua_Number number = lua_tonumber(L, argument);
  if (isnan(number)) number = NAN;
  char text[LONGEST];
  add_letter(form, (char[]){letter, 0});
  int length = snprintf(text, sizeof text, form->text, number);
  if (isnan(number)) {
    luaL_addstring(buffer, "nan");
    return;
  }
  luaL_addlstring(buffer, text, length > 0 && length < LONGEST ? (size_t)length : 0);
}

static void add_integer(lua_State *L, luaL_Buffer *buffer, specification *form, char letter, int argument) {
  luaL_checktype(L, argument, LUA_TNUMBER);
  long long integer = luaL_checkinteger(L, argument);
  char text[LONGEST];
  add_letter(form, (char[]){'l', 'l', letter == 'i' ? 'd' : letter, 0});
  int length = snprintf(text, sizeof text, form->text, integer);
  luaL_addlstring(buffer, text, length > 0 && length < LONGEST ? (size_t)length : 0);
}

// Without a form all of the text; with one, as much as snprintf takes of it.
static void add_text(lua_State *L, luaL_Buffer *buffer, specification *form, int argument) {
  size_t length;
  // Made before the buffer, which must be on top of the stack, can be added to: so it takes the argument's place.
  const char *text = lua_tolstring(L, argument, &length);
  if (form->length == 1) {
    luaL_addlstring(buffer, text, length);
    return;
  }
  char formatted[LONGEST];
  if (length >= 256 || strlen(text) != length)
    luaL_error(L, "string.format pads only texts of fewer than 256 bytes, without zeros");
  add_letter(form, "s");
  int count = snprintf(formatted, sizeof formatted, form->text, text);
  luaL_addlstring(buffer, formatted, count > 0 && count < LONGEST ? (size_t)count : 0);
}

int flnft_format(lua_State *L) {
  flnft_charge_call(L);
  size_t length;
  const char *next = luaL_checklstring(L, 1, &length);
  if (strlen(next) != length) luaL_error(L, "string.format takes no zero bytes");
  flnft_charge_work(L, length);
  int count = lua_gettop(L), argument = 1;
  // Every argument that is no number becomes text before the buffer is on the stack.
  for (int i = 2; i <= count; i += 1) {
    if (lua_type(L, i) == LUA_TNUMBER) continue;
    size_t size;
    flnft_push_text(L, i, &size);
    lua_replace(L, i);
    flnft_charge_work(L, size);
  }
  size_t most = flnft_contract_of(L)->limits.text, made = 0;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  while (*next != 0) {
    if (*next != '%' || next[1] == '%') {
      next += *next == '%';
      luaL_addchar(&buffer, *next);
      next += 1;
      continue;
    }
    specification form;
    next = read_specification(L, next + 1, &form);
    if (++argument > count) luaL_error(L, "string.format has no value for its place %d", argument - 1);
    char letter = *next++;
    flnft_charge(L, 16);
    switch (letter) {
      case 'd': case 'i': case 'x': case 'X': add_integer(L, &buffer, &form, letter, argument); break;
      case 'f': case 'e': case 'g':
        // Up to four hundred exact digits take their time.
        flnft_charge(L, 200);
        add_float(L, &buffer, &form, letter, argument);
        break;
      case 'c': {
        lua_Integer byte = lua_type(L, argument) == LUA_TNUMBER ? luaL_checkinteger(L, argument) : -1;
        if (byte < 0 || byte > 255) luaL_error(L, "a byte is 0 to 255");
        luaL_addchar(&buffer, (char)byte);
        break;
      }
      case 's':
        if (lua_type(L, argument) == LUA_TNUMBER) {
          // A number's text is short: the buffer holds it without a place on the stack.
          char text[64];
          if (lua_isinteger(L, argument)) snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(L, argument));
          else if (isnan(lua_tonumber(L, argument))) strcpy(text, "nan");
          else snprintf(text, sizeof text, "%.14g", lua_tonumber(L, argument));
          if (form.length == 1) {
            luaL_addstring(&buffer, text);
          } else {
            char padded[LONGEST];
            add_letter(&form, "s");
            int size = snprintf(padded, sizeof padded, form.text, text);
            luaL_addlstring(&buffer, padded, size > 0 && size < LONGEST ? (size_t)size : 0);
          }
        } else {
          add_text(L, &buffer, &form, argument);
        }
        break;
      default: luaL_error(L, "string.format has no '%%%c'; there are d i x X f e g c s", letter);
    }
    made = luaL_bufflen(&buffer);
    if (made > most) luaL_error(L, "string.format would make a text of more than %d bytes", (int)most);
  }
  luaL_pushresult(&buffer);
  return 1;
}
