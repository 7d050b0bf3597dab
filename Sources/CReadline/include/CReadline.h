#pragma once
#include <stdbool.h>
#include <stdio.h>

/*
 * GNU readline through its callback interface, as functions: readline's own interface is some
 * eighty mutable globals, which Swift 6 rightly refuses. Call everything from one thread.
 */

/* What readline asks of the program. */
typedef struct {
    /* A line was entered; NULL at the end of input. */
    void (*_Nonnull accept)(const char *_Nullable line);
    /* How many candidates stand for the bytes start..<end of `line`; -1 asks for file names. */
    int (*_Nonnull complete)(const char *_Nonnull line, int start, int end, bool quoted);
    /* The candidate at `index`, in memory from malloc, which readline frees. */
    char *_Nullable (*_Nonnull candidate)(int index);
    /* Shows `count` candidates below the line, or returns false to have them listed in columns. */
    bool (*_Nonnull show)(char *_Nonnull const *_Nonnull candidates, int count);
    /* Ctrl-X Ctrl-E: edit the line elsewhere. */
    void (*_Nonnull edit)(void);
} EditorCallbacks;

/*
 * Prepares readline for the program `name` (which ~/.inputrc may test), writing to `output`. A read
 * that finds nothing ends early when `wake` becomes readable.
 */
void editor_start(const char *_Nonnull name, EditorCallbacks callbacks, FILE *_Nonnull output, int wake);

/* Shows `prompt` and takes the terminal; the line comes through `accept`. */
void editor_begin(const char *_Nonnull prompt);
/* Reads what the terminal holds. Call when standard input is readable. */
void editor_read(void);
/* Keys that were typed before the prompt stood: editor_read takes them before the terminal's. */
void editor_type_ahead(const char *_Nonnull keys, int count);
bool editor_has_keys(void);
/* Gives the terminal back; the line typed so far is forgotten. */
void editor_end(void);
/* As Ctrl-C does: shows ^C after the line, forgets it, gives the terminal back. */
void editor_interrupt(void);

/* Gives the terminal back for a while, keeping the line, and takes it again. */
void editor_pause(void);
void editor_resume(void);
void editor_resize(void);

/* The line being typed, and another in its place, with the cursor at its end. */
const char *_Nonnull editor_line(void);
void editor_replace(const char *_Nonnull line);
/* Shows another prompt with the line being typed. */
void editor_change_prompt(const char *_Nonnull prompt);
/* The character that completion appends after a single candidate; 0 for none. */
void editor_append(int character);

/* History in memory: adds an entry, keeps at most `limit`. */
void editor_remember(const char *_Nonnull entry);
void editor_limit_history(int limit);
