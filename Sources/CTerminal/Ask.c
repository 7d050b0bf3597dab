#define _DEFAULT_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Whether the bytes hold primary device attributes: ESC [ ? digits and semicolons, c. */
static bool holds_attributes(const char *bytes, int count) {
    for (int i = 0; i + 2 < count; i++) {
        if (memcmp(bytes + i, "\033[?", 3) != 0) continue;
        int end = i + 3;
        while (end < count && (bytes[end] == ';' || (bytes[end] >= '0' && bytes[end] <= '9'))) end++;
        if (end < count && bytes[end] == 'c') return true;
    }
    return false;
}

static int listen_for(int milliseconds, char *answer, int size) {
    int count = 0;
    long end = now() + milliseconds;
    while (count < size && !holds_attributes(answer, count)) {
        long rest = end - now();
        if (rest <= 0) break;
        struct pollfd waited = {STDIN_FILENO, POLLIN, 0};
        int ready = poll(&waited, 1, (int)rest);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0 || !(waited.revents & POLLIN)) break;
        ssize_t length = read(STDIN_FILENO, answer + count, size - count);
        if (length < 0 && errno != EINTR && errno != EAGAIN) break;
        if (length > 0) count += (int)length;
    }
    return count;
}

int terminal_ask(const char *question, int milliseconds, char *answer, int size) {
    struct termios before;
    if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0) return -1;
    if (tcgetpgrp(STDIN_FILENO) != getpgrp()) return -1; /* in the background: asking would stop the program */
    struct termios raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO); /* Ctrl-C stays a signal, Return stays a newline */
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) != 0) return -1; /* DRAIN keeps what was typed ahead */
    ssize_t length = (ssize_t)strlen(question);
    int count = write(STDOUT_FILENO, question, length) == length ? listen_for(milliseconds, answer, size) : 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    return count;
}
