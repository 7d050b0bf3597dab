import GRDB
import Glibc
import Synchronization

/// The right to run a study, which one program has at a time. The kernel takes it back when the program ends, however
/// that happens.
public final class StudyLease: Sendable {
    /// The study's number.
    public let study: Int
    private let descriptor: Mutex<Int32?>

    fileprivate init(study: Int, descriptor: Int32) {
        self.study = study
        self.descriptor = Mutex(descriptor)
    }

    /// Gives the right back, as the end of the last reference does too.
    public func release() {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }

    deinit { release() }
}

extension Store {
    /// Takes the right to run a study. Trials that a program left running when it was killed are paused thereby.
    /// - Throws: ``StoreError/Reason/running`` with the number of the process that has it.
    public func lease(_ study: Int) throws(StoreError) -> StudyLease {
        _ = try self.study(study)
        try StoreFolder.make(files.study(study))
        let path = leasePath(study)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(path, "the study's lock cannot be opened") }
        var lock = wholeFile
        guard fcntl(descriptor, Self.setLock, &lock) == 0 else {
            let (code, holder) = (errno, holder(descriptor))
            close(descriptor)
            guard code == EAGAIN || code == EACCES else { throw .system(path, "the study cannot be locked") }
            throw StoreError(
                .running, "study \(study)", "it is running in process \(holder ?? "of unknown number")",
                help: "wait until it is done, or stop it there first")
        }
        let lease = StudyLease(study: study, descriptor: descriptor)
        tell(descriptor)
        try write { database in
            try database.execute(
                sql: "UPDATE trial SET state = 'paused' WHERE study = ? AND state = 'running'", arguments: [study])
        }
        return lease
    }

    /// Whether some program has the lease of a study.
    public func isRunning(_ study: Int) -> Bool {
        let descriptor = open(leasePath(study), O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // The question takes nothing, so that it cannot get in the way of one who wants the lease.
        var lock = wholeFile
        return fcntl(descriptor, Self.getLock, &lock) == 0 && Int32(lock.l_type) != F_UNLCK
    }

    // Linux's F_OFD_GETLK and F_OFD_SETLK, which Swift does not import.
    private static var getLock: Int32 { 36 }
    private static var setLock: Int32 { 37 }

    private func leasePath(_ study: Int) -> String { "\(files.study(study))/lease" }

    /// A lock of an open file description: unlike those of a process it is not lost when some other descriptor of the
    /// file is closed, and it keeps two stores of one program apart.
    private var wholeFile: flock {
        flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    }

    /// Writes this process's number, for the error of others. It is a courtesy: a full disk does not keep a study from
    /// running.
    private func tell(_ descriptor: Int32) {
        let text = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    private func holder(_ descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self)).map { "\($0)" }
    }
}
