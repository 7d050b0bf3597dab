/// The kinds of error, each with a number that `?E012` explains.
public enum Code: String, Sendable, Hashable, CaseIterable {
    // What the text says: E00x.
    case syntax = "E001"
    case unterminated = "E002"
    case badNumber = "E003"
    case badUnit = "E004"
    case badEscape = "E005"
    case tooDeep = "E006"
    case badEncoding = "E007"
    // What its names mean: E01x.
    case unknownName = "E010"
    case unknownCommand = "E011"
    case unknownColumn = "E012"
    case unknownArgument = "E013"
    case missingArgument = "E014"
    case tooManyArguments = "E015"
    case unknownConstant = "E016"
    case boundAgain = "E017"
    case unknownField = "E018"
    case notACommand = "E019"
    // What its values are: E02x.
    case wrongType = "E020"
    case wrongUnit = "E021"
    case wrongInput = "E022"
    case notCallable = "E023"
    case outOfRange = "E024"
    case noRow = "E025"
    // What running it meets: E03x.
    case failed = "E030"
    case file = "E031"
    case badFile = "E032"
    case noAnswer = "E033"
    case plot = "E034"
    case cancelled = "E035"
    case tooMuch = "E036"
    case onlyAtThePrompt = "E037"
    case recursion = "E038"
}
