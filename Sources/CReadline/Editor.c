#include "CReadline.h"

#include <readline/history.h>
#include <readline/readline.h>
#include <stdlib.h>

#include "Keys.h"
#include "Rows.h"

static EditorCallbacks program;

static void accept_line(char *line) {
    rl_callback_handler_remove(); /* the terminal is the program's until the next prompt */
    program.accept(line);
    free(line);
}

static char *next_candidate(const char *text, int state) {
    (void)text;
    static int index;
    index = state == 0 ? 0 : index + 1;
    return program.candidate(index);
}

static char **complete(const char *text, int start, int end) {
    int count = program.complete(rl_line_buffer, start, end, rl_completion_quote_character != 0);
    if (count < 0) return NULL;
    rl_attempted_completion_over = 1; /* no file names where a word is meant */
    return count == 0 ? NULL : rl_completion_matches(text, next_candidate);
}

/* matches[0] is what the candidates have in common; they start at 1. */
static void show(char **matches, int count, int longest) {
    fflush(rl_outstream);
    if (!program.show(matches + 1, count)) rl_display_match_list(matches, count, longest);
    rl_on_new_line();
    rl_redisplay();
}

static int edit(int count, int key) {
    (void)count, (void)key;
    program.edit();
    return 0;
}

static int newline(int count, int key) {
    (void)key;
    while (count-- > 0) rl_insert_text("\n");
    return 0;
}

static void bind(Keymap keys) {
    static const struct { const char *sequence; rl_command_func_t *command; } bindings[] = {
        {"\\e[A", editor_row_up},     {"\\eOA", editor_row_up},     {"\\e[B", editor_row_down},
        {"\\eOB", editor_row_down},   {"\\C-x\\C-e", edit},         {"\\e\\C-m", newline},
        {"\\e\\C-j", newline},
    };
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++)
        rl_bind_keyseq_in_map(bindings[i].sequence, bindings[i].command, keys);
}

void editor_start(const char *name, EditorCallbacks callbacks, FILE *output, int wake) {
    program = callbacks;
    rl_readline_name = name;
    rl_outstream = output;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    editor_watch_keys(wake);
    editor_watch_keys(wake);
    rl_attempted_completion_function = complete;
    rl_completion_display_matches_hook = show;
    rl_completer_quote_characters = "\"";
    /* Without "/", or absolute paths in quotes stop completing. */
    rl_basic_word_break_characters = " \t\n|(){}[],;=<>+*!:?\"";
    rl_variable_bind("show-all-if-ambiguous", "on");
    /* Named, so that ~/.inputrc can bind them to other keys. */
    rl_add_defun("edit-cell", edit, -1);
    rl_add_defun("insert-newline", newline, -1);
    rl_add_defun("row-up", editor_row_up, -1);
    rl_add_defun("row-down", editor_row_down, -1);
    bind(rl_get_keymap_by_name("emacs"));
    bind(rl_get_keymap_by_name("vi-insert"));
    using_history();
}

void editor_begin(const char *prompt) { rl_callback_handler_install(prompt, accept_line); }
void editor_read(void) {
    editor_expect_key();
    rl_callback_read_char();
}
void editor_end(void) { rl_callback_handler_remove(); }

void editor_interrupt(void) {
    rl_callback_sigcleanup(); /* leaves Ctrl-R and numeric arguments */
    rl_point = rl_end;
    rl_redisplay();
    fputs("^C", rl_outstream);
    fflush(rl_outstream);
    /* Only now: turning bracketed paste off moves the cursor to column 0. */
    rl_free_line_state();
    rl_replace_line("", 1);
    rl_callback_handler_remove();
    fputc('\n', rl_outstream);
    fflush(rl_outstream);
}

void editor_pause(void) {
    if (rl_deprep_term_function) rl_deprep_term_function();
    fflush(rl_outstream);
}

void editor_resume(void) {
    if (rl_prep_term_function) rl_prep_term_function(1);
    rl_resize_terminal();
    rl_forced_update_display();
}

void editor_resize(void) { rl_resize_terminal(); }

const char *editor_line(void) { return rl_line_buffer ? rl_line_buffer : ""; }

void editor_replace(const char *line) {
    rl_replace_line(line, 0);
    rl_point = rl_end;
}

void editor_change_prompt(const char *prompt) { rl_set_prompt(prompt); }
void editor_append(int character) { rl_completion_append_character = character; }

void editor_remember(const char *entry) { add_history(entry); }
void editor_limit_history(int limit) { stifle_history(limit); }
