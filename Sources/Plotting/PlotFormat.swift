/// A format that pictures are written in.
public enum PlotFormat: String, Sendable, Codable, CaseIterable {
    /// Pixels, through Cairo.
    case png
    /// Vectors for the web.
    case svg
    /// Vectors for print; the only format that is not the same byte by byte from run to run.
    case pdf
    /// Pixels for terminals that draw sixels.
    case sixel
    /// Characters without colours.
    case text
    /// The gnuplot script with its data, which draws the figure as svg.
    case script

    /// The endings of file names, without the dot.
    public var endings: [String] {
        switch self {
        case .png: ["png"]
        case .svg: ["svg"]
        case .pdf: ["pdf"]
        case .sixel: ["six", "sixel"]
        case .text: ["txt"]
        case .script: ["gp", "gnuplot"]
        }
    }

    /// The format that the ending of a path names, upper case or lower.
    ///
    /// - Throws: ``PlotError/unknownFormat(path:)`` for any other ending.
    public init(path: String) throws {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let ending = parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
        guard let format = Self.allCases.first(where: { $0.endings.contains(ending) }) else {
            throw PlotError.unknownFormat(path: path)
        }
        self = format
    }

    /// All endings, for messages.
    static var endings: String {
        let all = allCases.map { ".\($0.endings[0])" }
        return all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
    }
}
