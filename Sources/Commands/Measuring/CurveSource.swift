import Language

/// Where learning curves come from: architectures, of which published trainings are asked for, or a study.
enum CurveSource: ValueConvertible {
    case architectures(Architectures)
    case study(StudyHandle)

    static let valueType = ValueType.oneOf([
        .handle(StudyHandle.typeName), .handle(ArchitectureHandle.typeName), .table(.unknown),
    ])

    init?(_ value: Value) {
        if let study = StudyHandle(value) {
            self = .study(study)
        } else if let architectures = Architectures(value) {
            self = .architectures(architectures)
        } else {
            return nil
        }
    }

    var value: Value {
        switch self {
        case .architectures(let architectures): architectures.value
        case .study(let study): study.value
        }
    }
}
