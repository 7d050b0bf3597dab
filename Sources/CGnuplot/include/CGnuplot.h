// One gnuplot process behind a plain C interface: no C++ type, no exception and no global state crosses it.
// Scripts, data and pictures travel through anonymous memory files that gnuplot opens as /proc/<pid>/fd/<n>,
// so that a stuck gnuplot never blocks the writer, no byte of data can be read as a command, and no path of the
// user's reaches gnuplot.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

/// A running gnuplot. Not safe for use from two threads at once.
typedef struct CGSession CGSession;

/// What became of the script that was run last.
typedef enum CGState : int {
    CGStateWaiting = 0,  // gnuplot is still at work
    CGStateDone = 1,     // the script ran to its end or to its first error: see CGMessages
    CGStateDied = 2,     // gnuplot exited or was killed: see CGMessages
} CGState;

/// Starts `program` (looked up in PATH) in a process group of its own.
/// On failure returns null and writes the reason, NUL-terminated, into `message`.
CGSession *_Nullable CGOpen(const char *program, char *message, size_t capacity);

/// Ends gnuplot and frees the session; `force` kills it at once.
void CGClose(CGSession *session, bool force);

/// gnuplot's process identifier.
int CGProcess(const CGSession *session);

/// Whether gnuplot is still running.
bool CGIsAlive(CGSession *session);

/// Forgets the data and output of the last script.
/// Returns the descriptor of the empty memory file that takes the next picture, or -1.
int CGBegin(CGSession *session);

/// Stores `rows` rows of `count` columns as little-endian doubles, row by row.
/// Returns the descriptor of their memory file, valid until the next CGBegin, or -1.
int CGAddColumns(CGSession *session, const double *_Nonnull const *_Nonnull columns, int count, size_t rows);

/// Hands `script` to gnuplot. Returns false when gnuplot no longer listens.
bool CGRun(CGSession *session, const char *script, size_t length);

/// Waits up to `milliseconds` for the end of the script.
CGState CGWait(CGSession *session, int milliseconds);

/// What gnuplot wrote to its standard error since CGRun; owned by the session, valid until the next call.
const char *CGMessages(CGSession *session);

/// The picture's size in bytes.
size_t CGOutputSize(const CGSession *session);

/// Copies the first `size` bytes of the picture into `bytes`; false if they cannot be read.
bool CGReadOutput(const CGSession *session, void *bytes, size_t size);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end
