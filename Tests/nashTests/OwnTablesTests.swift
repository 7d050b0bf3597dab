import Foundation
import Testing

/// The program with tables of a user's own.
@Suite struct OwnTablesTests {
    private static let files = [
        "architectures": "genes\n00000\n77777\n01234\n", "accuracy/svhn": "test@2\n91\n92\n93\n",
        "time/svhn": "train@2\n10.5\n20\n30\n", "curves/svhn.2.1.train_accuracy": "1,2\n1,2\n3,4\n,\n",
        "curves/svhn.2.1.test_accuracy": "1,2\n5,6\n7,\n,\n", "curves/svhn.2.1.train_time": "1,2\n5,5.5\n9,9\n,\n",
    ]

    /// What `nash --csv -c PROGRAM` prints on its two outputs.
    private func nash(_ program: String) throws -> (output: [String], errors: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nash-own-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in Self.files {
            let file = folder.appendingPathComponent("nats-size/\(name).csv")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: PseudoTerminal.binary)
        process.arguments = ["--csv", "-c", program]
        process.environment = ["NASH_TABLES": folder.path, "NASH_HISTORY": "", "PATH": "/usr/bin:/bin"]
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text.split(separator: "\n").map(String.init), complaints)
    }

    @Test func queryFindsNewDataSetsAndTimes() throws {
        let (rows, _) = try nash(
            "nats_size | enumerate | query accuracy, data: svhn | query train_time, data: svhn "
                + "| where .accuracy > 91.5% | select .accuracy, .train_time")
        #expect(rows == ["accuracy (%),train_time (s)", "93.0,30.0", "92.0,20.0"])
    }

    @Test func curvesHaveARowForEachEpoch() throws {
        let (rows, _) = try nash("nats_size | enumerate | curves data: svhn | drop .arch, .train_loss, .loss")
        #expect(
            rows == [
                "epoch,train_accuracy (%),accuracy (%),train_time (s)", "1,1.0,5.0,5.0", "2,2.0,6.0,5.5",
                "1,3.0,7.0,9.0", "2,4.0,,9.0",
            ])
    }

    @Test func tablesListsThem() throws {
        let (rows, _) = try nash("tables | where .source == \"user\" | drop .split, .device")
        #expect(
            rows == [
                "space,metric,data,epochs,training,rows,source", "nats_size,accuracy,svhn,2,,3,user",
                "nats_size,train_time,svhn,2,,3,user", "nats_size,curves,svhn,2,1,3,user",
            ])
    }

    @Test(arguments: [
        ("nb201 | sample 2 | curves data: cifar10", "there are no learning curves of nb201: nash ships none;"),
        ("nats_size | sample 2 | curves data: svhn, split: val", "has no split “val”: there is test"),
        ("nb201 | sample 2 | query train_time, data: cifar10", "there are no training times of nb201"),
        ("nats_size | sample 2 | query train_time, data: svhn, split: val", "a training time has no split"),
    ])
    func whatIsMissingIsSaid(_ program: String, _ text: String) throws {
        let errors = try nash(program).errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(errors.contains(text), "\(errors)")
    }
}
