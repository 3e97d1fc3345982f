package import KizunaWeb

/// The shops of the demo, with codes of the vector files.
package struct DemoShop {
    package let payload: String
    package let registration: JSON

    /// A printed JPQR (vector `v-jm-007`).
    package static let kizunaShoten = DemoShop(
        payload: "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600"
            + "000104060000015204549953033925802JP5913KIZUNA SHOTEN6010CHIYODA-KU6107"
            + "100000164200002JA0110きずな商店ー東京駅前63041349",
        registration: [
            "code": [
                "scheme": "jpqr", "storeId": "0000000000001", "level2": "0001", "level3": "000001",
                "level4": "000001",
            ],
            "name": "KIZUNA SHOTEN", "localName": "きずな商店 東京駅前", "city": "Tokyo", "categoryCode": "5812",
            "acceptsForeignPayers": true,
        ]
    )

    /// A printed KHQR of a shop (vector `v-km-013`).
    package static let kizunaCafe = DemoShop(
        payload: "00020101021130520016kizuna_cafe@aclb0109KZN0001230215ACLEDA Bank Plc52"
            + "04581453031165802KH5911Kizuna Cafe6010Phnom Penh63048376",
        registration: [
            "code": ["scheme": "khqr", "account": "kizuna_cafe@aclb", "merchantId": "KZN000123"],
            "name": "Kizuna Cafe", "localName": "គីហ្ស៊ូណា កាហ្វេ", "city": "Phnom Penh", "categoryCode": "5814",
            "acceptsForeignPayers": true,
        ]
    )
}

extension DemoShop {
    /// A printed KHQR in dollars (vector `v-km-012`).
    package static let klaingCafe = DemoShop(
        payload: "00020101021130500016orbpkhppxxx@orbp01090001003820213Oriental Bank5204"
            + "599953038405802KH5920Café Klaing Co., Ltd6010Phnom Penh991700131669860"
            + "4339146304C372",
        registration: [
            "code": ["scheme": "khqr", "account": "orbpkhppxxx@orbp", "merchantId": "000100382"],
            "name": "Cafe Klaing Co., Ltd", "localName": "កាហ្វេ ឃ្លាំង", "city": "Phnom Penh", "categoryCode": "5814",
            "acceptsForeignPayers": true,
        ]
    )
}

/// The payers of the demo.
package struct DemoPayer {
    package let name: String
    package let account: String

    package static let sokhaRiel = DemoPayer(name: "Chan Sokha", account: "001-234-567-KHR")
    package static let sokhaDollars = DemoPayer(name: "Chan Sokha", account: "001-234-567-USD")
    package static let yuki = DemoPayer(name: "Tanaka Yuki", account: "wallet-090-yuki")
}
