// Gradients, and the steps of optimisers that use them.

#include "TorchBridge.h"
#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/autograd.h>

namespace bridge {

namespace {
// The fused kernels run over raw memory, so a gradient must lie in memory as its parameter does.
std::vector<at::Tensor> aligned(const CTTensorRef *gradients, const CTTensorRef *parameters, CTInt count) {
  auto tensors = list(gradients, count);
  for (CTInt index = 0; index < count; ++index) {
    auto &parameter = parameters[index]->value;
    auto &gradient = tensors[index];
    TORCH_CHECK(parameter.is_non_overlapping_and_dense(), "a parameter that is a view with gaps cannot be stepped");
    TORCH_CHECK(gradient.sizes() == parameter.sizes(), "a gradient of shape ", gradient.sizes(),
                " belongs to a parameter of shape ", parameter.sizes());
    if (gradient.strides() != parameter.strides()) gradient = at::empty_like(parameter).copy_(gradient);
  }
  return tensors;
}
} // namespace

bool requiresGrad(CTTensorRef x) { return x->value.requires_grad(); }

bool setRequiresGrad(CTTensorRef x, bool on) {
  return guarded([&] { x->value.set_requires_grad(on); });
}

CTTensorResult gradient(CTTensorRef x) {
  if (!x->value.is_leaf() && !x->value.retains_grad()) return nullptr;  // libtorch would warn
  auto &gradient = x->value.grad();
  return gradient.defined() ? own(gradient) : nullptr;
}

bool setGradient(CTTensorRef x, CTOptionalTensorRef gradient) {
  return guarded([&] { x->value.mutable_grad() = gradient ? gradient->value : at::Tensor(); });
}

bool setGradMode(bool on) {
  bool before = at::GradMode::is_enabled();
  at::GradMode::set_enabled(on);
  return before;
}

bool setAutocast(CTDevice place, bool on) {
  return guarded([&] {
    auto type = device(place).type();
    if (on) at::autocast::set_autocast_dtype(type, at::kBFloat16);
    at::autocast::set_autocast_cache_enabled(true);
    at::autocast::set_autocast_enabled(type, on);
    if (!on) at::autocast::clear_cache();  // it holds copies of weights, which a step changes
  });
}

bool backward(CTTensorRef x, CTOptionalTensorRef gradient, bool keep, bool create) {
  return guarded([&] { x->value.backward(gradient ? gradient->value : at::Tensor(), keep, create); });
}

bool gradients(const CTTensorRef *outputs, CTInt outputCount, const CTOptionalTensorRef *seeds,
               const CTTensorRef *inputs, CTInt inputCount, bool keep, bool create, bool allowUnused,
               CTTensorResult *results) {
  return guarded([&] {
    std::vector<at::Tensor> weights;
    for (CTInt index = 0; seeds && index < outputCount; ++index)
      weights.push_back(seeds[index] ? seeds[index]->value : at::Tensor());
    auto found = torch::autograd::grad(list(outputs, outputCount), list(inputs, inputCount), weights, keep, create,
                                       allowUnused);
    for (CTInt index = 0; index < inputCount; ++index)
      results[index] = found[index].defined() ? own(found[index]) : nullptr;
  });
}

bool stepSGD(const CTTensorRef *parameters, const CTTensorRef *gradients, const CTTensorRef *momenta, CTInt count,
             CTSGD options) {
  return guarded([&] {
    at::NoGradGuard guard;
    auto buffers = momenta ? list(momenta, count) : std::vector<at::Tensor>();
    at::_fused_sgd_(list(parameters, count), aligned(gradients, parameters, count), buffers, options.decay, options.momentum,
                    options.rate, options.dampening, options.nesterov, /*maximize=*/false, options.first);
  });
}

bool stepAdam(const CTTensorRef *parameters, const CTTensorRef *gradients, const CTTensorRef *means,
              const CTTensorRef *squares, const CTTensorRef *steps, CTInt count, CTAdam options) {
  return guarded([&] {
    at::NoGradGuard guard;
    auto numbers = list(steps, count);
    at::_foreach_add_(numbers, 1);
    auto step = [&](auto function) {
      function(list(parameters, count), aligned(gradients, parameters, count), list(means, count), list(squares, count),
               at::TensorList(), numbers, options.rate, options.beta1, options.beta2, options.decay, options.epsilon,
               /*amsgrad=*/false, /*maximize=*/false);
    };
    if (options.decoupled)
      step([](auto &&...all) { at::_fused_adamw_(all...); });
    else
      step([](auto &&...all) { at::_fused_adam_(all...); });
  });
}

bool clipNorm(const CTTensorRef *gradients, CTInt count, double limit, double *norm) {
  return guarded([&] {
    at::NoGradGuard guard;
    auto tensors = list(gradients, count);
    *norm = count == 0 ? 0 : at::linalg_vector_norm(at::stack(at::_foreach_norm(tensors))).item().toDouble();
    if (*norm > limit) at::_foreach_mul_(tensors, limit / (*norm + 1e-6));
  });
}

} // namespace bridge
