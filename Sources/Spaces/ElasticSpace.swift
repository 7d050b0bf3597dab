public import Networks

/// What a decision of an elastic space changes.
public enum ElasticDimension: String, Hashable, Sendable, CaseIterable {
    /// Height and width of the images that come in.
    case resolution
    /// How many layers of a stage are computed.
    case depth
    /// The size of a kernel.
    case kernel
    /// How many channels a layer has inside.
    case width
    /// Which operation stands in a place.
    case operation
}

/// Channels of a layer that can be reordered together without changing what the network computes.
public struct ChannelGroup: Hashable, Sendable {
    /// A dimension of a shared tensor that runs over the channels.
    public struct Member: Hashable, Sendable {
        /// The tensor's shared name.
        public let name: String
        /// Its dimension.
        public let dimension: Int

        /// Dimension `dimension` of the tensor `name`.
        public init(_ name: String, _ dimension: Int) { (self.name, self.dimension) = (name, dimension) }
    }

    /// The weight that reads the channels: they matter as much as the L1 norm of what it multiplies them with.
    public let reader: Member
    /// The tensors that run over the channels, the reader among them.
    public let members: [Member]
    /// How many of the channels each choice of width takes, ascending; the last takes all.
    public let counts: [Int]

    /// The channels that `reader` reads and over which `others` run too.
    public init(reader: Member, others: [Member], counts: [Int]) {
        self.reader = reader
        members = [reader] + others
        self.counts = counts
    }
}

/// A space whose networks can share their weights: each is a part of one network that covers them all.
///
/// A tensor of a network is the leading part of the shared tensor of its name, along both dimensions of channels; a
/// kernel is the centre of the shared one, passed through learned matrices. `Training` makes a `Supernet` of it.
public protocol ElasticSpace: Space {
    /// What each gene changes.
    var dimensions: [ElasticDimension] { get }
    /// The genes with the greatest choice everywhere.
    var largest: [UInt8] { get }
    /// The genes with the least choice everywhere.
    var smallest: [UInt8] { get }
    /// Genes whose networks together hold every shared tensor at its greatest.
    var covering: [[UInt8]] { get }
    /// The kernels to which a shared kernel can shrink, ascending; empty where kernels do not shrink.
    var kernels: [Int] { get }
    /// The channels of each layer that may be sorted before its width shrinks.
    var channelGroups: [ChannelGroup] { get }

    /// The name under which the tensors of node `index` of one of its networks are shared, in place of the node's own.
    func sharedName(ofNode index: Int, in network: Network) -> String
    /// The shape of the images for the network of `genes`, where the largest network takes `input`, `[C, H, W]`.
    func input(of genes: [UInt8], within input: Shape) -> Shape
}

extension ElasticSpace {
    /// Whether its networks differ in kernels, depths or widths, not in operations and resolutions alone.
    public var hasSizes: Bool {
        zip(dimensions, genes).contains { dimension, gene in
            [.kernel, .depth, .width].contains(dimension) && gene.choices.count > 1
        }
    }

    /// Unless a space says otherwise, the largest network holds everything.
    public var covering: [[UInt8]] { [largest] }
    /// Unless a space says otherwise, kernels keep their size.
    public var kernels: [Int] { [] }
    /// Unless a space says otherwise, no channels are sorted.
    public var channelGroups: [ChannelGroup] { [] }
    /// Unless a space says otherwise, tensors are shared under their own names.
    public func sharedName(ofNode index: Int, in network: Network) -> String { network.nodes[index].name }
    /// Unless a space says otherwise, all networks take the same images.
    public func input(of genes: [UInt8], within input: Shape) -> Shape { input }
}

extension NATSTopology: ElasticSpace {
    /// An operation on each edge.
    public var dimensions: [ElasticDimension] { genes.map { _ in .operation } }
    /// 3×3 convolutions everywhere.
    public var largest: [UInt8] { genes.map { _ in 3 } }
    /// Skips everywhere.
    public var smallest: [UInt8] { genes.map { _ in NATSCell.skip } }
    /// The cell of 1×1 and that of 3×3 convolutions: each edge shares the weights of each of its operations.
    public var covering: [[UInt8]] { [UInt8](2...3).map { operation in genes.map { _ in operation } } }

    /// The node's name with the operation's: the two convolutions that an edge may hold share nothing.
    public func sharedName(ofNode index: Int, in network: Network) -> String {
        let node = network.nodes[index]
        guard let edge = node.name.range(ofLast: ".op.") else { return node.name }
        guard node.name.contains(".layers."), let kernel = network.kernel(at: index) else { return node.name }
        return node.name[..<edge.lowerBound] + ".\(NATSCell.operations[kernel == 1 ? 2 : 3])"
            + node.name[edge.lowerBound...]
    }
}

extension Network {
    /// The kernel of a convolution, or of the one that node `index` reads.
    fileprivate func kernel(at index: Int) -> Int? {
        if case .convolution(let convolution) = nodes[index].layer { return convolution.window.kernel }
        guard let input = nodes[index].inputs.first, case .convolution(let convolution) = nodes[input].layer else {
            return nil
        }
        return convolution.window.kernel
    }
}

extension String {
    /// Where `text` stands for the last time.
    fileprivate func range(ofLast text: String) -> Range<Index>? {
        var start = endIndex
        while start > startIndex {
            start = index(before: start)
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
        }
        return nil
    }
}
