#define _DEFAULT_SOURCE
#include "Keys.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include <readline/readline.h>

static int wake_descriptor = -1;
static bool is_first; /* the keys after the first belong to it: a paste, an escape sequence */

static char ahead[4096]; /* keys that were read before the prompt stood */
static int ahead_start, ahead_end;

/* A read that finds nothing returns at once. */
static void take_terminal(int meta) {
    rl_prep_terminal(meta);
    struct termios settings;
    int terminal = fileno(rl_instream);
    if (tcgetattr(terminal, &settings) != 0 || settings.c_lflag & ICANON) return;
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 0;
    tcsetattr(terminal, TCSADRAIN, &settings);
}

/* NUL is set-mark, which changes nothing that is seen. */
static int read_key(FILE *stream) {
    if (editor_has_keys()) return (unsigned char)ahead[ahead_start++];
    struct pollfd waited[2] = {{fileno(stream), POLLIN, 0}, {wake_descriptor, POLLIN, 0}};
    int count = is_first ? 2 : 1;
    is_first = false;
    for (;;) {
        unsigned char key;
        ssize_t length = read(waited[0].fd, &key, 1);
        if (length == 1) return key;
        if (length < 0 && errno != EINTR && errno != EAGAIN) return EOF;
        waited[0].revents = waited[1].revents = 0;
        if (poll(waited, count, -1) < 0) continue;
        if (waited[0].revents & ~POLLIN) return EOF; /* hung up, and nothing was left to read */
        if (waited[0].revents) continue;
        if (waited[1].revents) return 0;
    }
}

void editor_type_ahead(const char *keys, int count) {
    if (!editor_has_keys()) ahead_start = ahead_end = 0;
    for (int i = 0; i < count && ahead_end < (int)sizeof ahead; i++) ahead[ahead_end++] = keys[i];
}

bool editor_has_keys(void) { return ahead_start < ahead_end; }

void editor_watch_keys(int wake) {
    wake_descriptor = wake;
    rl_getc_function = read_key;
    rl_prep_term_function = take_terminal;
}

void editor_expect_key(void) { is_first = true; }
