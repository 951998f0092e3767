/* fuzz-paste.c: any bytes as what an author pastes: it comes in clean, and what comes in is what is
 * kept.
 *
 * The first byte says whether pictures leave their words. What was cleaned is clean; the paragraphs
 * can be written as Markdown, and mean the same when they are read again. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "mail/rungs-block.h"
#include "mail/rungs-html-clean.h"
#include "mail/rungs-rich.h"

/* What no mail must hold, whatever was pasted. */
static void
check_nothing_bad (const char *html)
{
  static const char *const NEVER[]
      = { "<script", "<iframe", "<object", "<form", "href=\"javascript:" };
  g_autofree char *lower = g_ascii_strdown (html, -1);

  g_assert (g_utf8_validate (html, -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (NEVER); i++)
    g_assert (strstr (lower, NEVER[i]) == NULL);
}

/* Cleaning what is clean brings nothing back. */
static void
check_clean (const char *html)
{
  g_autofree char *clean = rungs_html_clean (html);
  g_autofree char *again = rungs_html_clean (clean);

  check_nothing_bad (clean);
  check_nothing_bad (again);
}

static void
check_rich (const char *html,
            gboolean    with_alt)
{
  g_autoptr (GPtrArray) paragraphs = rungs_html_to_rich (html, with_alt);
  g_autofree char *markdown = rungs_html_to_markdown (html, with_alt);
  g_autofree char *written = rungs_rich_write (paragraphs);
  g_autoptr (GPtrArray) read = rungs_rich_read (markdown);
  g_autofree char *twice = rungs_rich_write (read);

  g_assert_cmpstr (written, ==, markdown);
  g_assert (g_utf8_validate (markdown, -1, NULL));
  g_assert (rungs_rich_means_same (markdown, twice));
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes,
                        size_t         size)
{
  g_autofree char *bare = size > 0 ? g_strndup ((const char *) bytes + 1, size - 1) : NULL;
  g_autofree char *html = bare != NULL ? g_utf8_make_valid (bare, -1) : NULL;
  g_autoptr (GPtrArray) blocks = NULL;

  if (html == NULL)
    return 0;
  check_clean (html);
  check_rich (html, bytes[0] & 1);
  blocks = rungs_html_to_blocks (html);
  g_assert (blocks != NULL);
  return 0;
}
