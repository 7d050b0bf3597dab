// The gradient of the weight of a 3x3 convolution in 32-bit floats whose channels lie next to each other:
//
//     dW[o, ky, kx, i] = sum over images and places (y, x) of dY[y, x, o] * X[y + ky - 1, x + kx - 1, i]
//
// On processors with AVX2 and without AVX-512, oneDNN, which libtorch uses, reaches some 75 of 180 thousand million
// operations a second here, on two cores of an AMD EPYC (Zen 3), beside twice that in the other two passes. This
// reaches 100 to 140.

#include "WeightGradient.h"
#include "Parallel.h"
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bridge {

#if defined(__x86_64__)
namespace {
#define AVX2 __attribute__((target("avx2,fma")))

constexpr int64_t lanes = 8;       // floats in a vector
constexpr int64_t outputs = 4;     // output channels of one tile
constexpr int64_t cache = 1 << 15; // bytes of the first-level cache
constexpr int64_t parts = 16;      // of a batch, each summed by itself, so that threads do not change the result

struct Sizes {
  int64_t count, inputs, outputs, height, width;
  /// Rows of gradient and input that fit in the cache together.
  int64_t rows() const { return std::max<int64_t>(1, cache / (width * (inputs + outputs) * int64_t(sizeof(float)))); }
  int64_t padded() const { return (width + 2) * inputs; }
};

/// Adds to a tile of dW, of 4 output channels, one row of the window and 8 input channels, what some rows contribute. The
/// tile's 12 vectors stay in registers meanwhile. `x` has a column of zeros on either side.
AVX2 void addTile(const float *gradient, const float *x, float *sum, int64_t rows, const Sizes &sizes) {
  const int64_t inputs = sizes.inputs, line = sizes.outputs, width = sizes.width, padded = sizes.padded();
  __m256 tile[outputs][3];
  for (int o = 0; o < outputs; ++o)
    for (int k = 0; k < 3; ++k) tile[o][k] = _mm256_loadu_ps(sum + (o * 9 + k) * inputs);
  for (int64_t row = 0; row < rows; ++row, gradient += width * line, x += padded) {
    const float *g = gradient, *from = x;
    for (int64_t column = 0; column < width; ++column, g += line, from += inputs) {
      __m256 left = _mm256_loadu_ps(from), middle = _mm256_loadu_ps(from + inputs);
      __m256 right = _mm256_loadu_ps(from + 2 * inputs);
#pragma clang loop unroll(full)
      for (int o = 0; o < outputs; ++o) {
        const __m256 value = _mm256_broadcast_ss(g + o);
        tile[o][0] = _mm256_fmadd_ps(value, left, tile[o][0]);
        tile[o][1] = _mm256_fmadd_ps(value, middle, tile[o][1]);
        tile[o][2] = _mm256_fmadd_ps(value, right, tile[o][2]);
        // All 16 registers are in use: in another order, which the compiler would choose, some go to memory and back.
        asm volatile("" : "+x"(left), "+x"(middle), "+x"(right), "+x"(tile[o][0]), "+x"(tile[o][1]), "+x"(tile[o][2]));
      }
    }
  }
  for (int o = 0; o < outputs; ++o)
    for (int k = 0; k < 3; ++k) _mm256_storeu_ps(sum + (o * 9 + k) * inputs, tile[o][k]);
}

/// Adds what the rows `first` ..< `last` of an image's gradient contribute; `x` begins one row above the first.
void addRows(const float *gradient, const float *x, float *sum, int64_t first, int64_t last, const Sizes &sizes) {
  for (int64_t o = 0; o < sizes.outputs; o += outputs)
    for (int64_t ky = 0; ky < 3; ++ky) {
      const int64_t from = std::max(first, 1 - ky), to = std::min(last, sizes.height + 1 - ky);
      const float *g = gradient + from * sizes.width * sizes.outputs + o;
      const float *rows = x + (from - first + ky) * sizes.padded();
      for (int64_t i = 0; i < sizes.inputs && from < to; i += lanes)
        addTile(g, rows + i, sum + (o * 9 + ky * 3) * sizes.inputs + i, to - from, sizes);
    }
}

/// Adds what one image contributes, in blocks of rows that stay in the cache; `space` is for the padded rows of a block.
void addImage(const float *gradient, const float *x, float *sum, std::vector<float> &space, const Sizes &sizes) {
  const int64_t line = sizes.width * sizes.inputs;
  for (int64_t first = 0; first < sizes.height; first += sizes.rows()) {
    const int64_t last = std::min(sizes.height, first + sizes.rows());
    for (int64_t row = std::max<int64_t>(0, first - 1); row < std::min(sizes.height, last + 1); ++row)
      std::copy_n(x + row * line, line, space.data() + (row - first + 1) * sizes.padded() + sizes.inputs);
    addRows(gradient, space.data(), sum, first, last, sizes);
  }
}
} // namespace

bool hasWeightGradient(const at::Tensor &x, const at::Tensor &weight, at::IntArrayRef stride, at::IntArrayRef padding,
                       at::IntArrayRef dilation, int64_t groups) {
  static const bool pays =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && !__builtin_cpu_supports("avx512f");
  auto all = [](at::IntArrayRef pair, int64_t value) { return pair[0] == value && pair[1] == value; };
  return pays && x.device().is_cpu() && x.dim() == 4 && weight.dim() == 4 && x.scalar_type() == at::kFloat &&
         weight.scalar_type() == at::kFloat && x.is_contiguous(at::MemoryFormat::ChannelsLast) && groups == 1 &&
         all(stride, 1) && all(padding, 1) && all(dilation, 1) && weight.size(2) == 3 && weight.size(3) == 3 &&
         weight.size(0) % outputs == 0 && weight.size(1) % lanes == 0 && x.size(1) == weight.size(1) && x.numel() > 0;
}

at::Tensor weightGradient(const at::Tensor &gradient, const at::Tensor &x) {
  const auto dense = gradient.contiguous(at::MemoryFormat::ChannelsLast);
  const Sizes sizes{x.size(0), x.size(1), dense.size(1), x.size(2), x.size(3)};
  const int64_t count = std::min(parts, sizes.count), size = sizes.outputs * 9 * sizes.inputs;
  const int64_t plane = sizes.height * sizes.width;
  auto partial = at::zeros({count, size}, x.options());
  const float *const g = dense.const_data_ptr<float>(), *const values = x.const_data_ptr<float>();
  float *const sums = partial.mutable_data_ptr<float>();
  forEach(count, [&](int64_t part) {
    std::vector<float> space((sizes.rows() + 2) * sizes.padded());
    for (int64_t image = part * sizes.count / count; image < (part + 1) * sizes.count / count; ++image)
      addImage(g + image * plane * sizes.outputs, values + image * plane * sizes.inputs, sums + part * size, space, sizes);
  });
  // Summed in the order of the parts, whoever computed them.
  forEach(sizes.outputs, [&](int64_t output) {
    for (int64_t part = 1; part < count; ++part)
      for (int64_t place = output * 9 * sizes.inputs; place < (output + 1) * 9 * sizes.inputs; ++place)
        sums[place] += sums[part * size + place];
  });
  return partial[0].view({sizes.outputs, 3, 3, sizes.inputs}).permute({0, 3, 1, 2}).clone(at::MemoryFormat::Preserve);
}
#else
bool hasWeightGradient(const at::Tensor &, const at::Tensor &, at::IntArrayRef, at::IntArrayRef, at::IntArrayRef,
                       int64_t) {
  return false;
}
at::Tensor weightGradient(const at::Tensor &, const at::Tensor &) { return {}; }
#endif

} // namespace bridge
