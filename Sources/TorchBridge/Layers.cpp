// Activations, layers over x [N, C, H, W], and losses.

#include "TorchBridge.h"

namespace bridge {

#define ACTIVATION(name, function)                                                                                     \
  CTTensorResult name(CTTensorRef x) {                                                                                 \
    return guarded([&] { return function(x->value); });                                                                \
  }

ACTIVATION(relu, at::relu)
ACTIVATION(sigmoid, at::sigmoid)
ACTIVATION(gelu, at::gelu)
ACTIVATION(silu, at::silu)
ACTIVATION(hardswish, at::hardswish)
ACTIVATION(hardsigmoid, at::hardsigmoid)

CTTensorResult softmax(CTTensorRef x, CTInt dim) {
  return guarded([&] { return at::softmax(x->value, dim); });
}
CTTensorResult logSoftmax(CTTensorRef x, CTInt dim) {
  return guarded([&] { return at::log_softmax(x->value, dim); });
}

CTTensorResult linear(CTTensorRef x, CTTensorRef weight, CTOptionalTensorRef bias) {
  return guarded([&] { return at::linear(x->value, weight->value, optional(bias)); });
}

CTTensorResult batchNorm(CTTensorRef x, CTOptionalTensorRef weight, CTOptionalTensorRef bias, CTOptionalTensorRef mean,
                         CTOptionalTensorRef variance, bool training, double momentum, double epsilon) {
  return guarded([&] {
    return at::batch_norm(x->value, optional(weight), optional(bias), optional(mean), optional(variance), training,
                          momentum, epsilon, at::globalContext().userEnabledCuDNN());
  });
}

CTTensorResult maxPool2d(CTTensorRef x, CTWindow window, bool ceil) {
  return guarded([&] {
    return at::max_pool2d(x->value, list(window.kernel), list(window.stride), list(window.padding),
                          list(window.dilation), ceil);
  });
}

CTTensorResult avgPool2d(CTTensorRef x, CTWindow window, bool ceil, bool countPadding) {
  return guarded([&] {
    return at::avg_pool2d(x->value, list(window.kernel), list(window.stride), list(window.padding), ceil, countPadding);
  });
}

CTTensorResult adaptiveAvgPool2d(CTTensorRef x, CTPair size) {
  return guarded([&] { return at::adaptive_avg_pool2d(x->value, list(size)); });
}

// libtorch's own dropout draws from the hidden generator only; this is its definition with ours.
CTTensorResult dropout(CTTensorRef x, double probability, CTGeneratorRef generator) {
  return guarded([&] {
    TORCH_CHECK_VALUE(probability >= 0 && probability <= 1, "dropout probability ", probability, " is not in [0, 1]");
    if (probability == 1) return x->value.mul(0);
    auto kept = at::empty_like(x->value).bernoulli_(1 - probability, optional(generator));
    return x->value.mul(kept.div_(1 - probability));
  });
}

CTTensorResult crossEntropy(CTTensorRef x, CTTensorRef target, CTOptionalTensorRef weight, CTReduction reduction,
                            double smoothing) {
  return guarded([&] {
    return at::cross_entropy_loss(x->value, target->value, optional(weight), reduction, /*ignore_index=*/-100,
                                  smoothing);
  });
}

CTTensorResult mseLoss(CTTensorRef x, CTTensorRef target, CTReduction reduction) {
  return guarded([&] { return at::mse_loss(x->value, target->value, reduction); });
}

} // namespace bridge
