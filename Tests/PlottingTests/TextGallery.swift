import Glibc
import Plotting

/// Figures of every kind as they come up in the search for architectures.
enum TextGallery {
    static let figures: [(name: String, figure: Figure)] = [
        ("front", front), ("curves", curves), ("bands", bands), ("histogram", .init(histogram)),
        ("overlaid", overlaid), ("proxies", proxies), ("grouped", grouped), ("boxes", boxes), ("heat", heat),
        ("logarithmic", logarithmic), ("coloured", coloured), ("negative", negative), ("anytime", anytime),
        ("errors", errors), ("empty", Figure(title: "Nothing to see", x: Axis("x"), y: Axis("y"))),
    ]

    /// Numbers that look random and are the same on every machine.
    static func noise(_ count: Int, seed: UInt64) -> [Double] {
        var state = seed &* 2 &+ 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
    }

    private static let front: Figure = {
        let latency = noise(700, seed: 1).map { 2 + 18 * $0 }
        let accuracy = zip(latency, noise(700, seed: 2)).map { 94 - 14 / $0 - 6 * $1 * $1 }
        var cloud = Series(.points, x: .numbers(latency), y: .numbers(accuracy), name: "dominated")
        cloud.emphasis = .muted
        let best = Series(
            .linesAndPoints, x: [2.1, 2.9, 4.2, 6, 9, 13, 19], y: [87.2, 89, 90.5, 91.6, 92.4, 92.9, 93.2],
            name: "Pareto front")
        return Figure(
            title: "Accuracy against latency on pixel3", x: Axis("latency", unit: "ms"), y: Axis("accuracy", unit: "%"),
            series: [cloud, best])
    }()

    private static func learning(_ ceiling: Double, _ rate: Double) -> [Double] {
        (1...50).map { ceiling * (1 - exp(-rate * Double($0))) }
    }

    private static let epochs = Values.numbers((1...50).map(Double.init))

    private static let curves = Figure(
        x: Axis("epoch", unit: "ep"), y: Axis("accuracy", unit: "%"),
        series: [
            Series(.lines, x: epochs, y: .numbers(learning(93, 0.2)), name: "resnet"),
            Series(.lines, x: epochs, y: .numbers(learning(88, 0.1)), name: "darts"),
            Series(.lines, x: epochs, y: .numbers(learning(80, 0.06)), name: "random"),
        ])

    private static let bands = Figure(
        title: "Extrapolation with its band", x: Axis("epoch", unit: "ep"), y: Axis("accuracy", unit: "%"),
        series: [
            Series(
                .band, x: epochs, y: .numbers(learning(93, 0.1)), low: .numbers(learning(85, 0.1)),
                high: .numbers(learning(99, 0.11)), name: "predicted"),
            Series(
                .points, x: .numbers((1...12).map(Double.init)), y: .numbers(Array(learning(93, 0.1).prefix(12))),
                name: "seen"),
        ])

    private static let normal = zip(noise(2000, seed: 3), noise(2000, seed: 4)).map {
        80 + 6 * (-2 * log($0 + 1e-9)).squareRoot() * cos(2 * .pi * $1)
    }

    private static func histogram(_ values: [Double], name: String? = nil) -> Series {
        .histogram(values, bins: 40, range: 60...110, name: name)
    }

    private static let histogram = histogram(normal)

    private static let overlaid = Figure(
        x: Axis("accuracy", unit: "%"), y: Axis("rows"),
        series: [histogram(normal, name: "cifar10"), histogram(normal.map { $0 * 0.9 + 15 }, name: "cifar100")])

    private static let proxies = Figure(
        title: "Spearman with accuracy", x: Axis("score"), y: Axis("spearman"),
        series: [
            Series(
                .bars, x: .names(["naswot", "live_params", "synflow", "zico", "jacob_cov", "snip", "grad_norm"]),
                y: [0.78, 0.74, 0.71, 0.7, 0.69, 0.58, 0.55])
        ])

    private static let grouped = Figure(
        x: Axis("device"), y: Axis("latency", unit: "ms"),
        series: [
            Series(.bars, x: .names(["pixel3", "raspi4", "gpu"]), y: [12.4, 31, 4], name: "small"),
            Series(.bars, x: .names(["pixel3", "raspi4", "gpu"]), y: [19, 47.5, 6.2], name: "large"),
        ])

    private static let boxes = Figure(
        x: Axis("depth"), y: Axis("accuracy", unit: "%"),
        series: [
            Series(
                .boxes, x: .names((0..<600).map { "\($0 % 4 + 1)" }),
                y: .numbers(
                    noise(600, seed: 9).enumerated().map { index, value in
                        80 + 3 * Double(index % 4) + 8 * (value - 0.5) * abs(value - 0.5) * 4
                    }))
        ])

    private static let heat: Figure = {
        let places = (0..<6).flatMap { row in (0..<8).map { (row, $0) } }
        return Figure(
            x: Axis("width"), y: Axis("depth"), colour: Axis("accuracy", unit: "%"),
            series: [
                Series(
                    .cells, x: .numbers(places.map { Double($0.1 + 1) }), y: .numbers(places.map { Double($0.0 + 1) }),
                    values: .numbers(places.map { 95 - 30 / Double(($0.0 + 1) * ($0.1 + 1)) }))
            ])
    }()

    private static let logarithmic = Figure(
        x: Axis("macs", scale: .logarithmic), y: Axis("error", unit: "%", scale: .logarithmic),
        series: [
            Series(.points, x: [1e6, 5e6, 2e7, 1e8, 6e8, 2e9], y: [40, 22, 11, 6, 3.5, 2.2], name: "measured"),
            Series(.lines, x: [1e6, 2e9], y: [45, 2], name: "power law"),
        ])

    private static let coloured: Figure = {
        let x = noise(300, seed: 5)
        let y = noise(300, seed: 6)
        return Figure(
            x: Axis("synflow"), y: Axis("naswot"), colour: Axis("accuracy", unit: "%"),
            series: [
                Series(
                    .points, x: .numbers(x), y: .numbers(y), values: .numbers(zip(x, y).map { 60 + 17 * ($0 + $1) }))
            ])
    }()

    private static let negative = Figure(
        x: Axis("gain"), y: Axis("score"),
        series: [Series(.bars, x: .names(["a", "b", "c", "d"]), y: [3, -1.3, 0.02, -2.6])])

    private static let anytime = Figure(
        x: Axis("time", unit: "s", scale: .logarithmic), y: Axis("regret", scale: .logarithmic),
        series: [
            Series(.steps, x: [1, 3, 10, 40, 200, 900], y: [0.5, 0.2, 0.1, 0.03, 0.02, 0.004], name: "hyperband"),
            Series(.steps, x: [1, 9, 60, 300, 900], y: [0.6, 0.4, 0.3, 0.08, 0.05], name: "random"),
        ],
        annotations: [.horizontal(y: 0.01, "one point"), .text("restart", x: 40, y: 0.2)])

    private static let errors = Figure(
        x: Axis("measurements"), y: Axis("kendall"),
        series: [
            Series(
                .errorBars, x: [10, 20, 50, 100, 200], y: [0.5, 0.6, 0.7, 0.75, 0.78],
                low: [0.4, 0.53, 0.66, 0.73, 0.77],
                high: [0.6, 0.67, 0.74, 0.77, 0.79], name: "ridge")
        ])
}

extension Figure {
    fileprivate init(_ series: Series) {
        self.init(x: Axis("accuracy", unit: "%"), y: Axis("rows"), series: [series])
    }
}
