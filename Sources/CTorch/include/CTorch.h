// The C face of libtorch: opaque handles, and one table of functions that libNashTorch fills.
// No C++ type and no exception crosses it.

#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A size, a position or a count. (`long` and not `int64_t`, so that Swift sees `Int`.)
typedef long CTInt;

/// A tensor that the callee borrows.
typedef struct CTTensor *_Nonnull CTTensorRef;
/// A tensor that may be left out.
typedef struct CTTensor *_Nullable CTOptionalTensorRef;
/// A new tensor that the caller owns and gives to `release`, or null after a failure.
typedef struct CTTensor *_Nullable CTTensorResult;
/// A source of random numbers; null stands for libtorch's own of the device.
typedef struct CTGenerator *_Nullable CTGeneratorRef;

/// Element types, under libtorch's own numbers.
typedef enum : int32_t {
  CTUInt8 = 0,
  CTInt8 = 1,
  CTInt16 = 2,
  CTInt32 = 3,
  CTInt64 = 4,
  CTFloat16 = 5,
  CTFloat32 = 6,
  CTFloat64 = 7,
  CTBool = 11,
  CTBFloat16 = 15,
} CTDType;

/// Where a tensor lives: `cuda` false is main memory.
typedef struct {
  bool cuda;
  int32_t index;
} CTDevice;

/// What a new tensor is made of.
typedef struct {
  CTDType dtype;
  CTDevice device;
} CTOptions;

/// A number that keeps whether it is whole, as the type of a result depends on it.
typedef struct {
  double real;
  CTInt whole;
  bool isWhole;
} CTScalar;

/// Pairs of a height and a width.
typedef struct {
  CTInt height, width;
} CTPair;

/// The geometry of a sliding window.
typedef struct {
  CTPair kernel, stride, padding, dilation;
} CTWindow;

/// What a loss over rows comes to.
typedef enum : int32_t { CTNone = 0, CTMean = 1, CTSum = 2 } CTReduction;

/// Options of a step of stochastic gradient descent.
typedef struct {
  double rate, momentum, dampening, decay;
  bool nesterov, first;
} CTSGD;

/// Options of a step of Adam, or of AdamW where `decoupled`.
typedef struct {
  double rate, beta1, beta2, epsilon, decay;
  bool decoupled;
} CTAdam;

/// Every function of the bridge, after the text of their list, by which a program and a library see
/// that they were built from the same.
typedef struct {
  const char *_Nonnull signatures;
#define CT(result, name, ...) result (*_Nonnull name)(__VA_ARGS__);
#include "CTFunctions.h"
#undef CT
} CTFunctions;

/// Opens the bridge library at `path` and returns its functions; after a failure null, and in
/// `message` a text that the caller frees.
const CTFunctions *_Nullable ct_open(const char *_Nonnull path, char *_Nullable *_Nonnull message);

/// Whether `ct_open` has opened a library.
bool ct_is_open(void);

#ifdef __cplusplus
}
#endif
