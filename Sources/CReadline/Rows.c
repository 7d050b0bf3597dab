#include "Rows.h"

#include <stdbool.h>
#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

static int row_start(int at) {
    while (at > 0 && rl_line_buffer[at - 1] != '\n') at--;
    return at;
}

static int row_end(int at) {
    while (at < rl_end && rl_line_buffer[at] != '\n') at++;
    return at;
}

static bool continues_character(int at) { return ((unsigned char)rl_line_buffer[at] & 0xC0) == 0x80; }

/* Characters between a row's start and `at`. */
static int column(int at) {
    int count = 0;
    for (int i = row_start(at); i < at; i++) count += !continues_character(i);
    return count;
}

/* The place `column` characters into the row at `start`, or the row's end. */
static int place(int start, int column) {
    int at = start, end = row_end(start);
    while (at < end && column-- > 0)
        do at++;
        while (at < end && continues_character(at));
    return at;
}

/* Set while presses of the two keys, one after another, walk through one search. */
static bool searching;

/* readline begins a new search unless its own command ran last: tell it so while ours repeat. */
static int search(rl_command_func_t *command, int count, int key) {
    if (searching) rl_last_func = command;
    searching = true;
    return command(count, key);
}

static void note_repetition(void) {
    if (rl_last_func != editor_row_up && rl_last_func != editor_row_down) searching = false;
}

int editor_row_up(int count, int key) {
    int start = row_start(rl_point);
    note_repetition();
    if (start == 0) return search(rl_history_search_backward, count, key);
    rl_point = place(row_start(start - 1), column(rl_point));
    return 0;
}

int editor_row_down(int count, int key) {
    int end = row_end(rl_point);
    note_repetition();
    if (end == rl_end) return search(rl_history_search_forward, count, key);
    rl_point = place(end + 1, column(rl_point));
    return 0;
}
