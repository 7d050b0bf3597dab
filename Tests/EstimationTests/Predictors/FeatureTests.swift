import Networks
import Spaces
import Statistics
import Testing

@testable import Estimation

@Suite struct FeatureTests {
    static func features(_ space: any Space, _ families: [FeatureFamily], _ text: String) throws -> [String: Float] {
        let extractor = try FeatureExtractor(space, families)
        let cell = GeneMatrix(space: space.name, length: space.genes.count, [try space.parse(text)])
        return Dictionary(uniqueKeysWithValues: zip(extractor.names, try extractor.values(of: cell)))
    }

    @Test func `what a cell has on its live paths is counted`() throws {
        // Paths 0→3 by 3<-0 (skip) and 0→1→3 by 1<-0 (3×3), 3<-1 (1×1). Node 2 feeds on nothing: 3<-2 is dead.
        let found = try Self.features(
            NATSTopology(), [.graph],
            "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|")
        let expected: [String: Double] = [
            "live operations": 3, "live paths": 1.0986123, "longest path": 2, "shortest path": 1, "deepest path": 2,
            "shallowest path": 0, "paths without weights": 0.6931472, "mean depth": 1, "all nor_conv_3x3": 2,
            "live nor_conv_3x3": 1, "passes nor_conv_3x3": 0.6931472, "paths with nor_conv_3x3": 0.6931472,
            "most nor_conv_3x3": 1, "least nor_conv_3x3": 0, "all none": 2,
        ]
        for (name, value) in expected {
            let number = Double(try #require(found[name]))
            #expect(abs(number - value) < 1e-6, "\(name)")
        }
    }

    @Test func `a cell without a path has none`() throws {
        let found = try Self.features(
            NATSTopology(), [.graph], "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|")
        #expect(found["live operations"] == 0)
        #expect(found["live paths"] == 0)
        #expect(found["longest path"] == -1)
        #expect(found["most nor_conv_3x3"] == -1)
        #expect(found["all nor_conv_3x3"] == 2)
    }

    @Test(arguments: Spaces.all.map(\.name))
    func `the graph's weighted operations and paths agree with a walk over all paths`(_ name: String) throws {
        let space = try #require(Spaces.named(name))
        var random = Random(seed: 4)
        let graphs = space.operationGraphs()
        for _ in 0..<20 {
            let genes = space.genes.map { UInt8(random.below($0.choices.count)) }
            let graph = graphs(genes)
            var after: [Int: [Int]] = [:]
            for edge in graph.edges {
                #expect(edge.source < edge.target)
                after[edge.source, default: []].append(edge.target)
            }
            var (paths, deepest) = (0, -1)
            func walk(_ node: Int, _ depth: Int) {
                if node == graph.kinds.count - 1 {
                    paths += 1
                    deepest = max(deepest, depth)
                    return
                }
                for next in after[node] ?? [] {
                    let kind = graph.kinds[next]
                    if kind >= 0, !space.operationKinds[kind].passes { continue }
                    walk(next, depth + (kind >= 0 && space.operationKinds[kind].isWeighted ? 1 : 0))
                }
            }
            walk(0, 0)
            var counted = LivePaths(graph, space.operationKinds)
            #expect(counted.before[graph.kinds.count - 1] == Double(paths))
            let kinds = space.operationKinds
            #expect(counted.extremes { $0 >= 0 && kinds[$0].isWeighted ? 1 : 0 }.most == Double(deepest))
        }
    }

    @Test(arguments: Spaces.all.map(\.name))
    func `every space has features by every family, the same alone and among others`(_ name: String) throws {
        let space = try #require(Spaces.named(name))
        let families = FeatureFamily.allCases.filter { $0.exists(in: space) }
        let extractor = try FeatureExtractor(space, families)
        #expect(Set(extractor.names).count == extractor.names.count)
        var random = Random(seed: 2)
        let cells = (0..<300).map { _ in
            Architecture(space: name, genes: space.genes.map { UInt8(random.below($0.choices.count)) })
        }
        let matrix = GeneMatrix(space: name, length: space.genes.count, cells)
        let values = try extractor.values(of: matrix)
        #expect(values.allSatisfy { $0.isFinite })
        let width = extractor.names.count
        #expect(try extractor.values(of: matrix.gather([299])) == Array(values[299 * width..<300 * width]))
    }

    @Test func `one-hot, path and choices are the space's own encodings`() throws {
        let space = NATSTopology()
        let cell = space.architecture(at: 9_999)
        let matrix = GeneMatrix(space: space.name, length: 6, [cell])
        for (family, encoding) in [
            (FeatureFamily.adjacency, Encoding.adjacency), (.path, .path), (.categorical, .categorical),
        ] {
            let values = try FeatureExtractor(space, [family]).values(of: matrix)
            #expect(try values == space.encode(cell, as: encoding))
        }
    }

    @Test func `a family that a space lacks is refused`() {
        #expect(throws: PredictorError.self) { try FeatureExtractor(FBNet(), [.path]) }
    }
}
