/* rungs-return-store.c: what comes back by mail does what it means. */

#include "mail/rungs-return-store.h"

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "db/rungs-record.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "mail/rungs-outbox-private.h"

static const char SQL_IS_KNOWN[] = "SELECT id FROM mail_return WHERE hash = :hash";

static const char SQL_ADD[] = "INSERT INTO mail_return (hash, kind, raw, at)"
                              " VALUES (:hash, :kind, :raw, :now)";

static const char SQL_FIND_OUTBOX[]
  = "SELECT id, lead, email, state FROM outbox WHERE message_id = :message_id AND email <> ''";

static const char SQL_FIND_PROVIDER_ID[]
  = "SELECT id, lead, email, state FROM outbox"
    " WHERE provider_id IN (:message_id, :local) AND provider_id <> '' AND email <> ''"
    " ORDER BY id DESC LIMIT 1";

static const char SQL_FIND_LAST[]
  = "SELECT id FROM outbox"
    " WHERE lead = :lead AND email = :email AND state = 'sent' AND ended_at <= :at"
    " ORDER BY ended_at DESC LIMIT 1";

static const char SQL_FIND_LEAD[]
  = "SELECT id FROM lead WHERE email_key = :key ORDER BY id LIMIT 1";

static const char SQL_LIST_UNCLEAR[]
  = "SELECT id, raw, at FROM mail_return WHERE raw IS NOT NULL ORDER BY id LIMIT :limit";

static const char SQL_LOAD_UNCLEAR[]
  = "SELECT id, raw, at FROM mail_return WHERE id = :id AND raw IS NOT NULL";

static const char SQL_SETTLE[]
  = "UPDATE mail_return SET raw = NULL WHERE id = :id AND raw IS NOT NULL";

static const char SQL_LEAD_NAME[]
  = "SELECT coalesce (nullif (trim (first_name || ' ' || last_name), ''), email, '')"
    "  FROM lead WHERE id = :id";

/* Whom a mail is about. */
typedef struct
{
  gint64 outbox; /* 0: no message of ours is named */
  gint64 lead;   /* 0: nobody has the address */
  char *email;   /* (owned) (nullable) to which it was written */
  gboolean is_in_doubt;
} Subject;

static void
subject_clear (Subject *self)
{
  g_free (self->email);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

/* ---- whom it is about */

static gboolean
take_message (RungsStatement *query,
              Subject        *subject,
              GError        **error)
{
  RungsStep step = rungs_statement_step (query, error);

  if (step != RUNGS_ROW)
    return step == RUNGS_DONE;
  subject->outbox = rungs_statement_get_int64 (query, 0);
  subject->lead = rungs_statement_get_int64 (query, 1);
  subject->email = rungs_statement_dup_text (query, 2);
  subject->is_in_doubt = rungs_outbox_state_from_text (rungs_statement_get_text (query, 3))
                         == RUNGS_OUTBOX_DOUBT;
  return TRUE;
}

/* By our Message-ID, or by what a provider calls the message: a Message-ID of its own, or what
 * stands before the @ of one. */
static gboolean
find_message (RungsDb    *db,
              const char *message_id,
              Subject    *subject,
              GError    **error)
{
  g_autoptr (RungsStatement) ours = rungs_db_prepare (db, SQL_FIND_OUTBOX, error);
  g_autoptr (RungsStatement) theirs
    = ours ? rungs_db_prepare (db, SQL_FIND_PROVIDER_ID, error) : NULL;
  g_autofree char *local = g_strndup (message_id, strcspn (message_id, "@"));

  if (theirs == NULL)
    return FALSE;
  rungs_statement_bind_text (ours, ":message_id", message_id);
  if (!take_message (ours, subject, error))
    return FALSE;
  if (subject->outbox != 0)
    return TRUE;
  rungs_statement_bind_text (theirs, ":message_id", message_id);
  rungs_statement_bind_text (theirs, ":local", local);
  return take_message (theirs, subject, error);
}

static gboolean
find_lead (RungsDb    *db,
           const char *email,
           gint64     *lead,
           GError    **error)
{
  g_autofree char *key = rungs_email_key (email, NULL);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND_LEAD, error);
  RungsStep step;

  *lead = 0;
  if (query == NULL)
    return FALSE;
  if (key == NULL)
    return TRUE;
  rungs_statement_bind_text (query, ":key", key);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    *lead = rungs_statement_get_int64 (query, 0);
  return step != RUNGS_FAILED;
}

/* Of a server's report it is whose mail it was, of what a person wrote it is the sender. */
static const char *
get_address (const RungsReturn *read)
{
  switch (read->kind)
    {
    case RUNGS_RETURN_UNSUBSCRIBE:
    case RUNGS_RETURN_ABSENCE:
    case RUNGS_RETURN_REPLY:
    case RUNGS_RETURN_OTHER:
      return read->from;
    case RUNGS_RETURN_BOUNCE:
    case RUNGS_RETURN_BLOCKED:
    case RUNGS_RETURN_DELAY:
    case RUNGS_RETURN_COMPLAINT:
    default:
      return read->recipient;
    }
}

static gboolean
find_subject (RungsDb           *db,
              const RungsReturn *read,
              Subject           *subject,
              GError           **error)
{
  for (guint i = 0; i < read->about->len && subject->outbox == 0; i++)
    if (!find_message (db, read->about->pdata[i], subject, error))
      return FALSE;
  if (subject->outbox != 0 || *get_address (read) == '\0')
    return TRUE;
  subject->email = g_strdup (get_address (read));
  return find_lead (db, subject->email, &subject->lead, error);
}

/* ---- what it does */

static gboolean
add_event (RungsDb           *db,
           const RungsReturn *read,
           const Subject     *subject,
           const char        *kind,
           gint64             now,
           GError           **error)
{
  return rungs_event_add (db, subject->lead, kind, now, subject->outbox, read->words, error) != 0;
}

static gboolean
refuse_more (RungsDb         *db,
             const Subject   *subject,
             RungsSuppressed  reason,
             const char      *origin,
             const char      *note,
             gint64           now,
             GError         **error)
{
  return (subject->lead == 0
          || rungs_consent_withdraw (db, subject->lead, RUNGS_PURPOSE_MARKETING,
                                     RUNGS_CHANNEL_EMAIL, now, origin, error)
               != 0)
         && rungs_suppression_add (db, subject->email, reason, note, now, error);
}

static gboolean
act (RungsDb           *db,
     const RungsReturn *read,
     const Subject     *subject,
     gint64             now,
     GError           **error)
{
  if (subject->is_in_doubt && !rungs_outbox_resolve_sent (db, subject->outbox, now, error))
    return FALSE;
  switch (read->kind)
    {
    case RUNGS_RETURN_BOUNCE:
      return rungs_outbox_record_bounce (db, subject->lead, subject->email, read->words,
                                         subject->outbox, now, error);
    case RUNGS_RETURN_BLOCKED:
      return add_event (db, read, subject, RUNGS_EVENT_MAIL_BLOCKED, now, error);
    case RUNGS_RETURN_COMPLAINT:
      return add_event (db, read, subject, RUNGS_EVENT_MAIL_COMPLAINED, now, error)
             && rungs_broadcast_heed_complaint (db, subject->outbox, now, error)
             && refuse_more (db, subject, RUNGS_SUPPRESSED_COMPLAINED, "complaint", read->words,
                             now, error);
    case RUNGS_RETURN_UNSUBSCRIBE:
      return refuse_more (db, subject, RUNGS_SUPPRESSED_UNSUBSCRIBED, "mail", "", now, error);
    case RUNGS_RETURN_ABSENCE:
      return add_event (db, read, subject, RUNGS_EVENT_MAIL_ABSENT, now, error);
    case RUNGS_RETURN_REPLY:
      return add_event (db, read, subject, RUNGS_EVENT_MAIL_REPLIED, now, error);
    case RUNGS_RETURN_DELAY:
    case RUNGS_RETURN_OTHER:
    default:
      return TRUE;
    }
}

/* ---- taking */

static RungsReturnTaken
judge (const RungsReturn *read,
       const Subject     *subject)
{
  if (read->kind == RUNGS_RETURN_OTHER)
    return RUNGS_RETURN_TAKEN_NOT;
  if (subject->outbox != 0)
    return RUNGS_RETURN_TAKEN;
  if (subject->lead == 0)
    return RUNGS_RETURN_TAKEN_NOT;
  if (read->kind == RUNGS_RETURN_UNSUBSCRIBE)
    return RUNGS_RETURN_TAKEN;
  return read->kind == RUNGS_RETURN_BOUNCE || read->kind == RUNGS_RETURN_COMPLAINT
           ? RUNGS_RETURN_TAKEN_UNCLEAR
           : RUNGS_RETURN_TAKEN_NOT;
}

static gboolean
is_known (RungsDb    *db,
          const char *hash,
          gboolean   *known,
          GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_KNOWN, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":hash", hash);
  step = rungs_statement_step (query, error);
  *known = step == RUNGS_ROW;
  return step != RUNGS_FAILED;
}

static gboolean
remember (RungsDb          *db,
          const char       *hash,
          RungsReturnKind   kind,
          GBytes           *raw,
          gint64            now,
          GError          **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":hash", hash);
  rungs_statement_bind_text (insert, ":kind", rungs_return_kind_to_text (kind));
  if (raw != NULL)
    rungs_statement_bind_blob (insert, ":raw", g_bytes_get_data (raw, NULL),
                               g_bytes_get_size (raw));
  else
    rungs_statement_bind_null (insert, ":raw");
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_return_take (RungsDb          *db,
                   GBytes           *mail,
                   gint64            now,
                   RungsReturnTaken *taken,
                   GError          **error)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (mail, &length);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, mail);
  g_autoptr (RungsReturn) read = rungs_return_read (bytes, length);
  g_auto (Subject) subject = { 0 };
  gboolean known = FALSE;

  g_return_val_if_fail (taken != NULL, FALSE);

  *taken = RUNGS_RETURN_TAKEN_NOT;
  if (read->kind == RUNGS_RETURN_OTHER)
    return TRUE;
  if (!is_known (db, hash, &known, error) || !find_subject (db, read, &subject, error))
    return FALSE;
  *taken = known ? RUNGS_RETURN_TAKEN_BEFORE : judge (read, &subject);
  switch (*taken)
    {
    case RUNGS_RETURN_TAKEN:
      return remember (db, hash, read->kind, NULL, now, error)
             && act (db, read, &subject, now, error);
    case RUNGS_RETURN_TAKEN_UNCLEAR:
      return remember (db, hash, read->kind, mail, now, error);
    case RUNGS_RETURN_TAKEN_NOT:
    case RUNGS_RETURN_TAKEN_BEFORE:
    default:
      return TRUE;
    }
}

/* ---- what a provider tells */

static gboolean
find_last_message (RungsDb               *db,
                   const RungsReturnTold *told,
                   gint64                 now,
                   Subject               *subject,
                   GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND_LAST, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", subject->lead);
  rungs_statement_bind_text (query, ":email", subject->email);
  rungs_statement_bind_int64 (query, ":at", told->at != 0 ? told->at + RUNGS_HOUR : now);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    subject->outbox = rungs_statement_get_int64 (query, 0);
  return step != RUNGS_FAILED;
}

static gboolean
means_address (RungsReturnKind kind)
{
  return kind == RUNGS_RETURN_BOUNCE || kind == RUNGS_RETURN_COMPLAINT
         || kind == RUNGS_RETURN_UNSUBSCRIBE;
}

static gboolean
find_told (RungsDb               *db,
           const RungsReturnTold *told,
           gint64                 now,
           Subject               *subject,
           GError               **error)
{
  if (*told->message != '\0' && !find_message (db, told->message, subject, error))
    return FALSE;
  if (subject->outbox != 0 || *told->email == '\0' || !means_address (told->kind))
    return TRUE;
  subject->email = g_strdup (told->email);
  return find_lead (db, told->email, &subject->lead, error)
         && (subject->lead == 0 || find_last_message (db, told, now, subject, error));
}

static char *
hash_told (const RungsReturnTold *told)
{
  g_autofree char *text = g_strjoin ("\n", told->source, told->event, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

gboolean
rungs_return_take_told (RungsDb               *db,
                        const RungsReturnTold *told,
                        gint64                 now,
                        RungsReturnTaken      *taken,
                        GError               **error)
{
  g_autofree char *hash = NULL;
  g_auto (Subject) subject = { 0 };
  RungsReturn read = { 0 };
  gboolean known = FALSE;

  g_return_val_if_fail (told != NULL && taken != NULL, FALSE);
  g_return_val_if_fail (told->source != NULL && told->event != NULL && told->message != NULL
                          && told->email != NULL && told->words != NULL,
                        FALSE);

  *taken = RUNGS_RETURN_TAKEN_NOT;
  hash = hash_told (told);
  read.kind = told->kind;
  read.words = (char *) told->words;
  if (!is_known (db, hash, &known, error) || !find_told (db, told, now, &subject, error))
    return FALSE;
  if (known)
    *taken = RUNGS_RETURN_TAKEN_BEFORE;
  if (known || told->kind == RUNGS_RETURN_OTHER || (subject.outbox == 0 && subject.lead == 0))
    return TRUE;
  *taken = RUNGS_RETURN_TAKEN;
  return remember (db, hash, told->kind, NULL, now, error)
         && act (db, &read, &subject, now, error);
}

/* ---- only headers */

/* A report names its message in a part, which the headers do not show: all reports are wanted. */
gboolean
rungs_return_is_wanted (RungsDb           *db,
                        const RungsReturn *headers,
                        gboolean          *wanted,
                        GError           **error)
{
  g_auto (Subject) subject = { 0 };

  g_return_val_if_fail (wanted != NULL, FALSE);

  *wanted = headers->is_report;
  if (*wanted)
    return TRUE;
  if (!find_subject (db, headers, &subject, error))
    return FALSE;
  *wanted = subject.outbox != 0 || subject.lead != 0;
  return TRUE;
}

/* ---- what a person must decide */

void
rungs_return_unclear_free (RungsReturnUnclear *self)
{
  if (self == NULL)
    return;
  rungs_return_free (self->read);
  g_free (self->lead_name);
  g_free (self);
}

static gpointer
read_unclear (RungsStatement *query)
{
  RungsReturnUnclear *self = g_new0 (RungsReturnUnclear, 1);
  g_autoptr (GBytes) raw = rungs_statement_dup_blob (query, 1);
  gsize length = 0;
  const char *bytes = g_bytes_get_data (raw, &length);

  self->id = rungs_statement_get_int64 (query, 0);
  self->read = rungs_return_read (bytes, length);
  self->at = rungs_statement_get_int64 (query, 2);
  self->lead_name = g_strdup ("");
  return self;
}

static gpointer
read_name (RungsStatement *query)
{
  return rungs_statement_dup_text (query, 0);
}

static gboolean
find_names (RungsDb             *db,
            RungsReturnUnclear  *self,
            GError             **error)
{
  if (!find_lead (db, get_address (self->read), &self->lead, error))
    return FALSE;
  if (self->lead == 0)
    return TRUE;
  g_free (self->lead_name);
  self->lead_name = rungs_record_load (db, SQL_LEAD_NAME, self->lead, read_name, "lead", error);
  return self->lead_name != NULL;
}

GPtrArray *
rungs_return_list_unclear (RungsDb *db,
                           guint    limit,
                           GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_UNCLEAR, error);
  g_autoptr (GPtrArray) list = NULL;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  list = rungs_record_list (query, read_unclear, (GDestroyNotify) rungs_return_unclear_free, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!find_names (db, list->pdata[i], error))
      return NULL;
  return g_steal_pointer (&list);
}

gboolean
rungs_return_believe (RungsDb *db,
                      gint64   id,
                      gint64   now,
                      GError **error)
{
  g_autoptr (RungsReturnUnclear) unclear
    = rungs_record_load (db, SQL_LOAD_UNCLEAR, id, read_unclear, "returned mail", error);
  g_auto (Subject) subject = { 0 };

  if (unclear == NULL || !find_names (db, unclear, error)
      || !rungs_record_run (db, SQL_SETTLE, id, error))
    return FALSE;
  subject.lead = unclear->lead;
  subject.email = g_strdup (get_address (unclear->read));
  return act (db, unclear->read, &subject, now, error);
}

gboolean
rungs_return_dismiss (RungsDb *db,
                      gint64   id,
                      GError **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_SETTLE, error);

  return update != NULL && rungs_record_change (db, update, id, "returned mail", error);
}
