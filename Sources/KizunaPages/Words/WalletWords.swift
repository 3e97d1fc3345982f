/// What the wallet says.
package struct WalletWords: Sendable {
    let chooseTitle: String
    let chooseLead: String
    let balance: String
    let change: String

    let scanTitle: String
    let scanLead: String
    let useCamera: String
    let camera: String
    let looking: String
    let cameraRefused: String
    let nothingFound: String
    let picture: String
    let pictureHint: String
    let readPicture: String
    let paste: String
    let readCode: String
    let samples: String
    let otherWays: String

    let shopByBank: @Sendable (String) -> String
    let city: String
    let codeSays: String
    let nameDiffers: String
    let reference: String

    let amountTitle: String
    let amount: String
    let amountFixed: String
    let currency: String
    let inShops: @Sendable (String) -> String
    let inYours: @Sendable (String) -> String
    let yourCurrencyHint: String
    let seePrice: String

    let offerTitle: String
    let youPay: String
    let shopReceives: String
    let rate: String
    let midRate: String
    let markup: String
    let exchanged: String
    let feeOf: @Sendable (String) -> String
    let total: String
    let details: String
    let heldFor: String
    let lapsed: String
    let newPrice: String
    let pay: @Sendable (String) -> String
    let cancel: String
    let duplicate: String

    let pendingTitle: String
    let setAside: @Sendable (String) -> String
    let checked: String
    let askedBank: String
    let shopPaid: String
    let waitingTitle: String
    let waiting: String
    let paidTitle: String
    let paid: @Sendable (_ shop: String, _ amount: String) -> String
    let refusedTitle: String
    let nothingTaken: String
    let receipt: String
    let another: String

    let history: String
    let noHistory: String
    let wholeHistory: String
    let refundArrived: @Sendable (String) -> String
}
