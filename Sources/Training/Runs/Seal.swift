/// Fingerprints by which damage is found.
enum Seal {
    private static let start = "{\"checksum\": \""
    private static let middle = "\",\n\"state\": "
    private static let end = "}\n"

    /// `state` as text that begins with a fingerprint of itself.
    static func sealed(_ state: JSON) -> String {
        let body = state.written
        return start + fingerprint(Array(body.utf8)) + middle + body + end
    }

    /// The state in a checkpoint's folder, when it is whole.
    static func opened(_ folder: Folder) throws(CheckpointError) -> JSON {
        let path = "\(folder.path)/\(Checkpoint.state)"
        let bytes = try folder.read(Checkpoint.state)
        let head = start.utf8.count + 16 + middle.utf8.count
        guard bytes.count > head + end.utf8.count, bytes.starts(with: start.utf8) else {
            throw CheckpointError(path, .damaged, "\(bytes.count) bytes are no whole state of a training")
        }
        let told = String(decoding: bytes[start.utf8.count..<start.utf8.count + 16], as: UTF8.self)
        let body = Array(bytes[head..<bytes.count - end.utf8.count])
        guard fingerprint(body) == told, let state = JSON(String(decoding: body, as: UTF8.self)) else {
            throw CheckpointError(
                path, .damaged, "its text has changed or ends too early: the fingerprint does not fit")
        }
        return state
    }

    static func fingerprint(_ bytes: [UInt8]) -> String {
        var hash = Fingerprint()
        bytes.withUnsafeBytes { hash.absorb($0) }
        return hash.text
    }
}

extension Folder {
    /// Size and fingerprint of a file.
    func seal(_ name: String) throws(CheckpointError) -> JSON {
        let bytes = try read(name)
        return .record([("bytes", .number(bytes.count)), ("xxh64", .text(Seal.fingerprint(bytes)))])
    }

    /// - Throws: `CheckpointError` where a file is not as `files` describes it.
    func check(_ name: String, against files: JSON?) throws(CheckpointError) {
        let (expected, found) = (files?[name], try seal(name))
        guard expected != found else { return }
        let (bytes, wanted) = (found["bytes"]?.whole ?? 0, expected?["bytes"]?.whole ?? 0)
        throw CheckpointError(
            "\(path)/\(name)", .damaged,
            bytes == wanted
                ? "its bytes have changed: the fingerprint does not fit" : "it has \(bytes) bytes in place of \(wanted)"
        )
    }
}

extension Evaluation {
    var json: JSON {
        .record([("count", .number(count)), ("correct", .number(correct)), ("loss", .number(totalLoss))])
    }

    init?(_ json: JSON) {
        guard let count = json["count"]?.whole, let correct = json["correct"]?.whole, let loss = json["loss"]?.real
        else { return nil }
        self.init()
        (self.count, self.correct, totalLoss) = (count, correct, loss)
    }
}

extension EpochMetrics: JSONRecord {
    var json: JSON {
        .record([
            ("epoch", .number(epoch)), ("train_loss", .number(trainLoss)), ("train_accuracy", .number(trainAccuracy)),
            ("loss", .number(loss)), ("accuracy", .number(accuracy)), ("learning_rate", .number(learningRate)),
            ("train_seconds", .number(trainSeconds)), ("seconds", .number(seconds)),
            ("images_per_second", .number(imagesPerSecond)),
        ])
    }

    init?(_ json: JSON) {
        let names = [
            "train_loss", "train_accuracy", "loss", "accuracy", "learning_rate", "train_seconds", "seconds",
            "images_per_second",
        ]
        let values = names.compactMap { json[$0]?.real }
        guard let epoch = json["epoch"]?.whole, values.count == names.count else { return nil }
        self.init(
            epoch: epoch, trainLoss: values[0], trainAccuracy: values[1], loss: values[2], accuracy: values[3],
            learningRate: values[4], trainSeconds: values[5], seconds: values[6], imagesPerSecond: values[7])
    }
}
