#include <errno.h>
#include <qrencode.h>
#include <stddef.h>

/* errno is a macro that Swift does not read right behind a call. */
static inline QRcode *kizuna_qr_encode(QRinput *input, int *code) {
    errno = 0;
    QRcode *symbol = QRcode_encodeInput(input);
    *code = symbol == NULL ? errno : 0;
    return symbol;
}
