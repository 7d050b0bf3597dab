import Networks

/// The steps of a plan without those that would compute again what an earlier one has computed: a layer without
/// parameters and statistics over the same inputs.
///
/// The edges of a cell that leave one node begin with the same activation, or are the same pool. A cell of NAS-Bench-201
/// of six 3×3 convolutions so computes three activations instead of six. The results are the same to the last bit;
/// gradients that flow together at a node may be added in another order.
struct SharedSteps: Sendable {
    /// The steps that are left, in execution order.
    let steps: [Plan.Step]
    /// The node that holds the network's output.
    let output: Int

    init(_ steps: [Plan.Step], of network: Network) {
        var stands = Array(network.nodes.indices)
        var seen: [Work: Int] = [:]
        var left: [Plan.Step] = []
        for var step in steps {
            step.inputs = step.inputs.map { stands[$0] }
            let work = Work(layer: network.nodes[step.node].layer, inputs: step.inputs)
            if step.weight == nil, step.norm == nil, let earlier = seen[work] {
                stands[step.node] = earlier
                continue
            }
            seen[work] = step.node
            left.append(step)
        }
        output = stands[network.output]
        self.steps = left.releasing(allBut: output)
    }

    private struct Work: Hashable {
        let layer: Layer
        let inputs: [Int]
    }
}
