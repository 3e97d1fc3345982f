#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own mutations, for mutators that know the form of the input.
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t capacity);
