import Networks

extension TrainingRun {
    /// What a checkpoint must agree in to be one of this training, each with a name.
    var identity: [(name: String, value: String)] {
        [
            ("network", blueprint.network.fingerprint), ("first weights", blueprint.beginning),
            ("seed of the samples", "\(seed)"), ("data", "\(dataset.name) \(dataset.fingerprint)"),
            ("opening of the data", dataset.opening),
        ] + recipe.settings
    }
}

extension Checkpoint {
    /// - Throws: `CheckpointError` where `state` is of another training than `identity` says, or of a later version of
    ///   the program.
    static func check(
        _ identity: [(name: String, value: String)], against state: JSON, _ path: String
    ) throws(CheckpointError) {
        guard let format = state["format"]?.whole else { throw CheckpointError(path, .damaged, "it tells no format") }
        guard format <= Self.format else {
            throw CheckpointError(
                path, .newer,
                "its format is \(format), and this program knows up to \(Self.format): take a later version")
        }
        let differing = identity.filter { state["of"]?[$0.name]?.text != $0.value }
        guard !differing.isEmpty else { return }
        let told = differing.map { name, value in
            "\(name) \(state["of"]?[name]?.text ?? "unknown") where this one has \(value)"
        }
        throw CheckpointError(path, .foreign, "it is of another training: \(told.joined(separator: "; "))")
    }
}

extension Network {
    /// A fingerprint of its layers and how they are joined.
    fileprivate var fingerprint: String {
        let lines = nodes.map { "\($0.name) \($0.layer) \($0.inputs) \($0.shape)" } + ["\(output)"]
        return Seal.fingerprint(Array(lines.joined(separator: "\n").utf8))
    }
}

extension Blueprint {
    /// What the first weights depend on.
    fileprivate var beginning: String {
        guard let state else { return "\(initialization.rawValue) \(seed) \(dead.rawValue)" }
        return "given \(state.fingerprint) \(dead.rawValue)"
    }
}

extension ModelState {
    /// A fingerprint of all names and numbers, whatever their order: it tells states apart and finds damage, and
    /// resists no forger.
    public var fingerprint: String {
        var hash = Fingerprint()
        for entry in entries.sorted(by: { $0.name < $1.name }) {
            Array(entry.name.utf8).withUnsafeBytes { hash.absorb($0) }
            switch entry.values {
            case .float32(let values): values.withUnsafeBytes { hash.absorb($0) }
            case .float64(let values): values.withUnsafeBytes { hash.absorb($0) }
            case .whole(let values): values.withUnsafeBytes { hash.absorb($0) }
            }
        }
        return hash.text
    }
}

extension Dataset {
    /// Shape, splits and normalisation, which depend on how it was opened.
    var opening: String {
        let parts = Split.allCases.map { split in
            rows(of: split).withUnsafeBytes { bytes in
                var hash = Fingerprint()
                hash.absorb(bytes)
                return hash.text
            }
        }
        let text = "\(shape) \(parts) \(normalization.mean) \(normalization.deviation)"
        return Seal.fingerprint(Array(text.utf8))
    }
}
