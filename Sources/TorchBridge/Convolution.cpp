// Convolutions, some with a gradient of the weight of our own.

#include "TorchBridge.h"
#include "WeightGradient.h"
#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace bridge {

namespace {
/// A 3x3 convolution without bias, with a stride and padding of 1, whose way back is `weightGradient`.
struct Convolution3x3 : torch::autograd::Function<Convolution3x3> {
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &x, const at::Tensor &weight) {
    context->save_for_backward({x, weight});
    return at::conv2d(x, weight, {}, 1, 1);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1], &gradient = gradients[0];
    const bool forX = context->needs_input_grad(0), forWeight = context->needs_input_grad(1);
    auto libtorch = [&](bool alsoWeight) {
      return at::convolution_backward(gradient, x, weight, std::nullopt, {1, 1}, {1, 1}, {1, 1}, /*transposed=*/false,
                                      {0, 0}, /*groups=*/1, {forX, alsoWeight, false});
    };
    // A gradient that is itself differentiated must be libtorch's.
    const bool ours = forWeight && !at::GradMode::is_enabled() && gradient.scalar_type() == at::kFloat;
    if (ours && !forX) return {at::Tensor(), weightGradient(gradient, x)};
    auto [ofX, ofWeight, ofBias] = libtorch(forWeight && !ours);
    return {ofX, ours ? weightGradient(gradient, x) : ofWeight};
  }
};
} // namespace

CTTensorResult conv2d(CTTensorRef x, CTTensorRef weight, CTOptionalTensorRef bias, CTPair stride, CTPair padding,
                      CTPair dilation, CTInt groups) {
  return guarded([&] {
    const bool learns = at::GradMode::is_enabled() && weight->value.requires_grad() && !bias &&
                        !at::autocast::is_autocast_enabled(at::kCPU);
    if (learns && hasWeightGradient(x->value, weight->value, list(stride), list(padding), list(dilation), groups))
      return Convolution3x3::apply(x->value, weight->value);
    return at::conv2d(x->value, weight->value, optional(bias), list(stride), list(padding), list(dilation), groups);
  });
}

} // namespace bridge
