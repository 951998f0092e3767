/* rungs-delivery-command.c: what forms, shops and mail providers sent. */

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-password-prompt.h"
#include "web/rungs-opt-in-store.h"
#include "web/rungs-web-delivery-store.h"
#include "web/rungs-web-keys.h"
#include "wire/rungs-form-data.h"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("ID"), RUNGS_COLUMN_NUMBER, NULL },
  { "received_at", N_ ("Came"), RUNGS_COLUMN_TIME, NULL },
  { "endpoint", N_ ("Endpoint"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "id", N_ ("ID"), RUNGS_COLUMN_NUMBER, NULL },
  { "received_at", N_ ("Came"), RUNGS_COLUMN_TIME, NULL },
  { "ended_at", N_ ("Ended"), RUNGS_COLUMN_TIME, NULL },
  { "endpoint", N_ ("Endpoint"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TEXT, NULL },
  { "address", N_ ("From the address"), RUNGS_COLUMN_TEXT, NULL },
  { "request", N_ ("Request"), RUNGS_COLUMN_TEXT, NULL },
  { "headers", N_ ("Headers"), RUNGS_COLUMN_LINES, NULL },
  { "body", N_ ("Body"), RUNGS_COLUMN_LINES, NULL },
  { NULL },
};

static const RungsColumn RESULT_COLUMNS[] = {
  { "taken", N_ ("Taken"), RUNGS_COLUMN_NUMBER, NULL },
  { "applied", N_ ("Done"), RUNGS_COLUMN_NUMBER, NULL },
  { "ignored", N_ ("Ignored"), RUNGS_COLUMN_NUMBER, NULL },
  { "quarantined", N_ ("Into quarantine"), RUNGS_COLUMN_NUMBER, NULL },
  { "waiting", N_ ("Wait for their orders"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static JsonObject *
delivery_to_row (const RungsWebDelivery *delivery)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", delivery->id);
  rungs_row_set_time (row, "received_at", delivery->received_at);
  rungs_row_set_time (row, "ended_at", delivery->ended_at);
  rungs_row_set_text (row, "endpoint",
                      *delivery->endpoint_name ? delivery->endpoint_name : NULL);
  rungs_row_set_text (row, "kind", *delivery->kind ? delivery->kind : NULL);
  rungs_row_set_text (row, "state", rungs_web_state_to_text (delivery->state));
  rungs_row_set_id (row, "lead", delivery->lead);
  rungs_row_set_text (row, "lead_name", *delivery->lead_name ? delivery->lead_name : NULL);
  rungs_row_set_text (row, "reason", *delivery->reason ? delivery->reason : NULL);
  return row;
}

static gboolean
list_deliveries (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  static const char *const STATES[]
      = { "waiting", "applied", "ignored", "quarantine", "any", NULL };
  const char *name = rungs_invocation_get_text (call, "endpoint", NULL);
  g_autoptr (RungsWebEndpoint) endpoint
      = name != NULL ? rungs_web_endpoint_load_by_name (db, name, error) : NULL;
  g_autoptr (RungsListing) listing = NULL;
  g_autoptr (GPtrArray) list = NULL;
  guint state = RUNGS_WEB_STATES;
  gint64 limit = 100;

  if ((name != NULL && endpoint == NULL)
      || !rungs_invocation_get_choice (call, "state", STATES, &state, error)
      || !rungs_invocation_get_number (call, "limit", 1, G_MAXINT32, &limit, error))
    return FALSE;
  list = rungs_web_delivery_list (db, state < RUNGS_WEB_STATES ? (int) state : -1,
                                  endpoint != NULL ? endpoint->id : 0, (guint) limit, error);
  if (list == NULL)
    return FALSE;
  listing = rungs_listing_new (call, COLUMNS);
  for (guint i = 0; i < list->len; i++)
    rungs_listing_add (listing, delivery_to_row (list->pdata[i]));
  rungs_listing_end (listing, _ ("There are no such deliveries."));
  return TRUE;
}

static gboolean
show_delivery (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsWebDelivery) delivery = NULL;
  g_autoptr (RungsRawDelivery) raw = NULL;
  JsonObject *row;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || (delivery = rungs_web_delivery_load (db, id, error)) == NULL)
    return FALSE;
  row = delivery_to_row (delivery);
  raw = rungs_web_delivery_load_raw (db, id, NULL);
  if (raw != NULL)
    {
      gsize length = 0;
      const char *bytes = g_bytes_get_data (raw->body, &length);
      g_autofree char *body = rungs_form_data_dup_text (bytes, length);
      g_autofree char *headers = rungs_raw_delivery_dup_headers (raw);
      g_autofree char *request = g_strdup_printf ("%s %s", raw->method, raw->path);

      rungs_row_set_text (row, "address", raw->address);
      rungs_row_set_text (row, "request", request);
      rungs_row_set_text (row, "headers", headers);
      rungs_row_set_text (row, "body", body);
    }
  else
    for (guint i = 0; i < 4; i++)
      rungs_row_set_text (row,
                          ((const char *const[]) { "address", "request", "headers", "body" })[i],
                          NULL);
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

/* ---- taking and doing */

/* With the keyring, or the secret of standard input. */
static gboolean
apply (RungsInvocation  *call,
       RungsDb          *db,
       gint64            taken,
       GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsWebKeyring) keyring = NULL;
  RungsWebResult result = { 0 };
  RungsWebKeys keys;
  char *secret = NULL;
  JsonObject *row;

  if (business == NULL
      || (rungs_invocation_has (call, "password-stdin")
          && !rungs_password_prompt (call, "", &secret, error)))
    return FALSE;
  keyring = rungs_web_keyring_new (business->uuid, secret);
  rungs_secret_free (secret);
  keys = rungs_web_keyring_get_keys (keyring);
  if (!rungs_web_apply_all (db, &keys, rungs_invocation_get_now (call), &result, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "taken", taken);
  rungs_row_set_number (row, "applied", result.applied);
  rungs_row_set_number (row, "ignored", result.ignored);
  rungs_row_set_number (row, "quarantined", result.quarantined);
  rungs_row_set_number (row, "waiting", result.waiting);
  rungs_column_show (call, RESULT_COLUMNS, row);
  return TRUE;
}

typedef struct
{
  const char *bytes; /* (unowned) */
  gsize length;
  gint64 now;
  gint64 taken;
} Taking;

/* All of a file, or nothing. */
static gboolean
take (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  Taking *taking = data;

  for (gsize at = 0; at < taking->length;)
    {
      gsize used = 0;
      g_autoptr (RungsRawDelivery) raw = rungs_raw_delivery_from_bytes (
          taking->bytes + at, taking->length - at, &used, error);

      if (raw == NULL || rungs_web_delivery_take (db, raw, NULL, taking->now, error) == 0)
        return FALSE;
      at += used;
      taking->taken++;
    }
  return TRUE;
}

static gboolean
take_file (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  Taking taking = { .now = rungs_invocation_get_now (call) };
  g_autofree char *bytes = NULL;

  if (!g_file_get_contents (rungs_invocation_get_argument (call, 0), &bytes, &taking.length, error))
    return FALSE;
  taking.bytes = bytes;
  return rungs_db_write (db, take, &taking, error) && apply (call, db, taking.taken, error);
}

typedef struct
{
  gint64 id; /* 0: all */
  gint64 count;
} Replaying;

/* One of the quarantine, or a form that was passed over as a machine's. */
static gboolean
replay_one (RungsDb  *db,
            gint64    id,
            GError  **error)
{
  g_autoptr (RungsWebDelivery) delivery = rungs_web_delivery_load (db, id, error);

  if (delivery == NULL)
    return FALSE;
  return delivery->state == RUNGS_WEB_IGNORED && strcmp (delivery->kind, RUNGS_OPT_IN_SUSPECT) == 0
           ? rungs_opt_in_accept (db, id, error)
           : rungs_web_delivery_replay (db, id, error);
}

static gboolean
replay (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  Replaying *replaying = data;

  return replaying->id != 0 ? replay_one (db, replaying->id, error)
                            : rungs_web_delivery_replay_all (db, 0, &replaying->count, error);
}

static gboolean
replay_deliveries (RungsInvocation  *call,
                   RungsDb          *db,
                   GError          **error)
{
  Replaying replaying = { 0 };

  if (rungs_invocation_count_arguments (call) > 0
      && !rungs_invocation_get_id (call, 0, &replaying.id, error))
    return FALSE;
  if (replaying.id == 0 && !rungs_invocation_require (call, "all", error))
    return FALSE;
  return rungs_db_write (db, replay, &replaying, error) && apply (call, db, 0, error);
}

static gboolean
dismiss (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  JsonObject *row;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !rungs_web_delivery_dismiss (db, id, rungs_invocation_get_now (call), error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", id);
  rungs_column_say (call, row, _ ("It means nothing."));
  return TRUE;
}

#define SECRET_OPTION                                                                              \
  RUNGS_FLAG ("password-stdin", N_ ("Read the secret from standard input, not from the keyring"))

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("state", N_ ("STATE"), N_ ("waiting, applied, ignored, quarantine or any")),
  RUNGS_OPTION ("endpoint", N_ ("NAME"), N_ ("Only those of that endpoint")),
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("At most N, the newest; else 100")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry TAKE_OPTIONS[] = {
  SECRET_OPTION,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry REPLAY_OPTIONS[] = {
  RUNGS_FLAG ("all", N_ ("All of the quarantine")),
  SECRET_OPTION,
  RUNGS_OPTIONS_END,
};

#define ROW "id, received_at, ended_at, endpoint, kind, state, lead, lead_name, reason"
#define RESULT "{taken, applied, ignored, quarantined, waiting}"

const RungsCommand RUNGS_DELIVERY_COMMANDS[] = {
  { "delivery list", "", N_ ("List what forms, shops and mail providers sent"),
    RUNGS_COMMAND_READS, list_deliveries, LIST_OPTIONS, NULL, "[" ROW "]" },
  { "delivery show", "ID", N_ ("Show a delivery, as it came"), RUNGS_COMMAND_READS, show_delivery,
    NULL, NULL, "{" ROW ", address, request, headers, body}" },
  { "delivery take", "FILE", N_ ("Take deliveries from a file, and do what they say"),
    RUNGS_COMMAND_HOLDS, take_file, TAKE_OPTIONS, NULL, RESULT },
  { "delivery replay", "[ID]", N_ ("Look once more at what is in quarantine"),
    RUNGS_COMMAND_HOLDS, replay_deliveries, REPLAY_OPTIONS,
    N_ ("Also at a form that was passed over because a machine seems to have filled it in."),
    RESULT },
  { "delivery dismiss", "ID", N_ ("Say that a delivery in quarantine is nothing"),
    RUNGS_COMMAND_WRITES, dismiss, NULL, NULL },
  { NULL },
};
