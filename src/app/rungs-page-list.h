/* rungs-page-list.h: which pages the window has, in the order of its navigation. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One page of the window. */
typedef struct
{
  const char *name;      /* of the command line, settings and actions: "leads" */
  const char *title;     /* untranslated */
  const char *icon_name; /* symbolic */
  GType (*get_type) (void);
} RungsPageKind;

/* Returns: the pages; `n` is set to how many. */
const RungsPageKind *rungs_page_list (guint *n);

/* Returns: (nullable): the page of that name. */
const RungsPageKind *rungs_page_list_find (const char *name);

G_END_DECLS
