public import Language
import Spaces

extension Vocabulary {
    /// All words and constants of nash. To add one, add its line.
    public static let nash = Vocabulary(
        words: [
            // Spaces and architectures
            Word(ListSpaces.self), Word(DefineSpace.self), Word(OFACommand.self), Word(Sample.self),
            Word(Enumerate.self), Word(Count.self),
            Word(Arch.self), Word(Neighbors.self), Word(Mutate.self), Word(Crossover.self), Word(Encode.self),
            // Networks and data
            Word(MakeNetwork.self), Word(LoadWeights.self), Word(DataCommand.self),
            Word(Train.self), Word(Retrain.self), Word(Evaluate.self), Word(TrainAccuracy.self), Word(Extract.self),
            // Studies
            Word(HalvingCommand.self), Word(HyperbandCommand.self), Word(ASHACommand.self), Word(PASHACommand.self),
            Word(BOHBCommand.self), Word(OneEpochCommand.self), Word(StopEarly.self), Word(WhatIfCommand.self),
            Word(ListStudies.self), Word(FindStudy.self), Word(ListTrials.self), Word(Resume.self),
            Word(RemoveStudy.self),
            // Measuring and asking
            Word(Cost.self), Word(Query.self), Word(Curves.self), Word(ListTables.self), Word(Score.self),
            Word(ListProxies.self),
            Word(MeasureCommand.self), Word(RooflineCommand.self), Word(Lookup.self), Word(Limit.self),
            Word(Measured.self),
            // Tables
            Word(Where.self), Word(Sort.self), Word(First.self), Word(Last.self), Word(Skip.self), Word(Draw.self),
            Word(Top.self), Word(Select.self), Word(Drop.self), Word(Rename.self), Word(Derive.self), Word(Join.self),
            Word(Group.self), Word(Summarize.self), Word(Distinct.self), Word(Append.self), Word(Columns.self),
            Word(Describe.self), Word(Explain.self), Word(AsTable.self), Word(Each.self),
            // Analysis
            Word(Correlate.self), Word(Rank.self), Word(AuditCommand.self), Word(ParetoFront.self),
            Word(HypervolumeCommand.self), Word(Extrapolate.self), Word(Mean.self), Word(Sum.self), Word(Median.self),
            Word(Std.self), Word(Min.self), Word(Max.self),
            // Predictors
            Word(Fit.self), Word(Predict.self), Word(Validate.self), Word(ImportanceCommand.self),
            Word(ListPredictors.self), Word(LoadPredictor.self), Word(LoadSupernet.self),
            // Search
            Word(SearchCommand.self), Word(Compare.self),
            // Plotting
            Word(Plot.self), Word(Replot.self),
            // Files
            Word(Load.self), Word(Save.self), Word(Export.self), Word(ImportNetwork.self),
            // The language
            Word(HelpCommand.self), Word(TypeOf.self), Word(Fail.self),
        ],
        constants: spaces + DataSetHandle.constants + DataSetName.entries + DeviceName.entries + ProxyName.entries,
        handles: [
            SpaceHandle.self, SupernetHandle.self, ArchitectureHandle.self, NetworkHandle.self, StudyHandle.self,
            DataSetHandle.self, PredictorHandle.self, LookupHandle.self, FigureHandle.self, TextHandle.self,
        ])

    private static var spaces: [Entry] {
        Spaces.all.map { space in
            Entry(
                ConstantName(space.name, space.summary), kind: SpaceHandle.typeName, value: .handle(SpaceHandle(space)))
        }
    }
}
