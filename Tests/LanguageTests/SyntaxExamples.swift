/// Lines that the language promises to understand.
enum SyntaxExamples {
    static let exploration = [
        "nb201 | count                                  # 15625",
        "nb201 | count unique: true                     # 6466",
        "nb201 | enumerate | query accuracy, data: cifar10 | top 1, by: .accuracy          # 94.37%",
        "nb201 | enumerate | cost | query accuracy, data: cifar10 | correlate .params, .live_params, with: .accuracy",
        "all = nb201 | enumerate | query accuracy, data: cifar10 | query latency, device: pixel3",
        "front = all | pareto max: .accuracy, min: .latency",
        "front | plot .latency, .accuracy, to: \"plots/front.svg\"",
        "front | hypervolume max: .accuracy, min: .latency, reference: {accuracy: 0%, latency: 40ms}",
        "all | where .latency < 5ms and .accuracy > 90% | sort by: .accuracy, descending: true | first 5",
        "all | query accuracy, data: cifar10, split: val, epochs: 12ep, as: val12 | correlate .val12, with: .accuracy",
        #"a = arch nb201, "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_1x1~2|""#,
        "a | cost",
        "a | neighbors | count                          # 24",
        "macro | enumerate | cost | query accuracy, data: cifar10 | correlate .params, .macs, with: .accuracy",
        "all | where .acuracy > 90%",
        "all | where .latency < 5",
        "archs = nb201 | sample 1000, seed: 0",
        "archs | score synflow, naswot | query accuracy, data: cifar10 | correlate .synflow, .naswot, with: .accuracy",
        "rf = nb201 | sample 200, seed: 1 | query accuracy, data: cifar10 | fit forest, target: .accuracy",
        "nb201 | enumerate | predict rf | query latency, device: pixel3 | pareto max: .prediction, min: .latency "
            + "| plot .latency, .prediction",
        "run = nb201 | hyperband data: digits, max: 27ep, eta: 3, seed: 0",
        "run.curves | where .epochs < 27ep | extrapolate to: 200ep, level: 95% "
            + "| plot .epoch, .median, band: [.low, .high]",
        "log10(.params)", "take(t, 200)", "help sample", "nb201 | take 3; nb201 | count", "| plot .a, .b",
        "let x = 5ms", "x -1", "x - 1", "out[3] | describe", "def f(a, b = 2) = a | first b", "f(t, b: 3)",
        "def best(t) {\n  s = t | sort by: .accuracy\n  s | last 1\n}", "use \"lib.nash\"",
        "for d in [cifar10, cifar100] { nb201 | query accuracy, data: d }",
        "if count(t) > 3 { t } else if x { y } else { none }",
        "t | derive ratio: .params / .macs, big: {r -> r.params > 1M} | where .name ~ \"^nor\" and not .dead ?? false",
    ]

    static let proxies = [
        "t = nb201 | sample 200, seed: 0 | score synflow, snip, grad_norm, fisher, jacob_cov, naswot, "
            + "data: \"../shared/data/cifar-10-batches-bin\", batch: 64 | query accuracy, data: cifar10",
        "t | audit with: .accuracy",
        "t | rank by: [.synflow, .jacob_cov, .snip], as: vote | correlate .vote, with: .accuracy",
        "t | plot .synflow, .accuracy, x_scale: log, to: \"plots/synflow.png\"",
        "nb201 | enumerate | score synflow | query accuracy, data: cifar10 | correlate .synflow, with: .accuracy   # all",
        "nb201 | sample 20 | score grasp, data: digits",
        "n = network (arch nb201, \"|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~2|\"), "
            + "classes: 10, channels: 4, cells: 1 | load_weights \"../shared/parity/conv3x3.safetensors\"",
        "n | score synflow, snip, grasp, fisher, grad_norm, plain, l2_norm, jacob_cov, naswot, epe_nas, "
            + "batch: \"../shared/parity/batch8.safetensors\"",
        "n | save \"out.safetensors\"",
    ]

    static var all: [String] { exploration + proxies }
}
