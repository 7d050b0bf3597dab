import GRDB
import GRDBSQLite

/// A prepared statement that is run and read through SQLite's own functions. GRDB's arguments and rows cost several
/// times what SQLite's work does, which tells where a million rows go by.
///
/// The database keeps the statement, so whoever takes one brings it back to its beginning: ``reset()``.
struct RawStatement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer?

    init(_ sql: String, in database: Database) throws {
        statement = try database.cachedStatement(sql: sql).sqliteStatement
        connection = database.sqliteConnection
    }

    /// Gives parameter `index`, from 1, a value.
    func bind(_ value: Int, at index: Int) { sqlite3_bind_int64(statement, Int32(index), Int64(value)) }

    /// Gives parameter `index`, from 1, a value; nan is NULL.
    func bind(_ value: Double, at index: Int) {
        if value.isNaN {
            sqlite3_bind_null(statement, Int32(index))
        } else {
            sqlite3_bind_double(statement, Int32(index), value)
        }
    }

    /// Goes to the next row; false where there is none.
    func step() throws -> Bool {
        let code = sqlite3_step(statement)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }

    /// Runs it to its end with the values that are bound.
    /// - Returns: how many rows it has changed.
    func execute() throws -> Int {
        defer { reset() }
        while try step() {}
        return Int(sqlite3_changes(connection))
    }

    /// Back to the beginning.
    func reset() { sqlite3_reset(statement) }
}

/// The columns of the row at hand, from 0.
extension RawStatement {
    enum Kind { case null, integer, real, text, blob }

    var columnNames: [String] {
        (0..<sqlite3_column_count(statement)).map { String(cString: sqlite3_column_name(statement, $0)) }
    }

    func kind(_ column: Int) -> Kind {
        switch sqlite3_column_type(statement, Int32(column)) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(column))) }

    /// NULL is nan.
    func real(_ column: Int) -> Double {
        // SQLite gives 0 for NULL, so only a 0 is worth a second question.
        let value = sqlite3_column_double(statement, Int32(column))
        return value == 0 && kind(column) == .null ? .nan : value
    }

    func text(_ column: Int) -> String {
        sqlite3_column_text(statement, Int32(column)).map { String(cString: $0) } ?? ""
    }
}
