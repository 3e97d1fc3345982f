"""Strings over which readers of payment codes disagree, made from sound codes by one change each."""

import binascii


def item(tag, value, length=None):
    """A data object; the length in characters unless it is said."""
    return f"{tag:02d}{len(value) if length is None else length:02d}{value}"


def sealed(body):
    text = body + "6304"
    return text + format(binascii.crc_hqx(text.encode("utf-8", "surrogatepass"), 0xFFFF), "04X")


def store(*levels):
    return item(0, "jp.or.paymentsjapan") + "".join(item(tag + 1, level) for tag, level in enumerate(levels))


STORE = store("0000000000001", "0001", "000001", "000001")
VALID_LONG = item(0, "1760000000000") + item(1, "4102444800000")

INDIVIDUAL = {0: "01", 1: "11", 29: item(0, "sok_dara@aclb"), 52: "5999", 53: "116", 58: "KH", 59: "Sok Dara",
              60: "Phnom Penh"}
MERCHANT = {0: "01", 1: "12", 30: item(0, "shop@aclb") + item(1, "KZN01") + item(2, "ACLEDA"), 52: "5812", 53: "840",
            54: "12.75", 58: "KH", 59: "Kizuna Cafe", 60: "Siem Reap", 62: item(1, "INV-1"), 99: VALID_LONG}
JAPANESE = {0: "01", 1: "11", 26: STORE, 52: "5812", 53: "392", 58: "JP", 59: "KIZUNA", 60: "TOKYO", 61: "1000001",
            64: item(0, "JA") + item(1, "きずな")}
BASES = {"individual": INDIVIDUAL, "merchant": MERCHANT, "japanese": JAPANESE}


def row(base, **changes):
    """The objects of a code as texts by tag, with values changed; None takes one away."""
    values = dict(base)
    for name, value in changes.items():
        tag = int(name[1:])
        if value is None:
            values.pop(tag, None)
        else:
            values[tag] = value
    return {tag: item(tag, value) for tag, value in sorted(values.items())}


def text(objects):
    return sealed("".join(objects.values()))


def checksums():
    for name, base in BASES.items():
        sound = text(row(base))
        yield "checksum wrong", name, sound[:-1] + ("0" if sound[-1] != "0" else "1")
        yield "checksum missing", name, sound[:-8]
        yield "checksum in small letters", name, sound[:-4] + sound[-4:].lower()
        yield "checksum of three digits", name, sound[:-8] + "6303" + sound[-4:-1]
        yield "checksum not hexadecimal", name, sound[:-4] + "12G4"
        yield "checksum twice", name, sealed(sound)
        yield "object behind the checksum", name, sound + item(65, "x")
        body = sound[:-8]
        yield "checksum over bytes of Latin-1", name, latin1(body.replace("Dara", "Café").replace("KIZUNA", "CAFÉKZ"))


def latin1(body):
    data = (body + "6304").encode("latin-1", "replace")
    return body + "6304" + format(binascii.crc_hqx(data, 0xFFFF), "04X")


def orders():
    for name, base in BASES.items():
        objects = list(row(base).values())
        yield "00 not first", name, sealed("".join(objects[1:] + objects[:1]))
        yield "objects in reverse", name, sealed("".join(objects[:1] + objects[:0:-1]))
        yield "country before currency", name, sealed("".join(sorted(objects, key=lambda o: o[:2] == "53")))


def duplicates():
    for name, base in BASES.items():
        objects = row(base)
        other = item(53, "840" if base[53] != "840" else "116")
        yield "currency twice, apart", name, sealed("".join(objects.values()) + other)
        yield "currency twice, side by side", name, text({**objects, 53: objects[53] + other})
        yield "name twice", name, sealed("".join(objects.values()) + item(59, "Somebody Else"))
        account = next(tag for tag in (26, 29, 30) if tag in base)
        doubled = base[account] + item(0, "thief@bank")
        yield "account's identifier twice", name, text(row(base, **{f"_{account}": doubled}))
        yield "additional field twice", name, text(row(base, _62=item(1, "A") + item(1, "B")))
    yield "29 and 30 together", "merchant", text(row(MERCHANT, _29=item(0, "thief@bank")))
    yield "29 and 30 together", "individual", text(row(INDIVIDUAL, _30=MERCHANT[30]))
    yield "Bakong account beside JPQR", "japanese", text(row(JAPANESE, _29=item(0, "thief@bank")))
    yield "two JPQR templates", "japanese", text(row(JAPANESE, _27=store("0000000000002", "0001", "000001", "000001")))
    yield "foreign account beside it", "japanese", text(row(JAPANESE, _29=item(0, "com.example.pay") + item(1, "77")))
    yield "card account beside it", "individual", text(row(INDIVIDUAL, _2="4000123456789012"))


def lengths():
    for name, base in BASES.items():
        objects = row(base)
        for shown, kind in [("+2", "length with a sign"), (" 2", "length with a blank"), ("２"[:1] + "2", "length of full width"),
                            ("٠2", "length in Arabic digits"), ("0x", "length not a number")]:
            yield kind, name, text({**objects, 58: "58" + shown + base[58]})
        yield "tag with a sign", name, text({**objects, 65: "+5" + "02ab"})
        yield "name of no length", name, text({**objects, 59: "5900"})
        yield "empty additional data", name, text({**objects, 62: "6200"})
        yield "value past the end", name, sealed("".join(objects.values()) + "6599short")
        yield "length one short", name, text({**objects, 60: item(60, base[60], len(base[60]) - 1)})
        yield "template's field past its end", name, text(row(base, _62="0109short"))
        sound = text(objects)
        yield "blank before", name, " " + sound
        yield "line end behind", name, sound + "\n"
        yield "blank behind", name, sound + " "
        yield "more than 512 characters", name, text({**objects, **{tag: item(tag, "x" * 99) for tag in range(80, 85)}})


AMOUNTS = ["1,00", " 1", "1 ", "1.234", "1e3", "1E3", "0", "0.00", "0.01", ".5", "1.", "-1", "+1", "00001", "1.10",
           "1.1", "12345678901234", "1234567890.12", "٣", "１２", "1_000", "0x10", "NaN", "inf", "1..2", "1.2.3", "$5"]


def amounts():
    for amount in AMOUNTS:
        yield f"amount {amount!r}", "merchant", text(row(MERCHANT, _54=amount))
    for amount in ["50000", "50000.0", "50000.5", "0", "1e3"]:
        riel = row(MERCHANT, _53="116", _54=amount)
        yield f"riel {amount!r}", "merchant", text(riel)
    for amount in ["100", "100.0", "100.50", "0", "1e3"]:
        yield f"yen {amount!r}", "japanese", text(row(JAPANESE, _1="12", _54=amount))


KHMER, EMOJI = "ភ្នំពេញ", "Cafe 😀"


def scripts():
    for name, base in BASES.items():
        objects = row(base)
        local = item(0, "km") + item(1, KHMER)
        yield "Khmer name, counted in characters", name, text({**objects, 59: item(59, KHMER)})
        yield "Khmer name, counted in bytes", name, text({**objects, 59: item(59, KHMER, len(KHMER.encode()))})
        yield "Khmer name, counted in clusters", name, text({**objects, 59: item(59, KHMER, 4)})
        if name != "japanese":
            yield "Khmer in the language template", name, text({**objects, 64: item(64, local)})
        yield "emoji, counted in characters", name, text({**objects, 59: item(59, EMOJI)})
        yield "emoji, counted in UTF-16", name, text({**objects, 59: item(59, EMOJI, 7)})
        yield "accent in composed form", name, text({**objects, 59: item(59, "Caf\u00e9")})
        yield "accent in two characters", name, text({**objects, 59: item(59, "Cafe\u0301")})
        for value, kind in [("A\nB", "line end in the name"), ("A\tB", "tab in the name"), ("A\u0000B", "NUL in the name"),
                            ("A\u202eB", "direction turned in the name"), ("A\u0085B", "C1 control in the name")]:
            yield kind, name, text({**objects, 59: item(59, value)})
    yield "two readings with two amounts", "individual", text(
        {**row(INDIVIDUAL, _1="12", _99=VALID_LONG), 15: "1508😀😀😀😀54042000"})


def rules():
    for name, base in {"individual": INDIVIDUAL, "merchant": MERCHANT}.items():
        for value in ["392", "000", "KHR", "36"]:
            yield f"currency {value}", name, text(row(base, _53=value))
        for value in ["TH", "kh", "KHM"]:
            yield f"country {value}", name, text(row(base, _58=value))
        yield "category of letters", name, text(row(base, _52="1A2B"))
        yield "category of three digits", name, text(row(base, _52="599"))
        yield "name of 26 characters", name, text(row(base, _59="x" * 26))
        yield "city of 16 characters", name, text(row(base, _60="x" * 16))
        yield "no name", name, text(row(base, _59=None))
        yield "account without a bank", name, text(row(base, **{("_29" if 29 in base else "_30"): item(0, "sokdara")}))
        yield "account with two banks", name, text(row(base, **{("_29" if 29 in base else "_30"): item(0, "a@b@c")}))
    yield "dynamic without amount", "merchant", text(row(MERCHANT, _54=None))
    yield "dynamic without expiry", "merchant", text(row(MERCHANT, _99=None))
    yield "static with an amount", "merchant", text(row(MERCHANT, _1="11"))
    yield "initiation 13", "merchant", text(row(MERCHANT, _1="13"))
    yield "initiation missing", "individual", text(row(INDIVIDUAL, _1=None))
    yield "expired", "merchant", text(row(MERCHANT, _99=item(0, "1500000000000") + item(1, "1500000600000")))
    yield "expiry before creation", "merchant", text(row(MERCHANT, _99=item(0, "4102444800000") + item(1, "4002444800000")))
    yield "expiry of 12 digits", "merchant", text(row(MERCHANT, _99=item(0, "1760000000000") + item(1, "410244480000")))
    yield "expiry in letters", "merchant", text(row(MERCHANT, _99=item(0, "1760000000000") + item(1, "4102444800abc")))
    yield "UnionPay with dollars", "merchant", text(row(MERCHANT, _15="KH1234567890123456789012345678"))
    for kind, levels in [("store number too short", ("1", "0001", "000001", "000001")),
                         ("store number of full width", ("０" * 13, "0001", "000001", "000001"))]:
        yield kind, "japanese", text(row(JAPANESE, _26=store(*levels)))
    yield "store number missing", "japanese", text(row(JAPANESE, _26=item(0, "jp.or.paymentsjapan")))
    yield "JPQR in riel", "japanese", text(row(JAPANESE, _53="116"))
    yield "JPQR from Cambodia", "japanese", text(row(JAPANESE, _58="KH"))
    yield "JPQR without postal code", "japanese", text(row(JAPANESE, _61=None))
    yield "JPQR without language template", "japanese", text(row(JAPANESE, _64=None))
    yield "JPQR with a city in local script", "japanese", text(
        row(JAPANESE, _64=JAPANESE[64] + item(2, "東京")))


# The moment of the constructed strings: after their creation, before their expiry.
AT = 1_760_000_001_000


def cases():
    """Rows of id, kind, payload and moment."""
    number = 0
    for family in (checksums, orders, duplicates, lengths, amounts, scripts, rules):
        for kind, base, payload in family():
            number += 1
            yield {"id": f"c-{number:03d}", "kind": f"{kind} ({base})", "payload": payload, "at": AT}


if __name__ == "__main__":
    print(sum(1 for _ in cases()))
