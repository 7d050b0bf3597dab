// Main memory for tensors that is kept for reuse.
//
// A training step asks for the same hundreds of blocks of megabytes each time. The C library hands such blocks back to
// the system as soon as they are free, which must then clear every page anew: that costs about as much as the
// arithmetic of a small layer. Here freed blocks wait in lists by size, and large pages are asked for.

#include "TorchBridge.h"
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <mutex>
#include <sys/mman.h>
#include <unordered_map>

namespace bridge {

namespace {
constexpr size_t smallest = size_t(1) << 18;  // below this the C library is as good
constexpr size_t largePage = size_t(1) << 21;

/// The size that stands for all sizes near it: at most an eighth above.
size_t rounded(size_t bytes) {
  size_t grain = std::bit_floor(bytes) / 8;
  size_t size = (bytes + grain - 1) / grain * grain;
  return size < largePage ? size : (size + largePage - 1) / largePage * largePage;
}

class Keeper final : public c10::Allocator {
public:
  static Keeper &shared() {
    static auto *keeper = new Keeper;  // never destroyed: tensors may outlive everything
    return *keeper;
  }

  c10::DataPtr allocate(size_t bytes) override {
    if (bytes < smallest || limit == 0) {
      void *block = c10::alloc_cpu(bytes);
      return {block, block, &c10::free_cpu, at::kCPU};
    }
    void *block = take(rounded(bytes), bytes);
    return {block, block, &release, at::kCPU};
  }

  // It also frees what came from elsewhere, as libtorch frees some memory by the allocator of the moment.
  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void *target, const void *source, size_t count) const override { std::memcpy(target, source, count); }

  void keep(size_t bytes) {
    std::lock_guard lock(mutex);
    limit = bytes;
    trim();
  }

  size_t kept() {
    std::lock_guard lock(mutex);
    return waiting;
  }

private:
  std::mutex mutex;
  std::unordered_map<void *, size_t> sizes;                // of every block, used or waiting
  std::unordered_map<size_t, std::vector<void *>> blocks;  // waiting, by size
  std::atomic<size_t> limit = 0;
  size_t waiting = 0;

  static void release(void *block) {
    if (block) shared().giveBack(block);
  }

  void *take(size_t size, size_t asked) {
    std::lock_guard lock(mutex);
    auto &list = blocks[size];
    if (!list.empty()) {
      void *block = list.back();
      list.pop_back();
      waiting -= size;
      return block;
    }
    void *block = map(size);
    if (!block) {
      size_t before = limit.exchange(0);
      trim();
      limit = before;
      block = map(size);
    }
    TORCH_CHECK_WITH(OutOfMemoryError, block, "not enough memory: you tried to allocate ", asked, " bytes.");
    sizes.emplace(block, size);
    return block;
  }

  void giveBack(void *block) {
    std::unique_lock lock(mutex);
    auto found = sizes.find(block);
    if (found == sizes.end()) {
      lock.unlock();
      c10::free_cpu(block);
      return;
    }
    blocks[found->second].push_back(block);
    waiting += found->second;
    if (waiting > limit) trim();
  }

  /// Gives waiting blocks to the system, large ones first, until no more than the limit wait.
  void trim() {
    std::vector<size_t> order;
    for (auto &[size, list] : blocks)
      if (!list.empty()) order.push_back(size);
    std::sort(order.rbegin(), order.rend());
    for (size_t size : order) {
      auto &list = blocks[size];
      while (!list.empty() && waiting > limit) {
        sizes.erase(list.back());
        munmap(list.back(), size);
        list.pop_back();
        waiting -= size;
      }
    }
  }

  /// New memory that begins at a large page where it is that large; null where the system has none.
  static void *map(size_t size) {
    size_t slack = size < largePage ? 0 : largePage;
    void *start = mmap(nullptr, size + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return nullptr;
    if (slack == 0) return start;
    auto address = reinterpret_cast<uintptr_t>(start);
    auto block = (address + slack - 1) / slack * slack;
    if (block > address) munmap(start, block - address);
    if (block < address + slack) munmap(reinterpret_cast<void *>(block + size), address + slack - block);
    madvise(reinterpret_cast<void *>(block), size, MADV_HUGEPAGE);
    return reinterpret_cast<void *>(block);
  }
};
} // namespace

bool keepMemory(CTInt limit) {
  return guarded([&] {
    static std::once_flag once;
    std::call_once(once, [] { c10::SetCPUAllocator(&Keeper::shared(), /*priority=*/1); });
    Keeper::shared().keep(static_cast<size_t>(std::max<CTInt>(limit, 0)));
  });
}

CTInt keptMemory() { return static_cast<CTInt>(Keeper::shared().kept()); }

} // namespace bridge
