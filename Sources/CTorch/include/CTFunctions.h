// The one list of the bridge's functions: CT(result, name, parameters...). CTorch.h makes the
// table's fields of it, TorchBridge the prototypes and the table itself. It has no include guard:
// who includes it says what CT is.
//
// A function that fails returns null (or false) and leaves a message for `takeMessage` on the same
// thread. Shapes, dimensions and lists are a pointer and a count. A dimension may count from the
// end (-1 is the last); no dimensions at all stand for every one.

// The library
CT(char *_Nullable, takeMessage, void)  // the caller frees it
CT(const char *_Nonnull, version, void)
CT(CTInt, threads, void)
CT(bool, setThreads, CTInt count)
CT(CTInt, cudaDevices, void)
CT(bool, synchronize, CTDevice device)
CT(bool, setDeterministic, bool on)
CT(bool, setFlushDenormal, bool on)
CT(bool, keepMemory, CTInt limit)  // freed blocks of main memory are kept for reuse, up to so many bytes
CT(CTInt, keptMemory, void)

// Random numbers
CT(bool, seedAll, uint64_t seed)
CT(CTGeneratorRef, makeGenerator, uint64_t seed, CTDevice device)
CT(bool, seedGenerator, CTGeneratorRef generator, uint64_t seed)
CT(CTTensorResult, generatorState, CTGeneratorRef generator)
CT(bool, setGeneratorState, CTGeneratorRef generator, CTTensorRef state)
CT(void, releaseGenerator, CTGeneratorRef generator)

// A tensor's life and what it is
CT(void, release, CTTensorRef x)
CT(CTInt, rank, CTTensorRef x)
CT(void, copyShape, CTTensorRef x, CTInt *_Nonnull sizes)
CT(CTInt, count, CTTensorRef x)
CT(CTDType, dtype, CTTensorRef x)
CT(CTDevice, device, CTTensorRef x)
CT(char *_Nullable, describe, CTTensorRef x)  // the caller frees it
CT(void *_Nullable, data, CTTensorRef x)  // null unless in main memory and contiguous
CT(bool, read, CTTensorRef x, void *_Nonnull bytes, CTInt count)
CT(bool, readScalar, CTTensorRef x, double *_Nonnull value)

// Creation
CT(CTTensorResult, empty, const CTInt *_Nonnull shape, CTInt rank, CTOptions options)
CT(CTTensorResult, full, const CTInt *_Nonnull shape, CTInt rank, CTScalar value, CTOptions options)
CT(CTTensorResult, rand, const CTInt *_Nonnull shape, CTInt rank, CTGeneratorRef generator, CTOptions options)
CT(CTTensorResult, randn, const CTInt *_Nonnull shape, CTInt rank, CTGeneratorRef generator, CTOptions options)
CT(CTTensorResult, randint, CTInt low, CTInt high, const CTInt *_Nonnull shape, CTInt rank, CTGeneratorRef generator,
   CTOptions options)
CT(CTTensorResult, randperm, CTInt count, CTGeneratorRef generator, CTOptions options)
CT(CTTensorResult, arange, CTScalar start, CTScalar end, CTScalar step, CTOptions options)
CT(CTTensorResult, eye, CTInt count, CTOptions options)
CT(CTTensorResult, fromBytes, const void *_Nullable bytes, const CTInt *_Nonnull shape, CTInt rank, CTOptions options)
CT(CTTensorResult, emptyLike, CTTensorRef x)

// Copies and conversions
CT(CTTensorResult, to, CTTensorRef x, CTOptions options)
CT(CTTensorResult, clone, CTTensorRef x)
CT(CTTensorResult, detach, CTTensorRef x)
CT(CTTensorResult, contiguous, CTTensorRef x)
CT(CTTensorResult, channelsLast, CTTensorRef x)

// In place
CT(bool, fill, CTTensorRef x, CTScalar value)
CT(bool, fillNormal, CTTensorRef x, double mean, double deviation, CTGeneratorRef generator)
CT(bool, fillUniform, CTTensorRef x, double low, double high, CTGeneratorRef generator)
CT(bool, assign, CTTensorRef x, CTTensorRef y)
CT(bool, addInPlace, CTTensorRef x, CTTensorRef y, double scale)
CT(bool, multiplyInPlace, CTTensorRef x, CTTensorRef y)
CT(bool, scaleInPlace, CTTensorRef x, CTScalar factor)

// Arithmetic
CT(CTTensorResult, add, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, sub, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, mul, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, div, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, pow, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, addScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, subScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, mulScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, divScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, powScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, subFromScalar, CTScalar x, CTTensorRef y)
CT(CTTensorResult, divScalarBy, CTScalar x, CTTensorRef y)
CT(CTTensorResult, maximum, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, minimum, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, matmul, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, clamp, CTTensorRef x, double low, double high)
CT(CTTensorResult, neg, CTTensorRef x)
CT(CTTensorResult, abs, CTTensorRef x)
CT(CTTensorResult, sign, CTTensorRef x)
CT(CTTensorResult, exp, CTTensorRef x)
CT(CTTensorResult, log, CTTensorRef x)
CT(CTTensorResult, log1p, CTTensorRef x)
CT(CTTensorResult, sqrt, CTTensorRef x)
CT(CTTensorResult, rsqrt, CTTensorRef x)
CT(CTTensorResult, square, CTTensorRef x)
CT(CTTensorResult, reciprocal, CTTensorRef x)
CT(CTTensorResult, sin, CTTensorRef x)
CT(CTTensorResult, cos, CTTensorRef x)
CT(CTTensorResult, tanh, CTTensorRef x)
CT(CTTensorResult, erf, CTTensorRef x)
CT(CTTensorResult, floor, CTTensorRef x)
CT(CTTensorResult, round, CTTensorRef x)
CT(CTTensorResult, eigvalsh, CTTensorRef x)
CT(CTTensorResult, corrcoef, CTTensorRef x)
CT(bool, slogdet, CTTensorRef x, CTTensorResult *_Nonnull pair)  // sign, logarithm

// Comparison, element by element
CT(CTTensorResult, eq, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, ne, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, lt, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, le, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, gt, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, ge, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, eqScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, neScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, ltScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, leScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, gtScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, geScalar, CTTensorRef x, CTScalar y)
CT(CTTensorResult, isnan, CTTensorRef x)
CT(CTTensorResult, isfinite, CTTensorRef x)
CT(CTTensorResult, logicalNot, CTTensorRef x)
CT(CTTensorResult, logicalAnd, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, logicalOr, CTTensorRef x, CTTensorRef y)
CT(CTTensorResult, select, CTTensorRef condition, CTTensorRef x, CTTensorRef y)
CT(bool, equal, CTTensorRef x, CTTensorRef y, bool *_Nonnull result)

// Reductions
CT(CTTensorResult, sum, CTTensorRef x, const CTInt *_Nonnull dims, CTInt count, bool keep)
CT(CTTensorResult, mean, CTTensorRef x, const CTInt *_Nonnull dims, CTInt count, bool keep)
CT(CTTensorResult, amax, CTTensorRef x, const CTInt *_Nonnull dims, CTInt count, bool keep)
CT(CTTensorResult, amin, CTTensorRef x, const CTInt *_Nonnull dims, CTInt count, bool keep)
CT(CTTensorResult, logsumexp, CTTensorRef x, const CTInt *_Nonnull dims, CTInt count, bool keep)
CT(CTTensorResult, norm, CTTensorRef x, double order, const CTInt *_Nonnull dims, CTInt count, bool keep)
CT(CTTensorResult, variance, CTTensorRef x, CTInt correction, const CTInt *_Nonnull dims, CTInt count, bool keep)
CT(CTTensorResult, prod, CTTensorRef x)
CT(CTTensorResult, all, CTTensorRef x)
CT(CTTensorResult, any, CTTensorRef x)
CT(CTTensorResult, argmax, CTTensorRef x, CTInt dim, bool keep)
CT(CTTensorResult, argsort, CTTensorRef x, CTInt dim, bool descending)
CT(CTTensorResult, cumsum, CTTensorRef x, CTInt dim)
CT(bool, topk, CTTensorRef x, CTInt k, CTInt dim, CTTensorResult *_Nonnull pair)  // values, indices

// Views, and pieces put together
CT(CTTensorResult, reshape, CTTensorRef x, const CTInt *_Nonnull shape, CTInt rank)
CT(CTTensorResult, permute, CTTensorRef x, const CTInt *_Nonnull dims, CTInt rank)
CT(CTTensorResult, expand, CTTensorRef x, const CTInt *_Nonnull shape, CTInt rank)
CT(CTTensorResult, transpose, CTTensorRef x, CTInt first, CTInt second)
CT(CTTensorResult, unsqueeze, CTTensorRef x, CTInt dim)
CT(CTTensorResult, squeeze, CTTensorRef x, CTInt dim)
CT(CTTensorResult, flatten, CTTensorRef x, CTInt first, CTInt last)
CT(CTTensorResult, slice, CTTensorRef x, CTInt dim, CTInt start, CTInt end, CTInt step)
CT(CTTensorResult, pick, CTTensorRef x, CTInt dim, CTInt index)
CT(CTTensorResult, indexSelect, CTTensorRef x, CTInt dim, CTTensorRef indices)
CT(CTTensorResult, gather, CTTensorRef x, CTInt dim, CTTensorRef indices)
CT(CTTensorResult, flip, CTTensorRef x, const CTInt *_Nonnull dims, CTInt count)
CT(CTTensorResult, pad, CTTensorRef x, const CTInt *_Nonnull widths, CTInt count, double value)
CT(CTTensorResult, oneHot, CTTensorRef x, CTInt classes)
CT(CTTensorResult, cat, const CTTensorRef *_Nonnull parts, CTInt count, CTInt dim)
CT(CTTensorResult, stack, const CTTensorRef *_Nonnull parts, CTInt count, CTInt dim)

// Activations
CT(CTTensorResult, relu, CTTensorRef x)
CT(CTTensorResult, sigmoid, CTTensorRef x)
CT(CTTensorResult, gelu, CTTensorRef x)
CT(CTTensorResult, silu, CTTensorRef x)
CT(CTTensorResult, hardswish, CTTensorRef x)
CT(CTTensorResult, hardsigmoid, CTTensorRef x)
CT(CTTensorResult, softmax, CTTensorRef x, CTInt dim)
CT(CTTensorResult, logSoftmax, CTTensorRef x, CTInt dim)

// Layers: x [N, C, H, W]
CT(CTTensorResult, linear, CTTensorRef x, CTTensorRef weight, CTOptionalTensorRef bias)
CT(CTTensorResult, conv2d, CTTensorRef x, CTTensorRef weight, CTOptionalTensorRef bias, CTPair stride, CTPair padding,
   CTPair dilation, CTInt groups)
CT(CTTensorResult, batchNorm, CTTensorRef x, CTOptionalTensorRef weight, CTOptionalTensorRef bias,
   CTOptionalTensorRef mean, CTOptionalTensorRef variance, bool training, double momentum, double epsilon)
CT(CTTensorResult, maxPool2d, CTTensorRef x, CTWindow window, bool ceil)
CT(CTTensorResult, avgPool2d, CTTensorRef x, CTWindow window, bool ceil, bool countPadding)
CT(CTTensorResult, adaptiveAvgPool2d, CTTensorRef x, CTPair size)
CT(CTTensorResult, dropout, CTTensorRef x, double probability, CTGeneratorRef generator)

// Losses
CT(CTTensorResult, crossEntropy, CTTensorRef x, CTTensorRef target, CTOptionalTensorRef weight, CTReduction reduction,
   double smoothing)
CT(CTTensorResult, mseLoss, CTTensorRef x, CTTensorRef target, CTReduction reduction)

// Autograd
CT(bool, requiresGrad, CTTensorRef x)
CT(bool, setRequiresGrad, CTTensorRef x, bool on)
CT(CTTensorResult, gradient, CTTensorRef x)  // null, with no message, where there is none
CT(bool, setGradient, CTTensorRef x, CTOptionalTensorRef gradient)
CT(bool, setGradMode, bool on)  // the mode that was
CT(bool, setAutocast, CTDevice device, bool on)  // to bfloat16, on this thread
CT(bool, backward, CTTensorRef x, CTOptionalTensorRef gradient, bool keep, bool create)
CT(bool, gradients, const CTTensorRef *_Nonnull outputs, CTInt outputCount, const CTOptionalTensorRef *_Nullable seeds,
   const CTTensorRef *_Nonnull inputs, CTInt inputCount, bool keep, bool create, bool allowUnused,
   CTTensorResult *_Nonnull results)

// Optimisers: parameters, gradients and state are changed in place
CT(bool, stepSGD, const CTTensorRef *_Nonnull parameters, const CTTensorRef *_Nonnull gradients,
   const CTTensorRef *_Nullable momenta, CTInt count, CTSGD options)
CT(bool, stepAdam, const CTTensorRef *_Nonnull parameters, const CTTensorRef *_Nonnull gradients,
   const CTTensorRef *_Nonnull means, const CTTensorRef *_Nonnull squares, const CTTensorRef *_Nonnull steps,
   CTInt count, CTAdam options)
CT(bool, clipNorm, const CTTensorRef *_Nonnull gradients, CTInt count, double limit, double *_Nonnull norm)
