import Testing

@testable import KizunaWeb

/// Which addresses may be called, by their bytes and by their text.
@Suite struct ReachTests {
    // MARK: Addresses

    @Test(
        arguments: [
            ("0.0.0.0", .v4(0)), ("192.0.2.1", .v4(0xC000_0201)), ("255.255.255.255", .v4(.max)),
            ("::", .v6(high: 0, low: 0)), ("::1", .v6(high: 0, low: 1)), ("1::", .v6(high: 1 << 48, low: 0)),
            ("2001:DB8::8:800:200c:417a", .v6(high: 0x2001_0DB8_0000_0000, low: 0x0008_0800_200C_417A)),
            ("1:2:3:4:5:6:7:8", .v6(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0007_0008)),
            ("1:2:3:4:5:6:7::", .v6(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0007_0000)),
            ("::ffff:127.0.0.1", .v6(high: 0, low: 0xFFFF_7F00_0001)),
            ("64:ff9b::10.0.0.1", .v6(high: 0x0064_FF9B_0000_0000, low: 0x0A00_0001)),
        ] as [(String, IPAddress)]
    )
    func addressesAreRead(text: String, address: IPAddress) {
        #expect(IPAddress(text) == address)
    }

    @Test(arguments: [
        "", "1", "127.1", "127.0.1", "127.0.0.1.", "127.0.0.1.1", "256.0.0.1", "0177.0.0.1", "01.2.3.4", "0x7f.0.0.1",
        "2130706433", "1.2.3.-4", "+1.2.3.4", "1.2.3.", "1..2.3", " 1.2.3.4", "１.2.3.4", ":", ":::", "1::2::3", "1:2",
        "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::12345", "::g", "fe80::1%eth0", "::1.2.3", "1.2.3.4::",
        "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "[::1]",
    ])
    func otherTextIsNoAddress(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func bytesAreTakenByFamily() {
        #expect(IPAddress(bytes: [127, 0, 0, 1]) == .v4(0x7F00_0001))
        #expect(IPAddress(bytes: [UInt8](repeating: 0, count: 15) + [1]) == IPAddress("::1"))
        for count in [0, 3, 5, 15, 17] { #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count)) == nil) }
    }

    // MARK: Blocks

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.1", "10.0.0.1", true),
        ("10.0.0.1/32", "10.0.0.2", false), ("0.0.0.0/0", "255.1.2.3", true), ("0.0.0.0/0", "::1", false),
        ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::", false), ("::/0", "1.2.3.4", false),
        ("2001:db8::/65", "2001:db8::7fff:0:0:1", true), ("2001:db8::/65", "2001:db8::8000:0:0:1", false),
        ("::1", "::1", true), ("::1/128", "::2", false),
    ])
    func blocksHoldWhatBeginsLikeThem(block: String, address: String, isInside: Bool) throws {
        let address = try #require(IPAddress(address))
        #expect(try #require(AddressBlock(block)).contains(address) == isInside)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.1/8", "::1/64",
        "::/129", "10/8", "bank.example/8", "10.0.0.0/٨",
    ])
    func otherTextIsNoBlock(text: String) {
        #expect(AddressBlock(text) == nil)
    }

    // MARK: What is public

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
        "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
        "2000::1", "2001:200::1", "2606:4700:4700::1111", "3ffe::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
    ])
    func theInternetMayBeReached(text: String) throws {
        #expect(Reach.internet.permits(try #require(IPAddress(text))))
    }

    @Test(arguments: [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.100.100.200", "100.127.255.255",
        "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.0", "169.254.169.254", "172.16.0.0",
        "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0.0.0.0", "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8", "100::1", "1fff:ffff::", "4000::",
        "2001::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "3fff:fff::1",
        "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ffff::",
    ])
    func whatIsNotPublicIsHeldBackUnlessAllowed(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!Reach.internet.permits(address))
        let everything = try ["0.0.0.0/0", "::/0"].map { try #require(AddressBlock($0)) }
        #expect(Reach(allowing: everything).permits(address))
    }

    @Test func anAllowedBlockOpensItselfOnly() throws {
        let reach = Reach(allowing: [try #require(AddressBlock("10.20.0.0/16"))])
        for (text, isOpen) in [
            ("10.20.255.255", true), ("::ffff:10.20.0.1", true), ("64:ff9b::10.20.0.1", true), ("10.21.0.0", false),
            ("127.0.0.1", false), ("1.1.1.1", true),
        ] {
            #expect(reach.permits(try #require(IPAddress(text))) == isOpen, "\(text)")
        }
    }

    // MARK: Texts of destinations

    @Test(arguments: [
        ("https://bank.example", "https://bank.example"), ("HTTPS://Bank.Example/k/", "https://Bank.Example/k"),
        ("https://bank.example:8443/a//b//", "https://bank.example:8443/a//b"),
        ("https://1.1.1.1:1/", "https://1.1.1.1:1"),
        ("https://[2606:4700::1]:65535/x", "https://[2606:4700::1]:65535/x"),
        ("https://xn--bcher-kva.example/%20;a=b", "https://xn--bcher-kva.example/%20;a=b"),
        ("https://1.1.1.1.example", "https://1.1.1.1.example"), ("https://0x.example", "https://0x.example"),
    ])
    func destinationsAreTaken(text: String, kept: String) throws {
        #expect(try DestinationURL(text, within: .internet).description == kept)
    }

    @Test(
        arguments: [
            ("", .malformed), ("bank.example", .malformed), ("//bank.example", .malformed), ("https:bank", .malformed),
            ("https:///k", .malformed), ("https://", .malformed), ("ftp://bank.example", .malformed),
            ("file:///etc/passwd", .malformed), ("javascript://bank.example", .malformed),
            ("https://bank example", .malformed), ("https://bank.example\n", .malformed),
            ("https://bank.example\\@10.0.0.1", .malformed), ("https://銀行.example", .malformed),
            ("https://bank%2eexample", .malformed), ("https://bank_x.example", .malformed),
            ("https://-bank.example", .malformed), ("https://bank..example", .malformed),
            ("https://bank.example.", .malformed), ("https://[::1", .malformed), ("https://[1.1.1.1]", .malformed),
            ("https://[fe80::1%25eth0]", .malformed), ("https://bank.example:", .malformed),
            ("https://bank.example:0", .malformed), ("https://bank.example:65536", .malformed),
            ("https://bank.example:+1", .malformed), ("https://bank.example:1:2", .malformed),
            ("https://::1", .malformed), ("https://2606:4700::1", .malformed),
            ("http://bank.example", .notEncrypted), ("http://127.0.0.1", .notEncrypted),
            ("https://bank.example?x=1", .hasQuery), ("https://bank.example/k#x", .hasQuery),
            ("https://bank.example#@10.0.0.1", .hasQuery),
            ("https://user@bank.example", .namesUser), ("https://user:word@bank.example", .namesUser),
            ("https://bank.example@127.0.0.1", .namesUser), ("https://127.0.0.1:80@bank.example", .namesUser),
            ("https://2130706433", .unclearAddress), ("https://017700000001", .unclearAddress),
            ("https://0x7f000001", .unclearAddress), ("https://0X7F.1", .unclearAddress),
            ("https://0x7f.0.0.0x1", .unclearAddress), ("https://0177.0.0.1", .unclearAddress),
            ("https://127.1", .unclearAddress), ("https://127.0.1", .unclearAddress), ("https://0", .unclearAddress),
            ("https://bank.1", .unclearAddress), ("https://1.1.1.1.1", .unclearAddress),
            ("https://127.0.0.1", .notReachable), ("https://10.0.0.1/k", .notReachable),
            ("https://0.0.0.0:8080", .notReachable), ("https://169.254.169.254/latest/meta-data", .notReachable),
            ("https://localhost", .notReachable), ("https://LocalHost:8443/k", .notReachable),
            ("https://a.b.localhost", .notReachable), ("https://[::1]", .notReachable),
            ("https://[::ffff:127.0.0.1]", .notReachable), ("https://[::ffff:7f00:1]", .notReachable),
            ("https://[64:ff9b::7f00:1]", .notReachable), ("https://[2002:7f00:1::]", .notReachable),
            ("https://[fd00:ec2::254]", .notReachable), ("https://[::]", .notReachable),
        ] as [(String, DestinationFault)]
    )
    func otherDestinationsAreRefusedByName(text: String, fault: DestinationFault) {
        #expect(throws: fault) { try DestinationURL(text, within: .internet) }
        #expect(!fault.sentence.contains("127.0.0.1"))
    }

    @Test(arguments: [(0, true), (1, false)])
    func aDestinationHasALength(excess: Int, isTaken: Bool) throws {
        let start = "https://bank.example/"
        let text = start + String(repeating: "a", count: 512 - start.utf8.count + excess)
        let isAccepted = (try? DestinationURL(text, within: .internet)) != nil
        #expect(isAccepted == isTaken)
        if !isTaken { #expect(throws: DestinationFault.tooLong) { try DestinationURL(text, within: .internet) } }
    }

    @Test func theOperatorMayAllowMore() throws {
        for text in ["http://127.0.0.1:8080", "http://localhost", "https://[::1]", "http://bank.example"] {
            #expect(try DestinationURL(text, within: .loopback).description == text)
        }
        #expect(throws: DestinationFault.notReachable) { try DestinationURL("http://10.0.0.1", within: .loopback) }
        #expect(throws: DestinationFault.unclearAddress) { try DestinationURL("http://127.1", within: .loopback) }
    }
}
