#include "TorchBridge.h"
