// Arithmetic, comparison, reductions and views: each a call of the libtorch function that is named.

#include "TorchBridge.h"

namespace bridge {

#define UNARY(name, function)                                                                                          \
  CTTensorResult name(CTTensorRef x) {                                                                                 \
    return guarded([&] { return function(x->value); });                                                                \
  }
#define BINARY(name, function)                                                                                         \
  CTTensorResult name(CTTensorRef x, CTTensorRef y) {                                                                  \
    return guarded([&] { return function(x->value, y->value); });                                                      \
  }
#define WITH_SCALAR(name, function)                                                                                    \
  CTTensorResult name(CTTensorRef x, CTScalar y) {                                                                     \
    return guarded([&] { return function(x->value, scalar(y)); });                                                     \
  }
#define REDUCTION(name, function)                                                                                      \
  CTTensorResult name(CTTensorRef x, const CTInt *dims, CTInt count, bool keep) {                                      \
    return guarded([&] { return function(x->value, list(dims, count), keep); });                                       \
  }

BINARY(add, at::add)
BINARY(sub, at::sub)
BINARY(mul, at::mul)
BINARY(div, at::div)
BINARY(pow, at::pow)
WITH_SCALAR(addScalar, at::add)
WITH_SCALAR(subScalar, at::sub)
WITH_SCALAR(mulScalar, at::mul)
WITH_SCALAR(divScalar, at::div)
WITH_SCALAR(powScalar, at::pow)
BINARY(maximum, at::maximum)
BINARY(minimum, at::minimum)
BINARY(matmul, at::matmul)

CTTensorResult subFromScalar(CTScalar x, CTTensorRef y) {
  return guarded([&] { return at::rsub(y->value, scalar(x)); });
}
CTTensorResult divScalarBy(CTScalar x, CTTensorRef y) {
  return guarded([&] { return at::reciprocal(y->value).mul(scalar(x)); });
}
CTTensorResult clamp(CTTensorRef x, double low, double high) {
  return guarded([&] { return at::clamp(x->value, low, high); });
}

UNARY(neg, at::neg)
UNARY(abs, at::abs)
UNARY(sign, at::sign)
UNARY(exp, at::exp)
UNARY(log, at::log)
UNARY(log1p, at::log1p)
UNARY(sqrt, at::sqrt)
UNARY(rsqrt, at::rsqrt)
UNARY(square, at::square)
UNARY(reciprocal, at::reciprocal)
UNARY(sin, at::sin)
UNARY(cos, at::cos)
UNARY(tanh, at::tanh)
UNARY(erf, at::erf)
UNARY(floor, at::floor)
UNARY(round, at::round)
UNARY(eigvalsh, at::linalg_eigvalsh)
UNARY(corrcoef, at::corrcoef)

bool slogdet(CTTensorRef x, CTTensorResult *pair) {
  return guarded([&] {
    auto [sign, logarithm] = at::linalg_slogdet(x->value);
    pair[0] = own(sign);
    pair[1] = own(logarithm);
  });
}

BINARY(eq, at::eq)
BINARY(ne, at::ne)
BINARY(lt, at::lt)
BINARY(le, at::le)
BINARY(gt, at::gt)
BINARY(ge, at::ge)
WITH_SCALAR(eqScalar, at::eq)
WITH_SCALAR(neScalar, at::ne)
WITH_SCALAR(ltScalar, at::lt)
WITH_SCALAR(leScalar, at::le)
WITH_SCALAR(gtScalar, at::gt)
WITH_SCALAR(geScalar, at::ge)
UNARY(isnan, at::isnan)
UNARY(isfinite, at::isfinite)
UNARY(logicalNot, at::logical_not)
BINARY(logicalAnd, at::logical_and)
BINARY(logicalOr, at::logical_or)

CTTensorResult select(CTTensorRef condition, CTTensorRef x, CTTensorRef y) {
  return guarded([&] { return at::where(condition->value, x->value, y->value); });
}
bool equal(CTTensorRef x, CTTensorRef y, bool *result) {
  return guarded([&] { *result = at::equal(x->value, y->value); });
}

REDUCTION(sum, at::sum)
REDUCTION(mean, at::mean)
REDUCTION(amax, at::amax)
REDUCTION(amin, at::amin)
UNARY(prod, at::prod)
UNARY(all, at::all)
UNARY(any, at::any)

CTTensorResult logsumexp(CTTensorRef x, const CTInt *dims, CTInt count, bool keep) {
  return guarded([&] {
    std::vector<int64_t> every(count == 0 ? x->value.dim() : 0);
    std::iota(every.begin(), every.end(), 0);
    return at::logsumexp(x->value, count == 0 ? at::IntArrayRef(every) : list(dims, count), keep);
  });
}
CTTensorResult norm(CTTensorRef x, double order, const CTInt *dims, CTInt count, bool keep) {
  return guarded([&] { return at::linalg_vector_norm(x->value, order, list(dims, count), keep); });
}
CTTensorResult variance(CTTensorRef x, CTInt correction, const CTInt *dims, CTInt count, bool keep) {
  return guarded([&] { return at::var(x->value, list(dims, count), at::Scalar(correction), keep); });
}
CTTensorResult argmax(CTTensorRef x, CTInt dim, bool keep) {
  return guarded([&] { return at::argmax(x->value, dim, keep); });
}
CTTensorResult argsort(CTTensorRef x, CTInt dim, bool descending) {
  return guarded([&] { return at::argsort(x->value, /*stable=*/true, dim, descending); });
}
CTTensorResult cumsum(CTTensorRef x, CTInt dim) {
  return guarded([&] { return at::cumsum(x->value, dim); });
}
bool topk(CTTensorRef x, CTInt k, CTInt dim, CTTensorResult *pair) {
  return guarded([&] {
    auto [values, indices] = at::topk(x->value, k, dim);
    pair[0] = own(values);
    pair[1] = own(indices);
  });
}

CTTensorResult reshape(CTTensorRef x, const CTInt *shape, CTInt rank) {
  return guarded([&] { return at::reshape(x->value, list(shape, rank)); });
}
CTTensorResult permute(CTTensorRef x, const CTInt *dims, CTInt rank) {
  return guarded([&] { return at::permute(x->value, list(dims, rank)); });
}
CTTensorResult expand(CTTensorRef x, const CTInt *shape, CTInt rank) {
  return guarded([&] { return x->value.expand(list(shape, rank)); });
}
CTTensorResult transpose(CTTensorRef x, CTInt first, CTInt second) {
  return guarded([&] { return at::transpose(x->value, first, second); });
}
CTTensorResult unsqueeze(CTTensorRef x, CTInt dim) {
  return guarded([&] { return at::unsqueeze(x->value, dim); });
}
CTTensorResult squeeze(CTTensorRef x, CTInt dim) {
  return guarded([&] { return at::squeeze(x->value, dim); });
}
CTTensorResult flatten(CTTensorRef x, CTInt first, CTInt last) {
  return guarded([&] { return at::flatten(x->value, first, last); });
}
CTTensorResult slice(CTTensorRef x, CTInt dim, CTInt start, CTInt end, CTInt step) {
  return guarded([&] { return at::slice(x->value, dim, start, end, step); });
}
CTTensorResult pick(CTTensorRef x, CTInt dim, CTInt index) {
  return guarded([&] { return at::select(x->value, dim, index); });
}
CTTensorResult indexSelect(CTTensorRef x, CTInt dim, CTTensorRef indices) {
  return guarded([&] { return at::index_select(x->value, dim, indices->value); });
}
CTTensorResult gather(CTTensorRef x, CTInt dim, CTTensorRef indices) {
  return guarded([&] { return at::gather(x->value, dim, indices->value); });
}
CTTensorResult flip(CTTensorRef x, const CTInt *dims, CTInt count) {
  return guarded([&] { return at::flip(x->value, list(dims, count)); });
}
CTTensorResult pad(CTTensorRef x, const CTInt *widths, CTInt count, double value) {
  return guarded([&] { return at::constant_pad_nd(x->value, list(widths, count), value); });
}
CTTensorResult oneHot(CTTensorRef x, CTInt classes) {
  return guarded([&] { return at::one_hot(x->value, classes); });
}
CTTensorResult cat(const CTTensorRef *parts, CTInt count, CTInt dim) {
  return guarded([&] { return at::cat(list(parts, count), dim); });
}
CTTensorResult stack(const CTTensorRef *parts, CTInt count, CTInt dim) {
  return guarded([&] { return at::stack(list(parts, count), dim); });
}

} // namespace bridge
