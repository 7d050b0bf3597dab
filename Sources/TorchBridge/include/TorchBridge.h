// What the files of the bridge share: handles, the guard around every body, and the prototypes.

#pragma once
#include "CTorch.h"

#ifdef __cplusplus
// CTorch.h is C and spells nullability out; libtorch's own headers do not.
#include <ATen/ATen.h>
#include <type_traits>

struct CTTensor {
  at::Tensor value;
};
struct CTGenerator {
  at::Generator value;
};

namespace bridge {

/// Leaves the message of the exception being handled for `takeMessage` on this thread.
void keepMessage() noexcept;

inline CTTensorResult own(at::Tensor value) { return new CTTensor{std::move(value)}; }
inline CTGeneratorRef own(at::Generator value) { return new CTGenerator{std::move(value)}; }

/// Runs the body of a function of the bridge: its tensor becomes a handle, its end without a result
/// `true`, and any exception a message with null or `false`.
template <typename Body> auto guarded(Body body) noexcept {
  using Result = std::invoke_result_t<Body>;
  if constexpr (std::is_void_v<Result>) {
    try {
      return body(), true;
    } catch (...) {
      return keepMessage(), false;
    }
  } else {
    using Handle = decltype(own(std::declval<Result>()));
    try {
      return own(body());
    } catch (...) {
      return keepMessage(), Handle(nullptr);
    }
  }
}

inline at::IntArrayRef list(const CTInt *items, CTInt count) { return {items, static_cast<size_t>(count)}; }
inline at::IntArrayRef list(const CTPair &pair) { return {&pair.height, 2}; }

inline std::vector<at::Tensor> list(const CTTensorRef *items, CTInt count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (CTInt index = 0; index < count; ++index) tensors.push_back(items[index]->value);
  return tensors;
}

inline std::optional<at::Tensor> optional(CTOptionalTensorRef x) {
  return x ? std::optional(x->value) : std::nullopt;
}
inline std::optional<at::Generator> optional(CTGeneratorRef generator) {
  return generator ? std::optional(generator->value) : std::nullopt;
}

inline at::Device device(CTDevice device) {
  return device.cuda ? at::Device(at::kCUDA, static_cast<at::DeviceIndex>(device.index)) : at::Device(at::kCPU);
}
inline at::TensorOptions options(CTOptions options) {
  return at::TensorOptions(static_cast<at::ScalarType>(options.dtype)).device(device(options.device));
}
inline at::Scalar scalar(CTScalar scalar) {
  return scalar.isWhole ? at::Scalar(static_cast<int64_t>(scalar.whole)) : at::Scalar(scalar.real);
}

extern "C++" {
#define CT(result, name, ...) result name(__VA_ARGS__);
#include "CTFunctions.h"
#undef CT
}

} // namespace bridge
#endif
