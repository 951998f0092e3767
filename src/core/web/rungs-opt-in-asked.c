/* rungs-opt-in-asked.c: what became of a message that the relay was to send. */

#include "web/rungs-opt-in-asked.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-outbox-store.h"
#include "web/rungs-opt-in-claim-store.h"
#include "web/rungs-opt-in-pending-store.h"
#include "web/rungs-web-relay-store.h"
#include "wire/rungs-wire-json.h"

/* What the relay says. */
typedef struct
{
  JsonNode *root; /* (owned) */
  const char *once;
  const char *outcome;
  const char *message_id;
  const char *to;
  const char *reply;
} Said;

static void
said_clear (Said *self)
{
  g_clear_pointer (&self->root, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, said_clear)

static gboolean
read_said (Said                    *self,
           const RungsRawDelivery  *raw,
           GError                 **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (raw->body, &length);
  JsonObject *object = NULL;

  self->root = rungs_wire_json_read (text != NULL ? text : "", length, error);
  if (self->root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (self->root))
    object = json_node_get_object (self->root);
  self->once = object != NULL ? rungs_wire_json_text (object, "once") : NULL;
  self->outcome = object != NULL ? rungs_wire_json_text (object, "outcome") : NULL;
  self->message_id = object != NULL ? rungs_wire_json_text (object, "message_id") : NULL;
  self->to = object != NULL ? rungs_wire_json_text (object, "to") : NULL;
  self->reply = object != NULL ? rungs_wire_json_text (object, "reply") : NULL;
  if (self->once != NULL && self->outcome != NULL && self->message_id != NULL && self->to != NULL)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("What the relay says of a message is not understood."));
  return FALSE;
}

/* 0 where it is not known any more. */
static gint64
find_account (RungsDb *db)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, NULL);

  return relay != NULL ? relay->mail_account : 0;
}

static gboolean
note_sent (RungsWebWork             *work,
           const RungsOptInRequest  *request,
           const RungsOptIn         *definition,
           const Said               *said,
           gint64                    at,
           GError                  **error)
{
  const RungsOutboxElsewhere sent = {
    .lead = request->lead,
    .message = definition->confirm_message,
    .account = find_account (work->db),
    .email = said->to,
    .message_id = said->message_id,
    .reply = said->reply,
    .in_doubt = strcmp (said->outcome, "sent") != 0,
  };
  gint64 outbox = rungs_outbox_note_elsewhere (work->db, &sent, at, error);

  return outbox != 0
         && (request->pending == 0
             || rungs_opt_in_pending_settle (work->db, request->pending, outbox, error));
}

static gboolean
settle (RungsWebWork             *work,
        const RungsOptInRequest  *request,
        const Said               *said,
        gint64                    at,
        GError                  **error)
{
  gboolean has_failed = strcmp (said->outcome, "failed") == 0;
  g_autoptr (RungsOptInVersion) version
      = rungs_opt_in_version_load (work->db, request->version, error);

  if (version == NULL
      || !rungs_web_relay_note_mail_trouble (work->db, has_failed && said->reply ? said->reply : "",
                                             error))
    return FALSE;
  if (!has_failed)
    return note_sent (work, request, version->definition, said, at, error);
  if (request->pending == 0)
    {
      work->nothing = _ ("They had agreed before.");
      return TRUE;
    }
  return rungs_opt_in_ask_instead (work, version->definition, request->pending, error);
}

gboolean
rungs_opt_in_asked_apply (RungsWebWork            *work,
                          const RungsRawDelivery  *raw,
                          GError                 **error)
{
  g_auto (Said) said = { NULL };
  g_auto (RungsOptInRequest) request = { 0 };
  gboolean known = FALSE;

  g_return_val_if_fail (work != NULL && raw != NULL, FALSE);

  work->kind = "asked";
  if (!read_said (&said, raw, error)
      || !rungs_opt_in_request_find (work->db, said.once, &request, error))
    return FALSE;
  work->lead = request.lead;
  work->key = g_strconcat ("asked:", said.once, NULL);
  if (!rungs_opt_in_is_known (work, work->key, &known, error))
    return FALSE;
  if (known || request.lead == 0 || (request.pending != 0 && !request.by_relay))
    {
      g_clear_pointer (&work->key, g_free);
      work->nothing = request.lead == 0
                        ? _ ("Whom the message went to is not known any more.")
                        : _ ("It has come before.");
      return TRUE;
    }
  return settle (work, &request, &said, raw->received_at, error);
}
