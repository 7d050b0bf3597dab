import Networks
import Testing

@Test func neighbouringModulesOfOneShapeAreTold() throws {
    var net = NetworkBuilder(input: Shape(3, 8, 8))
    var x = try net.convolution(net.input, "stem.0", to: 4, Layer.Window(3))
    x = try net.batchNorm(x, "stem.1")
    for cell in 0..<3 {
        let stride = cell == 2 ? 2 : 1
        x = try net.convolution(try net.activation(x), "cells.\(cell).op.1", to: 4, Layer.Window(3, stride: stride))
    }
    x = try net.classifier(x, "classifier", classes: 2)
    let blocks = net.finish(x).blocks
    #expect(blocks.map(\.name) == ["stem", "cells.0–1", "cells.2", "classifier"])
    #expect(blocks.map(\.output) == [Shape(4, 8, 8), Shape(4, 8, 8), Shape(4, 4, 4), Shape(2)])
    #expect(blocks.map(\.parameters) == [116, 288, 144, 10])
}
