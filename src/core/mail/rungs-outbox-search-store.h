/* rungs-outbox-search-store.h: which messages of the outbox a browser shows, in which order. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-outbox.h"

G_BEGIN_DECLS

/**
 * RungsOutboxSort:
 * @RUNGS_OUTBOX_NEWEST: what was planned last comes first
 * @RUNGS_OUTBOX_EARLIEST: by when it ended, or else is due
 * @RUNGS_OUTBOX_LATEST: the same, the latest first
 */
typedef enum
{
  RUNGS_OUTBOX_NEWEST,
  RUNGS_OUTBOX_EARLIEST,
  RUNGS_OUTBOX_LATEST,
} RungsOutboxSort;

/* What is asked for; all zeros: every message. */
typedef struct
{
  RungsOutboxState state; /* 0: any */
  char *words;            /* (owned) (nullable): words of the lead, as rungs_lead_search_query()
                           * reads them, or a part of the message's name */
  RungsOutboxSort sort;
  guint limit; /* only the first so many; 0: all */
} RungsOutboxQuery;

RungsOutboxQuery *rungs_outbox_query_copy (const RungsOutboxQuery *self);
void rungs_outbox_query_free (RungsOutboxQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOutboxQuery, rungs_outbox_query_free)

/* Returns: (transfer full) (element-type gint64): the ids of those messages. */
GArray *rungs_outbox_find (RungsDb                 *db,
                           const RungsOutboxQuery  *query,
                           GError                 **error);

G_END_DECLS
