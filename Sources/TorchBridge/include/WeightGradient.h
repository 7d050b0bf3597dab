// The gradient of a convolution's weight, faster than libtorch's for the windows that most networks are made of.

#pragma once
#include <ATen/core/Tensor.h>

namespace bridge {

/// Whether `weightGradient` computes the convolution of x with the weight, and this processor is one where it is faster.
bool hasWeightGradient(const at::Tensor &x, const at::Tensor &weight, at::IntArrayRef stride, at::IntArrayRef padding,
                       at::IntArrayRef dilation, int64_t groups);

/// The gradient of the weight [O, I, 3, 3], given that of the output [N, O, H, W], for the input x [N, I, H, W].
at::Tensor weightGradient(const at::Tensor &gradient, const at::Tensor &x);

} // namespace bridge
