#include "CZXing.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <ZXing/Result.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <vector>

namespace {

ZXing::DecodeHints hints(const kizuna_reading_options &options) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setIsPure(options.is_pure);
    hints.setTryHarder(options.is_thorough);
    hints.setTryRotate(options.is_thorough);
    hints.setTryDownscale(options.is_thorough);
    hints.setReturnErrors(true);
    hints.setMaxNumberOfSymbols(options.maximum_codes);
    switch (options.binarizer) {
    case KIZUNA_BINARIZER_LOCAL: hints.setBinarizer(ZXing::Binarizer::LocalAverage); break;
    case KIZUNA_BINARIZER_GLOBAL: hints.setBinarizer(ZXing::Binarizer::GlobalHistogram); break;
    case KIZUNA_BINARIZER_FIXED: hints.setBinarizer(ZXing::Binarizer::FixedThreshold); break;
    }
    return hints;
}

/* How many bytes a sequence of UTF-8 takes by its first byte, with the range of its second; 0 when none begins so. */
size_t sequenceLength(uint8_t first, uint8_t &low, uint8_t &high) {
    low = 0x80;
    high = 0xBF;
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) {
        if (first == 0xE0) low = 0xA0;
        if (first == 0xED) high = 0x9F;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (first == 0xF0) low = 0x90;
        if (first == 0xF4) high = 0x8F;
        return 4;
    }
    return 0;
}

bool isUTF8(const ZXing::ByteArray &bytes) {
    for (size_t at = 0; at < bytes.size();) {
        uint8_t low, high;
        size_t length = sequenceLength(bytes[at], low, high);
        if (length == 0 || length > bytes.size() - at) return false;
        if (length > 1 && (bytes[at + 1] < low || bytes[at + 1] > high)) return false;
        for (size_t next = 2; next < length; next++)
            if ((bytes[at + next] & 0xC0) != 0x80) return false;
        at += length;
    }
    return true;
}

/* With a declared character set, ZXing's conversion. Without one, payment codes are UTF-8, whatever the older standard
   says (Latin-1); what is not UTF-8 is left to ZXing's guess. */
std::string text(const ZXing::Result &result) {
    const ZXing::ByteArray &bytes = result.bytes();
    if (!result.hasECI() && isUTF8(bytes)) return std::string(bytes.begin(), bytes.end());
    return result.text();
}

void fill(kizuna_read_code &code, const ZXing::Result &result) {
    std::string text = ::text(result);
    code.text = static_cast<uint8_t *>(std::malloc(text.size() + 1));
    if (code.text == nullptr) throw std::bad_alloc();
    std::memcpy(code.text, text.data(), text.size());
    code.text_bytes = text.size();
    const auto &position = result.position();
    for (int corner = 0; corner < 4; corner++) {
        code.corners[2 * corner] = position[corner].x;
        code.corners[2 * corner + 1] = position[corner].y;
    }
    code.parts = result.isPartOfSequence() ? result.sequenceSize() : 1;
}

}

kizuna_reading_status kizuna_codes_read(const uint8_t *grey, int32_t width, int32_t height,
                                        kizuna_reading_options options, kizuna_read_codes *codes) {
    *codes = {nullptr, 0, 0, 0};
    try {
        ZXing::ImageView view(grey, width, height, ZXing::ImageFormat::Lum);
        ZXing::Results results = ZXing::ReadBarcodes(view, hints(options));
        codes->codes = static_cast<kizuna_read_code *>(std::calloc(results.size() + 1, sizeof(kizuna_read_code)));
        if (codes->codes == nullptr) throw std::bad_alloc();
        for (const ZXing::Result &result : results) {
            if (!result.isValid()) {
                codes->unread++;
                continue;
            }
            fill(codes->codes[codes->count], result);
            codes->count++;
        }
        return KIZUNA_READING_DONE;
    } catch (const std::bad_alloc &) {
        kizuna_codes_free(codes);
        return KIZUNA_READING_OUT_OF_MEMORY;
    } catch (...) {
        kizuna_codes_free(codes);
        return KIZUNA_READING_FAILED;
    }
}

void kizuna_codes_free(kizuna_read_codes *codes) {
    for (size_t index = 0; index < codes->count; index++) std::free(codes->codes[index].text);
    std::free(codes->codes);
    *codes = {nullptr, 0, 0, 0};
}
