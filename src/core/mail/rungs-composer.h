/* rungs-composer.h: makes the bytes of a message for one lead, from all that this needs.
 *
 * A composer keeps the templates it has read, so that a run of a thousand messages reads each of
 * them once. One thread at a time; sender threads have one each. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-message-body.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-outbox-store.h"

G_BEGIN_DECLS

typedef struct _RungsComposer RungsComposer;

RungsComposer *rungs_composer_new (void);
void rungs_composer_free (RungsComposer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsComposer, rungs_composer_free)

/* The message that was claimed, as `account` sends it. An unsubscribing reader is led to the relay,
 * where there is one (mail/rungs-relay-links-store.h); what else they return is a mail to the
 * account's reply address (else its from address) with the subject "unsubscribe " and the
 * Message-ID. Errors: INVALID (the text cannot be merged; the message says where and
 * why), NOT_FOUND, and those of the file. */
GBytes *rungs_composer_compose (RungsComposer           *self,
                                RungsDb                 *db,
                                const RungsOutboxClaim  *claim,
                                const RungsAccount      *account,
                                gint64                   now,
                                GError                 **error);

/* A message that asks somebody unknown to confirm something, as the relay sends it. All is lent. */
typedef struct
{
  gint64 message_version;
  const RungsAccount *account;
  const char *language;   /* BCP 47, of the reader */
  const char *first_name; /* "": it is not known */
  const char *link;       /* where it is confirmed */
  const char *id;         /* the Message-ID, without < >; the boundaries follow from it */
} RungsComposerLetter;

/* Returns: (transfer full): it as MIME, its texts in quoted-printable, to "nobody@invalid.example";
 * the name does not come up in its subject. Errors: as above. */
GBytes *rungs_composer_compose_letter (RungsComposer             *self,
                                       RungsDb                   *db,
                                       const RungsComposerLetter *letter,
                                       gint64                     now,
                                       GError                   **error);

/* Whether the claim could be composed now, which is much quicker than composing it: what can fail
 * for some leads only is tried for each, the rest once. Errors as above. */
gboolean rungs_composer_try (RungsComposer           *self,
                             RungsDb                 *db,
                             const RungsOutboxClaim  *claim,
                             gint64                   now,
                             GError                 **error);

/* What `lead` (0: an invented one) would read of a message version, for a preview: its pictures
 * stand in the HTML itself (data:). Errors as above. */
gboolean rungs_composer_preview (RungsComposer        *self,
                                 RungsDb              *db,
                                 gint64                message_version,
                                 gint64                lead,
                                 gint64                sells,
                                 gint64                now,
                                 RungsMessageContent  *content,
                                 GError              **error);

/* The same of a message that is being written, and perhaps never saved. Its pictures stand in the
 * HTML itself, as in rungs_composer_preview(). */
gboolean rungs_composer_preview_message (RungsDb              *db,
                                         const RungsMessage   *message,
                                         gint64                lead,
                                         gint64                sells,
                                         gint64                now,
                                         RungsMessageContent  *content,
                                         GError              **error);

G_END_DECLS
