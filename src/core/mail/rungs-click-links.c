/* rungs-click-links.c: gives the links of what a lead reads other addresses, in both parts.
 *
 * The HTML is our own: whether a block was made or cleaned here, its attributes stand in double
 * quotes, with & < > " escaped. In the text a link is <ADDRESS>. */

#include "mail/rungs-click-links.h"

#include <string.h>

#include "mail/rungs-markdown.h"

typedef struct
{
  RungsClickLink link;
  gpointer data;
  GHashTable *replaced; /* (owned) target → where it leads now; NULL: it stays */
} Links;

/* The value of an attribute as it is meant. */
static char *
unescape (const char *text,
          gsize       length)
{
  static const struct
  {
    const char *name;
    char sign;
  } SIGNS[] = { { "&amp;", '&' }, { "&lt;", '<' },  { "&gt;", '>' },
                { "&quot;", '"' }, { "&#39;", '\'' } };
  GString *plain = g_string_sized_new (length);

  for (const char *p = text; p < text + length;)
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (SIGNS) && !g_str_has_prefix (p, SIGNS[i].name))
        i++;
      g_string_append_c (plain, i < G_N_ELEMENTS (SIGNS) ? SIGNS[i].sign : *p);
      p += i < G_N_ELEMENTS (SIGNS) ? strlen (SIGNS[i].name) : 1;
    }
  return g_string_free (plain, FALSE);
}

/* Lends where `target` leads now; NULL: it stays. */
static const char *
look_up (Links      *links,
         const char *target)
{
  gpointer now = NULL;

  if (g_hash_table_lookup_extended (links->replaced, target, NULL, &now))
    return now;
  now = links->link (target, links->data);
  g_hash_table_insert (links->replaced, g_strdup (target), now);
  return now;
}

/* Whether what a link says, behind the end of its tag, is an address. */
static gboolean
says_address (const char *behind)
{
  static const char *const BEGINNINGS[] = { "http://", "https://", "www." };

  while (g_ascii_isspace (*behind))
    behind++;
  for (gsize i = 0; i < G_N_ELEMENTS (BEGINNINGS); i++)
    if (g_ascii_strncasecmp (behind, BEGINNINGS[i], strlen (BEGINNINGS[i])) == 0)
      return TRUE;
  return FALSE;
}

/* Where the value of href begins in the tag at `tag`, which ends at `end`; NULL: it has none. */
static const char *
find_href (const char *tag,
           const char *end)
{
  const char *href = g_strstr_len (tag, end - tag, " href=\"");

  return href != NULL ? href + strlen (" href=\"") : NULL;
}

/* Appends the tag at `tag`, which ends at `end`. */
static void
append_tag (GString    *html,
            Links      *links,
            const char *tag,
            const char *end)
{
  const char *value = find_href (tag, end);
  const char *quote = value != NULL ? memchr (value, '"', (gsize) (end - value)) : NULL;
  g_autofree char *target
      = quote != NULL && !says_address (end + 1) ? unescape (value, (gsize) (quote - value)) : NULL;
  const char *now = target != NULL ? look_up (links, target) : NULL;

  if (now == NULL)
    {
      g_string_append_len (html, tag, end - tag);
      return;
    }
  g_string_append_len (html, tag, value - tag);
  rungs_markdown_append_escaped (html, now, strlen (now));
  g_string_append_len (html, quote, end - quote);
}

static char *
replace_in_html (const char *html,
                 Links      *links)
{
  GString *replaced = g_string_sized_new (strlen (html) + 1024);
  const char *done = html;
  const char *tag, *end;

  while ((tag = strstr (done, "<a ")) != NULL && (end = strchr (tag, '>')) != NULL)
    {
      g_string_append_len (replaced, done, tag - done);
      append_tag (replaced, links, tag, end);
      done = end;
    }
  g_string_append (replaced, done);
  return g_string_free (replaced, FALSE);
}

static char *
replace_in_text (const char *text,
                 Links      *links)
{
  GString *replaced = g_string_sized_new (strlen (text) + 1024);
  const char *done = text;
  const char *begin, *end;

  while ((begin = strchr (done, '<')) != NULL)
    {
      gsize length = strcspn (begin + 1, "> \n");
      g_autofree char *target = g_strndup (begin + 1, length);
      const char *now = g_hash_table_lookup (links->replaced, target);

      end = begin + 1 + length;
      g_string_append_len (replaced, done, begin + 1 - done);
      g_string_append (replaced, now != NULL && *end == '>' ? now : target);
      done = end;
    }
  g_string_append (replaced, done);
  return g_string_free (replaced, FALSE);
}

void
rungs_click_links_replace (RungsMessageContent *content,
                           RungsClickLink       link,
                           gpointer             data)
{
  g_autoptr (GHashTable) replaced
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Links links = { link, data, replaced };
  char *html, *text;

  g_return_if_fail (content != NULL && link != NULL);

  html = replace_in_html (content->html, &links);
  text = replace_in_text (content->text, &links);
  content->html_size += strlen (html) - strlen (content->html);
  g_free (content->html);
  g_free (content->text);
  content->html = html;
  content->text = text;
}
