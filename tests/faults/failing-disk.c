/* failing-disk.c: a disk that fails, to be put before a program by LD_PRELOAD.
 *
 * Counted is each write, flush, cut and renaming of a file below the folder DISK_FOLDER, temporary
 * files of no name among them. DISK_FAULT says what happens from the one with
 * the number DISK_AT on:
 *
 *   once   that one fails with EIO, all others are done
 *   gone   that one and all that follow fail with EIO
 *   full   that one and all that follow which would take up space fail with ENOSPC
 *
 * What failed first is written to the file DISK_LOG, which stays away where nothing did. */

/* With it the C library would know only one of pwrite() and pwrite64(),
 * and SQLite may call either. */
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The function of the C library that stands behind the one of that name here. */
#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

static atomic_int counted;

static void
tell (const char *doing,
      const char *path)
{
  int fd = open (getenv ("DISK_LOG"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      dprintf (fd, "%s %s\n", doing, path);
      close (fd);
    }
}

/* Whether this one fails; errno then says how. */
static int
fails_at (const char *path,
          const char *doing,
          int         takes_space)
{
  const char *folder = getenv ("DISK_FOLDER");
  const char *fault = getenv ("DISK_FAULT");
  int full = fault != NULL && strcmp (fault, "full") == 0;
  int at, number;

  if (folder == NULL || fault == NULL || strncmp (path, folder, strlen (folder)) != 0
      || (full && !takes_space))
    return 0;

  at = atoi (getenv ("DISK_AT"));
  number = atomic_fetch_add (&counted, 1) + 1;
  if (number < at || (number > at && strcmp (fault, "once") == 0))
    return 0;
  if (number == at)
    tell (doing, path);
  errno = full ? ENOSPC : EIO;
  return 1;
}

static int
fails (int         fd,
       const char *doing,
       int         takes_space)
{
  char link[64], path[PATH_MAX];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  if (length < 0)
    return 0;
  path[length] = '\0';
  return fails_at (path, doing, takes_space);
}

static int
grows (int   fd,
       off_t end)
{
  struct stat info;

  return fstat (fd, &info) == 0 && end > info.st_size;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      size)
{
  return fails (fd, "write", 1) ? -1 : NEXT (write) (fd, data, size);
}

ssize_t
pwrite (int         fd,
        const void *data,
        size_t      size,
        off_t       at)
{
  return fails (fd, "pwrite", grows (fd, at + (off_t) size))
             ? -1
             : NEXT (pwrite) (fd, data, size, at);
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      size,
          off64_t     at)
{
  return fails (fd, "pwrite", grows (fd, at + (off_t) size))
             ? -1
             : NEXT (pwrite64) (fd, data, size, at);
}

int
fsync (int fd)
{
  return fails (fd, "fsync", 0) ? -1 : NEXT (fsync) (fd);
}

int
fdatasync (int fd)
{
  return fails (fd, "fdatasync", 0) ? -1 : NEXT (fdatasync) (fd);
}

int
ftruncate (int   fd,
           off_t size)
{
  return fails (fd, "ftruncate", grows (fd, size)) ? -1 : NEXT (ftruncate) (fd, size);
}

int
ftruncate64 (int     fd,
             off64_t size)
{
  return fails (fd, "ftruncate", grows (fd, size)) ? -1 : NEXT (ftruncate64) (fd, size);
}

int
rename (const char *from,
        const char *to)
{
  return fails_at (to, "rename", 0) ? -1 : NEXT (rename) (from, to);
}
