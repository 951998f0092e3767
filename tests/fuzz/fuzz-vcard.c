/* fuzz-vcard.c: any bytes as address cards. */

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tables/rungs-vcard-reader.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  int fd = memfd_create ("cards", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (RungsTableReader) reader = NULL;
  const RungsTableRow *row;
  guint n_columns = 0;

  g_assert (write (fd, data, size) == (gssize) size);
  reader = rungs_vcard_reader_open (path, NULL, NULL);
  while (reader != NULL && (row = rungs_table_reader_next (reader, NULL, NULL)) != NULL)
    {
      n_columns = n_columns > 0 ? n_columns : row->n_fields;
      g_assert (row->n_fields > 0 && row->n_fields <= n_columns);
      for (guint i = 0; i < row->n_fields; i++)
        g_assert (g_utf8_validate (row->fields[i], -1, NULL));
    }
  close (fd);
  return 0;
}
