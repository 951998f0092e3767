/* rungs-web-apply.c: does what deliveries say.
 *
 * What is needed from outside, secrets and certificates, is got first, without a transaction. Then
 * in one transaction: verified, known already or not, read, done, and marked. Where something of
 * it is refused, what was done of it is taken back (a savepoint), and the same transaction puts it
 * into quarantine. So whatever ends the program, a delivery is either as it was, or ended. */

#include "web/rungs-web-apply.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-shop-store.h"
#include "mail/rungs-return-store.h"
#include "web/rungs-web-deed.h"
#include "web/rungs-web-form.h"
#include "web/rungs-web-lead-store.h"
#include "web/rungs-web-order-store.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

#define AT_ONCE 200

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
  gboolean later;              /* the network is not there */
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

/* ---- before the transaction */

static void
prepare_keys (Subject            *subject,
              const RungsWebKeys *keys)
{
  JsonObject *verify = get_verify (subject);
  g_autoptr (GError) fault = NULL;
  g_autofree char *address = NULL;

  if (verify == NULL || keys == NULL)
    return;
  if (keys->secrets != NULL && rungs_signature_needs_secret (verify))
    subject->secrets = keys->secrets (subject->endpoint, keys->data, &fault);
  if (fault == NULL)
    address = rungs_signature_dup_certificate_address (verify, subject->raw, &fault);
  if (address != NULL && keys->certificate != NULL)
    subject->certificate = keys->certificate (address, keys->data, &fault);
  if (fault == NULL)
    return;
  subject->trouble = g_strdup (fault->message);
  subject->later = g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NETWORK);
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
  return TRUE;
}

/* ---- what it says */

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
verify (const Subject  *subject,
        GError        **error)
{
  JsonObject *rule = get_verify (subject);
  g_autofree char *why = NULL;
  RungsSignatureVerdict verdict;

  if (rule == NULL)
    return refuse (error, _ ("The provider's file does not say how it is signed."));
  if (subject->trouble != NULL)
    return refuse (error, subject->trouble);
  verdict = rungs_signature_check (rule, subject->raw, (const char *const *) subject->secrets,
                                   subject->endpoint->path, subject->certificate, &why);
  return verdict == RUNGS_SIGNATURE_RIGHT || refuse (error, why);
}

/* The provider's number; else the hash of the body. */
static char *
dup_key (const Subject  *subject,
         RungsWebReader *reader)
{
  char *number = rungs_web_reader_read_member (reader, get_receive (subject), "id");
  g_autofree char *hash = NULL;

  if (number != NULL && strlen (number) <= 500)
    return number;
  g_free (number);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, subject->raw->body);
  return g_strconcat ("sha256:", hash, NULL);
}

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
  RungsWebWork work = { db,     subject->id,  subject->endpoint,
                        seller, rungs_provider_get_name (subject->provider),
                        subject->now, 0, 0 };

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
  g_autofree char *key = dup_key (subject, reader);
  g_autofree char *kind = rungs_web_reader_read_member (reader, get_receive (subject), "event");
  g_autoptr (GPtrArray) deeds = NULL;
  const RungsWebDeed *waiting = NULL;
  gboolean known;
  gint64 lead = 0;

  if (!rungs_web_delivery_is_known (db, subject->endpoint->id, key, &known, error))
    return FALSE;
  if (known)
    return end (db, subject, RUNGS_WEB_IGNORED, NULL, kind, 0, _ ("It has come before."), error);
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
apply_body (RungsDb  *db,
            Subject  *subject,
            GError  **error)
{
  g_autoptr (RungsWebReader) reader = NULL;

  if (is_greeting (subject))
    return end (db, subject, RUNGS_WEB_IGNORED, NULL, "", 0,
                _ ("The provider only said that it is there."), error);
  if (!verify (subject, error))
    return FALSE;
  reader = rungs_web_reader_new (get_receive (subject), subject->raw, error);
  return reader != NULL && apply_read (db, subject, reader, error);
}

static gboolean
apply (RungsDb  *db,
       Subject  *subject,
       GError  **error)
{
  if (subject->endpoint == NULL)
    return refuse (error, _ ("Nothing of yours is at the address that it was sent to."));
  if (subject->endpoint->retired_at != 0)
    return refuse (error, _ ("Its endpoint is no longer in use."));
  if (subject->provider == NULL)
    return refuse (error, subject->trouble);
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

static gboolean
apply_or_quarantine (RungsDb  *db,
                     gpointer  data,
                     GError  **error)
{
  Subject *subject = data;
  g_autoptr (GError) fault = NULL;

  if (!run (db, SQL_BEGIN, error))
    return FALSE;
  if (apply (db, subject, &fault))
    return run (db, SQL_RELEASE, error);
  if (!is_about_delivery (fault))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return run (db, SQL_BACK, error) && run (db, SQL_RELEASE, error)
         && end (db, subject, RUNGS_WEB_QUARANTINE, NULL, "", 0, fault->message, error);
}

/* ---- all of them */

static gboolean
apply_one (RungsDb             *db,
           gint64               id,
           const RungsWebKeys  *keys,
           gint64               now,
           RungsWebResult      *result,
           GError             **error)
{
  g_auto (Subject) subject = { .id = id, .now = now };

  result->looked++;
  if (!prepare (db, &subject, keys, error)
      || (!subject.later && !rungs_db_write (db, apply_or_quarantine, &subject, error)))
    return FALSE;
  switch (subject.state)
    {
    case RUNGS_WEB_APPLIED:
      result->applied++;
      return TRUE;
    case RUNGS_WEB_IGNORED:
      result->ignored++;
      return TRUE;
    case RUNGS_WEB_QUARANTINE:
      result->quarantined++;
      return TRUE;
    case RUNGS_WEB_WAITING:
    default:
      result->waiting++;
      return TRUE;
    }
}

static gboolean
is_enough (const RungsWebResult *result)
{
  return result->limit > 0 && result->looked >= result->limit;
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
      for (guint i = 0; i < due->len && !is_enough (result); i++)
        {
          after = g_array_index (due, gint64, i);
          if (!apply_one (db, after, keys, now, result, error))
            return FALSE;
        }
    }
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
  return TRUE;
}
