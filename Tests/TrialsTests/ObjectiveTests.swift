import Testing
import Trials

@Suite struct ObjectiveTests {
    @Test func `a failure says why`() {
        #expect("\(TrialFailure("the loss is not a number"))" == "the loss is not a number")
    }
}
