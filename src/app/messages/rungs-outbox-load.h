/* rungs-outbox-load.h: what the outbox shows and does, for the threads of the store. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-outbox-why-store.h"
#include "mail/rungs-practice-folder.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RungsOutboxMailOrigin:
 * @RUNGS_OUTBOX_MAIL_WRITTEN: it is the file that the practice account wrote
 * @RUNGS_OUTBOX_MAIL_RECORDED: made again from the text and the address that were used
 * @RUNGS_OUTBOX_MAIL_PLANNED: made as it would leave now
 */
typedef enum
{
  RUNGS_OUTBOX_MAIL_WRITTEN,
  RUNGS_OUTBOX_MAIL_RECORDED,
  RUNGS_OUTBOX_MAIL_PLANNED,
} RungsOutboxMailOrigin;

/* All that is known of one message of the outbox. */
typedef struct
{
  RungsOutboxRow *row;     /* (owned) */
  RungsPracticeMail *mail; /* (owned) (nullable): its headers and text */
  RungsOutboxMailOrigin origin;
  char *trouble;           /* (owned) (nullable): why there is no mail */
  RungsOutboxWhy *why;     /* (owned): why it leaves, or not */
} RungsOutboxDetails;

void rungs_outbox_details_free (RungsOutboxDetails *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOutboxDetails, rungs_outbox_details_free)

/* `data` is a gint64 *, the id. Returns: a RungsOutboxDetails. */
gpointer rungs_outbox_load_details (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* Returns: a gint64[RUNGS_OUTBOX_DOUBT + 1], to be freed with g_free():
 * how many are in each state. */
gpointer rungs_outbox_load_counts (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* What a person decides. `data` is a GArray of ids; those in other states are left alone.
 * Returns: a gint64 *, how many were decided, to be freed with g_free(). */
gpointer rungs_outbox_do_sent (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);
gpointer rungs_outbox_do_retry (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
