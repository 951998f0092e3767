/* failing-memory.c: memory that SQLite does not get, to be put before a program by LD_PRELOAD.
 *
 * Of what libsqlite3 asks for, the piece with the number MEMORY_AT is refused, once; MEMORY_COUNT
 * names a file that is told how many there were. What others ask for they get: GLib ends the
 * program where it does not, which is what the test "kill" is about. */

#include <link.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc (size_t size);
extern void *__libc_realloc (void  *memory,
                             size_t size);

static const char *begin, *end; /* of libsqlite3's code */
static int refused_at;
static atomic_int asked;

static int
find_sqlite_cb (struct dl_phdr_info *library,
                size_t               size,
                void                *data)
{
  for (int i = 0; strstr (library->dlpi_name, "libsqlite3") && i < library->dlpi_phnum; i++)
    if (library->dlpi_phdr[i].p_type == PT_LOAD && (library->dlpi_phdr[i].p_flags & PF_X) != 0)
      {
        begin = (const char *) library->dlpi_addr + library->dlpi_phdr[i].p_vaddr;
        end = begin + library->dlpi_phdr[i].p_memsz;
      }
  return 0;
}

__attribute__ ((constructor)) static void
set_up (void)
{
  dl_iterate_phdr (find_sqlite_cb, NULL);
  refused_at = getenv ("MEMORY_AT") != NULL ? atoi (getenv ("MEMORY_AT")) : 0;
}

__attribute__ ((destructor)) static void
tell (void)
{
  FILE *file = getenv ("MEMORY_COUNT") != NULL ? fopen (getenv ("MEMORY_COUNT"), "w") : NULL;

  if (file != NULL)
    {
      fprintf (file, "%d\n", asked);
      fclose (file);
    }
}

static int
is_refused (const void *caller)
{
  if ((const char *) caller < begin || (const char *) caller >= end)
    return 0;
  return atomic_fetch_add (&asked, 1) + 1 == refused_at;
}

void *
malloc (size_t size)
{
  return is_refused (__builtin_return_address (0)) ? NULL : __libc_malloc (size);
}

void *
realloc (void  *memory,
         size_t size)
{
  return is_refused (__builtin_return_address (0)) ? NULL : __libc_realloc (memory, size);
}
