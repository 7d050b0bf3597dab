import Networks

/// The trainable parameters, dead parts included: what "params" means in published comparisons.
struct ParameterCount: Proxy {
    let name = "params"
    let summary = "trainable parameters, dead parts included"
    let citation = """
        M. S. Abdelfattah, A. Mehrotra, Ł. Dudziak and N. D. Lane, "Zero-Cost Proxies for Lightweight NAS", ICLR 2021
        """
    let needs: Needs = .graph
    let countsDeadParts = true

    func value(of probe: Probe) -> Double { Double(probe.network.cost.parameters) }
}

/// The multiply-adds of one sample, dead parts included: NAS-Bench-201's "FLOPs".
struct FLOPs: Proxy {
    let name = "flops"
    let summary = "multiply-adds of one sample, dead parts included"
    let citation = """
        X. Dong and Y. Yang, "NAS-Bench-201: Extending the Scope of Reproducible Neural Architecture Search", ICLR 2020
        """
    let needs: Needs = .graph
    let countsDeadParts = true

    func value(of probe: Probe) -> Double { Double(probe.network.cost.macs) }
}

/// The trainable parameters on a path from input to output: the baseline that a proxy has to beat.
struct LiveParameterCount: Proxy {
    let name = "live_params"
    let summary = "trainable parameters on a path from input to output: the baseline to beat"
    let citation = """
        nash: the parameters that are left without the edges on no path, measured in docs/proxies.md
        """
    let needs: Needs = .graph

    func value(of probe: Probe) throws -> Double { Double(try probe.network.live().cost.parameters) }
}
