import Estimation
import Language

/// A zero-cost proxy by name.
struct ProxyName: Constant {
    static let kind = "proxy"
    static let all = Proxies.all.map { ConstantName($0.name, $0.summary) }
    let proxy: any Proxy

    init(constant name: String) {
        guard let proxy = Proxies.named(name) else { preconditionFailure("\(name) is not among the proxies") }
        self.proxy = proxy
    }
}

/// The type of a network's numbers.
enum Precision: String, CaseIterable, Constant {
    case float32, float64
}
