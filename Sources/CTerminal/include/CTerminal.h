#pragma once
#include <stdbool.h>
#include <stdio.h>

/*
 * Signals, waiting and the window, in C: what a signal handler does must be async-signal-safe,
 * which Swift code is not (retain and release, exclusivity checks, lazy globals).
 */

/* What happened since the last look; the bits combine. */
enum {
    TERMINAL_INTERRUPT = 1,  /* SIGINT */
    TERMINAL_RESIZE = 2,     /* SIGWINCH */
    TERMINAL_STOP = 4,       /* SIGTSTP */
    TERMINAL_CONTINUE = 8,   /* SIGCONT */
    TERMINAL_TERMINATE = 16, /* SIGTERM */
    TERMINAL_HANGUP = 32,    /* SIGHUP */
    TERMINAL_QUIT = 64,      /* SIGQUIT */
    TERMINAL_WOKEN = 128,    /* terminal_wake */
};

/* Catches the signals above and ignores SIGPIPE; false when no pipe can be made. */
bool terminal_watch_signals(void);

/*
 * Sleeps until an event, until `descriptor` (none when negative) can be read, or for `timeout`
 * milliseconds (for ever when negative). Returns the events and takes them; `*ready` says whether
 * a read would not block.
 */
unsigned terminal_wait(int descriptor, int timeout, bool *_Nonnull ready);

/* Readable while events wait that terminal_wait has not taken. */
int terminal_wake_descriptor(void);

/* Takes the events that wait, without sleeping. */
unsigned terminal_take_events(void);

/* Ends a terminal_wait; callable from any thread. */
void terminal_wake(void);

/* Stops the process as Ctrl-Z does by default; returns once it is continued. */
void terminal_stop(void);

/* Ends the process by `signal`'s default action, as if it had never been caught. */
void terminal_die_of(int signal);

/* The window's size behind `descriptor`, or 0 where it is unknown. */
int terminal_columns(int descriptor);
int terminal_rows(int descriptor);

/* The same in pixels; most terminals tell, 0 where they do not. */
int terminal_pixel_width(int descriptor);
int terminal_pixel_height(int descriptor);

/*
 * Writes `question`, which must end with the request for primary device attributes, to the terminal
 * and puts what comes back into `answer`, together with what was typed meanwhile: until the device
 * attributes have come, `size` bytes have, or `milliseconds` have passed. Returns how many bytes
 * came, -1 where standard input or output is no terminal or another program has the terminal.
 */
int terminal_ask(const char *_Nonnull question, int milliseconds, char *_Nonnull answer, int size);

/* Reads and writes characters as UTF-8 where the environment names no other encoding. */
void terminal_use_utf8(void);

/* The C streams: macros and mutable globals, neither of which Swift imports safely. */
FILE *_Nonnull terminal_stdin(void);
FILE *_Nonnull terminal_stdout(void);
FILE *_Nonnull terminal_stderr(void);
