public import Language
public import Training

/// Where a command takes its samples from: a data set, the name of one that nash ships, or the path of one.
public enum DataSource: ParameterType {
    /// A data set that is open.
    case opened(Dataset)
    /// The digits that nash ships; read when they are first used.
    case digits
    /// What lies at a path.
    case path(String)

    /// What help and errors call it.
    public static let wording = "a data set, or the path of one in quotes"
    /// What the checker lets through; of a published data set it is said later that there are no images.
    public static let valueType = ValueType.oneOf([
        .handle(DataSetHandle.typeName), .string, .symbol(constantKind), .symbol(DataSetName.kind),
    ])
    /// The names of the data sets that nash ships.
    public static let constants = DataSetHandle.constants.map(\.name)
    /// Completion offers files and folders.
    public static let isPath = true

    private static let constantKind = DataSetHandle.typeName

    /// The source that an argument names.
    ///
    /// - Throws: `ArgumentError` where it names none.
    public init(bound argument: BoundArgument) throws(ArgumentError) {
        guard case .value(let value) = argument else { throw ArgumentError("must be \(Self.wording)") }
        switch value {
        case .string(let path): self = .path(path)
        case .handle(let handle as DataSetHandle): self = handle.source
        case .symbol(let symbol) where symbol.name == "digits": self = .digits
        case .symbol(let symbol):
            throw ArgumentError(
                "must be \(Self.wording); nash ships only the published results on \(symbol.name), not its images",
                help: "give the path of its folder in quotes, or take `digits`")
        default: throw ArgumentError("must be \(Self.wording), not \(value.type.phrase)")
        }
    }

    /// As ``open(_:)``, and tells the context of what is read.
    ///
    /// - Throws: as ``open(_:)``.
    func open(_ options: Dataset.Options = Dataset.Options(), in context: Context) throws -> Dataset {
        if case .path(let path) = self { context.opened(path) }
        return try open(options)
    }

    /// The data set, opened with `options` where it is not open yet.
    ///
    /// - Throws: `CommandError` that says which file is missing or damaged, and what to do.
    public func open(_ options: Dataset.Options = Dataset.Options()) throws -> Dataset {
        try DataFailure.explained {
            switch self {
            case .opened(let dataset): dataset
            case .digits: try Dataset.digits(options)
            case .path(let path): try Dataset.open(path, options)
            }
        }
    }
}

/// What the reading of data throws, as an error of a command.
enum DataFailure {
    /// What `body` gives; its `DatasetError` becomes an error with the same help.
    static func explained<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatasetError {
            throw CommandError(error.description, help: error.help, code: .badFile)
        }
    }
}
