// Work shared among libtorch's own threads.

#pragma once
#include <ATen/TensorIterator.h>
#include <ATen/ops/empty.h>
#include <numeric>

namespace bridge {

/// Calls `body(number)` for each number in 0 ..< count, on as many threads as libtorch uses.
///
/// at::parallel_for is a template that knows threads only where the compiler makes libgomp's; an iteration over a tensor
/// of numbers runs inside libtorch, on the threads that its operations use anyway.
template <typename Body> void forEach(int64_t count, const Body &body) {
  auto numbers = at::empty({count}, at::kLong);
  std::iota(numbers.mutable_data_ptr<int64_t>(), numbers.mutable_data_ptr<int64_t>() + count, 0);
  auto iterator = at::TensorIterator::nullary_op(numbers);
  iterator.for_each(
      [&](char **data, const int64_t *strides, int64_t size) {
        for (int64_t place = 0; place < size; ++place) body(*reinterpret_cast<int64_t *>(data[0] + place * strides[0]));
      },
      /*grain_size=*/1);
}

} // namespace bridge
