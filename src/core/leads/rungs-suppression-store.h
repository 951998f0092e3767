/* rungs-suppression-store.h: addresses that get nothing more, for ever.
 *
 * An address is known by a hash: the hex SHA-256 of the business's salt followed by the e-mail
 * key. So it is still known after the person behind it has been erased. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SUPPRESSED_NOT,
  RUNGS_SUPPRESSED_UNSUBSCRIBED,
  RUNGS_SUPPRESSED_BOUNCED,
  RUNGS_SUPPRESSED_COMPLAINED,
  RUNGS_SUPPRESSED_ERASED,
  RUNGS_SUPPRESSED_BY_HAND,
} RungsSuppressed;

/* "unsubscribed", "bounced", "complained", "erased", "by hand"; "" for NOT. */
const char *rungs_suppressed_to_text (RungsSuppressed reason);
RungsSuppressed rungs_suppressed_from_text (const char *text);

typedef struct
{
  gint64 id;
  char *email; /* (owned) (nullable) NULL after erasure */
  RungsSuppressed reason;
  char *note; /* (owned) */
  gint64 at;
} RungsSuppression;

void rungs_suppression_free (RungsSuppression *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSuppression, rungs_suppression_free)

/* The hash of an e-mail key (rungs_email_key()). */
char *rungs_suppression_hash (RungsDb     *db,
                              const char  *email_key,
                              GError     **error);

/* The same for many keys: the salt, loaded once, and the hash made with it. */
GBytes *rungs_suppression_load_salt (RungsDb  *db,
                                     GError  **error);
char *rungs_suppression_hash_salted (GBytes      *salt,
                                     const char  *email_key);

/* Suppresses an address. One that is suppressed already stays so for its first reason, unless the
 * new one weighs more (a bounce or a note by hand gives way to the person's own word; erasure also
 * removes the address). Adds the event lead.suppressed to the lead that has the address, if any.
 * Errors: INVALID. */
gboolean rungs_suppression_add (RungsDb          *db,
                                const char       *email,
                                RungsSuppressed   reason,
                                const char       *note,
                                gint64            now,
                                GError          **error);

/* Why the address is suppressed; NOT where it is not. Errors: INVALID. */
gboolean rungs_suppression_check (RungsDb          *db,
                                  const char       *email,
                                  RungsSuppressed  *reason,
                                  GError          **error);

/* Takes back what was suppressed by hand or by a bounce. Errors: NOT_FOUND; CONFLICT where the
 * person said no: only they can take that back. */
gboolean rungs_suppression_lift (RungsDb     *db,
                                 const char  *email,
                                 gint64       now,
                                 GError     **error);

/* The person, who had unsubscribed, has asked for messages again and confirmed it: nobody else can
 * take that back. What the address is suppressed for besides that stays. */
gboolean rungs_suppression_take_back (RungsDb     *db,
                                      const char  *email,
                                      gint64       now,
                                      GError     **error);

/* Returns: (transfer full) (element-type RungsSuppression): up to `limit`, the newest first. */
GPtrArray *rungs_suppression_list (RungsDb  *db,
                                   guint     limit,
                                   GError  **error);

G_END_DECLS
