import Tensors

/// How well the ReLUs tell the images of a batch apart.
///
/// With K_ij the number of places, over the inputs of all ReLUs, where images i and j are both positive or both not,
///
///     log |det K|
struct NASWOT: Proxy {
    let name = "naswot"
    let summary = "log-determinant of the agreement of the ReLUs' patterns"
    let citation = """
        J. Mellor, J. Turner, A. Storkey and E. J. Crowley, "Neural Architecture Search without Training", ICML 2021, \
        eq. 2
        """
    let needs: Needs = .activationPatterns
    let countsDeadParts = true

    func value(of probe: Probe) throws -> Double {
        guard let agreement = try probe.passes().agreement else {
            throw ProxyError.undefined("the network has no ReLU")
        }
        let logarithm = try agreement.slogdet().logarithm.item()
        guard logarithm != -.infinity else {
            throw ProxyError.undefined("the ReLUs do not tell all images apart: their matrix is singular")
        }
        return logarithm
    }
}
