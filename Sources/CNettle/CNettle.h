// Nettle, from Debian's nettle-dev.
#include <nettle/sha2.h>
