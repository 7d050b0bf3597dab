import Language

/// Where learning curves come from: architectures, of which published trainings are asked for, or a study.
enum CurveSource: ValueReadable {
    case architectures(Architectures)
    case study(StudyHandle)

    static let valueType = ValueType.oneOf([
        .handle(StudyHandle.typeName), .handle(ArchitectureHandle.typeName), .table(.unknown),
    ])

    init?(_ value: Value) {
        guard let own = StudyHandle(value).map(Self.study) ?? Architectures(value).map(Self.architectures) else {
            return nil
        }
        self = own
    }
}
