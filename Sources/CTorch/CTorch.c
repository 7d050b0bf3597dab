#define _GNU_SOURCE
#include "CTorch.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>

static const char signatures[] =
#define CT(result, name, ...) #result " " #name "(" #__VA_ARGS__ ")\n"
#include "CTFunctions.h"
#undef CT
    ;

static atomic_bool opened = false;

bool ct_is_open(void) { return opened; }

const CTFunctions *ct_open(const char *path, char **message) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  const CTFunctions *functions = library ? dlsym(library, "nash_torch") : NULL;
  if (!functions) {
    *message = strdup(dlerror());
    return NULL;
  }
  if (strcmp(functions->signatures, signatures) != 0) {
    *message = strdup("it was built from other sources than this program; build both again");
    return NULL;
  }
  opened = true;
  return functions;
}
