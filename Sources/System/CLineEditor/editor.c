#include "CLineEditor.h"
#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

enum { HISTORY_CAPACITY = 10000 };

struct FlnftEditor {
  EditLine *line; /* NULL where lines are only read */
  History *history;
  FlnftCompleter completer;
  void *context;
  const char *prompt;
  /* Prefix search: what was typed, how far back the search stands (-1: not in history), and what it showed last. */
  char *prefix;
  int position;
  char *shown;
};

/* Set by signal handlers, which have no other way to reach the editor. */
static volatile sig_atomic_t interrupted, resized, continued;

static void note_signal(int number) {
  if (number == SIGINT) interrupted = 1;
  else if (number == SIGWINCH) resized = 1;
  else continued = 1;
}

static const int watched_signals[] = {SIGINT, SIGWINCH, SIGCONT};
enum { WATCHED = sizeof watched_signals / sizeof *watched_signals };

/* Without SA_RESTART, so that a signal ends the wait for a key. */
static void watch_signals(struct sigaction previous[WATCHED]) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < WATCHED; i++) sigaction(watched_signals[i], &action, &previous[i]);
}

static void restore_signals(const struct sigaction previous[WATCHED]) {
  for (int i = 0; i < WATCHED; i++) sigaction(watched_signals[i], &previous[i], NULL);
}

static FlnftEditor *editor_of(EditLine *line) {
  FlnftEditor *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return editor;
}

static char *prompt_of(EditLine *line) {
  return (char *)editor_of(line)->prompt;
}

/* Waits for a byte or a signal. Signals come through only while it waits, so that none is missed. */
static int wait_for_byte(int descriptor) {
  sigset_t blocked, previous;
  sigemptyset(&blocked);
  for (int i = 0; i < WATCHED; i++) sigaddset(&blocked, watched_signals[i]);
  sigprocmask(SIG_BLOCK, &blocked, &previous);
  int ready = -1;
  if (!interrupted && !resized && !continued) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(descriptor, &set);
    ready = pselect(descriptor + 1, &set, NULL, NULL, NULL, &previous);
  } else {
    errno = EINTR;
  }
  int error = errno;
  sigprocmask(SIG_SETMASK, &previous, NULL);
  errno = error;
  return ready;
}

/* One byte: 1, the end: 0, Ctrl-C or a failure: -1. libedit's own reader goes on after the first interrupt. */
static int read_byte(EditLine *line, char *byte) {
  for (;;) {
    if (wait_for_byte(STDIN_FILENO) >= 0) {
      ssize_t count = read(STDIN_FILENO, byte, 1);
      if (count >= 0) return (int)count;
    }
    if (errno != EINTR && errno != EAGAIN) return -1;
    if (interrupted) return -1;
    if (resized) {
      resized = 0;
      el_resize(line);
    }
    if (continued) {
      /* The shell has set the terminal to its own mode meanwhile. */
      continued = 0;
      el_set(line, EL_PREP_TERM, 0);
      el_set(line, EL_PREP_TERM, 1);
      el_set(line, EL_REFRESH);
    }
  }
}

static int read_character(EditLine *line, wchar_t *character) {
  mbstate_t state;
  memset(&state, 0, sizeof state);
  for (;;) {
    char byte;
    int count = read_byte(line, &byte);
    if (count <= 0) return count;
    switch (mbrtowc(character, &byte, 1, &state)) {
      case (size_t)-2: continue;
      case (size_t)-1:
        /* Not text in this locale: show that something came, rather than end the input. */
        *character = L'?';
        return 1;
      default: return 1;
    }
  }
}

/* ---- Keys ---- */

static void replace_line(EditLine *line, const char *text) {
  const LineInfoW *info = el_wline(line);
  int length = (int)(info->lastchar - info->buffer);
  if (info->cursor < info->lastchar) el_cursor(line, (int)(info->lastchar - info->cursor));
  el_deletestr(line, length);
  el_insertstr(line, text);
}

/* The entry `position` steps back, newest first, or NULL. */
static const char *history_entry(FlnftEditor *editor, int position) {
  HistEvent event;
  if (history(editor->history, &event, H_FIRST) < 0) return NULL;
  while (position-- > 0) {
    if (history(editor->history, &event, H_NEXT) < 0) return NULL;
  }
  return event.str;
}

static unsigned char show_entry(FlnftEditor *editor, int position, const char *text) {
  char *copy = strdup(text);
  if (copy == NULL) return CC_ERROR;
  free(editor->shown);
  editor->shown = copy;
  editor->position = position;
  replace_line(editor->line, copy);
  return CC_REFRESH;
}

/* A line that is not what the search showed last starts a new search: for what stands before the cursor. */
static int begin_search(FlnftEditor *editor) {
  const LineInfo *info = el_line(editor->line);
  size_t length = (size_t)(info->lastchar - info->buffer);
  if (editor->position >= 0 && editor->shown != NULL && strlen(editor->shown) == length
      && memcmp(editor->shown, info->buffer, length) == 0) return 0;
  char *prefix = strndup(info->buffer, (size_t)(info->cursor - info->buffer));
  if (prefix == NULL) return -1;
  free(editor->prefix);
  editor->prefix = prefix;
  editor->position = -1;
  return 0;
}

static unsigned char search_older(EditLine *line, int key) {
  (void)key;
  FlnftEditor *editor = editor_of(line);
  if (begin_search(editor) < 0) return CC_ERROR;
  const char *entry;
  for (int position = editor->position + 1; (entry = history_entry(editor, position)) != NULL; position++) {
    if (strncmp(entry, editor->prefix, strlen(editor->prefix)) == 0) return show_entry(editor, position, entry);
  }
  return CC_REFRESH_BEEP;
}

static unsigned char search_newer(EditLine *line, int key) {
  (void)key;
  FlnftEditor *editor = editor_of(line);
  if (begin_search(editor) < 0) return CC_ERROR;
  for (int position = editor->position - 1; position >= 0; position--) {
    const char *entry = history_entry(editor, position);
    if (entry != NULL && strncmp(entry, editor->prefix, strlen(editor->prefix)) == 0) {
      return show_entry(editor, position, entry);
    }
  }
  return editor->position < 0 ? CC_REFRESH_BEEP : show_entry(editor, -1, editor->prefix);
}

static unsigned char complete(EditLine *line, int key) {
  (void)key;
  FlnftEditor *editor = editor_of(line);
  if (editor->completer == NULL) return CC_ERROR;
  const LineInfo *info = el_line(line);
  size_t length = (size_t)(info->lastchar - info->buffer), cursor = (size_t)(info->cursor - info->buffer);
  FlnftCompletion completion = editor->completer(editor->context, info->buffer, length, cursor);
  unsigned char result = completion.replacement == NULL && completion.listing == NULL ? CC_REFRESH_BEEP : CC_REFRESH;
  if (completion.replacement != NULL && completion.start <= cursor) {
    /* Positions are bytes outside and characters inside: count what does not continue a UTF-8 sequence. */
    int characters = 0;
    for (size_t i = completion.start; i < cursor; i++) characters += (info->buffer[i] & 0xC0) != 0x80;
    el_deletestr(line, characters);
    el_insertstr(line, completion.replacement);
  }
  if (completion.listing != NULL) {
    fprintf(stdout, "\n%s", completion.listing);
    fflush(stdout);
    result = CC_REDISPLAY;
  }
  free(completion.replacement);
  free(completion.listing);
  return result;
}

/* Takes what the terminal marks as pasted as it is: tabs stay tabs, newlines do not end the line. */
static unsigned char paste(EditLine *line, int key) {
  (void)key;
  static const wchar_t ending[] = L"\033[201~";
  enum { ENDING = 6 };
  size_t capacity = 256, count = 0;
  wchar_t *text = malloc(capacity * sizeof *text);
  if (text == NULL) return CC_ERROR;
  while (el_wgetc(line, &text[count]) == 1) {
    if (text[count] == L'\r') text[count] = L'\n';
    count++;
    if (count >= ENDING && wmemcmp(text + count - ENDING, ending, ENDING) == 0) {
      count -= ENDING;
      break;
    }
    if (count + 1 == capacity) {
      wchar_t *larger = realloc(text, (capacity *= 2) * sizeof *text);
      if (larger == NULL) break;
      text = larger;
    }
  }
  /* A newline at the very end would be an empty line of the statement. */
  while (count > 0 && text[count - 1] == L'\n') count--;
  text[count] = L'\0';
  int failed = count > 0 && el_winsertstr(line, text) < 0;
  free(text);
  return failed ? CC_ERROR : CC_REFRESH;
}

/* ---- Opening and closing ---- */

static int can_edit(void) {
  const char *terminal = getenv("TERM");
  if (terminal == NULL || *terminal == '\0' || strcmp(terminal, "dumb") == 0) return 0;
  return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* In the POSIX locale libedit loses every byte that is not ASCII; whether the terminal shows them is its affair. */
static void use_unicode_locale(void) {
  static const char *const locales[] = {"", "C.UTF-8", "en_US.UTF-8"};
  for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
    if (setlocale(LC_CTYPE, locales[i]) != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
  }
}

static void bind_keys(EditLine *line) {
  static const char *const bindings[][2] = {
    {"\\e[A", "flnft-older"}, {"\\eOA", "flnft-older"}, {"^P", "flnft-older"},
    {"\\e[B", "flnft-newer"}, {"\\eOB", "flnft-newer"}, {"^N", "flnft-newer"},
    {"\\e[200~", "flnft-paste"}, {"^I", "flnft-complete"},
    {"^R", "em-inc-search-prev"}, {"^S", "em-inc-search-next"}, {"^W", "ed-delete-prev-word"},
    {"\\e[H", "ed-move-to-beg"}, {"\\e[1~", "ed-move-to-beg"},
    {"\\e[F", "ed-move-to-end"}, {"\\e[4~", "ed-move-to-end"}, {"\\e[3~", "ed-delete-next-char"},
    {"\\e[1;5C", "em-next-word"}, {"\\e[1;5D", "ed-prev-word"},
  };
  el_set(line, EL_ADDFN, "flnft-older", "Older entry with the same start", search_older);
  el_set(line, EL_ADDFN, "flnft-newer", "Newer entry with the same start", search_newer);
  el_set(line, EL_ADDFN, "flnft-complete", "Complete the word", complete);
  el_set(line, EL_ADDFN, "flnft-paste", "Insert pasted text", paste);
  for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
    el_set(line, EL_BIND, bindings[i][0], bindings[i][1], NULL);
  }
  /* Ctrl-S and Ctrl-Q are keys here, not flow control. */
  el_set(line, EL_SETTY, "-d", "-ixon", NULL);
}

FlnftEditor *flnft_editor_open(FlnftCompleter completer, void *context) {
  FlnftEditor *editor = calloc(1, sizeof *editor);
  if (editor == NULL) return NULL;
  editor->completer = completer;
  editor->context = context;
  editor->position = -1;
  if (!can_edit()) return editor;
  use_unicode_locale();
  editor->history = history_init();
  editor->line = el_init("flnft", stdin, stdout, stderr);
  if (editor->line == NULL || editor->history == NULL) {
    flnft_editor_close(editor);
    return NULL;
  }
  HistEvent event;
  history(editor->history, &event, H_SETSIZE, HISTORY_CAPACITY);
  history(editor->history, &event, H_SETUNIQUE, 1);
  el_set(editor->line, EL_CLIENTDATA, editor);
  el_set(editor->line, EL_PROMPT, prompt_of);
  el_set(editor->line, EL_EDITOR, "emacs");
  el_set(editor->line, EL_HIST, history, editor->history);
  el_set(editor->line, EL_GETCFN, read_character);
  bind_keys(editor->line);
  /* Last, so that a person's own bindings win. */
  el_source(editor->line, NULL);
  return editor;
}

void flnft_editor_close(FlnftEditor *editor) {
  if (editor == NULL) return;
  if (editor->line != NULL) el_end(editor->line);
  if (editor->history != NULL) history_end(editor->history);
  free(editor->prefix);
  free(editor->shown);
  free(editor);
}

int flnft_editor_is_editing(const FlnftEditor *editor) {
  return editor->line != NULL;
}

void flnft_editor_remember(FlnftEditor *editor, const char *entry) {
  HistEvent event;
  if (editor->history != NULL && *entry != '\0') history(editor->history, &event, H_ENTER, entry);
}

/* ---- Reading ---- */

static FlnftReading read_plainly(char **text, size_t *length) {
  char *buffer = NULL;
  size_t capacity = 0;
  errno = 0;
  ssize_t count = getline(&buffer, &capacity, stdin);
  if (count < 0) {
    free(buffer);
    if (!interrupted) return FLNFT_END;
    clearerr(stdin);
    return FLNFT_INTERRUPTED;
  }
  *text = buffer;
  *length = (size_t)count;
  return FLNFT_LINE;
}

static FlnftReading read_edited(FlnftEditor *editor, char **text, size_t *length) {
  editor->position = -1;
  fputs("\033[?2004h", stdout);
  int count = 0;
  /* Before the prompt is shown: what is typed in between would be echoed by the terminal as well. */
  el_set(editor->line, EL_PREP_TERM, 1);
  const char *line = el_gets(editor->line, &count);
  fputs("\033[?2004l", stdout);
  if (line == NULL || count <= 0) {
    el_reset(editor->line);
    return interrupted ? FLNFT_INTERRUPTED : FLNFT_END;
  }
  char *copy = malloc((size_t)count + 1);
  if (copy == NULL) return FLNFT_END;
  memcpy(copy, line, (size_t)count);
  copy[count] = '\0';
  *text = copy;
  *length = (size_t)count;
  return FLNFT_LINE;
}

FlnftReading flnft_editor_read(FlnftEditor *editor, const char *prompt, char **line, size_t *length) {
  struct sigaction previous[WATCHED];
  editor->prompt = prompt;
  interrupted = resized = continued = 0;
  watch_signals(previous);
  FlnftReading reading;
  if (editor->line != NULL) {
    reading = read_edited(editor, line, length);
  } else {
    /* What is piped on is the results, not the prompts. */
    fputs(prompt, isatty(STDOUT_FILENO) ? stdout : stderr);
    fflush(NULL);
    reading = read_plainly(line, length);
  }
  if (reading == FLNFT_LINE && *length > 0 && (*line)[*length - 1] == '\n') (*line)[--*length] = '\0';
  if (reading != FLNFT_LINE && *prompt != '\0' && isatty(STDOUT_FILENO)) putchar('\n');
  fflush(stdout);
  restore_signals(previous);
  return reading;
}
