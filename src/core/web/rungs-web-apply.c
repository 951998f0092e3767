/* rungs-web-apply.c: does what deliveries say.
 *
 * What is needed from outside, secrets and certificates, is got first, without a transaction. Then
 * in one transaction, which others share: verified, known already or not, read, done, and marked.
 * Where something of it is refused, what was done of it is taken back (a savepoint), and the same
 * transaction puts it into quarantine. So whatever ends the program, a delivery is either as it
 * was, or ended. */

#include "web/rungs-web-apply.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-shop-store.h"
#include "mail/rungs-return-store.h"
#include "web/rungs-web-clicks.h"
#include "web/rungs-web-before.h"
#include "web/rungs-web-deed.h"
#include "web/rungs-web-form.h"
#include "web/rungs-web-lead-store.h"
#include "web/rungs-web-order-store.h"
#include "web/rungs-web-own.h"
#include "web/rungs-web-won-store.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

#define AT_ONCE 200

/* So much is done in one transaction: a commit each would take longer than what they say. */
#define BATCH_MOST 200
#define BATCH_BYTES (4 * 1024 * 1024)
#define BATCH_TIME (G_USEC_PER_SEC / 5) /* of getting ready, which may ask the network */

/* One delivery, and all that is known before its transaction. */
typedef struct
{
  gint64 id;
  gint64 now;
  RungsWebEndpoint *endpoint;  /* (owned) (nullable) */
  RungsRawDelivery *raw;       /* (owned) */
  RungsProvider *provider;     /* (owned) (nullable) */
  JsonNode *verify_node;       /* (owned) (nullable) the endpoint's own */
  char **secrets;              /* (owned) (nullable) */
  char *certificate;           /* (owned) (nullable) */
  char *trouble;               /* (owned) (nullable) why it cannot be checked */
  RungsWebBefore before;       /* (owned) what was asked for besides */
  gboolean pulled;             /* we asked for it: who said it is known */
  gboolean later;              /* the network is not there, or the keyring is locked … */
  gboolean is_noted;           /* … and why stands with it already */
  gboolean rehearsed;          /* nothing of it stays: it need not be believed */
  RungsWebState state;         /* (out) */
} Subject;

static void
subject_clear (Subject *subject)
{
  g_clear_pointer (&subject->endpoint, rungs_web_endpoint_free);
  g_clear_pointer (&subject->raw, rungs_raw_delivery_free);
  g_clear_pointer (&subject->provider, rungs_provider_unref);
  g_clear_pointer (&subject->verify_node, json_node_unref);
  g_clear_pointer (&subject->secrets, g_strfreev);
  g_clear_pointer (&subject->certificate, g_free);
  g_clear_pointer (&subject->trouble, g_free);
  rungs_web_before_clear (&subject->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

static JsonObject *
get_receive (const Subject *subject)
{
  return rungs_provider_get_section (subject->provider, RUNGS_PROVIDER_RECEIVE);
}

static JsonObject *
get_verify (const Subject *subject)
{
  return subject->verify_node != NULL
           ? json_node_get_object (subject->verify_node)
           : rungs_wire_json_object (get_receive (subject), "verify");
}

/* ---- whether it is believed */

static gboolean
verify (const Subject  *subject,
        GError        **error)
{
  JsonObject *rule = get_verify (subject);
  g_autofree char *why = NULL;
  RungsSignatureVerdict verdict;

  if (rule == NULL)
    return rungs_error_refuse (error, _ ("The provider's file does not say how it is signed."));
  if (subject->trouble != NULL)
    return rungs_error_refuse (error, subject->trouble);
  verdict = rungs_signature_check (rule, subject->raw, (const char *const *) subject->secrets,
                                   subject->endpoint->path, subject->certificate, &why);
  return verdict == RUNGS_SIGNATURE_RIGHT || rungs_error_refuse (error, why);
}

/* ---- before the transaction */

static void
note_fault (Subject      *subject,
            const GError *fault)
{
  subject->trouble = g_strdup (fault->message);
  subject->later = g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NETWORK)
                   || g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_LOCKED);
}

static void
prepare_keys (Subject            *subject,
              const RungsWebKeys *keys)
{
  JsonObject *verify = get_verify (subject);
  g_autoptr (GError) fault = NULL;
  g_autofree char *address = NULL;

  if (verify == NULL || keys == NULL || subject->pulled)
    return;
  if (keys->secrets != NULL && rungs_signature_needs_secret (verify))
    subject->secrets = keys->secrets (subject->endpoint, keys->data, &fault);
  if (fault == NULL)
    address = rungs_signature_dup_certificate_address (verify, subject->raw, &fault);
  if (address != NULL && keys->certificate != NULL)
    subject->certificate = keys->certificate (address, keys->data, &fault);
  if (fault != NULL)
    note_fault (subject, fault);
}

/* Only who is believed is worth a question to anybody. */
static void
prepare_before (Subject            *subject,
                const RungsWebKeys *keys)
{
  JsonObject *receive = get_receive (subject);
  g_autoptr (RungsWebReader) reader = NULL;
  g_autoptr (GError) fault = NULL;

  if (keys == NULL || subject->trouble != NULL || subject->pulled
      || subject->endpoint->retired_at != 0 || rungs_wire_json_array (receive, "before") == NULL
      || !verify (subject, NULL))
    return;
  reader = rungs_web_reader_new (receive, subject->raw, NULL);
  if (reader == NULL
      || rungs_web_before_do (receive, reader, subject->endpoint, keys, &subject->before, &fault))
    return;
  note_fault (subject, fault);
}

static gboolean
prepare (RungsDb             *db,
         Subject             *subject,
         const RungsWebKeys  *keys,
         GError             **error)
{
  g_autoptr (RungsWebDelivery) delivery = rungs_web_delivery_load (db, subject->id, error);
  g_autoptr (GError) fault = NULL;

  if (delivery == NULL)
    return FALSE;
  subject->raw = rungs_web_delivery_load_raw (db, subject->id, error);
  if (subject->raw == NULL)
    return FALSE;
  if (delivery->endpoint == 0)
    return TRUE;
  subject->pulled = delivery->pulled;
  subject->endpoint = rungs_web_endpoint_load (db, delivery->endpoint, error);
  if (subject->endpoint == NULL)
    return FALSE;
  subject->provider = rungs_provider_load (subject->endpoint->provider, &fault);
  if (subject->provider == NULL || get_receive (subject) == NULL)
    {
      g_clear_pointer (&subject->provider, rungs_provider_unref);
      subject->trouble = g_strdup (fault != NULL ? fault->message : "");
      return TRUE;
    }
  if (subject->endpoint->verify != NULL)
    subject->verify_node = json_from_string (subject->endpoint->verify, NULL);
  prepare_keys (subject, keys);
  prepare_before (subject, keys);
  subject->is_noted = subject->later && strcmp (delivery->reason, subject->trouble) == 0;
  return TRUE;
}

/* ---- what it says */

/* Something that was only sent to try it. */
static gboolean
is_test (const Subject  *subject,
         RungsWebReader *reader)
{
  JsonObject *live = rungs_wire_json_object (get_receive (subject), "live");
  g_autofree char *says = live != NULL ? rungs_web_reader_read_member (reader, live, "path") : NULL;

  return says != NULL && g_strcmp0 (says, rungs_wire_json_text (live, "is")) != 0;
}

static gboolean
heed_mail (RungsWebWork        *work,
           const RungsWebDeed  *deed,
           GError             **error)
{
  static const RungsReturnKind KINDS[] = {
    [RUNGS_WEB_BOUNCE] = RUNGS_RETURN_BOUNCE,
    [RUNGS_WEB_BLOCKED] = RUNGS_RETURN_BLOCKED,
    [RUNGS_WEB_COMPLAINT] = RUNGS_RETURN_COMPLAINT,
    [RUNGS_WEB_UNSUBSCRIBE] = RUNGS_RETURN_UNSUBSCRIBE,
  };
  const char *email = deed->person[RUNGS_IMPORT_EMAIL];
  g_autofree char *event
      = g_strdup_printf ("delivery %" G_GINT64_FORMAT " %u", work->delivery, work->deed);
  RungsReturnTold told = {
    .kind = KINDS[deed->kind],
    .source = work->endpoint->provider,
    .event = event,
    .message = deed->message != NULL ? deed->message : "",
    .email = email != NULL ? email : "",
    .words = deed->words != NULL ? deed->words : "",
    .at = deed->at,
  };
  RungsReturnTaken taken;

  return rungs_return_take_told (work->db, &told, work->now, &taken, error);
}

static gboolean
do_deed (RungsWebWork        *work,
         const RungsWebDeed  *deed,
         gboolean            *waits,
         GError             **error)
{
  switch (deed->kind)
    {
    case RUNGS_WEB_FORM:
      return rungs_web_form_apply (work, deed, error);
    case RUNGS_WEB_NOTE:
      return rungs_web_note_apply (work, deed, error);
    case RUNGS_WEB_ORDER:
      return rungs_web_order_apply (work, deed, error);
    case RUNGS_WEB_REFUND:
    case RUNGS_WEB_DISPUTE:
      return rungs_web_refund_apply (work, deed, waits, error);
    case RUNGS_WEB_DISPUTE_WON:
      return rungs_web_won_apply (work, deed, error);
    case RUNGS_WEB_LAPSE:
      return rungs_web_lapse_apply (work, deed, error);
    case RUNGS_WEB_BOUNCE:
    case RUNGS_WEB_BLOCKED:
    case RUNGS_WEB_COMPLAINT:
    case RUNGS_WEB_UNSUBSCRIBE:
    default:
      return heed_mail (work, deed, error);
    }
}

static char *
dup_seller (const Subject *subject)
{
  const char *seller = rungs_wire_json_text (get_receive (subject), "seller");
  g_autofree char *shop = rungs_order_shop_key (subject->endpoint->shop);

  return g_strconcat (seller != NULL ? seller : subject->endpoint->provider, shop, NULL);
}

/* Does all of it; `waiting` (out) is the one that has to wait. */
static gboolean
do_deeds (RungsDb              *db,
          Subject              *subject,
          GPtrArray            *deeds,
          const RungsWebDeed  **waiting,
          gint64               *lead,
          GError              **error)
{
  g_autofree char *seller = dup_seller (subject);
  RungsWebWork work = { .db = db,
                        .delivery = subject->id,
                        .endpoint = subject->endpoint,
                        .seller = seller,
                        .origin = rungs_provider_get_name (subject->provider),
                        .now = subject->now };

  *waiting = NULL;
  for (guint i = 0; *waiting == NULL && i < deeds->len; i++)
    {
      const RungsWebDeed *deed = deeds->pdata[i];
      gboolean waits = FALSE;

      work.deed = i;
      if (!do_deed (&work, deed, &waits, error))
        return FALSE;
      if (waits)
        *waiting = deed;
    }
  *lead = MAX (work.lead, 0);
  return TRUE;
}

/* ---- in the transaction */

static const char SQL_BEGIN[] = "SAVEPOINT web_delivery";
static const char SQL_BACK[] = "ROLLBACK TO web_delivery";
static const char SQL_RELEASE[] = "RELEASE web_delivery";

static gboolean
run (RungsDb     *db,
     const char  *sql,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
end (RungsDb        *db,
     Subject        *subject,
     RungsWebState   state,
     const char     *key,
     const char     *kind,
     gint64          lead,
     const char     *reason,
     GError        **error)
{
  subject->state = state;
  return rungs_web_delivery_end (db, subject->id, state, key, kind, lead, reason, subject->now,
                                 error);
}

static gboolean
let_wait (RungsDb             *db,
          Subject             *subject,
          const RungsWebDeed  *deed,
          const char          *kind,
          GError             **error)
{
  g_autofree char *seller = dup_seller (subject);

  return run (db, SQL_BACK, error)
         && end (db, subject, RUNGS_WEB_WAITING, NULL, kind, 0,
                 _ ("It gives money back on an order that is not here yet."), error)
         && rungs_web_delivery_wait (db, subject->id, seller, deed->refs, error);
}

/* Reads and does it. FALSE: taken back by the caller. */
static gboolean
apply_read (RungsDb         *db,
            Subject         *subject,
            RungsWebReader  *reader,
            GError         **error)
{
  g_autofree char *key
    = subject->rehearsed ? NULL : rungs_web_reader_dup_key (reader, get_receive (subject));
  g_autofree char *kind = rungs_web_reader_read_member (reader, get_receive (subject), "event");
  g_autoptr (GPtrArray) deeds = NULL;
  const RungsWebDeed *waiting = NULL;
  gboolean known = FALSE;
  gint64 lead = 0;

  if (key != NULL
      && !rungs_web_delivery_is_known (db, subject->endpoint->id, key, &known, error))
    return FALSE;
  if (known)
    return end (db, subject, RUNGS_WEB_IGNORED, NULL, kind, 0, _ ("It has come before."), error);
  if (subject->before.visited)
    return end (db, subject, RUNGS_WEB_APPLIED, key, kind, 0, "", error);
  if (is_test (subject, reader))
    return end (db, subject, RUNGS_WEB_IGNORED, key, kind, 0,
                _ ("The provider sent it as a test."), error);
  deeds = rungs_web_deeds_read (get_receive (subject), reader, subject->raw->received_at, error);
  if (deeds == NULL)
    return FALSE;
  if (deeds->len == 0)
    return end (db, subject, RUNGS_WEB_IGNORED, key, kind, 0,
                _ ("It says nothing that Rungs makes use of."), error);
  if (!do_deeds (db, subject, deeds, &waiting, &lead, error))
    return FALSE;
  return waiting != NULL ? let_wait (db, subject, waiting, kind, error)
                         : end (db, subject, RUNGS_WEB_APPLIED, key, kind, lead, "", error);
}

/* The first request of a shop, which only says that it is there, is signed by nothing: one field,
 * and no more. */
static gboolean
is_greeting (const Subject *subject)
{
  const char *ping = rungs_wire_json_text (get_receive (subject), "ping");
  g_autoptr (RungsWebReader) reader
      = ping != NULL ? rungs_web_reader_new (get_receive (subject), subject->raw, NULL) : NULL;
  JsonNode *whole = reader != NULL ? rungs_web_reader_find (reader, "") : NULL;

  return whole != NULL && JSON_NODE_HOLDS_OBJECT (whole)
         && json_object_get_size (json_node_get_object (whole)) == 1
         && json_object_has_member (json_node_get_object (whole), ping);
}

static gboolean
keep_fetched (RungsDb  *db,
              Subject  *subject,
              GError  **error)
{
  const char *fetched = subject->before.fetched;

  return fetched == NULL
         || !rungs_raw_delivery_add_header (subject->raw, RUNGS_WEB_FETCHED, fetched)
         || rungs_web_delivery_save_headers (db, subject->id, subject->raw, error);
}

static gboolean
apply_body (RungsDb  *db,
            Subject  *subject,
            GError  **error)
{
  g_autoptr (RungsWebReader) reader = NULL;

  if (is_greeting (subject))
    return end (db, subject, RUNGS_WEB_IGNORED, NULL, "", 0,
                _ ("The provider only said that it is there."), error);
  if (!subject->rehearsed && !subject->pulled && !verify (subject, error))
    return FALSE;
  if (!keep_fetched (db, subject, error))
    return FALSE;
  reader = rungs_web_reader_new (get_receive (subject), subject->raw, error);
  return reader != NULL && apply_read (db, subject, reader, error);
}

static gboolean
apply_own (RungsDb          *db,
           Subject          *subject,
           RungsWebOwnFunc   func,
           GError          **error)
{
  RungsWebWork work = {
    .db = db, .delivery = subject->id, .seller = "", .origin = "", .now = subject->now
  };
  g_autofree char *key = NULL;
  gboolean is_done = func (&work, subject->raw, error);

  key = work.key;
  return is_done
         && end (db, subject, work.nothing != NULL ? RUNGS_WEB_IGNORED : RUNGS_WEB_APPLIED, key,
                 work.kind, MAX (work.lead, 0), work.nothing, error);
}

static gboolean
apply (RungsDb  *db,
       Subject  *subject,
       GError  **error)
{
  RungsWebOwnFunc own
      = subject->endpoint == NULL ? rungs_web_own_find (subject->raw->path) : NULL;

  if (own != NULL)
    return apply_own (db, subject, own, error);
  if (subject->endpoint == NULL)
    return rungs_error_refuse (error,
                               _ ("Nothing of yours is at the address that it was sent to."));
  if (subject->endpoint->retired_at != 0)
    return rungs_error_refuse (error, _ ("Its endpoint is no longer in use."));
  if (subject->provider == NULL)
    return rungs_error_refuse (error, subject->trouble);
  return apply_body (db, subject, error);
}

/* What a person can mend; all else is trouble with the file. */
static gboolean
is_about_delivery (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

/* Somebody else may have ended it since it was looked for. */
static gboolean
is_ended (RungsDb   *db,
          Subject   *subject,
          gboolean  *ended,
          GError   **error)
{
  g_autoptr (RungsWebDelivery) delivery = rungs_web_delivery_load (db, subject->id, error);

  if (delivery == NULL)
    return FALSE;
  *ended = delivery->state != RUNGS_WEB_WAITING;
  subject->state = delivery->state;
  return TRUE;
}

/* What one sends oneself to see whether it arrives: all is done that would be, and taken back. */
static gboolean
end_trial (RungsDb  *db,
           Subject  *subject,
           GError  **error)
{
  return run (db, SQL_BACK, error) && run (db, SQL_RELEASE, error)
         && end (db, subject, RUNGS_WEB_IGNORED, NULL, "", 0,
                 _ ("It was a test of your own, and would have been done."), error);
}

static gboolean
apply_or_quarantine (RungsDb  *db,
                     gpointer  data,
                     GError  **error)
{
  Subject *subject = data;
  g_autoptr (GError) fault = NULL;
  gboolean ended;

  if (!is_ended (db, subject, &ended, error))
    return FALSE;
  if (ended)
    return TRUE;
  if (subject->later)
    return rungs_web_delivery_note (db, subject->id, subject->trouble, error);
  if (!run (db, SQL_BEGIN, error))
    return FALSE;
  if (apply (db, subject, &fault))
    return subject->state == RUNGS_WEB_APPLIED && !subject->rehearsed
                   && rungs_raw_delivery_get_header (subject->raw, RUNGS_WEB_TRIAL_HEADER) != NULL
               ? end_trial (db, subject, error)
               : run (db, SQL_RELEASE, error);
  if (!is_about_delivery (fault))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return run (db, SQL_BACK, error) && run (db, SQL_RELEASE, error)
         && end (db, subject, RUNGS_WEB_QUARANTINE, NULL, "", 0, fault->message, error);
}

/* ---- all of them */

static void
subject_free (Subject *subject)
{
  subject_clear (subject);
  g_free (subject);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Subject, subject_free)

static gboolean
apply_batch (RungsDb  *db,
             gpointer  data,
             GError  **error)
{
  GPtrArray *batch = data;

  for (guint i = 0; i < batch->len; i++)
    if (!apply_or_quarantine (db, batch->pdata[i], error))
      return FALSE;
  return TRUE;
}

static void
count_state (const Subject  *subject,
             RungsWebResult *result)
{
  switch (subject->state)
    {
    case RUNGS_WEB_APPLIED:
      result->applied++;
      break;
    case RUNGS_WEB_IGNORED:
      result->ignored++;
      break;
    case RUNGS_WEB_QUARANTINE:
      result->quarantined++;
      break;
    case RUNGS_WEB_WAITING:
    default:
      result->waiting++;
      break;
    }
}

/* Where the transaction of all fails, each gets one of its own, so that one that the file cannot
 * take keeps none back that came before it. */
static gboolean
write_batch (RungsDb         *db,
             GPtrArray       *batch,
             RungsWebResult  *result,
             GError         **error)
{
  gboolean all_done = batch->len > 1 && rungs_db_write (db, apply_batch, batch, NULL);

  for (guint i = 0; i < batch->len; i++)
    {
      if (!all_done && !rungs_db_write (db, apply_or_quarantine, batch->pdata[i], error))
        return FALSE;
      count_state (batch->pdata[i], result);
    }
  return TRUE;
}

static gboolean
is_enough (const RungsWebResult *result)
{
  return result->limit > 0 && result->looked >= result->limit;
}

/* Gets ready as many of `due` from `*at` on as one transaction does; on error, those before. */
static gboolean
prepare_batch (RungsDb             *db,
               const RungsWebKeys  *keys,
               gint64               now,
               GArray              *due,
               guint               *at,
               GPtrArray           *batch,
               RungsWebResult      *result,
               GError             **error)
{
  gint64 until = g_get_monotonic_time () + BATCH_TIME;
  gsize bytes = 0;

  while (*at < due->len && !is_enough (result) && batch->len < BATCH_MOST && bytes < BATCH_BYTES
         && g_get_monotonic_time () < until)
    {
      g_autoptr (Subject) subject = g_new0 (Subject, 1);

      subject->id = g_array_index (due, gint64, (*at)++);
      subject->now = now;
      result->looked++;
      if (!prepare (db, subject, keys, error))
        return FALSE;
      bytes += g_bytes_get_size (subject->raw->body);
      if (subject->is_noted)
        result->waiting++;
      else
        g_ptr_array_add (batch, g_steal_pointer (&subject));
    }
  return TRUE;
}

static gboolean
apply_due (RungsDb             *db,
           const RungsWebKeys  *keys,
           gint64               now,
           GArray              *due,
           RungsWebResult      *result,
           GError             **error)
{
  guint at = 0;

  while (at < due->len && !is_enough (result))
    {
      g_autoptr (GPtrArray) batch
        = g_ptr_array_new_with_free_func ((GDestroyNotify) subject_free);
      g_autoptr (GError) failure = NULL;

      prepare_batch (db, keys, now, due, &at, batch, result, &failure);
      if (!write_batch (db, batch, result, error))
        return FALSE;
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

/* Once through. */
static gboolean
apply_round (RungsDb             *db,
             const RungsWebKeys  *keys,
             gint64               now,
             RungsWebResult      *result,
             GError             **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GArray) due = rungs_web_delivery_due (db, after, AT_ONCE, error);

      if (due == NULL)
        return FALSE;
      if (due->len == 0 || is_enough (result))
        return TRUE;
      if (!apply_due (db, keys, now, due, result, error))
        return FALSE;
      after = g_array_index (due, gint64, due->len - 1);
    }
}

static gboolean
judge (RungsDb  *db,
       gpointer  data,
       GError  **error)
{
  return rungs_web_clicks_judge (db, *(gint64 *) data, error);
}

/* Clicks that can be judged by now. */
static gboolean
judge_clicks (RungsDb  *db,
              gint64    now,
              GError  **error)
{
  gint64 next = 0;

  return rungs_web_clicks_next (db, &next, error)
         && (next > now || rungs_db_write (db, judge, &now, error));
}

gboolean
rungs_web_apply_all (RungsDb             *db,
                     const RungsWebKeys  *keys,
                     gint64               now,
                     RungsWebResult      *result,
                     GError             **error)
{
  g_return_val_if_fail (result != NULL, FALSE);

  for (gint64 before = -1; before != result->applied;)
    {
      before = result->applied;
      if (!apply_round (db, keys, now, result, error))
        return FALSE;
    }
  return judge_clicks (db, now, error);
}

/* ---- a rehearsal */

static const char SQL_REHEARSE[] = "SAVEPOINT web_rehearsal";
static const char SQL_FORGET[] = "ROLLBACK TO web_rehearsal";
static const char SQL_REHEARSED[] = "RELEASE web_rehearsal";

gboolean
rungs_web_apply_rehearse (RungsDb                 *db,
                          const RungsRawDelivery  *raw,
                          const RungsWebEndpoint  *endpoint,
                          RungsProvider           *provider,
                          gint64                   now,
                          RungsWebLookFunc         look,
                          gpointer                 data,
                          GError                 **error)
{
  /* lent to it, and not freed */
  Subject subject = { .now = now,
                      .endpoint = (RungsWebEndpoint *) endpoint,
                      .raw = (RungsRawDelivery *) raw,
                      .provider = provider,
                      .rehearsed = TRUE };
  gboolean done;

  g_return_val_if_fail (raw != NULL && endpoint != NULL && provider != NULL, FALSE);

  if (!run (db, SQL_REHEARSE, error))
    return FALSE;
  subject.id = rungs_web_delivery_take (db, raw, NULL, now, error);
  done = subject.id != 0 && apply_or_quarantine (db, &subject, error)
         && look (db, subject.id, data, error);
  return run (db, SQL_FORGET, done ? error : NULL) && run (db, SQL_REHEARSED, done ? error : NULL)
         && done;
}
