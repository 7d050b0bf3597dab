import Spaces
import Tensors

extension Supernet {
    /// Sorts the channels of each layer by how much they matter, so that narrower layers keep those that matter most.
    /// The largest network computes the same as before.
    ///
    /// A channel matters as much as the L1 norm of the weights that read it (H. Cai et al., *Once-for-All*, ICLR 2020,
    /// section 3.3 and figure 4). Where `widths` of the greatest widths can be chosen already, the channels of each of
    /// them stay those that they are, and only change their order: blocks between two widths are sorted apart, as
    /// `re_organize_middle_weights` of the authors' code does.
    ///
    /// - Parameter widths: at least 1, the greatest width.
    public func sortChannels(selectable widths: Int = 1) throws {
        try noGrad {
            for group in space.channelGroups { try sort(group, selectable: widths) }
        }
    }

    private func sort(_ group: ChannelGroup, selectable widths: Int) throws {
        guard let reader = tensor(named: group.reader.name) else { return }
        let readers = try reader.detached().to(.float64).transposed(0, group.reader.dimension)
        let importance: [Double] = try readers.reshaped([readers.shape[0], -1]).abs().sum(1).array()
        let bounds = [0] + group.counts.suffix(max(1, widths))
        let order = zip(bounds, bounds.dropFirst()).flatMap { start, end in
            (start..<max(start, end)).sorted { (-importance[$0], $0) < (-importance[$1], $1) }
        }
        let places = try Tensor(order, shape: [order.count], device: options.device)
        for member in group.members {
            guard let tensor = tensor(named: member.name) else { continue }
            try tensor.assign(tensor.detached().picked(places, dim: member.dimension))
        }
    }

    /// The shared tensor of this name.
    func tensor(named name: String) -> Tensor? { shared.places[name].map { tensors[$0] } }
}
