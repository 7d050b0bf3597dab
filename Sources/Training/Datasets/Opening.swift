extension Dataset {
    /// The data set at a path, in the format that is found there.
    ///
    /// What was read once is kept, and read again only when a file has changed.
    /// - Throws: `DatasetError` that says which file is missing or damaged, or what was looked for in vain.
    public static func open(_ path: String, _ options: Options = Options()) throws -> Dataset {
        let format = try DatasetFormat.find(path)
        let data = try OpenedData.shared.data(
            OpenedData.Key(path: path, labels: options.labels, size: format.ownSize(options), version: format.version)
        ) { try format.read(options) }
        var dataset = try Dataset(data, options).resized(options.size)
        dataset.path = path
        return dataset
    }

    /// The 1,797 handwritten digits that nash ships, `[1, 8, 8]`, parted by seed.
    ///
    /// A network built for `shape` and `classes` takes them as they are (NAS-Bench-201's two reductions leave 2 × 2);
    /// for one made for `[3, 32, 32]` take `fitted(to:)`.
    /// - Throws: `DatasetError` where the file beside the program is missing or damaged.
    public static func digits(_ options: Options = Options()) throws -> Dataset {
        let key = OpenedData.Key(path: Digits.name, labels: .fine, size: nil, version: [])
        let data = try OpenedData.shared.data(key) { try Digits.read() }
        return try Dataset(data, options).resized(options.size)
    }

    /// The names of the data sets that nash ships.
    public static let builtIn = [Digits.name]
}
