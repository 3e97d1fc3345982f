"""Why readers disagree, and who is right by which sentence.

EMVCo means "QR Code Specification for Payment Systems, Merchant-Presented Mode", 1.0; KHQR the specification 1.0 of
December 2019 with the verifier of the National Bank's SDK (its error numbers in brackets); JPQR the association's
guideline as two payment companies implement it.
"""

from typing import NamedTuple


class Cause(NamedTuple):
    name: str
    right: str


CHECKSUM = Cause("checksum wrong, missing or not last, and not noticed",
                 "Kizuna. EMVCo 4.7.3.1: the checksum covers every object before it, with its own ID and length; 4.6.1.2: it is last")
DUPLICATE = Cause("a tag twice: the last one (or the first) is taken",
                  "Kizuna. EMVCo 4.3.1.2: an ID stands once in the root and once in each template")
LENGTHS = Cause("tags, lengths or lines that are no row of data objects",
                "Kizuna. EMVCo 4.3.1.1 and 4.4.1.2: ID and length are two digits each; 4.5.1 to 4.5.3: no format has control characters")
OVERRUN = Cause("a value past the end of the text",
                "Kizuna. EMVCo 4.4.1.1: the length says how many characters the value has")
AMBIGUOUS = Cause("characters above U+FFFF: fields depend on the counting",
                  "Kizuna refuses. EMVCo 4.4.1.1 counts characters; the National Bank's SDK counts UTF-16 units, so two "
                  "readers pay differently")
AMOUNT = Cause("an amount that is no plain number above zero of the currency's decimals",
               "Kizuna. EMVCo 4.7.4.1: not zero, digits and a point only; table 3.6: at most 13 characters; decimals by ISO 4217")
CONFLICT = Cause("two accounts to pay: one is taken",
                 "Kizuna. KHQR 1.0: one of 29 and 30; a code with JPQR's identifier and a Bakong account names two payees")
CURRENCY = Cause("a currency or a country that the scheme does not have",
                 "Kizuna. KHQR 1.0: 53 is 116 or 840 [28], 58 is KH; JPQR: 392 and JP; EMVCo 4.7.5.1: three digits")
REQUIRED = Cause("a mandatory object is missing",
                 "Kizuna. EMVCo 4.2.1.1 and table 3.6: 52, 53, 58, 59, 60 are M; KHQR [2, 5, 9, 25-27]; JPQR: 61 and 64 too")
FORM = Cause("a field too long, too short or of another form",
             "Kizuna. EMVCo tables 3.6 to 3.8: format and length of each object; KHQR: 29 and 30 at most 32, "
             "62 at most 25 characters [10-12, 32-35, 42]; JPQR: levels of 13, 4, 6 and 6")
ACCOUNT = Cause("no account, or one that is not name@bank",
                "Kizuna. EMVCo 4.7.9.1: at least one of 02 to 51; KHQR: name@bank in 29.00 or 30.00 [1, 3]")
TIME = Cause("expired, or an expiry that is none",
             "Kizuna. KHQR: a dynamic code has an amount and an expiry of 13 digits [45-47, 49, 50]")
LONG = Cause("more than 512 characters", "Kizuna. EMVCo 4.1: a payload should not exceed 512 characters; a reader needs a bound, and this is the standard's")
TEMPLATE = Cause("a template that is no row of data objects", "Kizuna. EMVCo 3.2 and 4.4.1: templates hold data objects")
NOT_A_CODE = Cause("a text that is no merchant's code",
                   "Kizuna. EMVCo 4.6.1: 00 stands first and 63 last; a consumer's code is another format (CPM 4)")
LOCAL_SCRIPT = Cause("text beyond ASCII is refused, or its checksum miscounted",
                     "Kizuna. EMVCo 4.5.3.1: format S is any precomposed character of Unicode; table 1.3: in UTF-8, over which 4.7.3.1 sums")
ORDER = Cause("a code whose 00 is not 01 and first is refused",
              "The peer, by the letter (EMVCo 4.6.1.1, 4.7.1.1); Kizuna reads what is in use and names the departure: "
              "Malaysia's 00 is 02")
LONG_NAME = Cause("a foreign code with a long name, city or identifier is refused",
                  "The peer, by the letter (EMVCo table 3.6); Kizuna names the scheme so that it can be routed")
EMPTY = Cause("an object of length 00 is refused, or breaks the reader",
              "The peer refuses by the letter (EMVCo 4.4.1.2: 01 to 99); Kizuna tolerates it where nothing is lost: "
              "banks write 6200")
TOLERATED_TEMPLATE = Cause("62 or 80-99 holds words and not objects: refused",
                           "The peer, by the letter (EMVCo 4.8, 4.11); Kizuna keeps the text: banks of Cambodia write so")
NO_INITIATION = Cause("a code without 01 is refused", "Kizuna. EMVCo table 3.6: 01 is optional")
STRICT = Cause("strict verification as of the row's moment",
               "Kizuna. KHQR [50]: an expiry lies after its creation")
OTHER_SCHEME = Cause("another scheme's code is taken for a merchant's own",
                     "Kizuna. Consumer codes are base64 of BER-TLV (CPM 4), not a row of two digits")
READING = Cause("both accept, and read a field differently", "Kizuna. EMVCo 4.4.1.1: the value is what the length says")

ACCEPTED = [
    ("crc-", CHECKSUM), ("tag-duplicate:63", CHECKSUM), ("tag-duplicate", DUPLICATE), ("subtag-duplicate", DUPLICATE),
    ("tlv-malformed", LENGTHS), ("tlv-overrun", OVERRUN), ("tlv-ambiguous", AMBIGUOUS), ("field-value:54", AMOUNT),
    ("field-length:54", AMOUNT), ("account-conflict", CONFLICT), ("currency-unsupported", CURRENCY),
    ("upi-usd", CURRENCY), ("field-value:53", CURRENCY), ("field-value:58", CURRENCY), ("field-length:53", CURRENCY),
    ("field-length:58", CURRENCY), ("field-missing", REQUIRED), ("field-value:29.00", ACCOUNT),
    ("field-value:30.00", ACCOUNT), ("account-missing", ACCOUNT), ("guid-missing", ACCOUNT), ("too-long", LONG),
    ("expired", TIME), ("expiry-length", TIME), ("timestamp-invalid", TIME), ("amount-missing-dynamic", TIME),
    ("template-malformed", TEMPLATE), ("not-emv", NOT_A_CODE), ("cpm-", NOT_A_CODE), ("empty", NOT_A_CODE),
    ("strict error", STRICT), ("field-", FORM),
]


def cause_of(row, ours, what, detail):
    """The cause of one disagreement."""
    if what == "reads differently":
        return READING
    if what == "takes another scheme's code":
        return OTHER_SCHEME
    if what == "accepts":
        return next(cause for beginning, cause in ACCEPTED if str(detail).startswith(beginning))
    quirks = [quirk for quirk in ours.get("quirks", [])]
    if not row["payload"].isascii() and any(word in detail for word in ("codec", "checksum", "representable", "CRC")):
        return LOCAL_SCRIPT
    if "000201" in detail:
        return ORDER
    if "length of" in detail:
        return LONG_NAME
    if any(quirk.startswith("empty:") for quirk in quirks):
        return EMPTY
    if "(code 48)" in detail:
        return NO_INITIATION
    if "template's field" in row["kind"] or "invalid syntax" in detail:
        return TOLERATED_TEMPLATE
    return Cause(f"other: {detail}", "")
