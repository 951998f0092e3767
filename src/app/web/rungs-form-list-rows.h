/* rungs-form-list-rows.h: the opt-in forms as rows of a browser. */

#pragma once

#include <gio/gio.h>

#include "web/rungs-opt-in-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* A row: a form, and how often people opened its page. */
typedef struct
{
  RungsOptInForm *form; /* (owned) */
  gint64 views;
} RungsFormListed;

void rungs_form_listed_free (RungsFormListed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFormListed, rungs_form_listed_free)

/* A RungsStoreFunc. `data`: gint64 *: the form. Returns: (transfer full): RungsFormListed. */
gpointer rungs_form_listed_load (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* Its queries are RungsBrowserQuery: forms with those words in name, address or title. */
const RungsBrowserSource *rungs_form_list_get_source (void);

const RungsBrowserColumn *rungs_form_list_get_columns (guint *n);

G_END_DECLS
