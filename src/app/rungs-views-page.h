/* rungs-views-page.h: a page of several views, one of which is seen.
 *
 * How to make one: derive a final type whose template has this as its parent and holds an
 * AdwViewStack with its switcher, call rungs_views_page_set_up() in `constructed`, and set in
 * class_init the tables that the views show. A view is told of in rungs-page-view.h. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_VIEWS_PAGE (rungs_views_page_get_type ())

/* Its targets: the name of a view ("deliveries"), and behind ":" what that view knows
 * ("deliveries:state:quarantine"). */
G_DECLARE_DERIVABLE_TYPE (RungsViewsPage, rungs_views_page, RUNGS, VIEWS_PAGE, RungsPage)

struct _RungsViewsPageClass
{
  RungsPageClass parent_class;

  gpointer padding[2];
};

typedef struct
{
  const char *name;  /* of targets */
  const char *title; /* untranslated */
  const char *icon_name;
  GType (*get_type) (void);
} RungsViewKind;

/* Fills `stack`, which stands in the page, in the order of its switcher; the first is seen
 * first. */
void rungs_views_page_set_up (RungsViewsPage      *self,
                              AdwViewStack        *stack,
                              const RungsViewKind *kinds,
                              guint                n);

G_END_DECLS
