#pragma once
#include <lua.h>
#include <signal.h>

/*
 * Interruptible replacements of string.find, string.match, string.gmatch and string.gsub.
 *
 * Lua's own matcher is a C loop that no hook can stop, and some short patterns take it exponential time. This one
 * gives the same results and the same errors (reference manual, section 6.4.1), and asks every few thousand steps
 * whether it should stop.
 */

/* Puts the four functions into the global table `string`. Raises like any Lua API call; returns 0. */
int flnft_install_patterns(lua_State *L);

/*
 * Names a flag that stops the matching done by this state while it is not zero; NULL names none. The flag must live as
 * long as the state. It may be set by a signal handler or by another thread.
 */
void flnft_pattern_set_interrupt(lua_State *L, volatile sig_atomic_t *flag);

/*
 * The two questions to the host, both weak, so that a host may answer them itself: has the process been asked to stop
 * (default: no), and how is a stop raised (default: the Lua error "interrupted"). The second must not return.
 */
int flnft_interrupt_pending(void);
void flnft_raise_interrupt(lua_State *L);
