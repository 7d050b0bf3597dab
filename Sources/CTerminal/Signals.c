#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static int wake_pipe[2] = {-1, -1};
static atomic_uint pending;

/* All that a handler does: one atomic and one byte. The pipe never blocks. */
static void post(unsigned event) {
    int saved = errno;
    atomic_fetch_or(&pending, event);
    if (wake_pipe[1] >= 0) (void)!write(wake_pipe[1], "", 1);
    errno = saved;
}

static void handle(int signal) {
    switch (signal) {
    case SIGINT: post(TERMINAL_INTERRUPT); break;
    case SIGWINCH: post(TERMINAL_RESIZE); break;
    case SIGTSTP: post(TERMINAL_STOP); break;
    case SIGCONT: post(TERMINAL_CONTINUE); break;
    case SIGTERM: post(TERMINAL_TERMINATE); break;
    case SIGHUP: post(TERMINAL_HANGUP); break;
    case SIGQUIT: post(TERMINAL_QUIT); break;
    }
}

/* SA_RESTART spares the readers and writers of other threads; poll returns EINTR even so. */
static void on(int signal, void (*action)(int)) {
    struct sigaction request;
    memset(&request, 0, sizeof request);
    request.sa_handler = action;
    request.sa_flags = SA_RESTART;
    sigemptyset(&request.sa_mask);
    sigaction(signal, &request, NULL);
}

/* A signal that the parent ignores stays ignored (nohup, a shell's background job). */
static bool ignored(int signal) {
    struct sigaction current;
    return sigaction(signal, NULL, &current) == 0 && current.sa_handler == SIG_IGN;
}

bool terminal_watch_signals(void) {
    static const int watched[] = {SIGINT, SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGQUIT};
    if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return false;
    sigset_t all;
    sigemptyset(&all);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        sigaddset(&all, watched[i]);
        if (!ignored(watched[i])) on(watched[i], handle);
    }
    /* A parent may have left them blocked: an editor's worker thread, a test harness. */
    pthread_sigmask(SIG_UNBLOCK, &all, NULL);
    on(SIGPIPE, SIG_IGN);
    return true;
}

static void drain(void) {
    char bytes[64];
    while (read(wake_pipe[0], bytes, sizeof bytes) > 0) {}
}

unsigned terminal_wait(int descriptor, int timeout, bool *ready) {
    struct pollfd waited[2] = {{wake_pipe[0], POLLIN, 0}, {descriptor, POLLIN, 0}};
    int count = poll(waited, descriptor >= 0 ? 2 : 1, timeout);
    if (count > 0 && waited[0].revents) drain();
    *ready = count > 0 && descriptor >= 0 && waited[1].revents;
    return atomic_exchange(&pending, 0);
}

int terminal_wake_descriptor(void) { return wake_pipe[0]; }

unsigned terminal_take_events(void) {
    drain();
    return atomic_exchange(&pending, 0);
}

void terminal_wake(void) { post(TERMINAL_WOKEN); }

void terminal_stop(void) {
    on(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    on(SIGTSTP, handle);
    atomic_fetch_and(&pending, ~(unsigned)(TERMINAL_CONTINUE | TERMINAL_STOP));
}

void terminal_die_of(int signal) {
    on(signal, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, signal);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    raise(signal);
    _exit(128 + signal);
}
