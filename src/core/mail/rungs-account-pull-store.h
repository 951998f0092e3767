/* rungs-account-pull-store.h: how far providers were asked what became of mail. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* One question of a provider's file, of one account. */
typedef struct
{
  char *name;        /* (owned) */
  gint64 since;      /* what came before was heard; 0: nothing was */
  gint64 looked_at;  /* 0: never */
  gint64 wait_until; /* the provider asked not to be asked before */
  char *trouble;     /* (owned): why the last try failed; empty: it did not */
} RungsAccountPull;

void rungs_account_pull_free (RungsAccountPull *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAccountPull, rungs_account_pull_free)

/* Returns: (transfer full): one that was never asked where there is none. */
RungsAccountPull *rungs_account_pull_load (RungsDb     *db,
                                           gint64       account,
                                           const char  *name,
                                           GError     **error);

/* Stores it. */
gboolean rungs_account_pull_save (RungsDb                 *db,
                                  gint64                   account,
                                  const RungsAccountPull  *pull,
                                  GError                 **error);

/* Returns: (transfer full) (element-type RungsAccountPull): by name. */
GPtrArray *rungs_account_pull_list (RungsDb  *db,
                                    gint64    account,
                                    GError  **error);

G_END_DECLS
