import CXGBoost
import Glibc

/// A fitted booster of XGBoost's, a C library; no pointer of it leaves this file.
///
/// It may be asked from several threads: each question has a matrix of its own, and XGBoost locks its booster.
final class XGBooster: @unchecked Sendable {
    private let handle: BoosterHandle

    /// Boosts `rounds` trees on the rows of `values`, `[N, F]`, with XGBoost's parameters by name.
    ///
    /// - Throws: `PredictorError` with XGBoost's own words.
    init(_ values: [Float], targets: [Float], parameters: [(String, String)], rounds: Int) throws {
        let matrix = try XGBMatrix(values, rows: targets.count)
        try matrix.setTargets(targets)
        handle = try Self.booster(matrix)
        for (name, value) in [("verbosity", "0")] + parameters {
            try check(XGBoosterSetParam(handle, name, value))
        }
        for round in 0..<rounds { try check(XGBoosterUpdateOneIter(handle, Int32(round), matrix.handle)) }
    }

    /// The booster that `bytes` describes.
    /// - Throws: `PredictorError` where they describe none.
    init(_ bytes: [UInt8]) throws {
        handle = try Self.booster(nil)
        try check(XGBoosterSetParam(handle, "verbosity", "0"))
        try check(bytes.withUnsafeBytes { XGBoosterLoadModelFromBuffer(handle, $0.baseAddress, UInt64($0.count)) })
    }

    deinit { XGBoosterFree(handle) }

    private static func booster(_ matrix: XGBMatrix?) throws -> BoosterHandle {
        var handle: BoosterHandle?
        let matrices = matrix.map { [$0.handle as DMatrixHandle?] } ?? []
        try check(XGBoosterCreate(matrices, UInt64(matrices.count), &handle))
        guard let handle else { throw failure() }
        return handle
    }

    /// What it predicts for `count` rows of `values`.
    func predictions(of values: [Float], count: Int) throws -> [Float] {
        let matrix = try XGBMatrix(values, rows: count)
        var length: UInt64 = 0
        var result: UnsafePointer<Float>?
        try check(XGBoosterPredict(handle, matrix.handle, 0, 0, 0, &length, &result))
        return Array(UnsafeBufferPointer(start: result, count: Int(length)))
    }

    /// By how much the splits by each of `width` features lower the loss, summed over the trees, `[F]`.
    func gains(width: Int) throws -> [Double] {
        var (features, extents) = (UInt64(0), UInt64(0))
        var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        var (shape, scores): (UnsafePointer<UInt64>?, UnsafePointer<Float>?)
        try check(
            XGBoosterFeatureScore(
                handle, "{\"importance_type\": \"total_gain\"}", &features, &names, &extents, &shape, &scores))
        var sums = [Double](repeating: 0, count: width)
        for place in 0..<Int(features) {
            // Features without names are f0, f1, …; those that no tree uses are not listed.
            guard let name = names?[place], let score = scores?[place], name[0] == CChar(UInt8(ascii: "f")),
                let feature = Int(String(cString: name + 1)), sums.indices.contains(feature)
            else { continue }
            sums[feature] = Double(score)
        }
        return sums
    }

    /// All that it knows, in XGBoost's own form (UBJSON).
    func bytes() throws -> [UInt8] {
        var length: UInt64 = 0
        var result: UnsafePointer<CChar>?
        try check(XGBoosterSaveModelToBuffer(handle, "{\"format\": \"ubj\"}", &length, &result))
        return UnsafeBufferPointer(start: result, count: Int(length)).map(UInt8.init(bitPattern:))
    }
}

/// Rows of features in XGBoost's memory.
private final class XGBMatrix {
    let handle: DMatrixHandle
    private let rows: Int

    init(_ values: [Float], rows: Int) throws {
        self.rows = rows
        var handle: DMatrixHandle?
        let width = UInt64(values.count / max(1, rows))
        try check(XGDMatrixCreateFromMat_omp(values, UInt64(rows), width, .nan, &handle, 1))
        guard let handle else { throw failure() }
        self.handle = handle
    }

    func setTargets(_ targets: [Float]) throws {
        try check(XGDMatrixSetFloatInfo(handle, "label", targets, UInt64(targets.count)))
    }

    deinit { XGDMatrixFree(handle) }
}

private func check(_ status: Int32) throws {
    guard status == 0 else { throw failure() }
}

private func failure() -> PredictorError {
    let text = XGBGetLastError().map { String(cString: $0) } ?? ""
    let line = text.split(separator: "\n").first.map(String.init) ?? "no reason given"
    return PredictorError(.setting, "XGBoost refused: \(line)", try: "check the settings and the features")
}
