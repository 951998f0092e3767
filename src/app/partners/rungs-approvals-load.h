/* rungs-approvals-load.h: commissions that are approved by hand, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "partners/rungs-approval-store.h"

G_BEGIN_DECLS

/* `data` is a gint64 *, the id. Returns: a RungsApprovalRow. */
gpointer rungs_approvals_load_details (RungsDb       *db,
                                       gpointer       data,
                                       GCancellable  *cancellable,
                                       GError       **error);

/* What many come to, before anything is done with them. */
typedef struct
{
  RungsApprovalQuery query; /* without partners */
  GArray *partners; /* (owned) (nullable) (element-type gint64): only of these */
  GArray *lines;    /* (owned) (nullable): NULL asks for all that the query finds */
  gboolean approve; /* FALSE: they are to be put back on hold */
  GArray *sums;     /* (owned) (element-type RungsMoney) by currency */
} RungsApprovalsPlan;

void rungs_approvals_plan_free (gpointer self);

/* `data` is a RungsApprovalsPlan without sums, which it fills and returns. */
gpointer rungs_approvals_load_plan (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* `data` is a GArray of ids. Approves them, or puts them back on hold. Returns: NULL. */
gpointer rungs_approvals_do_approve (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);
gpointer rungs_approvals_do_hold (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
