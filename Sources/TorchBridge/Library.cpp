// The table itself, messages, and what concerns libtorch as a whole.

#include "TorchBridge.h"
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <cstring>
#include <torch/headeronly/version.h>

namespace bridge {

namespace {
thread_local std::string message;

at::Generator generatorOf(CTDevice place, uint64_t seed) {
  auto generator = at::globalContext().defaultGenerator(device(place)).clone();
  generator.set_current_seed(seed);
  return generator;
}
} // namespace

void keepMessage() noexcept {
  try {
    throw;
  } catch (const c10::Error &error) {
    message = error.what_without_backtrace();
  } catch (const std::exception &error) {
    message = error.what();
  } catch (...) {
    message = "an exception of an unknown kind";
  }
}

char *takeMessage() {
  if (message.empty()) return nullptr;
  char *text = strdup(message.c_str());
  message.clear();
  return text;
}

const char *version() { return TORCH_VERSION; }
CTInt threads() { return at::get_num_threads(); }
CTInt cudaDevices() { return at::hasCUDA() ? static_cast<CTInt>(at::detail::getCUDAHooks().getNumGPUs()) : 0; }

bool setThreads(CTInt count) {
  return guarded([&] { at::set_num_threads(static_cast<int>(count)); });
}

bool synchronize(CTDevice place) {
  return guarded([&] {
    if (place.cuda) at::detail::getCUDAHooks().deviceSynchronize(static_cast<at::DeviceIndex>(place.index));
  });
}

bool setDeterministic(bool on) {
  return guarded([&] { at::globalContext().setDeterministicAlgorithms(on, /*warn_only=*/false); });
}

bool setFlushDenormal(bool on) {
  return guarded([&] { TORCH_CHECK(at::globalContext().setFlushDenormal(on), "this processor cannot flush denormals"); });
}

bool seedAll(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

CTGeneratorRef makeGenerator(uint64_t seed, CTDevice place) {
  return guarded([&] { return generatorOf(place, seed); });
}

bool seedGenerator(CTGeneratorRef generator, uint64_t seed) {
  return guarded([&] { generator->value.set_current_seed(seed); });
}

CTTensorResult generatorState(CTGeneratorRef generator) {
  return guarded([&] { return generator->value.get_state(); });
}

bool setGeneratorState(CTGeneratorRef generator, CTTensorRef state) {
  return guarded([&] { generator->value.set_state(state->value); });
}

void releaseGenerator(CTGeneratorRef generator) { delete generator; }

} // namespace bridge

static_assert(static_cast<int>(at::kByte) == CTUInt8 && static_cast<int>(at::kChar) == CTInt8);
static_assert(static_cast<int>(at::kShort) == CTInt16 && static_cast<int>(at::kInt) == CTInt32);
static_assert(static_cast<int>(at::kLong) == CTInt64 && static_cast<int>(at::kHalf) == CTFloat16);
static_assert(static_cast<int>(at::kFloat) == CTFloat32 && static_cast<int>(at::kDouble) == CTFloat64);
static_assert(static_cast<int>(at::kBool) == CTBool && static_cast<int>(at::kBFloat16) == CTBFloat16);
static_assert(int{at::Reduction::None} == CTNone && int{at::Reduction::Mean} == CTMean && int{at::Reduction::Sum} == CTSum);

/// What `ct_open` looks up.
extern "C" __attribute__((visibility("default"))) const CTFunctions nash_torch = {
#define CT(result, name, ...) #result " " #name "(" #__VA_ARGS__ ")\n"
#include "CTFunctions.h"
#undef CT
    ,
#define CT(result, name, ...) &bridge::name,
#include "CTFunctions.h"
#undef CT
};
