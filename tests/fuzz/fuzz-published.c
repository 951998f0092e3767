/* fuzz-published.c: any bytes as what a desktop puts up, and any text as what a browser prefers to
 * read: what is read at all can be found. */

#include "rungs-relay-published.h"

#include <string.h>

#include "wire/rungs-link.h"

static void
check (RungsRelayPublished *published,
       const char *const   *languages)
{
  const char *handshake = NULL;
  const RungsRelayForm *form = rungs_relay_published_find_form (published, "a");
  const RungsRelaySource *source = rungs_relay_published_find_source (published, "a");

  rungs_relay_published_has (published, "form-0123456789abcdef", &handshake);
  for (RungsRelayPageKind kind = 0; kind < RUNGS_RELAY_PAGE_LANDING; kind++)
    {
      const RungsRelayPage *page = rungs_relay_published_find_page (published, kind, languages);

      g_assert (page == NULL || (page->kind == kind && *page->html != '\0'));
    }
  rungs_relay_published_find_landing (published, "a", "ppc", languages);
  g_assert (form == NULL || rungs_relay_form_find_text (form, languages) != NULL);
  g_assert (source == NULL || rungs_link_is_target (source->to));
  g_assert (strpbrk (rungs_relay_published_get_targets (published), ";'\r\n") == NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) languages = rungs_relay_languages_of (text, text);
  g_autoptr (RungsRelayPublished) published
    = rungs_relay_published_parse ((const char *) data, size, NULL);

  for (guint i = 0; languages[i] != NULL; i++)
    g_assert (*languages[i] != '\0');
  if (published != NULL)
    check (published, (const char *const *) languages);
  return 0;
}
