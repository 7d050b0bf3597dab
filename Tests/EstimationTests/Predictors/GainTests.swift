import Statistics
import Testing

@testable import Estimation

/// What the splits of trees gain.
@Suite struct GainTests {
    /// The sum of squares of 0, 2, 10, 12 is 104: the first feature takes 100 of it away, the second 2 on either side.
    @Test func `gains are the squares that splits take away`() {
        let values: [Float] = [0, 0, 5, 0, 1, 5, 1, 0, 5, 1, 1, 5]  // the third does not vary
        let bins = FeatureBins(values, rows: 4, width: 3)
        var grower = TreeGrower(bins, TreeSettings(featuresPerSplit: 3))
        var random = Random(seed: 1)
        let tree = grower.grow([0, 1, 2, 3], targets: [0, 2, 10, 12], using: &random)
        #expect(tree.gains(width: 3) == [100, 4, 0])
        #expect(FeatureImportance.mean(of: [tree.gains(width: 3)]) == [100.0 / 104, 4.0 / 104, 0])
    }

    /// As scikit-learn's forest: each tree counts as much as another, and one without a split not at all.
    @Test func `a forest's importance is the mean over the trees with a split`() {
        #expect(FeatureImportance.mean(of: [[30, 10], [0, 0], [1, 3]]) == [0.5, 0.5])
        #expect(FeatureImportance.mean(of: [[0, 0], [0, 0]]) == [0, 0])
        #expect(FeatureImportance.mean(of: []) == [])
    }

    @Test(arguments: ["forest", "boosted", "ngboost"])
    func `trees gain by the feature that decides`(_ name: String) throws {
        var random = Random(seed: 4)
        let values = (0..<80 * 3).map { $0 % 3 == 2 ? Float(1) : Float(random.uniform()) }
        let targets = (0..<80).map { 10 * Double(values[3 * $0 + 1]) + Double(values[3 * $0]) }
        let inputs = PredictorInputs(names: ["little", "much", "nothing"], values: values)
        let predictor = try #require(Predictors.named(name))
        let model = try predictor.fitted(to: inputs, targets: targets, using: &random)
        let found = try FeatureImportance.gains(of: model, inputs.names)
        #expect(found.map(\.feature) == ["much", "little", "nothing"])
        #expect(abs(found.reduce(0) { $0 + $1.importance } - 1) < 1e-6)
        #expect(found[0].importance > 0.5 && found[1].importance > 0 && found[2].importance == 0)
        let restored = try predictor.restored(from: #require(model.state))
        #expect(try FeatureImportance.gains(of: restored, inputs.names).map(\.importance) == found.map(\.importance))
    }

    @Test(arguments: ["ensemble", "knn", "bayes_linear", "gp", "mlp"])
    func `a predictor without gains says so`(_ name: String) throws {
        let inputs = PredictorInputs(names: ["a"], values: [1, 2, 3, 4])
        var random = Random(seed: 1)
        let model = try #require(Predictors.named(name)).fitted(to: inputs, targets: [1, 2, 4, 8], using: &random)
        #expect(throws: PredictorError.self) { try FeatureImportance.gains(of: model, inputs.names) }
    }
}
