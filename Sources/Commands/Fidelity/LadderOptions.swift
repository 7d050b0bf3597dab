import Language
import Search

/// The epochs at which trials are compared: the options that all schedules by halving share.
struct LadderOptions: ParameterGroup {
    @Option("the fewest epochs of a trial") var min = Epochs(1)
    @Option("the most epochs of a trial") var max = Epochs(27)
    @Option("one in so many trials goes on, for so many times as many epochs") var eta = 3.0

    /// The settings of a schedule, for so many trials.
    func settings(trials: Int? = nil) -> ScheduleSettings {
        var settings = ScheduleSettings(max: max.count, trials: trials)
        (settings.min, settings.eta) = (min.count, eta)
        return settings
    }
}

/// Epochs to compare trials at, instead of those that follow from min, max and η.
struct RungOptions: ParameterGroup {
    @Option("the epochs at which trials are compared, in place of those that follow") var rungs: [Epochs] = []

    /// Puts them into the settings of a schedule.
    func apply(to settings: inout ScheduleSettings) {
        if !rungs.isEmpty { settings.rungs = rungs.map(\.count) }
    }
}
