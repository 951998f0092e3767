/* rungs-rich-meaning.c: whether two Markdown texts come out as the same mail.
 *
 * Both are read by rungs-markdown.c, and its HTML is laid flat: each sign with the styles that hold
 * there, in whatever order the tags were nested. That is done twice: with what {% %} leaves out and
 * lets in as letters, and as if it all were let in. */

#include "mail/rungs-rich.h"

#include <string.h>

#include "mail/rungs-markdown.h"
#include "mail/rungs-rich-pieces.h"

#define JOINER "\xE2\x81\xA0"

typedef struct
{
  GString *out;
  guint bold;
  guint italic;
  guint code;
  char *link;         /* (owned) (nullable) */
  gboolean had_space; /* white space is even */
  char *state;        /* (owned) (nullable): the styles that were written last; of two links to the
                       * same place, one behind the other, no reader knows that they are two */
} Flat;

static void
read_style (Flat       *self,
            guint      *depth,
            const char *tag)
{
  *depth += tag[1] == '/' ? -1 : 1;
}

/* Other tags stand for themselves. */
static void
read_tag (Flat       *self,
          const char *tag,
          gsize       length)
{
  if (g_str_has_prefix (tag, "<em>") || g_str_has_prefix (tag, "</em>"))
    read_style (self, &self->italic, tag);
  else if (g_str_has_prefix (tag, "<strong>") || g_str_has_prefix (tag, "</strong>"))
    read_style (self, &self->bold, tag);
  else if (g_str_has_prefix (tag, "<code>") || g_str_has_prefix (tag, "</code>"))
    read_style (self, &self->code, tag);
  else if (g_str_has_prefix (tag, "<a ") || g_str_has_prefix (tag, "</a>"))
    {
      g_free (self->link);
      self->link = tag[1] == 'a' ? g_strndup (tag, length) : NULL;
    }
  else
    {
      if (self->had_space)
        g_string_truncate (self->out, self->out->len - 1);
      g_string_append_len (self->out, tag, length);
      self->had_space = FALSE;
      g_clear_pointer (&self->state, g_free);
    }
}

static void
write_state (Flat *self)
{
  char *state = g_strdup_printf ("\x01%d%d%d%s\x02", self->bold > 0, self->italic > 0,
                                 self->code > 0, self->link ? self->link : "");

  if (g_strcmp0 (state, self->state) != 0)
    g_string_append (self->out, state);
  g_free (self->state);
  self->state = state;
}

static void
read_sign (Flat *self,
           char  sign)
{
  gboolean is_space = g_ascii_isspace (sign);

  if (is_space)
    {
      if (!self->had_space && self->out->len > 0 && self->out->str[self->out->len - 1] != '>')
        {
          g_string_append_c (self->out, ' ');
          self->had_space = TRUE;
        }
      return;
    }
  write_state (self);
  self->had_space = FALSE;
  g_string_append_c (self->out, sign);
}

/* What `hidden` comes out as. */
static char *
lay_flat (const char *hidden)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  Flat flat = { .out = g_string_new (NULL) };

  rungs_markdown_append (hidden, strlen (hidden), html, text);
  for (const char *p = html->str; *p != '\0'; p++)
    if (g_str_has_prefix (p, JOINER))
      {
        p += strlen (JOINER) - 1;
      }
    else if (*p == '<')
      {
        gsize length = strcspn (p, ">") + 1;

        read_tag (&flat, p, length);
        p += length - 1;
      }
    else
      {
        read_sign (&flat, *p);
      }
  g_free (flat.link);
  g_free (flat.state);
  return g_strchomp (g_string_free (flat.out, FALSE));
}

/* The text without {% tags %}; a line of nothing else goes with them. */
static char *
without_tags (const char *markdown)
{
  g_auto (GStrv) lines = g_strsplit (markdown, "\n", -1);
  GString *out = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    {
      gsize begin = out->len;
      gboolean had_tag = FALSE;

      for (const char *p = *line; *p != '\0';)
        {
          gsize length = p[0] == '{' && p[1] == '%' ? rungs_rich_liquid_length (p) : 0;

          had_tag |= length > 0;
          if (length == 0)
            g_string_append_c (out, *p++);
          p += length;
        }
      if (had_tag && out->str[begin + strspn (out->str + begin, " \t\\")] == '\0')
        g_string_truncate (out, begin);
      else
        g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static gboolean
come_out_same (RungsRichPieces *pieces,
               const char      *markdown,
               const char      *other)
{
  g_autofree char *hidden = rungs_rich_pieces_hide (pieces, markdown);
  g_autofree char *other_hidden = rungs_rich_pieces_hide (pieces, other);
  g_autofree char *flat = lay_flat (hidden);
  g_autofree char *other_flat = lay_flat (other_hidden);

  return g_str_equal (flat, other_flat);
}

gboolean
rungs_rich_means_same (const char *markdown,
                       const char *other)
{
  g_auto (RungsRichPieces) pieces = { NULL };
  g_autofree char *bare = NULL;
  g_autofree char *other_bare = NULL;

  g_return_val_if_fail (markdown != NULL && other != NULL, FALSE);

  rungs_rich_pieces_init (&pieces);
  if (!come_out_same (&pieces, markdown, other))
    return FALSE;
  bare = without_tags (markdown);
  other_bare = without_tags (other);
  return come_out_same (&pieces, bare, other_bare);
}
