#include "CGnuplot.h"

#include <cassert>

#include <gnuplot-iostream.h>

#include <boost/iostreams/device/file_descriptor.hpp>
#include <boost/iostreams/stream.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

// A file descriptor with one owner.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number(number) {}
    Descriptor(Descriptor &&other) noexcept : number(std::exchange(other.number, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept {
        std::swap(number, other.number);
        return *this;
    }
    ~Descriptor() {
        if (number >= 0) close(number);
    }
    int get() const { return number; }
    int release() { return std::exchange(number, -1); }

private:
    int number;
};

// While it lives, a write to a dead gnuplot returns EPIPE instead of ending the process; the process-wide
// disposition of SIGPIPE stays as the program chose it.
class BrokenPipeShield {
public:
    BrokenPipeShield() {
        sigemptyset(&broken);
        sigaddset(&broken, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken, &previous);
    }
    ~BrokenPipeShield() {
        if (!sigismember(&previous, SIGPIPE)) {
            const timespec now{};
            while (sigtimedwait(&broken, nullptr, &now) > 0) {
            }
        }
        pthread_sigmask(SIG_SETMASK, &previous, nullptr);
    }

private:
    sigset_t broken, previous;
};

// No exception may unwind into the caller: it would end the program.
template <typename Result, typename Body> Result guarded(Result failure, Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return failure;
    }
}

std::string pathOf(int descriptor) {
    return "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(descriptor);
}

Descriptor memoryFile() { return Descriptor(memfd_create("gnuplot", MFD_CLOEXEC)); }

bool writeAll(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        const ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        count -= static_cast<size_t>(written);
    }
    return true;
}

std::string readFrom(int descriptor, off_t start) {
    const off_t end = lseek(descriptor, 0, SEEK_END);
    std::string text(static_cast<size_t>(std::max<off_t>(0, end - start)), '\0');
    const ssize_t count = pread(descriptor, text.data(), text.size(), start);
    text.resize(static_cast<size_t>(std::max<ssize_t>(0, count)));
    return text;
}

// Starts `program`; returns its process identifier, or the negative of an errno.
pid_t spawn(const char *program, int input, int output, int errors) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults, mask;
    sigfillset(&defaults);
    sigemptyset(&mask);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setsigmask(&attributes, &mask);
    posix_spawnattr_setpgroup(&attributes, 0);  // the terminal's Ctrl-C misses gnuplot
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    // -d: the user's own gnuplotrc neither changes a figure nor runs.
    const char *arguments[] = {program, "-d", nullptr};
    pid_t process = -1;
    const int failure =
        posix_spawnp(&process, program, &files, &attributes, const_cast<char *const *>(arguments), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failure ? -failure : process;
}

}  // namespace

struct CGSession {
    std::unique_ptr<Gnuplot> commands;  // on a stream of ours: the header's own popen runs a shell
    pid_t process = -1;
    Descriptor answers;  // gnuplot's standard output carries nothing but markers
    Descriptor errors;   // a memory file, so that warnings never fill a pipe
    Descriptor output, script;
    std::vector<Descriptor> data;
    off_t errorsStart = 0;
    unsigned long runs = 0;
    std::string received, messages;
    bool isDead = false;

    std::string marker() const { return "nash-marker-" + std::to_string(runs); }
};

CGSession *CGOpen(const char *program, char *message, size_t capacity) {
    const auto fail = [&](int code) -> CGSession * {
        if (capacity > 0) {
            std::strncpy(message, strerror(code), capacity - 1);
            message[capacity - 1] = '\0';
        }
        return nullptr;
    };
    return guarded<CGSession *>(nullptr, [&]() -> CGSession * {
        int input[2], output[2];
        if (pipe2(input, O_CLOEXEC) != 0) return fail(errno);
        Descriptor inputRead(input[0]), inputWrite(input[1]);
        if (pipe2(output, O_CLOEXEC) != 0) return fail(errno);
        Descriptor outputRead(output[0]), outputWrite(output[1]);
        Descriptor errors = memoryFile();
        if (errors.get() < 0) return fail(errno);
        const pid_t process = spawn(program, inputRead.get(), outputWrite.get(), errors.get());
        if (process < 0) return fail(-process);
        auto session = std::make_unique<CGSession>();
        session->process = process;
        session->answers = std::move(outputRead);
        session->errors = std::move(errors);
        session->commands = std::make_unique<Gnuplot>(fdopen(inputWrite.release(), "w"));
        return session.release();
    });
}

void CGClose(CGSession *session, bool force) {
    guarded(false, [&] {
        const BrokenPipeShield shield;
        if (force) kill(-session->process, SIGKILL);
        session->commands.reset();  // gnuplot sees the end of its input and exits
        for (int attempt = 0; attempt < 50 && CGIsAlive(session); attempt++) usleep(2000);
        if (CGIsAlive(session)) {
            kill(-session->process, SIGKILL);
            waitpid(session->process, nullptr, 0);
        }
        return true;
    });
    delete session;
}

int CGProcess(const CGSession *session) { return session->process; }

bool CGIsAlive(CGSession *session) {
    if (session->isDead) return false;
    const pid_t ended = waitpid(session->process, nullptr, WNOHANG);
    session->isDead = ended == session->process || (ended < 0 && errno == ECHILD);
    return !session->isDead;
}

int CGBegin(CGSession *session) {
    session->data.clear();
    session->output = memoryFile();
    return session->output.get();
}

int CGAddColumns(CGSession *session, const double *const *columns, int count, size_t rows) {
    return guarded(-1, [&] {
        using Sink = boost::iostreams::file_descriptor_sink;
        std::vector<std::vector<double>> table;
        for (int column = 0; column < count; column++) table.emplace_back(columns[column], columns[column] + rows);
        Descriptor file = memoryFile();
        boost::iostreams::stream<Sink> stream(Sink(file.get(), boost::iostreams::never_close_handle), 1 << 16);
        gnuplotio::top_level_array_sender(stream, table, gnuplotio::Mode1DUnwrap(), gnuplotio::ModeBinary());
        stream.flush();
        if (!stream) return -1;
        session->data.push_back(std::move(file));
        return session->data.back().get();
    });
}

bool CGRun(CGSession *session, const char *script, size_t length) {
    return guarded(false, [&] {
        const BrokenPipeShield shield;
        session->runs++;
        session->received.clear();
        session->errorsStart = lseek(session->errors.get(), 0, SEEK_END);
        session->script = memoryFile();
        if (!writeAll(session->script.get(), script, length)) return false;
        // The marker is a command of its own: it is printed after a failing script, too.
        *session->commands << "load '" << pathOf(session->script.get()) << "'\n"
                           << "unset output; set print '-'; print '" << session->marker() << "'; set print\n"
                           << std::flush;
        return static_cast<bool>(*session->commands);
    });
}

CGState CGWait(CGSession *session, int milliseconds) {
    return guarded(CGStateDied, [&] {
        pollfd answers{session->answers.get(), POLLIN, 0};
        if (poll(&answers, 1, milliseconds) <= 0) return CGStateWaiting;  // an interrupted wait, too
        char bytes[4096];
        const ssize_t count = read(session->answers.get(), bytes, sizeof bytes);
        if (count < 0 && errno == EINTR) return CGStateWaiting;
        if (count <= 0) return CGStateDied;
        session->received.append(bytes, static_cast<size_t>(count));
        const std::string line = session->marker() + "\n";
        return session->received.ends_with(line) ? CGStateDone : CGStateWaiting;
    });
}

const char *CGMessages(CGSession *session) {
    return guarded("", [&] {
        session->messages = readFrom(session->errors.get(), session->errorsStart);
        return session->messages.c_str();
    });
}

size_t CGOutputSize(const CGSession *session) {
    const off_t size = lseek(session->output.get(), 0, SEEK_END);
    return size > 0 ? static_cast<size_t>(size) : 0;
}

bool CGReadOutput(const CGSession *session, void *bytes, size_t size) {
    size_t position = 0;
    while (position < size) {
        const ssize_t count = pread(
            session->output.get(), static_cast<char *>(bytes) + position, size - position,
            static_cast<off_t>(position));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        position += static_cast<size_t>(count);
    }
    return true;
}
