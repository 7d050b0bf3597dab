import Glibc

extension CurveFamily {
    /// The eleven families of Domhan et al., in the order of their table.
    public static let all = [
        vap, pow3, logLogLinear, hill3, logPower, pow4, mmf, exp4, janoschek, weibull, ilog2,
    ]

    private static let vap = CurveFamily(
        "vap", "exp(a + b/x + c ln x)",
        [
            CurveParameter("a", -0.622, .uniform(-2, 0)), CurveParameter("b", -0.470, .uniform(-4, 0)),
            CurveParameter("c", 0.042, .logUniform(-8, 0)),
        ],
        shapes: [.uniform(-4, 0), .logNormal(-4, 2)],
        published: { exp($1[0] + $1[1] / $0 + $1[2] * log($0)) },
        basis: { exp($1[0] / $0 + $1[1] * log($0)) })

    private static let pow3 = CurveFamily(
        "pow3", "c − a·x^−α",
        [
            CurveParameter("c", 0.84, .uniform(0, 1.25)), CurveParameter("a", 0.52, .uniform(-0.6, 0.6)),
            CurveParameter("α", 0.01, .logNormal(0, 2)),
        ],
        shapes: [.logNormal(-0.7, 0.8)],
        published: { $1[0] - $1[1] * pow($0, -$1[2]) },
        basis: { -pow($0, -$1[0]) })

    private static let logLogLinear = CurveFamily(
        "log_log_linear", "ln(a ln x + b)",
        [CurveParameter("a", exp(-2), .logNormal(-2, 1)), CurveParameter("b", exp(0.5), .logUniform(0, 1))],
        shapes: [.logNormal(0, 1)],
        published: { log($1[0] * log($0) + $1[1]) },
        basis: { log(log($0) + $1[0]) })

    private static let hill3 = CurveFamily(
        "hill3", "θ·x^η/(κ^η + x^η)",
        [
            CurveParameter("θ", 0.772, .normal(0.8, 0.1)), CurveParameter("η", 0.586, .logNormal(1, 1)),
            CurveParameter("κ", 2.461, .logNormal(1, 2)),
        ],
        shapes: [.logNormal(0, 0.7), .logNormal(1, 1.5)],
        published: { $1[0] / (pow($1[2] / $0, $1[1]) + 1) },
        basis: { 1 / (pow($1[1] / $0, $1[0]) + 1) })

    private static let logPower = CurveFamily(
        "log_power", "a/(1 + (x/e^b)^c)",
        [
            CurveParameter("a", 0.77, .normal(0.8, 0.1)), CurveParameter("b", 2.98, .normal(1, 1)),
            CurveParameter("c", -0.51, .uniform(-3, 0)),
        ],
        shapes: [.normal(1, 1), .logNormal(-0.2, 0.6)],
        published: { $1[0] / (1 + pow($0 / exp($1[1]), $1[2])) },
        basis: { 1 / (1 + pow($0 / exp($1[0]), -$1[1])) })

    private static let pow4 = CurveFamily(
        "pow4", "c − (a x + b)^−α",
        [
            CurveParameter("c", 0.8, .complementLogUniform(-5, 0)), CurveParameter("a", 200, .logNormal(-3, 2)),
            CurveParameter("b", 0, .logUniform(0, 1)), CurveParameter("α", 0.1, .logNormal(0, 1)),
        ],
        shapes: [.logNormal(-0.5, 0.8), .logNormal(1, 1.5)],
        published: { $1[0] - pow($1[1] * $0 + $1[2], -$1[3]) },
        basis: { -pow($0 + $1[1], -$1[0]) })

    private static let mmf = CurveFamily(
        "mmf", "α − (α − β)/(1 + (κx)^δ)",
        [
            CurveParameter("α", 0.7, .normal(0.8, 0.1)), CurveParameter("β", 0.1, .normal(0.2, 0.1)),
            CurveParameter("κ", 0.01, .logNormal(0, 2)), CurveParameter("δ", 5, .logNormal(0, 1)),
        ],
        shapes: [.logNormal(-1, 1.5), .logNormal(0.2, 0.7)],
        published: { $1[0] - ($1[0] - $1[1]) / (1 + pow($1[2] * $0, $1[3])) },
        basis: { -1 / (1 + pow($1[0] * $0, $1[1])) })

    private static let exp4 = CurveFamily(
        "exp4", "c − exp(−a x^α + b)",
        [
            CurveParameter("c", 0.7, .normal(0.8, 0.1)), CurveParameter("a", 0.8, .logNormal(-2, 1)),
            CurveParameter("b", -0.8, .logNormal(0, 0.5)), CurveParameter("α", 0.3, .logNormal(0, 1)),
        ],
        shapes: [.logNormal(-2, 1), .logNormal(-0.2, 0.6)],
        published: { $1[0] - exp(-$1[1] * pow($0, $1[3]) + $1[2]) },
        basis: { -exp(-$1[0] * pow($0, $1[1])) })

    private static let janoschek = CurveFamily(
        "janoschek", "a − (a − β)·exp(−k x^δ)",
        [
            CurveParameter("a", 0.73, .uniform(0, 1)), CurveParameter("β", 0.07, .uniform(0, 2)),
            CurveParameter("k", 0.355, .logNormal(-2, 1)), CurveParameter("δ", 0.46, .logNormal(0, 0.5)),
        ],
        shapes: [.logNormal(-1.5, 1), .logNormal(-0.3, 0.5)],
        published: { $1[0] - ($1[0] - $1[1]) * exp(-$1[2] * pow($0, $1[3])) },
        basis: { -exp(-$1[0] * pow($0, $1[1])) })

    private static let weibull = CurveFamily(
        "weibull", "α − (α − β)·exp(−(κx)^δ)",
        [
            CurveParameter("α", 0.7, .uniform(0, 1.5)), CurveParameter("β", 0.1, .uniform(0, 1)),
            CurveParameter("κ", 0.01, .logNormal(-2, 1)), CurveParameter("δ", 1, .logNormal(0, 0.5)),
        ],
        shapes: [.logNormal(-2, 1), .logNormal(-0.3, 0.5)],
        published: { $1[0] - ($1[0] - $1[1]) * exp(-pow($1[2] * $0, $1[3])) },
        basis: { -exp(-pow($1[0] * $0, $1[1])) })

    private static let ilog2 = CurveFamily(
        "ilog2", "c − a/ln(x + 1)",
        [CurveParameter("c", 0.78, .uniform(0, 1)), CurveParameter("a", 0.43, .uniform(-0.5, 0.5))],
        shapes: [],
        published: { $1[0] - $1[1] / log($0 + 1) },
        basis: { x, _ in -1 / log(x + 1) })
}
