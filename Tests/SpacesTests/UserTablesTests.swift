import Foundation
import Spaces
import Testing

/// Tables of a user beside the shipped ones.
@Suite struct UserTablesTests {
    private let macro = [UInt8](repeating: 0, count: 8)

    /// A shipped and a user's folder, of two architectures in different orders.
    private func folders(_ own: [String: String]) throws -> ScratchTables {
        let scratch = ScratchTables(userFolder: "own")
        for (file, text) in [
            "architectures": "genes\n00000000\n00000001\n", "accuracy/cifar10": "test@50\n90\n80\n",
            "cost/params": "params\n7\n8\n",
        ] { try scratch.write(text, to: "macro/\(file).csv") }
        for (file, text) in own { try scratch.write(text, to: "own/\(file).csv") }
        return scratch
    }

    @Test func addDataSetsEpochsAndDevices() throws {
        let scratch = try folders([
            "macro/accuracy/svhn": "test@20,test@20#777\n1,2\n3,4\n",
            "macro/accuracy/cifar10": "val@50,test@90\n5,6\n7,8\n",
            "macro/latency/my_phone": "my_phone\n1.5\n2.5\n",
        ])
        let tables = scratch.tables
        #expect(try tables.dataSets(space: "macro") == ["cifar10", "svhn"])
        #expect(try tables.accuracy(space: "macro", data: "svhn", training: 777).value(for: macro) == 2)
        #expect(try tables.accuracy(space: "macro", data: "cifar10", split: .validation, epochs: 50)[1] == 7)
        #expect(try tables.accuracy(space: "macro", data: "cifar10")[0] == 6, "the longest training")
        #expect(try tables.accuracy(space: "macro", data: "cifar10", epochs: 50)[0] == 90)
        #expect(try tables.latency(space: "macro", device: "my-phone").value(for: macro) == 1.5)
    }

    @Test func mayListOtherArchitectures() throws {
        let scratch = try folders([
            "macro/architectures": "genes\n22222222\n00000000\n", "macro/accuracy/svhn": "test@20\n1\n2\n",
        ])
        #expect(try scratch.tables.accuracy(space: "macro", data: "svhn").value(for: macro) == 2)
        #expect(try scratch.tables.accuracy(space: "macro", data: "cifar10").value(for: macro) == 90)
    }

    @Test func shippedAnswersStay() throws {
        let scratch = try folders(["macro/accuracy/cifar10": "test@50\n1\n2\n", "macro/cost/params": "params\n1\n2\n"])
        #expect(try scratch.tables.accuracy(space: "macro", data: "cifar10").values == [90, 80])
        #expect(try scratch.tables.cost("params", space: "macro").values == [7, 8])
    }

    @Test func trainingTimesAreInSeconds() throws {
        let scratch = try folders(["macro/time/cifar10": "train@50,train@50#1\n100.5,100\n,7\n"])
        let column = try scratch.tables.trainingTime(space: "macro", data: "cifar10")
        #expect(column.unit == .seconds && column[0] == 100.5 && column[1] == nil)
        #expect(try scratch.tables.trainingTime(space: "macro", data: "cifar10", training: 1)[1] == 7)
    }

    @Test func whatIsNotShippedSaysHowToGetIt() throws {
        for body in [
            { _ = try Tables.shipped.trainingTime(space: "nb201", data: "cifar10") },
            { _ = try Tables.shipped.curves(space: "nb201", data: "cifar10") },
            { _ = try Tables.shipped.accuracy(space: "nats_size", data: "cifar10") },
        ] as [() throws -> Void] {
            let error = try #require(throws: MeasurementError.self) { try body() }
            #expect("\(error)".contains("nash ships none; `scripts/import-nats FOLDER`"), "\(error)")
        }
        let error = try #require(throws: MeasurementError.self) {
            try Tables.shipped.curves(space: "macro", data: "cifar10")
        }
        #expect("\(error)".contains("docs/tables.md"), "\(error)")
    }

    @Test func whatIsBrokenIsTheUsersOwn() throws {
        let scratch = try folders(["macro/accuracy/svhn": "test@20\nx\n2\n"])
        let error = try #require(throws: MeasurementError.self) {
            try scratch.tables.accuracy(space: "macro", data: "svhn")
        }
        #expect(
            "\(error)".contains("line 2: expected 1 plain number between commas; it is a table of your own"), "\(error)"
        )
    }

    @Test func namesThatCannotBeSaidArePassedOver() throws {
        let scratch = try folders([
            "macro/latency/7th": "x\n1\n2\n", "macro/latency/a b": "x\n1\n2\n", "macro/latency/good": "good\n1\n2\n",
        ])
        #expect(try scratch.tables.devices(space: "macro") == ["good"])
    }

    @Test func aFolderThatDoesNotExistHoldsNone() throws {
        let tables = Tables(folder: "/nowhere", userFolder: "/nowhere either")
        #expect(try tables.devices(space: "nats_size").isEmpty)
    }

    @Test func theUsersFolderIsFound() {
        func folder(_ environment: [String: String]) -> String? { Tables.userFolder { environment[$0] } }
        #expect(folder(["NASH_TABLES": "/t", "XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/t")
        #expect(folder(["NASH_TABLES": "", "XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/x/nash/tables")
        #expect(folder(["XDG_DATA_HOME": "relative", "HOME": "/h"]) == "/h/.local/share/nash/tables")
        #expect(folder([:]) == nil)
    }

    @Test func allOfItIsListed() throws {
        let scratch = try folders([
            "macro/time/cifar10": "train@50\n1\n2\n", "macro/latency/phone": "phone\n1\n2\n",
            "macro/curves/svhn.3.777.train_loss": "1,2,3\n1,2,3\n1,2,3\n",
            "macro/curves/svhn.3.777.val_accuracy": "1,2,3\n1,2,3\n1,2,3\n",
        ])
        let entries = try scratch.tables.entries(space: "macro")
        #expect(entries.map(\.metric) == ["accuracy", "train_time", "latency", "params", "curves"])
        #expect(entries.map(\.origin) == [.shipped, .user, .user, .shipped, .user])
        #expect(entries.allSatisfy { $0.rows == 2 })
        #expect(entries[4].data == "svhn" && entries[4].epochs == 3 && entries[4].training == 777)
    }
}

@Suite struct LearningCurveTableTests {
    private func scratch(_ files: [String: String]) throws -> Tables {
        let scratch = ScratchTables(userFolder: "own", keepsFolder: true)
        try scratch.write("genes\n00000\n77777\n01234\n", to: "own/nats-size/architectures.csv")
        for (name, rows) in files { try scratch.write("1,2\n\(rows)\n", to: "own/nats-size/curves/\(name).csv") }
        return scratch.tables
    }

    @Test func meansAreOverTheTrainingsThatHaveTheValue() throws {
        let tables = try scratch([
            "cifar10.2.777.val_accuracy": "10,20\n30,40\n,", "cifar10.2.888.val_accuracy": "20,40\n,50\n,",
            "cifar10.2.777.train_time": "1,2\n3,4\n5,6",
        ])
        let curves = try tables.curves(space: "nats_size", data: "cifar10")
        #expect(curves.metrics == [.trainTime, .accuracy])
        #expect(curves.trainings == [777, 888] && curves.split == .validation && curves.epochs == 2)
        #expect(try curves.values(of: .accuracy, rows: [1, 0]) == [30, 45, 15, 30])
        #expect(try curves.values(of: .accuracy, rows: [2]).allSatisfy(\.isNaN))
        #expect(try curves.values(of: .loss, rows: [2]).allSatisfy(\.isNaN))
        let one = try tables.curves(space: "nats_size", data: "cifar10", training: 888)
        #expect(try one.values(of: .accuracy, rows: [0]) == [20, 40])
        #expect(one.index.row(of: [0, 1, 2, 3, 4]) == 2)
    }

    @Test func theSplitIsTheFirstThatThereIs() throws {
        let tables = try scratch([
            "svhn.2.1.valtest_accuracy": "1,2\n3,4\n5,6", "svhn.2.1.test_accuracy": "7,8\n3,4\n5,6",
        ])
        #expect(try tables.curves(space: "nats_size", data: "svhn").split == .test)
        let curves = try tables.curves(space: "nats_size", data: "svhn", split: .validationAndTest)
        #expect(try curves.values(of: .accuracy, rows: [0]) == [1, 2])
    }

    @Test(arguments: [
        ("cifar1O", 2, 777, "has no data set “cifar1O”: there is cifar10; did you mean cifar10?"),
        ("cifar10", 3, 777, "on cifar10 has no number of epochs “3”: there is 2"),
        ("cifar10", 2, 778, "has no training “778”: there is 777"),
    ])
    func whatThereIsNotIsNamed(_ data: String, _ epochs: Int, _ training: Int, _ text: String) throws {
        let tables = try scratch(["cifar10.2.777.val_accuracy": "1,2\n3,4\n5,6"])
        let error = try #require(throws: MeasurementError.self) {
            try tables.curves(space: "nats_size", data: data, epochs: epochs, training: training)
        }
        #expect("\(error)".contains(text), "\(error)")
    }

    @Test(arguments: [
        ("1,2\n3,4", 4, "3 rows"), ("1,2\n3,4\n5,6\n7,8", 6, "3 rows"), ("1,2\n3,4\n5", 4, "2 plain numbers"),
        ("1,2\n3,4\n5,6,7", 4, "2 plain numbers"), ("1,2\n3,4\n5,-6", 4, "2 plain numbers"),
    ])
    func damageIsNamedByItsLine(_ rows: String, _ line: Int, _ expected: String) throws {
        let curves = try scratch(["cifar10.2.777.val_accuracy": rows]).curves(space: "nats_size", data: "cifar10")
        let error = try #require(throws: MeasurementError.self) { try curves.values(of: .accuracy, rows: [0, 2]) }
        guard case .malformed(_, let found, let wanted, .user) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(found == line && wanted.contains(expected), "\(error)")
    }
}
