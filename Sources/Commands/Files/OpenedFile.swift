import Glibc
import Language

extension Context {
    /// Tells of a file that a word is about to read.
    ///
    /// Nothing is told of a folder, which the reader refuses: it may hold a whole disk, and whoever hears of it hashes
    /// what it holds.
    func opened(file path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        opened(path)
    }
}
