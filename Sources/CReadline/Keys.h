#pragma once
#include <stdbool.h>

/*
 * Reading keys without ever being stuck. Ctrl-C and Ctrl-Z make the terminal drop what was typed
 * before them, so a key that poll has promised may be gone when it is read; readline's own reader
 * would then sleep until the next one, and the signal with it.
 */
void editor_watch_keys(int wake);

/* Keys that come before those of the terminal; what has no room is dropped. */
void editor_type_ahead(const char *keys, int count);
bool editor_has_keys(void);

/* To be called before each key that poll has promised. */
void editor_expect_key(void);
