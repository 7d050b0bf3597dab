import Foundation
import Statistics
import Testing

@testable import Estimation

@Suite struct CurveFamilyTests {
    /// Values at x = 10 with the start parameters, computed by Python from the published equations.
    @Test(
        arguments: [
            ("vap", 0.5642310625023935),
            ("pow3", 0.3318366451029784),
            ("hill3", 0.5362096484517637),
            ("log_power", 0.31914848181950317),
            ("pow4", 0.3323757760886894),
            ("mmf", 0.10000599994000059),
            ("exp4", 0.6089375598233431),
            ("janoschek", 0.4929173886701188),
            ("weibull", 0.15709754917842422),
            ("ilog2", 0.6006760716875741),
            ("log_log_linear", 0.6731190888313792),
        ] as [(String, Double)])
    func `A family has its published form`(name: String, expected: Double) throws {
        let family = try #require(CurveFamily.all.first { $0.name == name })
        let value = family.value(at: 10, family.parameters.map(\.start))
        #expect(abs(value - expected) < 1e-12)
    }

    @Test func `There are eleven families`() { #expect(Set(CurveFamily.all.map(\.name)).count == 11) }

    /// With a shape fixed the published family is a line in its basis.
    @Test(
        arguments: [
            ("pow3", [0.84, 0.52, 0.5], [0.5]), ("hill3", [0.772, 0.586, 2.461], [0.586, 2.461]),
            ("log_power", [0.77, 2.98, -0.51], [2.98, 0.51]), ("vap", [-0.622, -0.47, 0.042], [-0.47, 0.042]),
            ("pow4", [0.8, 2, 1, 0.4], [0.4, 0.5]), ("mmf", [0.7, 0.1, 0.01, 5], [0.01, 5]),
            ("exp4", [0.7, 0.8, -0.8, 0.3], [0.8, 0.3]), ("janoschek", [0.73, 0.07, 0.355, 0.46], [0.355, 0.46]),
            ("weibull", [0.7, 0.1, 0.01, 1], [0.01, 1]), ("ilog2", [0.78, 0.43], []),
            ("log_log_linear", [0.5, 1.5], [3]),
        ] as [(String, [Double], [Double])])
    func `A family is linear in its basis`(name: String, parameters: [Double], shapes: [Double]) throws {
        let family = try #require(CurveFamily.all.first { $0.name == name })
        let y = [2.0, 7, 40].map { family.value(at: $0, parameters) }
        let p = [2.0, 7, 40].map { family.basis($0, shapes) }
        #expect(abs((y[1] - y[0]) * (p[2] - p[0]) - (y[2] - y[0]) * (p[1] - p[0])) < 1e-12)
        #expect((y[2] - y[0]) * (p[2] - p[0]) > 0)
    }

    @Test func `Priors are densities, and their quantiles invert them`() {
        let priors: [CurvePrior] = [
            .uniform(-0.6, 0.6), .normal(0.8, 0.1), .logNormal(-2, 1), .logUniform(-8, 0), .complementLogUniform(-5, 0),
        ]
        for prior in priors {
            let (low, high) = (prior.quantile(0.2), prior.quantile(0.7))
            let step = (high - low) / 20_000
            let mass = (0..<20_000).reduce(0) { $0 + exp(prior.logDensity(low + (Double($1) + 0.5) * step)) }
            #expect(abs((mass * step).magnitude - 0.5) < 1e-4, "\(prior)")
        }
    }
}
