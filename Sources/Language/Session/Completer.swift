/// Finds what could stand at a cursor, from the vocabulary, the names bound, and the type of what is piped in.
struct Completer {
    let session: Session
    let cursor: Cursor

    var candidates: [Candidate] {
        let stage = cursor.stage.drop { $0 == " " }
        if stage.last == "." { return fields(of: String(stage.dropLast())) }
        let words = stage.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard let head = words.first, let word = session.vocabulary.word(String(head)), stage.count > head.count else {
            return stage.isEmpty ? heads : values
        }
        return arguments(of: word, given: words.count > 1 ? String(words[1]) : "")
    }

    // MARK: Heads of stages

    private var heads: [Candidate] {
        guard let piped = cursor.piped else {
            return values + session.vocabulary.words.filter { $0.signature.input == .none }.map(Self.candidate)
                + keywords
        }
        let type = fact(of: piped)?.type ?? .any
        return session.vocabulary.words.filter { word in
            word.signature.input != .none && word.signature.input.accepts(type)
        }.map(Self.candidate)
    }

    private var keywords: [Candidate] {
        [
            ("def", "define a function"), ("for", "repeat for each"), ("if", "choose"),
            ("use", "read a file of definitions"),
        ]
        .map { Candidate($0, $1) }
    }

    private static func candidate(_ word: Word) -> Candidate { Candidate(word.name, word.signature.summary) }

    /// Names that stand for values: variables, constants, functions.
    private var values: [Candidate] {
        session.scope.names.map { Candidate($0, session.scope[$0]?.type.phrase ?? "", suffix: "") }
            + session.vocabulary.constants.map { Candidate($0.name.name, $0.name.summary, suffix: "") }
            + ScalarFunction.all.map { Candidate($0.name, $0.summary, suffix: "(") }
    }

    // MARK: Inside a call

    private func arguments(of word: Word, given: String) -> [Candidate] {
        let current = given.split(separator: ",", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        if let colon = current.firstIndex(of: ":") {
            let key = current[..<colon].trimming
            return word.signature[key].map { values(for: $0.type) } ?? values
        }
        guard current.trimming.isEmpty || current.trimming.last == "[" else { return values }
        let used = given.split(separator: ",").compactMap { piece in
            piece.firstIndex(of: ":").map { String(piece[..<$0]).trimming }
        }
        let keys = word.signature.named.filter { !used.contains($0.name) }.map {
            Candidate("\($0.name):", $0.help, suffix: " ")
        }
        let position = given.split(separator: ",", omittingEmptySubsequences: false).count { !$0.contains(":") } - 1
        let positional = word.signature.positional
        let parameter =
            positional.indices.contains(position) ? positional[position] : positional.last { $0.type.isMany }
        return (parameter.map { values(for: $0.type) } ?? []) + keys
    }

    private func values(for type: any ParameterType.Type) -> [Candidate] {
        if type == Bool.self { return [Candidate("true", suffix: ""), Candidate("false", suffix: "")] }
        if type.isRow { return columns.map { Candidate(".\($0.name)", $0.type.phrase, suffix: "") } }
        let constants = type.constants.map { Candidate($0.name, $0.summary, suffix: "") }
        return constants.isEmpty
            ? values
            : constants
                + session.scope.names.filter { name in
                    session.scope[name].map { type.valueType.accepts($0.type) } ?? false
                }.map { Candidate($0, suffix: "") }
    }

    // MARK: Behind a dot

    private var columns: [ColumnType] {
        cursor.piped.flatMap(fact)?.schema?.columns ?? []
    }

    private func fields(of stage: String) -> [Candidate] {
        let object = stage.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !object.isEmpty else { return Self.fields(columns) }
        guard let value = session.scope[String(object.reversed())] else { return [] }
        switch value {
        case .table(let table): return Self.fields(table.schema.columns)
        case .record(let record): return record.names.map { Candidate($0, suffix: "") }
        case .handle(let handle): return Self.fields(type(of: handle).fields)
        default: return []
        }
    }

    private static func fields(_ columns: [ColumnType]) -> [Candidate] {
        columns.map { Candidate($0.name, $0.type.phrase, suffix: "") }
    }

    /// What the checker knows of the text before the pipe.
    private func fact(of text: String) -> Fact? {
        let source = Source(name: "completion", text: text)
        let runtime = Runtime(
            vocabulary: session.vocabulary, cancel: CancelToken(), progress: SilentProgress(), rootSeed: 0, cell: 0)
        var checker = Checker(source: source, runtime: runtime, scope: session.scope)
        guard let program = try? Parser.parse(source), (try? checker.check(program)) != nil else { return nil }
        return checker.last
    }
}

extension StringProtocol {
    fileprivate var trimming: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
