// The nash side of scripts/bench-tables, which compiles it with the language as a program of its own.
#if BENCHMARK
    @main enum TablesBenchmark {
        /// Times each operation on the tables that the arguments name: one JSON object, milliseconds by operation.
        static func main() throws {
            let (path, otherPath) = (CommandLine.arguments[1], CommandLine.arguments[2])
            var results = Record()
            let table = try TableFile.read(path)
            let other = try TableFile.read(otherPath)
            func time(_ name: String, _ body: () throws -> Table) throws {
                results[name] = .float(try median(of: body))
            }
            let (latency, params) = (try table.column("latency"), try table.column("params"))
            try time("read") { try TableFile.read(path) }
            try time("filter") {
                let fast = try Kernels.apply(.less, .column(latency), .constant(.float(0.5)), count: table.rowCount)
                let small = try Kernels.apply(.less, .column(params), .constant(.int(700)), count: table.rowCount)
                return try table.filtered(by: try Kernels.apply(.and, fast, small, count: table.rowCount))
            }
            for name in ["latency", "params", "device", "name"] {
                try time("sort \(name)") { try table.sorted(by: [(column: name, descending: false)]) }
            }
            try time("join id") { try table.joined(with: other, on: ["id"]) }
            try time("join name") { try table.joined(with: other.dropping(["id"]), on: ["name"]) }
            try time("group") {
                try table.grouped(
                    by: [try table.column("device")], [Aggregation(.mean, of: latency), Aggregation(.max, of: params)])
            }
            print(JSONText.text(.record(results)))
        }

        /// The median time of five runs in milliseconds.
        private static func median(of body: () throws -> Table) throws -> Double {
            var times: [Double] = []
            for _ in 0..<5 {
                let start = ContinuousClock.now
                guard try body().rowCount > 0 else { throw TableError("an operation gave no rows") }
                times.append((ContinuousClock.now - start) / .milliseconds(1))
            }
            return times.sorted()[2]
        }
    }
#endif
