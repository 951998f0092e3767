/* rungs-html-rich.c: what a word processor or a browser puts on the clipboard, as paragraphs.
 *
 * Programs say the same in many ways: bold is <b>, <strong> or a font weight, and Google Docs
 * wraps all of a text in a <b> that is not bold; items of lists are <li>, or with Word paragraphs
 * whose style says "mso-list", and whose sign stands in a span "mso-list:Ignore". */

#include <stdlib.h>
#include <string.h>

#include "mail/rungs-block.h"
#include "mail/rungs-html-clean.h"
#include "mail/rungs-html-tree.h"
#include "mail/rungs-rich.h"

typedef struct
{
  GPtrArray *paragraphs;       /* (owned) (element-type RungsRichParagraph) */
  RungsRichParagraph *current; /* (nullable) the last of them, while text goes to it */
  RungsRichKind kind;          /* of the next */
  guint level;
  gboolean space; /* white space waits for text behind it */
  gboolean with_alt;
} Reader;

/* How text looks where it stands. */
typedef struct
{
  RungsRichStyle style;
  const char *link; /* (nullable) */
  gboolean keeps_lines;
  gboolean is_ordered; /* the innermost list */
  guint depth;
} Look;

static const char *const UNSAID[]
  = { "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "audio",
      "video",  "canvas", "select", "textarea", "head", "title", "xml", NULL };

static const char *const BLOCKS[]
  = { "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",   "div",
      "dl",      "dt",      "figure", "figcaption", "footer", "form", "header", "hr",   "html",
      "li",      "main",    "nav",   "ol",         "p",      "pre",    "section", "table", "tbody",
      "tfoot",   "thead",   "tr",    "ul",         "h1",     "h2",     "h3",     "h4",   "h5",
      "h6",      NULL };

/* ---- text */

static void
end_paragraph (Reader *self)
{
  self->current = NULL;
  self->space = FALSE;
}

static void
ensure_paragraph (Reader *self)
{
  if (self->current != NULL)
    return;
  self->current = rungs_rich_paragraph_new (self->kind);
  self->current->level = self->level;
  g_ptr_array_add (self->paragraphs, self->current);
  self->space = FALSE;
}

static void
append (Reader     *self,
        const char *text,
        gssize      length,
        const Look *look)
{
  ensure_paragraph (self);
  rungs_rich_paragraph_append (self->current, text, length, look->style, look->link);
}

/* The length of the white space at the beginning, hard spaces among it. */
static gsize
space_length (const char *text)
{
  gsize length = 0;

  while (g_ascii_isspace (text[length]) || strncmp (text + length, "\u00A0", 2) == 0)
    length += text[length] == '\xC2' ? 2 : 1;
  return length;
}

static gsize
word_length (const char *text)
{
  gsize length = 0;

  while (text[length] != '\0' && space_length (text + length) == 0)
    length++;
  return length;
}

static void
read_text (Reader     *self,
           const char *text,
           const Look *look)
{
  while (*text != '\0')
    {
      gsize spaces = space_length (text);
      gsize word = word_length (text + spaces);

      if (spaces > 0 && look->keeps_lines && memchr (text, '\n', spaces) != NULL
          && self->current != NULL)
        append (self, "\n", 1, look);
      else if (spaces > 0)
        self->space = self->current != NULL;
      if (word > 0)
        {
          if (self->space)
            append (self, " ", 1, look);
          self->space = FALSE;
          append (self, text + spaces, word, look);
        }
      text += spaces + word;
    }
}

/* ---- looks */

/* Whether the style has `name` with a value that begins like `value`, whatever its spaces. */
static gboolean
has_style (const char *style,
           const char *name,
           const char *value)
{
  g_auto (GStrv) parts = g_strsplit (style ? style : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      if (g_ascii_strcasecmp (g_strstrip (parts[i]), name) == 0
          && g_ascii_strncasecmp (g_strchug (colon + 1), value, strlen (value)) == 0)
        return TRUE;
    }
  return FALSE;
}

static RungsRichStyle
style_of (xmlNode        *node,
          const char     *style,
          RungsRichStyle  around)
{
  static const char *const BOLD[] = { "b", "strong", "th", NULL };
  static const char *const ITALIC[] = { "i", "em", "cite", NULL };
  static const char *const HEAVY[] = { "bold", "600", "700", "800", "900" };

  if (rungs_html_is_any (node, BOLD))
    around |= RUNGS_RICH_BOLD;
  if (rungs_html_is_any (node, ITALIC))
    around |= RUNGS_RICH_ITALIC;
  for (gsize i = 0; i < G_N_ELEMENTS (HEAVY); i++)
    if (has_style (style, "font-weight", HEAVY[i]))
      around |= RUNGS_RICH_BOLD;
  if (has_style (style, "font-weight", "normal") || has_style (style, "font-weight", "400"))
    around &= ~RUNGS_RICH_BOLD;
  if (has_style (style, "font-style", "italic"))
    around |= RUNGS_RICH_ITALIC;
  if (has_style (style, "font-style", "normal"))
    around &= ~RUNGS_RICH_ITALIC;
  return around;
}

/* The address of a link that a mail may have; NULL: none. */
static char *
dup_link (xmlNode *node)
{
  static const char *const SCHEMES[] = { "https://", "http://", "mailto:", "tel:" };
  g_autofree char *link = strcmp ((const char *) node->name, "a") == 0
                              ? rungs_html_dup_attribute (node, "href")
                              : NULL;

  if (link == NULL)
    return NULL;
  g_strstrip (link);
  for (gsize i = 0; i < G_N_ELEMENTS (SCHEMES); i++)
    if (g_ascii_strncasecmp (link, SCHEMES[i], strlen (SCHEMES[i])) == 0)
      return g_uri_escape_string (link, "%:/?#[]@!$&'*+,;=~{}|", FALSE);
  return NULL;
}

/* ---- paragraphs */

/* The level of a heading; 0: it is none. */
static guint
heading_level (const xmlNode *node)
{
  const char *name = (const char *) node->name;

  return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0' ? name[1] - '0' : 0;
}

/* Word's sign before an item, "1." or "·". */
static gboolean
is_word_sign (const char *style)
{
  return has_style (style, "mso-list", "Ignore");
}

static gboolean
is_word_item (const char *style)
{
  return has_style (style, "mso-list", "l");
}

/* Whether the first span that is Word's sign has a number in it. */
static gboolean
is_word_numbered (xmlNode *item)
{
  xmlChar *text = xmlNodeGetContent (item);
  const char *sign = (const char *) text;
  gboolean is_numbered;

  sign += space_length (sign);
  is_numbered = g_ascii_isalnum (*sign) && strcspn (sign, ".)") <= 4 && *sign != 'o';
  xmlFree (text);
  return is_numbered;
}

static void
begin_block (Reader     *self,
             xmlNode    *node,
             const char *style,
             const Look *look)
{
  const char *name = (const char *) node->name;
  gboolean is_item = strcmp (name, "li") == 0;

  end_paragraph (self);
  if (is_word_item (style))
    self->kind = is_word_numbered (node) ? RUNGS_RICH_NUMBER : RUNGS_RICH_BULLET;
  else if (is_item)
    self->kind = look->is_ordered ? RUNGS_RICH_NUMBER : RUNGS_RICH_BULLET;
  else if (heading_level (node) > 0)
    {
      self->kind = RUNGS_RICH_HEADING;
      self->level = heading_level (node);
    }
}

/* A cell goes on in the line of the one before it, unless it holds paragraphs. */
static void
begin_cell (Reader     *self,
            xmlNode    *cell,
            const Look *look)
{
  gboolean has_blocks = FALSE;

  for (xmlNode *child = cell->children; child != NULL; child = child->next)
    has_blocks = has_blocks || rungs_html_is_any (child, BLOCKS);
  if (has_blocks)
    end_paragraph (self);
  else if (self->current != NULL)
    {
      self->space = FALSE;
      append (self, " · ", -1, look);
    }
}

static void
read_picture (Reader     *self,
              xmlNode    *node,
              const Look *look)
{
  g_autofree char *alt = self->with_alt ? rungs_html_dup_attribute (node, "alt") : NULL;

  if (alt != NULL)
    read_text (self, alt, look);
}

static void
read_node (Reader     *self,
           xmlNode    *node,
           const Look *around)
{
  static const char *const CELLS[] = { "td", "th", NULL };
  const char *name = (const char *) node->name;
  RungsRichKind kind = self->kind;
  guint level = self->level;
  Look look = *around;
  g_autofree char *style = NULL;
  g_autofree char *link = NULL;
  gboolean is_block;

  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    read_text (self, (const char *) node->content, around);
  if (node->type != XML_ELEMENT_NODE || rungs_html_is_any (node, UNSAID)
      || ++look.depth > RUNGS_HTML_MAX_DEPTH)
    return;
  style = rungs_html_dup_attribute (node, "style");
  if (is_word_sign (style) || has_style (style, "display", "none"))
    return;
  if (strcmp (name, "br") == 0 && self->current != NULL)
    {
      self->space = FALSE;
      append (self, "\n", 1, &look);
    }
  if (strcmp (name, "img") == 0)
    read_picture (self, node, &look);

  is_block = rungs_html_is_any (node, BLOCKS);
  link = dup_link (node);
  look.link = link ? link : around->link;
  look.keeps_lines = around->keeps_lines || strcmp (name, "pre") == 0;
  if (strcmp (name, "ol") == 0 || strcmp (name, "ul") == 0)
    look.is_ordered = *name == 'o';
  if (is_block)
    begin_block (self, node, style, &look);
  else if (rungs_html_is_any (node, CELLS))
    begin_cell (self, node, &look);
  look.style = self->kind == RUNGS_RICH_HEADING ? 0 : style_of (node, style, around->style);
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    read_node (self, child, &look);
  if (is_block)
    end_paragraph (self);
  self->kind = kind;
  self->level = level;
}

/* Whether it says nothing, as the empty paragraphs between others do. */
static gboolean
is_blank (const RungsRichParagraph *paragraph)
{
  for (guint i = 0; i < paragraph->runs->len; i++)
    {
      const RungsRichRun *run = g_ptr_array_index (paragraph->runs, i);

      if (run->text[space_length (run->text)] != '\0')
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
rungs_html_to_rich (const char *html,
                    gboolean    with_alt)
{
  Reader reader = { .kind = RUNGS_RICH_PLAIN, .with_alt = with_alt };
  const Look look = { 0 };
  g_autoptr (RungsHtmlTree) tree = NULL;
  xmlNode *body;

  g_return_val_if_fail (html != NULL, NULL);

  reader.paragraphs
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rich_paragraph_free);
  tree = rungs_html_tree_new (html);
  body = rungs_html_tree_get_body (tree);
  if (body != NULL)
    read_node (&reader, body, &look);
  for (guint i = reader.paragraphs->len; i > 0; i--)
    if (is_blank (g_ptr_array_index (reader.paragraphs, i - 1)))
      g_ptr_array_remove_index (reader.paragraphs, i - 1);
  return reader.paragraphs;
}

char *
rungs_html_to_markdown (const char *html,
                        gboolean    with_alt)
{
  g_autoptr (GPtrArray) paragraphs = rungs_html_to_rich (html, with_alt);

  return rungs_rich_write (paragraphs);
}

/* ---- blocks */

static void
add_block (GPtrArray      *blocks,
           RungsBlockType  type,
           GPtrArray      *paragraphs)
{
  g_autofree char *markdown = rungs_rich_write (paragraphs);
  RungsBlock *block;

  if (*markdown == '\0')
    return;
  block = rungs_block_new (type);
  g_free (block->text);
  block->text = g_steal_pointer (&markdown);
  g_ptr_array_add (blocks, block);
}

static void
add_heading (GPtrArray          *blocks,
             RungsRichParagraph *heading)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  RungsBlock *block;

  g_ptr_array_add (line, heading);
  heading->kind = RUNGS_RICH_PLAIN;
  for (guint i = 0; i < heading->runs->len; i++)
    g_strdelimit (((RungsRichRun *) g_ptr_array_index (heading->runs, i))->text, "\n", ' ');
  add_block (blocks, RUNGS_BLOCK_HEADING, line);
  if (blocks->len == 0)
    return;
  block = g_ptr_array_index (blocks, blocks->len - 1);
  if (block->type == RUNGS_BLOCK_HEADING)
    block->level = heading->level == 1 ? 1 : 2;
}

GPtrArray *
rungs_html_to_blocks (const char *html)
{
  g_autoptr (GPtrArray) paragraphs = rungs_html_to_rich (html, FALSE);
  g_autoptr (GPtrArray) text = g_ptr_array_new ();
  GPtrArray *blocks = rungs_blocks_new ();

  for (guint i = 0; i < paragraphs->len; i++)
    {
      RungsRichParagraph *paragraph = g_ptr_array_index (paragraphs, i);

      if (paragraph->kind != RUNGS_RICH_HEADING)
        {
          g_ptr_array_add (text, paragraph);
          continue;
        }
      add_block (blocks, RUNGS_BLOCK_TEXT, text);
      g_ptr_array_set_size (text, 0);
      add_heading (blocks, paragraph);
    }
  add_block (blocks, RUNGS_BLOCK_TEXT, text);
  return blocks;
}
