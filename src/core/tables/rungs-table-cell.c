/* rungs-table-cell.c: values as CSV and as JSON. */

#include "tables/rungs-table-cell.h"

#include <string.h>

/* Whether a cell may begin after `before` (0: the first character). A spreadsheet splits at the
 * separators of its own language, whatever the file's are. */
static gboolean
begins_cell (char before)
{
  return before == '\0' || strchr ("\"',;\t\r\n", before) != NULL;
}

/* Whether a spreadsheet computes a cell that begins so. */
static gboolean
is_computed (char c)
{
  return c != '\0' && strchr ("=+-@\t\r", c) != NULL;
}

void
rungs_table_append_csv (GString    *line,
                        const char *text)
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
      if (is_computed (*p) && begins_cell (before))
        g_string_append_c (line, '\'');
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  if (quoted)
    g_string_append_c (line, '"');
}

/* Each apostrophe that was put in stands before a character that is computed, and each that was
 * there before such a character got another one. */
void
rungs_table_unguard (char *text)
{
  char before = '\0';
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from == '\'' && is_computed (from[1]) && begins_cell (before))
        continue;
      before = *to++ = *from;
    }
  *to = '\0';
}

void
rungs_table_append_json (GString    *line,
                         const char *text)
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
