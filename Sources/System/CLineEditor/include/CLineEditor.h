#pragma once
#include <stddef.h>

/*
 * Reads lines from a person: libedit where there is a terminal that can be drawn on, plain reading elsewhere.
 *
 * libedit's interface is variadic, which Swift cannot call; this file is the part of it that the prompt needs. One
 * editor at a time, on one thread: terminals and signal handlers belong to the process.
 */

typedef struct FlnftEditor FlnftEditor;

typedef enum {
  FLNFT_LINE,        /* a line, without its newline; it may hold newlines of its own (pasted, or from history) */
  FLNFT_END,         /* the end of the input, or Ctrl-D on an empty line */
  FLNFT_INTERRUPTED, /* Ctrl-C: what was typed is gone */
} FlnftReading;

/* What Tab does: both texts are NULL or from malloc, and the editor frees them. */
typedef struct {
  size_t start;      /* the byte where the text to replace starts; it ends at the cursor */
  char *replacement; /* goes there; NULL leaves the line alone */
  char *listing;     /* whole lines to show below the line; NULL shows nothing */
} FlnftCompletion;

typedef FlnftCompletion (*FlnftCompleter)(void *context, const char *line, size_t length, size_t cursor);

/* NULL when there is no memory. `completer` may be NULL. */
FlnftEditor *flnft_editor_open(FlnftCompleter completer, void *context);
void flnft_editor_close(FlnftEditor *editor);

/* Shows the prompt (ASCII; empty for none) and reads. `*line` is from malloc, and set only for FLNFT_LINE. */
FlnftReading flnft_editor_read(FlnftEditor *editor, const char *prompt, char **line, size_t *length);

/* Puts an entry where the arrow keys and Ctrl-R find it. */
void flnft_editor_remember(FlnftEditor *editor, const char *entry);

/* 1 when lines are edited, 0 when they are only read. */
int flnft_editor_is_editing(const FlnftEditor *editor);

/* The columns of the terminal behind a file descriptor, or 0. */
int flnft_terminal_columns(int descriptor);

/* The rows of a terminal, 0 where there is none. */
int flnft_terminal_rows(int descriptor);
