/* rungs-html-tree.h: HTML as a tree, whatever stands in it. Private to mail/rungs-html-clean.h. */

#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* Deeper than that, what an element holds is passed over. */
#define RUNGS_HTML_MAX_DEPTH 200

typedef xmlDoc RungsHtmlTree;

/* Bytes that are no UTF-8 become signs; nothing is loaded. NULL where there is nothing in it. */
RungsHtmlTree *rungs_html_tree_new (const char *html);
void rungs_html_tree_free (RungsHtmlTree *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsHtmlTree, rungs_html_tree_free)

/* Lends its body, or the root where it has none; NULL: neither. */
xmlNode *rungs_html_tree_get_body (RungsHtmlTree *self);

/* The attribute; NULL: it has none. */
char *rungs_html_dup_attribute (xmlNode    *element,
                                const char *name);

/* Whether the element is one of the names, which end in NULL. */
gboolean rungs_html_is_any (const xmlNode     *node,
                            const char *const *names);

G_END_DECLS
