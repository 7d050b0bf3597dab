// Tensors come and go: creation, copies, what a tensor is, and changes in place.

#include "TorchBridge.h"
#include <cstring>
#include <sstream>

namespace bridge {

void release(CTTensorRef x) { delete x; }
CTInt rank(CTTensorRef x) { return x->value.dim(); }
CTInt count(CTTensorRef x) { return x->value.numel(); }
CTDType dtype(CTTensorRef x) { return static_cast<CTDType>(x->value.scalar_type()); }
void copyShape(CTTensorRef x, CTInt *sizes) { std::ranges::copy(x->value.sizes(), sizes); }

CTDevice device(CTTensorRef x) {
  auto device = x->value.device();
  return {device.is_cuda(), device.has_index() ? device.index() : 0};
}

char *describe(CTTensorRef x) {
  char *text = nullptr;
  guarded([&] {
    std::ostringstream stream;
    at::print(stream, x->value, 100);
    text = strdup(stream.str().c_str());
  });
  return text;
}

void *data(CTTensorRef x) {
  return x->value.is_cpu() && x->value.is_contiguous() ? x->value.data_ptr() : nullptr;
}

bool read(CTTensorRef x, void *bytes, CTInt count) {
  return guarded([&] {
    auto source = x->value.detach().cpu().contiguous();
    TORCH_CHECK(static_cast<size_t>(count) == source.nbytes(), "read of ", count, " bytes from a tensor of ",
                source.nbytes());
    if (count > 0) std::memcpy(bytes, source.const_data_ptr(), count);
  });
}

bool readScalar(CTTensorRef x, double *value) {
  return guarded([&] { *value = x->value.item().toDouble(); });
}

CTTensorResult empty(const CTInt *shape, CTInt rank, CTOptions made) {
  return guarded([&] { return at::empty(list(shape, rank), options(made)); });
}
CTTensorResult full(const CTInt *shape, CTInt rank, CTScalar value, CTOptions made) {
  return guarded([&] { return at::full(list(shape, rank), scalar(value), options(made)); });
}
CTTensorResult rand(const CTInt *shape, CTInt rank, CTGeneratorRef generator, CTOptions made) {
  return guarded([&] { return at::rand(list(shape, rank), optional(generator), options(made)); });
}
CTTensorResult randn(const CTInt *shape, CTInt rank, CTGeneratorRef generator, CTOptions made) {
  return guarded([&] { return at::randn(list(shape, rank), optional(generator), options(made)); });
}
CTTensorResult randint(CTInt low, CTInt high, const CTInt *shape, CTInt rank, CTGeneratorRef generator,
                       CTOptions made) {
  return guarded([&] { return at::randint(low, high, list(shape, rank), optional(generator), options(made)); });
}
CTTensorResult randperm(CTInt count, CTGeneratorRef generator, CTOptions made) {
  return guarded([&] { return at::randperm(count, optional(generator), options(made)); });
}
CTTensorResult arange(CTScalar start, CTScalar end, CTScalar step, CTOptions made) {
  return guarded([&] { return at::arange(scalar(start), scalar(end), scalar(step), options(made)); });
}
CTTensorResult eye(CTInt count, CTOptions made) {
  return guarded([&] { return at::eye(count, options(made)); });
}
CTTensorResult emptyLike(CTTensorRef x) {
  return guarded([&] { return at::empty_like(x->value); });
}

CTTensorResult fromBytes(const void *bytes, const CTInt *shape, CTInt rank, CTOptions made) {
  return guarded([&] {
    auto made_here = at::empty(list(shape, rank), static_cast<at::ScalarType>(made.dtype));
    if (made_here.nbytes() > 0) std::memcpy(made_here.mutable_data_ptr(), bytes, made_here.nbytes());
    return made_here.to(device(made.device));
  });
}

CTTensorResult to(CTTensorRef x, CTOptions made) {
  return guarded([&] { return x->value.to(options(made)); });
}
CTTensorResult clone(CTTensorRef x) {
  return guarded([&] { return x->value.clone(); });
}
CTTensorResult detach(CTTensorRef x) {
  return guarded([&] { return x->value.detach(); });
}
CTTensorResult contiguous(CTTensorRef x) {
  return guarded([&] { return x->value.contiguous(); });
}
CTTensorResult channelsLast(CTTensorRef x) {
  return guarded([&] { return x->value.contiguous(at::MemoryFormat::ChannelsLast); });
}

bool fill(CTTensorRef x, CTScalar value) {
  return guarded([&] { x->value.fill_(scalar(value)); });
}
bool fillNormal(CTTensorRef x, double mean, double deviation, CTGeneratorRef generator) {
  return guarded([&] { x->value.normal_(mean, deviation, optional(generator)); });
}
bool fillUniform(CTTensorRef x, double low, double high, CTGeneratorRef generator) {
  return guarded([&] { x->value.uniform_(low, high, optional(generator)); });
}
bool assign(CTTensorRef x, CTTensorRef y) {
  return guarded([&] { x->value.copy_(y->value); });
}
bool addInPlace(CTTensorRef x, CTTensorRef y, double scale) {
  return guarded([&] { x->value.add_(y->value, scale); });
}
bool multiplyInPlace(CTTensorRef x, CTTensorRef y) {
  return guarded([&] { x->value.mul_(y->value); });
}
bool scaleInPlace(CTTensorRef x, CTScalar factor) {
  return guarded([&] { x->value.mul_(scalar(factor)); });
}

} // namespace bridge
