/* Preloaded into a program, makes each of its syncs take SLOW_SYNC_MICROSECONDS longer: a slower disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_longer(void) {
  const char *text = getenv("SLOW_SYNC_MICROSECONDS");
  long microseconds = text == NULL ? 0 : atol(text);
  struct timespec time = {microseconds / 1000000, (microseconds % 1000000) * 1000};
  nanosleep(&time, NULL);
}

int fsync(int file) {
  static int (*sync_really)(int);
  if (sync_really == NULL) sync_really = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_longer();
  return sync_really(file);
}

int fdatasync(int file) {
  static int (*sync_really)(int);
  if (sync_really == NULL) sync_really = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_longer();
  return sync_really(file);
}
