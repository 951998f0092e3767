/* rungs-return-store.h: what comes back by mail does what it means.
 *
 *   bounce        the address gets nothing more; mail.bounced
 *   blocked       mail.blocked: it did not arrive, and the next one may
 *   delay         nothing: it is still on its way
 *   complaint     the address gets nothing more, and consent is withdrawn; mail.complained
 *   unsubscribe   the same, as the person's own word
 *   absence       mail.absent: a machine answered, and no person
 *   reply         mail.replied
 *
 * A mail counts only if it names a message of the outbox: its Message-ID cannot be guessed, so
 * nobody can have others struck off by a forged bounce. Whom it is about is then known from the
 * outbox, not from the mail. A message in doubt that something comes back for was sent, evidently.
 *
 * "No more", though, is obeyed also where it names no message of ours, if its sender is a lead.
 * A bounce or a complaint that names none, of an address that a lead has, waits for a person;
 * everything else is nobody's business and is forgotten. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-return.h"

G_BEGIN_DECLS

/**
 * RungsReturnTaken: what became of a mail
 * @RUNGS_RETURN_TAKEN_NOT: it is none of ours, and was forgotten
 * @RUNGS_RETURN_TAKEN_BEFORE: it has been read before
 * @RUNGS_RETURN_TAKEN: it did what it means
 * @RUNGS_RETURN_TAKEN_UNCLEAR: a person must say whom it is about
 */
typedef enum
{
  RUNGS_RETURN_TAKEN_NOT,
  RUNGS_RETURN_TAKEN_BEFORE,
  RUNGS_RETURN_TAKEN,
  RUNGS_RETURN_TAKEN_UNCLEAR,
} RungsReturnTaken;

/* Takes a mail, whole. */
gboolean rungs_return_take (RungsDb           *db,
                            GBytes            *mail,
                            gint64             now,
                            RungsReturnTaken  *taken,
                            GError           **error);

/* What a provider tells of a message, over its own interface and asked with our key. Unlike a mail
 * nobody else can have written it, so that an address is struck off though no message is named. */
typedef struct
{
  RungsReturnKind kind;
  const char *source;  /* who tells it: "postmark" */
  const char *event;   /* what it is known by there, so that it means something once */
  const char *message; /* our Message-ID, or the provider's, without < >; empty: none is named */
  const char *email;   /* empty: none is told */
  const char *words;
  gint64 at;           /* when it was; 0: not told */
} RungsReturnTold;

/* Takes it. BOUNCE, COMPLAINT and UNSUBSCRIBE mean something of a lead's address, too; the message
 * is then the last that went there before. */
gboolean rungs_return_take_told (RungsDb                *db,
                                 const RungsReturnTold  *told,
                                 gint64                  now,
                                 RungsReturnTaken       *taken,
                                 GError                **error);

/* Whether a mail of which only the headers were read must be taken whole. */
gboolean rungs_return_is_wanted (RungsDb            *db,
                                 const RungsReturn  *headers,
                                 gboolean           *wanted,
                                 GError            **error);

/* ---- what a person must decide */

typedef struct
{
  gint64 id;
  RungsReturn *read; /* (owned) */
  gint64 lead;       /* that has the address; 0: none has it any more */
  char *lead_name;   /* (owned): name, else address; empty where there is none */
  gint64 at;
} RungsReturnUnclear;

void rungs_return_unclear_free (RungsReturnUnclear *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsReturnUnclear, rungs_return_unclear_free)

/* Returns: (transfer full) (element-type RungsReturnUnclear): up to `limit`, the oldest first. */
GPtrArray *rungs_return_list_unclear (RungsDb  *db,
                                      guint     limit,
                                      GError  **error);

/* It is what it says about the address it names: does what it means. Errors: NOT_FOUND. */
gboolean rungs_return_believe (RungsDb  *db,
                               gint64    id,
                               gint64    now,
                               GError  **error);

/* It means nothing. Errors: NOT_FOUND. */
gboolean rungs_return_dismiss (RungsDb  *db,
                               gint64    id,
                               GError  **error);

G_END_DECLS
