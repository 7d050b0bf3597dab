#include "CTerminal.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>

static struct winsize window(int descriptor) {
    struct winsize size = {0};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) memset(&size, 0, sizeof size);
    return size;
}

int terminal_columns(int descriptor) { return window(descriptor).ws_col; }
int terminal_rows(int descriptor) { return window(descriptor).ws_row; }
int terminal_pixel_width(int descriptor) { return window(descriptor).ws_xpixel; }
int terminal_pixel_height(int descriptor) { return window(descriptor).ws_ypixel; }

void terminal_use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

FILE *terminal_stdin(void) { return stdin; }
FILE *terminal_stdout(void) { return stdout; }
FILE *terminal_stderr(void) { return stderr; }
