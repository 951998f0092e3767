/* rungs-oauth-page.c: what the browser shows when it has come back. It loads nothing, runs nothing,
 * and links nowhere. */

#include "mail/rungs-oauth-page.h"

static const char PAGE[] =
  "<!DOCTYPE html>\n"
  "<html><head><meta charset=\"utf-8\"><title>%s</title>"
  "<meta name=\"viewport\" content=\"width=device-width\">"
  "<meta name=\"color-scheme\" content=\"light dark\">"
  "<style>body{font-family:sans-serif;max-width:32em;margin:20vh auto;padding:0 1em;"
  "text-align:center}</style></head>"
  "<body><h1>%s</h1><p>%s</p></body></html>\n";

char *
rungs_oauth_page_new (const char *heading,
                      const char *line)
{
  g_autofree char *safe_heading = NULL;
  g_autofree char *safe_line = NULL;

  g_return_val_if_fail (heading != NULL && line != NULL, NULL);

  safe_heading = g_markup_escape_text (heading, -1);
  safe_line = g_markup_escape_text (line, -1);
  return g_strdup_printf (PAGE, safe_heading, safe_heading, safe_line);
}
