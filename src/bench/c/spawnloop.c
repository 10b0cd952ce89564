/*
 * spawnloop: how many processes a second posix_spawn and waitpid give at best, to compare launchers with.
 *
 *   cc -O2 -o spawnloop spawnloop.c
 *   spawnloop [-P parallel] [-n count] [-d list] [-o] program [argument ...]
 *
 * -P  how many run at a time (1)
 * -n  how many in all (1000)
 * -d  change to one directory of this list after another, one a line
 * -o  also open stdin from /dev/null and create the files `stdout` and `stderr` in the directory, which must not exist
 *     (without -d: in the current directory, numbered)
 *
 * Prints: count, seconds, processes a second.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void fail(const char *what, int error) {
  fprintf(stderr, "spawnloop: %s: %s\n", what, strerror(error));
  exit(2);
}

static char **lines(const char *name, long *count) {
  FILE *in = fopen(name, "r");
  if (!in) fail(name, errno);
  char **all = NULL, *line = NULL;
  size_t size = 0;
  long room = 0, got;
  *count = 0;
  while ((got = getline(&line, &size, in)) > 0) {
    if (line[got - 1] == '\n') line[got - 1] = 0;
    if (*count == room) {
      room = room ? 2 * room : 1024;
      all = realloc(all, room * sizeof *all);
      if (!all) fail("memory", ENOMEM);
    }
    all[(*count)++] = strdup(line);
  }
  fclose(in);
  if (*count == 0) fail(name, ENODATA);
  return all;
}

int main(int argc, char **argv) {
  long parallel = 1, count = 1000, directories = 0;
  int files = 0, option;
  char **directory = NULL;
  while ((option = getopt(argc, argv, "+P:n:d:o")) != -1) {
    switch (option) {
      case 'P': parallel = atol(optarg); break;
      case 'n': count = atol(optarg); break;
      case 'd': directory = lines(optarg, &directories); break;
      case 'o': files = 1; break;
      default: return 2;
    }
  }
  if (optind == argc || parallel < 1) {
    fprintf(stderr, "usage: spawnloop [-P parallel] [-n count] [-d list] [-o] program [argument ...]\n");
    return 2;
  }
  posix_spawnattr_t attributes;
  sigset_t set;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  sigemptyset(&set);
  posix_spawnattr_setsigmask(&attributes, &set);
  sigfillset(&set);
  sigdelset(&set, SIGKILL);
  sigdelset(&set, SIGSTOP);
  posix_spawnattr_setsigdefault(&attributes, &set);

  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  long started = 0, ended = 0;
  while (ended < count) {
    while (started < count && started - ended < parallel) {
      posix_spawn_file_actions_t actions;
      posix_spawn_file_actions_init(&actions);
      if (directory) posix_spawn_file_actions_addchdir_np(&actions, directory[started % directories]);
      if (files) {
        char out[32] = "stdout", err[32] = "stderr";
        if (!directory || started >= directories) {
          snprintf(out, sizeof out, "stdout.%ld", started);
          snprintf(err, sizeof err, "stderr.%ld", started);
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_EXCL, 0666);
        posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT | O_EXCL, 0666);
      }
      pid_t pid;
      int error = posix_spawn(&pid, argv[optind], &actions, &attributes, argv + optind, environ);
      if (error) fail(argv[optind], error);
      posix_spawn_file_actions_destroy(&actions);
      started++;
    }
    int status;
    if (waitpid(-1, &status, 0) > 0)
      ended++;
    else if (errno != EINTR)
      fail("waitpid", errno);
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  double seconds = (to.tv_sec - from.tv_sec) + (to.tv_nsec - from.tv_nsec) / 1e9;
  printf("%ld %.3f %.0f\n", count, seconds, count / seconds);
  return 0;
}
