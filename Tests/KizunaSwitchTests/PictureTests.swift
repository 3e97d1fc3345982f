import KizunaSimulation
import Testing

/// The pictures of the documentation that are drawn from the code's own tables.
@Suite struct PictureTests {
    @Test func theStatesOfAPaymentAreDrawnAsTheyAre() throws {
        try DrawnPicture("states.svg").check(PaymentPicture.drawn())
    }
}
