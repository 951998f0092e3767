/* rungs-markdown.c: Markdown as the two parts of a mail, HTML and plain text.
 *
 * One walk over the tree that cmark makes writes both: HTML answers each node with a tag as it is
 * entered and left, the text goes to rungs-markdown-text.c. */

#include "mail/rungs-markdown.h"

#include <cmark.h>
#include <string.h>

#include "mail/rungs-liquid.h"
#include "mail/rungs-markdown-text.h"

#define GUARD_LENGTH (sizeof RUNGS_LIQUID_GUARD - 1)

/* A line of so many characters was wrapped by an editor: its end is only a space. People end
 * shorter lines on purpose (“Dear Ann,”), and in a window they type whole paragraphs, which are
 * longer. */
#define SHORTEST_WRAPPED 60
#define LONGEST_WRAPPED 120

#define WORD_JOINER "\xE2\x81\xA0"

typedef struct
{
  GString *html;
  RungsMarkdownText text; /* (owned) */
  glong line_length;      /* characters that are read since the last line end */
  gsize link_begin;       /* where the text of the link began */
  guint links;            /* that are open */
  RungsMarkdownPictureFunc find; /* (nullable) */
  gpointer data;                 /* of `find` */
  int room;                      /* px, for a picture */
} Writer;

/* The length of the piece before the next guard; `*p` goes on behind that. */
static gsize
next_piece (const char **p,
            const char  *end)
{
  const char *begin = *p;
  const char *guard = memmem (begin, end - begin, RUNGS_LIQUID_GUARD, GUARD_LENGTH);

  *p = guard ? guard + GUARD_LENGTH : end;
  return (guard ? guard : end) - begin;
}

static void
append_escaped_piece (GString    *html,
                      const char *text,
                      gsize       length)
{
  const char *plain = text;
  const char *end = text + length;

  for (const char *p = text; p < end; p++)
    {
      const char *entity = *p == '&'   ? "&amp;"
                           : *p == '<' ? "&lt;"
                           : *p == '>' ? "&gt;"
                           : *p == '"' ? "&quot;"
                                       : NULL;

      if (entity == NULL)
        continue;
      g_string_append_len (html, plain, p - plain);
      g_string_append (html, entity);
      plain = p + 1;
    }
  g_string_append_len (html, plain, end - plain);
}

void
rungs_markdown_append_escaped (GString    *html,
                               const char *text,
                               gsize       length)
{
  const char *p = text;
  const char *end = text + length;

  while (p < end)
    {
      const char *begin = p;

      append_escaped_piece (html, begin, next_piece (&p, end));
    }
}

void
rungs_markdown_append_url (GString    *html,
                           const char *url)
{
  for (const char *p = url; *p != '\0'; p++)
    {
      guchar c = *p;

      if (c == '&')
        g_string_append (html, "&amp;");
      else if (c == '\'')
        g_string_append (html, "&#39;");
      else if (g_ascii_isalnum (c) || strchr ("-._~:/?#[]@!$()*+,;=%", c) != NULL)
        g_string_append_c (html, c);
      else
        g_string_append_printf (html, "%%%02X", c);
    }
}

static char *
without_guards (const char *text)
{
  GString *clean = g_string_sized_new (strlen (text));
  const char *p = text;
  const char *end = text + strlen (text);

  while (p < end)
    {
      const char *begin = p;

      g_string_append_len (clean, begin, next_piece (&p, end));
    }
  return g_string_free (clean, FALSE);
}

/* What the author typed as code, or as HTML, is taken literally: there the backslashes that
 * escaped a value (it stands between guards; one behind a colon is not its end) are taken out
 * again. */
static char *
as_typed (const char *literal)
{
  GString *typed = g_string_sized_new (strlen (literal));
  gboolean in_value = FALSE;
  const char *p = literal;

  while (*p != '\0')
    {
      if (strncmp (p, RUNGS_LIQUID_GUARD, GUARD_LENGTH) == 0)
        {
          gboolean is_inner = in_value && p > literal && p[-1] == ':';

          if (!is_inner)
            in_value = !in_value;
          p += GUARD_LENGTH;
          continue;
        }
      if (in_value && *p == '\\' && g_ascii_ispunct (p[1]))
        p++;
      g_string_append_c (typed, *p++);
    }
  return g_string_free (typed, FALSE);
}

static void
write_text (Writer     *self,
            const char *text,
            gsize       length)
{
  rungs_markdown_text_write (&self->text, text, length);
}

static void
write_text_clean (Writer     *self,
                  const char *text)
{
  const char *p = text;
  const char *end = text + strlen (text);

  while (p < end)
    {
      const char *begin = p;

      write_text (self, begin, next_piece (&p, end));
    }
}

/* ---- links */

static gboolean
begins_with_any (const char        *url,
                 const char *const *schemes)
{
  for (; *schemes != NULL; schemes++)
    if (g_ascii_strncasecmp (url, *schemes, strlen (*schemes)) == 0)
      return TRUE;
  return FALSE;
}

/* The URL of a link or picture, NULL where it is none that a mail may have. */
static char *
dup_url (cmark_node *node)
{
  static const char *const LINKS[] = { "https://", "http://", "mailto:", "tel:", NULL };
  static const char *const PICTURES[] = { "https://", "http://", NULL };
  gboolean is_link = cmark_node_get_type (node) == CMARK_NODE_LINK;
  g_autofree char *url = without_guards (cmark_node_get_url (node));

  return begins_with_any (url, is_link ? LINKS : PICTURES) ? g_steal_pointer (&url) : NULL;
}

static void
begin_html_link (Writer     *self,
                 const char *url)
{
  g_string_append (self->html, "<a href=\"");
  rungs_markdown_append_url (self->html, url);
  g_string_append (self->html, "\">");
}

static void
begin_link (Writer     *self,
            cmark_node *node)
{
  g_autofree char *url = dup_url (node);

  self->links++;
  self->link_begin = self->text.out->len;
  if (url != NULL)
    begin_html_link (self, url);
}

/* The text is followed by the address, unless it is that. */
static void
end_link (Writer     *self,
          cmark_node *node)
{
  g_autofree char *url = dup_url (node);
  const char *shown = self->text.out->str + self->link_begin;

  self->links--;
  if (url == NULL)
    return;
  g_string_append (self->html, "</a>");
  if (strcmp (shown, url) == 0
      || (g_str_has_prefix (url, "mailto:") && strcmp (shown, url + strlen ("mailto:")) == 0))
    return;
  if (self->text.out->len > self->link_begin)
    write_text (self, " ", 1);
  write_text (self, "<", 1);
  write_text (self, url, strlen (url));
  write_text (self, ">", 1);
}

/* How much of what follows http:// belongs to the address: up to white space, a bracket or a word
 * joiner, which rungs-rich-write.c puts between the address and a style behind it; without the
 * signs that end a sentence, and without a closing bracket that was not opened in it. */
static gsize
url_length (const char *url)
{
  gsize length = strcspn (url, " \t\r\n<>\"");
  const char *joiner = g_strstr_len (url, (gssize) length, WORD_JOINER);
  int depth = 0;

  if (joiner != NULL)
    length = (gsize) (joiner - url);
  for (gsize i = 0; i < length; i++)
    {
      depth += url[i] == '(' ? 1 : url[i] == ')' ? -1 : 0;
      if (depth < 0)
        length = i;
    }
  while (length > 0 && strchr (".,:;!?'*_~", url[length - 1]) != NULL)
    length--;
  return length;
}

static const char *
find_url (const char *text)
{
  const char *p = text;

  while ((p = strstr (p, "http")) != NULL)
    {
      const char *rest = p + strlen ("http") + (p[4] == 's');
      gboolean begins = p == text || !g_ascii_isalnum (p[-1]);

      if (begins && strncmp (rest, "://", 3) == 0 && url_length (p) > (gsize) (rest + 3 - p))
        return p;
      p = rest;
    }
  return NULL;
}

/* A piece of text, in which addresses become links. */
static void
write_inline_text (Writer     *self,
                   const char *text)
{
  const char *url;

  self->line_length += g_utf8_strlen (text, -1);
  write_text_clean (self, text);
  while (self->links == 0 && (url = find_url (text)) != NULL)
    {
      g_autofree char *address = g_strndup (url, url_length (url));
      g_autofree char *clean = without_guards (address);

      rungs_markdown_append_escaped (self->html, text, url - text);
      begin_html_link (self, clean);
      rungs_markdown_append_escaped (self->html, clean, strlen (clean));
      g_string_append (self->html, "</a>");
      text = url + strlen (address);
    }
  rungs_markdown_append_escaped (self->html, text, strlen (text));
}

/* ---- nodes */

static void
write_line_end (Writer   *self,
                gboolean  is_hard)
{
  gboolean is_wrapped =
      self->line_length >= SHORTEST_WRAPPED && self->line_length <= LONGEST_WRAPPED;

  self->line_length = 0;
  write_text (self, is_hard || !is_wrapped ? "\n" : " ", 1);
  g_string_append (self->html, is_hard || !is_wrapped ? "<br>\n" : "\n");
}

static const char *const HEADINGS[] = {
  "font-size:26px;line-height:1.25", "font-size:22px;line-height:1.3",
  "font-size:18px;line-height:1.35", "font-size:16px;line-height:1.4",
  "font-size:15px;line-height:1.4",  "font-size:14px;line-height:1.4",
};

/* Whether a paragraph shows nothing, as one of a value that is empty. */
static gboolean
is_blank (cmark_node *paragraph)
{
  cmark_iter *iter = cmark_iter_new (paragraph);
  gboolean blank = TRUE;

  while (blank && cmark_iter_next (iter) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      const char *literal = cmark_node_get_literal (node);

      if (cmark_node_get_type (node) == CMARK_NODE_IMAGE)
        blank = FALSE;
      while (literal != NULL && blank && *literal != '\0')
        if (strncmp (literal, RUNGS_LIQUID_GUARD, GUARD_LENGTH) == 0)
          literal += GUARD_LENGTH;
        else
          blank = *literal++ == ' ';
    }
  cmark_iter_free (iter);
  return blank;
}

static void
write_paragraph (Writer     *self,
                 cmark_node *node,
                 gboolean    enters)
{
  self->line_length = 0;
  if (enters)
    rungs_markdown_text_begin_block (&self->text, node);
  if (rungs_markdown_is_tight (node))
    {
      if (!enters && cmark_node_next (node) != NULL)
        g_string_append_c (self->html, '\n');
      return;
    }
  g_string_append (self->html, enters ? "<p style=\"margin:0 0 16px\">" : "</p>\n");
}

static void
write_heading (Writer     *self,
               cmark_node *node,
               gboolean    enters)
{
  int level = CLAMP (cmark_node_get_heading_level (node), 1, (int) G_N_ELEMENTS (HEADINGS));

  if (enters)
    {
      rungs_markdown_text_begin_block (&self->text, node);
      g_string_append_printf (self->html, "<h%d style=\"margin:24px 0 12px;%s\">", level,
                              HEADINGS[level - 1]);
      return;
    }
  rungs_markdown_text_underline (&self->text, level);
  g_string_append_printf (self->html, "</h%d>\n", level);
}

static void
write_list (Writer     *self,
            cmark_node *node,
            gboolean    enters)
{
  gboolean is_ordered = cmark_node_get_list_type (node) == CMARK_ORDERED_LIST;
  int start = cmark_node_get_list_start (node);

  if (!enters)
    {
      g_string_append (self->html, is_ordered ? "</ol>\n" : "</ul>\n");
      return;
    }
  g_string_append (self->html, is_ordered ? "<ol" : "<ul");
  if (is_ordered && start != 1)
    g_string_append_printf (self->html, " start=\"%d\"", start);
  g_string_append_printf (self->html, " style=\"margin:0 0 %dpx;padding:0 0 0 24px\">\n",
                          rungs_markdown_is_tight (node) ? 0 : 16);
}

static void
write_quote (Writer   *self,
             gboolean  enters)
{
  g_string_append (self->html, enters ? "<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;"
                                        "border-left:3px solid #c0bfbc\">\n"
                                      : "</blockquote>\n");
}

/* Code and HTML as they were typed. */
static void
write_literal_block (Writer     *self,
                     cmark_node *node)
{
  g_autofree char *literal = as_typed (cmark_node_get_literal (node));

  g_strchomp (literal);
  rungs_markdown_text_begin_block (&self->text, node);
  write_text (self, literal, strlen (literal));
  g_string_append (self->html, "<pre style=\"margin:0 0 16px;white-space:pre-wrap;"
                               "font-family:monospace\">");
  append_escaped_piece (self->html, literal, strlen (literal));
  g_string_append (self->html, "</pre>\n");
}

static void
write_literal (Writer     *self,
               cmark_node *node)
{
  g_autofree char *literal = as_typed (cmark_node_get_literal (node));
  gboolean is_code = cmark_node_get_type (node) == CMARK_NODE_CODE;

  self->line_length += g_utf8_strlen (literal, -1);
  write_text (self, literal, strlen (literal));
  g_string_append (self->html, is_code ? "<code>" : "");
  append_escaped_piece (self->html, literal, strlen (literal));
  g_string_append (self->html, is_code ? "</code>" : "");
}

/* Where a picture of the business stands, and how large it is shown; NULL: it is none. */
static const char *
find_picture (Writer     *self,
              cmark_node *node,
              int        *width,
              int        *height)
{
  static const char SCHEME[] = "picture:";
  g_autofree char *url = without_guards (cmark_node_get_url (node));
  const char *source = NULL;

  if (self->find != NULL && g_str_has_prefix (url, SCHEME))
    source = self->find (url + strlen (SCHEME), width, height, self->data);
  if (source != NULL && *width > self->room)
    {
      *height = MAX ((gint64) *height * self->room / *width, 1);
      *width = self->room;
    }
  return source;
}

/* A picture: its description, in HTML as the attribute that is shown until it is loaded. */
static void
write_picture (Writer     *self,
               cmark_node *node)
{
  int width, height;
  const char *own = find_picture (self, node, &width, &height);
  g_autofree char *url = own ? g_strdup (own) : dup_url (node);
  GString *alt = g_string_new (NULL);
  cmark_iter *iter = cmark_iter_new (node);

  while (cmark_iter_next (iter) != CMARK_EVENT_DONE)
    {
      const char *literal = cmark_node_get_literal (cmark_iter_get_node (iter));

      g_string_append (alt, literal ? literal : "");
    }
  cmark_iter_free (iter);

  write_text_clean (self, alt->str);
  if (url != NULL)
    {
      g_string_append (self->html, "<img src=\"");
      rungs_markdown_append_url (self->html, url);
      g_string_append (self->html, "\" alt=\"");
    }
  rungs_markdown_append_escaped (self->html, alt->str, alt->len);
  if (own != NULL)
    g_string_append_printf (self->html, "\" width=\"%d\" height=\"%d", width, height);
  if (url != NULL)
    g_string_append (self->html, "\" style=\"max-width:100%;height:auto;border:0\">");
  g_string_free (alt, TRUE);
}

static void
write_block (Writer     *self,
             cmark_node *node,
             gboolean    enters)
{
  if (enters)
    rungs_markdown_text_begin (&self->text, node);
  else
    rungs_markdown_text_end (&self->text, node);

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_PARAGRAPH:
      write_paragraph (self, node, enters);
      break;
    case CMARK_NODE_HEADING:
      write_heading (self, node, enters);
      break;
    case CMARK_NODE_LIST:
      write_list (self, node, enters);
      break;
    case CMARK_NODE_ITEM:
      g_string_append (self->html, enters ? "<li style=\"margin:0 0 4px\">" : "</li>\n");
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      write_quote (self, enters);
      break;
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
      write_literal_block (self, node);
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      rungs_markdown_text_begin_block (&self->text, node);
      write_text (self, "----------", 10);
      g_string_append (self->html, "<hr style=\"margin:24px 0;border:0;"
                                   "border-top:1px solid #c0bfbc\">\n");
      break;
    default:
      break;
    }
}

static void
write_inline (Writer     *self,
              cmark_node *node,
              gboolean    enters)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
      write_inline_text (self, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
      write_line_end (self, cmark_node_get_type (node) == CMARK_NODE_LINEBREAK);
      break;
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
      write_literal (self, node);
      break;
    case CMARK_NODE_EMPH:
      g_string_append (self->html, enters ? "<em>" : "</em>");
      break;
    case CMARK_NODE_STRONG:
      g_string_append (self->html, enters ? "<strong>" : "</strong>");
      break;
    case CMARK_NODE_LINK:
      if (enters)
        begin_link (self, node);
      else
        end_link (self, node);
      break;
    default:
      break;
    }
}

static void
write_document (Writer     *self,
                cmark_node *document)
{
  cmark_iter *iter = cmark_iter_new (document);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);
      gboolean is_blank_paragraph =
          event == CMARK_EVENT_ENTER && type == CMARK_NODE_PARAGRAPH && is_blank (node);

      if (type == CMARK_NODE_IMAGE)
        write_picture (self, node);
      if (is_blank_paragraph || type == CMARK_NODE_IMAGE)
        {
          cmark_iter_reset (iter, node, CMARK_EVENT_EXIT);
          continue;
        }
      if (type <= CMARK_NODE_LAST_BLOCK)
        write_block (self, node, event == CMARK_EVENT_ENTER);
      else
        write_inline (self, node, event == CMARK_EVENT_ENTER);
    }
  cmark_iter_free (iter);
}

void
rungs_markdown_append_with_pictures (const char               *markdown,
                                     gsize                     length,
                                     GString                  *html,
                                     GString                  *text,
                                     RungsMarkdownPictureFunc  find,
                                     gpointer                  data,
                                     int                       room)
{
  Writer writer = { .html = html, .find = find, .data = data, .room = room };
  cmark_node *document;

  g_return_if_fail (markdown != NULL);

  rungs_markdown_text_init (&writer.text, text);
  document = cmark_parse_document (markdown, length, CMARK_OPT_DEFAULT);
  cmark_consolidate_text_nodes (document);
  write_document (&writer, document);
  cmark_node_free (document);
  rungs_markdown_text_clear (&writer.text);
}

void
rungs_markdown_append (const char *markdown,
                       gsize       length,
                       GString    *html,
                       GString    *text)
{
  rungs_markdown_append_with_pictures (markdown, length, html, text, NULL, NULL, 0);
}

gboolean
rungs_markdown_has_html (const char *markdown)
{
  cmark_node *document;
  cmark_iter *iter;
  gboolean has_html = FALSE;

  g_return_val_if_fail (markdown != NULL, FALSE);

  document = cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_DEFAULT);
  iter = cmark_iter_new (document);
  while (!has_html && cmark_iter_next (iter) != CMARK_EVENT_DONE)
    {
      cmark_node_type type = cmark_node_get_type (cmark_iter_get_node (iter));

      has_html = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
    }
  cmark_iter_free (iter);
  cmark_node_free (document);
  return has_html;
}
