/* fuzz-form-data.c: any bytes as forms: what stands before the first NUL is the content type. */

#include <string.h>

#include "wire/rungs-form-data.h"

static void
check (GPtrArray *fields)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      g_assert (g_utf8_validate (field->name, -1, NULL));
      g_assert (g_utf8_validate (field->value, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *end = size > 0 ? memchr (data, '\0', size) : NULL;
  g_autoptr (GPtrArray) pairs
      = rungs_form_data_read_urlencoded ((const char *) data, size, NULL);
  g_autoptr (GPtrArray) members = rungs_form_data_read_json ((const char *) data, size, NULL);
  g_autoptr (GPtrArray) parts = NULL;

  check (pairs);
  if (end == NULL)
    return 0;
  parts = rungs_form_data_read_multipart ((const char *) data, (const char *) end + 1,
                                          size - (gsize) (end + 1 - data), NULL);
  check (parts);
  return 0;
}
