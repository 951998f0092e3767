/* failing-disk.c: a disk that fails, to be put before a program by LD_PRELOAD.
 *
 * Counted is what is done to files below the folder DISK_FOLDER, temporary files of no name among
 * them. DISK_FAULT says what fails from the one with the number DISK_AT on:
 *
 *   once   that write, flush, cut or renaming, with EIO; all others are done
 *   gone   that one and all that follow
 *   full   that one that would take up space and all such that follow, with ENOSPC
 *   unread that reading, with EIO; all others are done
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

/* What is done: reads, takes up no more space, or takes up some. */
typedef enum
{
  READS,
  KEEPS,
  GROWS,
} Kind;

static int
is_counted (const char *fault,
            Kind        kind)
{
  if (strcmp (fault, "unread") == 0)
    return kind == READS;
  return kind == GROWS || (kind == KEEPS && strcmp (fault, "full") != 0);
}

/* Whether this one fails; errno then says how. */
static int
fails_at (const char *path,
          const char *doing,
          Kind        kind)
{
  const char *folder = getenv ("DISK_FOLDER");
  const char *fault = getenv ("DISK_FAULT");
  int at, number, lasts;

  if (folder == NULL || fault == NULL || strncmp (path, folder, strlen (folder)) != 0
      || !is_counted (fault, kind))
    return 0;

  at = atoi (getenv ("DISK_AT"));
  number = atomic_fetch_add (&counted, 1) + 1;
  lasts = strcmp (fault, "gone") == 0 || strcmp (fault, "full") == 0;
  if (number < at || (number > at && !lasts))
    return 0;
  if (number == at)
    tell (doing, path);
  errno = strcmp (fault, "full") == 0 ? ENOSPC : EIO;
  return 1;
}

static int
fails (int         fd,
       const char *doing,
       Kind        kind)
{
  char link[64], path[PATH_MAX];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  if (length < 0)
    return 0;
  path[length] = '\0';
  return fails_at (path, doing, kind);
}

static Kind
kind_of (int   fd,
         off_t end)
{
  struct stat info;

  return fstat (fd, &info) == 0 && end > info.st_size ? GROWS : KEEPS;
}

ssize_t
read (int    fd,
      void  *data,
      size_t size)
{
  return fails (fd, "read", READS) ? -1 : NEXT (read) (fd, data, size);
}

ssize_t
pread (int    fd,
       void  *data,
       size_t size,
       off_t  at)
{
  return fails (fd, "pread", READS) ? -1 : NEXT (pread) (fd, data, size, at);
}

ssize_t
pread64 (int     fd,
         void   *data,
         size_t  size,
         off64_t at)
{
  return fails (fd, "pread", READS) ? -1 : NEXT (pread64) (fd, data, size, at);
}

ssize_t
write (int         fd,
       const void *data,
       size_t      size)
{
  return fails (fd, "write", GROWS) ? -1 : NEXT (write) (fd, data, size);
}

ssize_t
pwrite (int         fd,
        const void *data,
        size_t      size,
        off_t       at)
{
  return fails (fd, "pwrite", kind_of (fd, at + (off_t) size))
             ? -1
             : NEXT (pwrite) (fd, data, size, at);
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      size,
          off64_t     at)
{
  return fails (fd, "pwrite", kind_of (fd, at + (off_t) size))
             ? -1
             : NEXT (pwrite64) (fd, data, size, at);
}

int
fsync (int fd)
{
  return fails (fd, "fsync", KEEPS) ? -1 : NEXT (fsync) (fd);
}

int
fdatasync (int fd)
{
  return fails (fd, "fdatasync", KEEPS) ? -1 : NEXT (fdatasync) (fd);
}

int
ftruncate (int   fd,
           off_t size)
{
  return fails (fd, "ftruncate", kind_of (fd, size)) ? -1 : NEXT (ftruncate) (fd, size);
}

int
ftruncate64 (int     fd,
             off64_t size)
{
  return fails (fd, "ftruncate", kind_of (fd, size)) ? -1 : NEXT (ftruncate64) (fd, size);
}

int
rename (const char *from,
        const char *to)
{
  return fails_at (to, "rename", KEEPS) ? -1 : NEXT (rename) (from, to);
}
