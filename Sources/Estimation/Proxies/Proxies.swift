/// The zero-cost proxies that are built in.
public enum Proxies {
    /// Each of them once. To add a proxy, add its line.
    public static let all: [any Proxy] = [
        SynFlow(), SynFlowBN(), GraSP(), SNIP(), JacobCov(), Fisher(), ParameterCount(), GradNorm(), Plain(), L2Norm(),
        NASWOT(), EPENAS(), Zen(), FLOPs(), LiveParameterCount(), ZiCo(),
    ]

    /// The built-in proxy of this name, if there is one.
    public static func named(_ name: String) -> (any Proxy)? { all.first { $0.name == name } }
}
