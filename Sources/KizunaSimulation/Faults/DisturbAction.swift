import KizunaSwitch

/// One message or call about a payment is lost, repeated, turned around, answered late, or answered with nonsense.
struct DisturbAction: Action {
    let place: Disturbance.Place
    let kind: Disturbance.Kind

    var title: String {
        let exchange =
            switch place.exchange {
            case .call(let stage): "\(stage.rawValue) call"
            case .message(let kind): "\(kind)"
            }
        let attempt = place.attempt == 0 ? "every" : "\(place.attempt)."
        return "payment \(place.payment): \(attempt) \(exchange) is \(kind.rawValue)"
    }

    func perform(in world: World) { world.mischief.disturbances[place] = kind }
}

/// A wallet does something wrong when it submits a payment.
struct TwistAction: Action {
    let payment: Int
    let twist: Twist

    var title: String { "payment \(payment): \(twist)" }

    func perform(in world: World) { world.mischief.twists[payment] = twist }
}
