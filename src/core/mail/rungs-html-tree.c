/* rungs-html-tree.c: HTML as a tree, whatever stands in it. */

#include "mail/rungs-html-tree.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "mail/rungs-html-clean.h"

/* Without Word's conditions, <![if …]> and <![endif]>, which no parser but Word's knows. */
static void
append_without_conditions (GString    *out,
                           const char *text)
{
  const char *condition;

  while ((condition = strstr (text, "<![")) != NULL)
    {
      const char *end = strchr (condition, '>');

      g_string_append_len (out, text, condition - text);
      text = end ? end + 1 : condition + strlen (condition);
    }
  g_string_append (out, text);
}

/* What is no text is taken out: libxml2 passes control characters on. Text that stands in the body
 * itself it puts into a paragraph, some versions of it: in an element that is none it does not. */
static char *
dup_readable (const char *html)
{
  gsize length = strnlen (html, RUNGS_HTML_MAX_SIZE);
  g_autofree char *text = g_utf8_make_valid (html, length);
  GString *out = g_string_new ("<html><body><rungs>");

  for (char *p = text; *p != '\0'; p++)
    if ((guchar) *p < ' ' && strchr ("\t\n\r", *p) == NULL)
      *p = ' ';
  append_without_conditions (out, text);
  return g_string_free (out, FALSE);
}

RungsHtmlTree *
rungs_html_tree_new (const char *html)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (html != NULL, NULL);

  text = dup_readable (html);
  return htmlReadMemory (text, strlen (text), NULL, "UTF-8",
                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                             | HTML_PARSE_NONET | HTML_PARSE_COMPACT);
}

void
rungs_html_tree_free (RungsHtmlTree *self)
{
  xmlFreeDoc (self);
}

xmlNode *
rungs_html_tree_get_body (RungsHtmlTree *self)
{
  xmlNode *root = self ? xmlDocGetRootElement (self) : NULL;

  for (xmlNode *child = root ? root->children : NULL; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && strcmp ((const char *) child->name, "body") == 0)
      return child;
  return root;
}

char *
rungs_html_dup_attribute (xmlNode    *element,
                          const char *name)
{
  xmlChar *value = xmlGetProp (element, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}

gboolean
rungs_html_is_any (const xmlNode     *node,
                   const char *const *names)
{
  return node->type == XML_ELEMENT_NODE && g_strv_contains (names, (const char *) node->name);
}
