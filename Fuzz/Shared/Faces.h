#include "../../Sources/CPictures/include/CPictures.h"
#include "../../Sources/CZXing/include/CZXing.h"
