public import Spaces

/// BOHB: the brackets of Hyperband, with architectures that are proposed by what the earlier ones have shown.
///
/// S. Falkner, A. Klein and F. Hutter: BOHB: Robust and Efficient Hyperparameter Optimization at Scale. ICML 2018.
/// The two parts work side by side: whoever runs them asks the proposer for an architecture whenever the schedule begins
/// a trial, and tells the proposer the value at the end of each stretch, with its epochs.
public struct BOHB: Sendable {
    /// Who is trained for how long.
    public var schedule: Hyperband
    /// Which architectures.
    public var proposer: KernelDensity

    /// BOHB on a space.
    ///
    /// - Throws: ``FidelityError`` as ``Hyperband`` does.
    public init(
        space: any Space, min: Int = 1, max: Int, eta: Double = 3, rounding: HyperbandRounding = .floor,
        rounds: Int = 1
    ) throws(FidelityError) {
        schedule = try Hyperband(min: min, max: max, eta: eta, rounding: rounding, rounds: rounds)
        proposer = KernelDensity(space: space)
    }
}
