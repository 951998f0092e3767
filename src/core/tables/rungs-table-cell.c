/* rungs-table-cell.c: values as CSV and as JSON. */

#include "tables/rungs-table-cell.h"

#include <string.h>

/* Whether a spreadsheet may begin to compute at `c`, in a cell that it may begin after `before`
 * (0: the first character). It splits at the separators of its own language, whatever the file's
 * are. */
static gboolean
begins_formula (char before, char c)
{
  return strchr ("=+-@\t\r", c) != NULL
         && (before == '\0' || strchr ("\"',;\t\r\n", before) != NULL);
}

void
rungs_table_append_csv (GString *line, const char *text)
{
  gboolean quoted;
  char before = '\0';

  if (text == NULL || *text == '\0')
    return;
  quoted = strpbrk (text, "\",;\t\r\n") != NULL || *text == ' ' || g_str_has_suffix (text, " ");
  if (quoted)
    g_string_append_c (line, '"');
  for (const char *p = text; *p != '\0'; before = *p++)
    {
      if (begins_formula (before, *p))
        g_string_append_c (line, '\'');
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  if (quoted)
    g_string_append_c (line, '"');
}

void
rungs_table_append_json (GString *line, const char *text)
{
  if (text == NULL)
    {
      g_string_append (line, "null");
      return;
    }
  g_string_append_c (line, '"');
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (line, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (line, "\\u%04x", (guchar) *p);
    else
      g_string_append_c (line, *p);
  g_string_append_c (line, '"');
}
