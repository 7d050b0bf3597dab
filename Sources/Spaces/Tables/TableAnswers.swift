extension Tables {
    /// The accuracy in % of every architecture of a space.
    /// - Parameters:
    ///   - data: the data set; `-` and `_` in its name are one.
    ///   - epochs: after how many epochs of training; by default the longest that there is on the data set.
    ///   - training: which one of several trainings; by default their mean.
    /// - Throws: `MeasurementError.unknown` where there is no such measurement, with what there is; `unreadable`,
    ///   `damaged` or `malformed` where a file is missing or broken.
    public func accuracy(
        space: String, data: String, split: AccuracySetting.Split = .test, epochs: Int? = nil, training: Int? = nil
    ) throws(MeasurementError) -> BenchmarkColumn {
        let request = Request(
            quantity: "accuracy", space: space, data: Self.folded(data), split: split, epochs: epochs,
            training: training)
        return try answer(request, from: .accuracy, unit: .percent)
    }

    /// How many seconds the whole training of every architecture of a space took.
    /// - Parameters: as of `accuracy`.
    /// - Throws: as `accuracy`, and `MeasurementError.notImported` where no table of the space has times.
    public func trainingTime(
        space: String, data: String, epochs: Int? = nil, training: Int? = nil
    ) throws(MeasurementError) -> BenchmarkColumn {
        let request = Request(
            quantity: "training time", space: space, data: Self.folded(data), split: .train, epochs: epochs,
            training: training)
        return try answer(request, from: .time, unit: .seconds)
    }

    private func answer(
        _ request: Request, from content: Content, unit: BenchmarkColumn.Unit
    ) throws(MeasurementError) -> BenchmarkColumn {
        let benchmark = try benchmark(request.space)
        let files = try files(content, of: benchmark)
        if files.isEmpty, content == .time || !benchmark.isShipped {
            throw .notImported(kind: content == .time ? "training times" : "accuracies", space: request.space)
        }
        let onData = files.filter { $0.name == request.data }
        guard !onData.isEmpty else {
            throw .unknown(
                kind: "data set", within: "\(request.quantity) of \(request.space)", asked: request.data,
                existing: files.map(\.name).unique)
        }
        var settings: [(setting: AccuracySetting, file: TableFolder.File)] = []
        for file in onData {
            for setting in try self.settings(of: file, benchmark) { settings.append((setting, file)) }
        }
        let (setting, file) = settings[try request.find(in: settings.map(\.setting))]
        return try column(setting.column, of: file, benchmark, name: "\(setting)", unit: unit)
    }

    /// The latency in ms of every architecture of a space on a device.
    /// - Parameter device: a name of `devices(space:)`; `-` and `_` are one, and `gtx_` or `rtx_` may be left out.
    /// - Throws: as `accuracy`.
    public func latency(space: String, device: String) throws(MeasurementError) -> BenchmarkColumn {
        let benchmark = try benchmark(space)
        let files = try files(.latency, of: benchmark)
        let asked = Self.folded(device)
        for name in [asked, "gtx_\(asked)", "rtx_\(asked)"] {
            guard let file = files.first(where: { $0.name == name }) else { continue }
            return try column(name, of: file, benchmark, name: name, unit: .milliseconds)
        }
        throw .unknown(
            kind: "device", within: "latency of \(space)", asked: device, existing: files.map(\.name).unique)
    }

    /// A published cost of every architecture of a space: a name of `costs(space:)`.
    /// - Throws: as `accuracy`.
    public func cost(_ name: String, space: String) throws(MeasurementError) -> BenchmarkColumn {
        let benchmark = try benchmark(space)
        let files = try files(.cost, of: benchmark)
        guard let file = files.first(where: { $0.name == name }) else {
            throw .unknown(
                kind: "published cost", within: space, asked: name, existing: files.map(\.name).unique)
        }
        return try column(name, of: file, benchmark, name: name, unit: .count)
    }

    /// All settings in which the accuracy of a space was measured; empty where it was not.
    /// - Throws: `MeasurementError.unknown` for a space without measurements; as `accuracy` where a file is broken.
    public func accuracies(space: String) throws(MeasurementError) -> [AccuracySetting] {
        let benchmark = try benchmark(space)
        var settings: [AccuracySetting] = []
        for file in try files(.accuracy, of: benchmark) { settings += try self.settings(of: file, benchmark) }
        return settings.unique
    }

    /// The data sets on which the accuracy of a space was measured; no file is opened.
    /// - Throws: `MeasurementError.unknown` for a space without measurements; `unreadable` where a folder is missing.
    public func dataSets(space: String) throws(MeasurementError) -> [String] {
        try files(.accuracy, of: benchmark(space)).map(\.name).unique
    }

    /// The devices on which the latency of a space was measured, the shipped ones first; no file is opened.
    /// - Throws: as `dataSets(space:)`.
    public func devices(space: String) throws(MeasurementError) -> [String] {
        try files(.latency, of: benchmark(space)).map(\.name).unique
    }

    /// The published costs of the architectures of a space, such as `params`; empty where there are none.
    /// - Throws: as `dataSets(space:)`.
    public func costs(space: String) throws(MeasurementError) -> [String] {
        try files(.cost, of: benchmark(space)).map(\.name).unique
    }
}
