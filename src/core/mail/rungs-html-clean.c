/* rungs-html-clean.c: raw HTML without what a mail must not hold.
 *
 * Only what is known to be harmless is written again, from the tree: so it does not matter how a
 * program might have read what was typed. Elements that are not known are left out, and what they
 * hold is kept; of some, that is left out too. */

#include "mail/rungs-html-clean.h"

#include <string.h>

#include "mail/rungs-html-tree.h"
#include "mail/rungs-markdown.h"

static const char *const KEPT[]
  = { "a",      "abbr",    "address", "article", "b",          "bdi",     "bdo",   "big",
      "blockquote", "br",  "caption", "center",  "cite",       "code",    "col",   "colgroup",
      "dd",     "del",     "div",     "dl",      "dt",         "em",      "figcaption", "figure",
      "font",   "footer",  "h1",      "h2",      "h3",         "h4",      "h5",    "h6",
      "header", "hr",      "i",       "img",     "ins",        "kbd",     "li",    "main",
      "mark",   "ol",      "p",       "pre",     "q",          "s",       "section", "small",
      "span",   "strike",  "strong",  "style",   "sub",        "sup",     "table", "tbody",
      "td",     "tfoot",   "th",      "thead",   "tr",         "tt",      "u",     "ul",
      "wbr",    NULL };

/* What they hold is not text for a reader. */
static const char *const DROPPED[]
  = { "script", "noscript", "template", "iframe", "frame",  "frameset", "object", "embed",
      "applet", "svg",      "math",     "audio",  "video",  "canvas",   "input",  "button",
      "select", "textarea", "datalist", "head",   "title",  "meta",     "link",   "base",
      "xml",    "map",      "dialog",   NULL };

static const char *const VOID[] = { "br", "col", "hr", "img", "wbr", NULL };

static const char *const ATTRIBUTES[]
  = { "align",   "alt",     "aria-hidden", "aria-label", "bgcolor", "border",  "cellpadding",
      "cellspacing", "class", "color",     "colspan",    "dir",     "face",    "height",
      "href",    "lang",    "role",        "rowspan",    "size",    "src",     "start",
      "style",   "title",   "type",        "valign",     "value",   "width",   NULL };

/* ---- addresses and styles */

static gboolean
begins_with_any (const char        *text,
                 const char *const *beginnings)
{
  for (; *beginnings != NULL; beginnings++)
    if (g_ascii_strncasecmp (text, *beginnings, strlen (*beginnings)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_safe_address (const char *name,
                 const char *address)
{
  static const char *const LINKS[] = { "https://", "http://", "mailto:", "tel:", "#", NULL };
  static const char *const PICTURES[] = { "https://", "http://", "cid:", NULL };

  return begins_with_any (address, strcmp (name, "src") == 0 ? PICTURES : LINKS);
}

/* Styles that load nothing and run nothing. With a backslash anything could be written. */
static gboolean
is_safe_style (const char *style)
{
  static const char *const UNSAFE[]
    = { "url", "@import", "@font", "@charset", "expression", "behavior", "-moz-binding", "image(",
        "image-set", "javascript", "\\", "<", "/*" };
  g_autofree char *low = g_ascii_strdown (style, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (UNSAFE); i++)
    if (strstr (low, UNSAFE[i]) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_safe_attribute (const char *name,
                   const char *value)
{
  if (strcmp (name, "style") == 0)
    return is_safe_style (value);
  if (strcmp (name, "href") == 0 || strcmp (name, "src") == 0)
    return is_safe_address (name, value);
  return TRUE;
}

/* ---- writing */

static void
append_attribute (GString    *out,
                  xmlNode    *element,
                  const char *name)
{
  g_autofree char *value = rungs_html_dup_attribute (element, name);
  gboolean is_address = strcmp (name, "href") == 0 || strcmp (name, "src") == 0;

  if (value == NULL)
    return;
  g_strstrip (value);
  if (!is_safe_attribute (name, value))
    return;
  g_string_append_printf (out, " %s=\"", name);
  if (is_address)
    rungs_markdown_append_url (out, value);
  else
    rungs_markdown_append_escaped (out, value, strlen (value));
  g_string_append_c (out, '"');
}

static void
append_tag (GString *out,
            xmlNode *element)
{
  g_autofree char *alt = rungs_html_dup_attribute (element, "alt");
  gboolean is_picture = strcmp ((const char *) element->name, "img") == 0;

  g_string_append_printf (out, "<%s%s", (const char *) element->name,
                          is_picture && alt == NULL ? " alt=\"\"" : "");
  for (const char *const *name = ATTRIBUTES; *name != NULL; name++)
    append_attribute (out, element, *name);
  g_string_append_c (out, '>');
}

/* A style sheet of its own. */
static void
append_style_sheet (GString *out,
                    xmlNode *element)
{
  xmlChar *text = xmlNodeGetContent (element);

  if (text != NULL && is_safe_style ((const char *) text))
    g_string_append_printf (out, "<style>%s</style>", (const char *) text);
  xmlFree (text);
}

/* A picture without an address that may be loaded shows what is said of it. */
static gboolean
is_empty_picture (xmlNode *element)
{
  g_autofree char *source = rungs_html_dup_attribute (element, "src");

  return strcmp ((const char *) element->name, "img") == 0
         && (source == NULL || !is_safe_address ("src", g_strstrip (source)));
}

static void
append_node (GString *out,
             xmlNode *node,
             guint    depth)
{
  gboolean is_kept = rungs_html_is_any (node, KEPT);

  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    rungs_markdown_append_escaped (out, (const char *) node->content,
                                   strlen ((const char *) node->content));
  if (node->type != XML_ELEMENT_NODE || rungs_html_is_any (node, DROPPED)
      || depth > RUNGS_HTML_MAX_DEPTH || is_empty_picture (node))
    return;
  if (strcmp ((const char *) node->name, "style") == 0)
    {
      append_style_sheet (out, node);
      return;
    }

  if (is_kept)
    append_tag (out, node);
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    append_node (out, child, depth + 1);
  if (is_kept && !rungs_html_is_any (node, VOID))
    g_string_append_printf (out, "</%s>", (const char *) node->name);
}

char *
rungs_html_clean (const char *html)
{
  g_autoptr (RungsHtmlTree) tree = NULL;
  GString *out = g_string_new (NULL);
  xmlNode *body;

  g_return_val_if_fail (html != NULL, NULL);

  tree = rungs_html_tree_new (html);
  body = rungs_html_tree_get_body (tree);
  for (xmlNode *child = body ? body->children : NULL; child != NULL; child = child->next)
    append_node (out, child, 0);
  return g_string_free (out, FALSE);
}
