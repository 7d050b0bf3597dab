extension OFASpace {
    /// The space whose name states its choices, such as `ofa_tiny_b3_d1_2_3_w2_3_4_k3_5_7`, for the images of its size.
    ///
    /// `nil` for any other name.
    public static func named(_ name: String) -> OFASpace? {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count > 3, parts[0] == "ofa", let size = Size(rawValue: String(parts[1])) else { return nil }
        var lists: [Character: [Int]] = [:]
        var mark: Character = " "
        for part in parts[2...] {
            if let first = part.first, first.isLetter { mark = first }
            guard let number = Int(part.drop { $0.isLetter }) else { return nil }
            lists[mark, default: []].append(number)
        }
        guard
            let space = try? OFASpace(
                blocks: lists["b"]?.first, depths: lists["d"], widths: lists["w"], kernels: lists["k"],
                resolutions: lists["r"] ?? [], size: size), space.name == name
        else { return nil }
        return space
    }
}
