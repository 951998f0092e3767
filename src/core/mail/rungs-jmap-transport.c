/* rungs-jmap-transport.c: hands messages to a JMAP server.
 *
 * A message is uploaded as it is, put into Drafts ($draft), and submitted from there; in the
 * same breath as it accepts a submission the server takes it out of Drafts into Sent
 * (onSuccessUpdateEmail). So the mail's own keyword tells what became of it, and that is asked
 * where no answer came: without $draft it was accepted, beyond doubt. With it the server may have
 * got no further, or may just have crashed between the two; that stays in doubt. What was refused
 * is taken out of Drafts again.
 *
 * A message that was tried before is looked for by its Message-ID, and not sent again if it lies
 * there without $draft. */

#include "mail/rungs-jmap-transport.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-jmap-verdict.h"
#include "mail/rungs-jmap.h"
#include "smtp/rungs-smtp-safety.h"

#define CANCEL_GRACE 3
#define USUAL_SETTLE 10
#define LOOK_EVERY_MS 1000
#define LOOK_TIMEOUT 5

struct _RungsJmapTransport
{
  RungsTransport parent_instance;

  RungsJmapSettings *settings; /* (owned) */
  RungsJmap *jmap;             /* (owned) (nullable) */
  gboolean ready;

  char *account;         /* (owned) (nullable) */
  char *drafts;          /* (owned) (nullable): the mailbox's id */
  char *sent;            /* (owned) (nullable) */
  JsonArray *identities; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsJmapTransport, rungs_jmap_transport, RUNGS_TYPE_TRANSPORT)

static void
refuse (RungsDelivery        *delivery,
        RungsDeliveryOutcome  outcome,
        const char           *why)
{
  delivery->outcome = outcome;
  g_free (delivery->reply);
  delivery->reply = g_strdup (why);
}

/* What keeps the message from being accepted; that the password was refused has a code. */
static void
judge_error (RungsJmapTransport *self,
             const GError       *error,
             RungsDelivery      *delivery)
{
  rungs_jmap_verdict_of_error (error, delivery);
  if (delivery->outcome == RUNGS_DELIVERY_ACCOUNT_TROUBLE
      && rungs_jmap_get_status (self->jmap) == 401)
    delivery->code = 401;
}

/* ---- connecting */

static void
forget (RungsJmapTransport *self)
{
  self->ready = FALSE;
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->drafts, g_free);
  g_clear_pointer (&self->sent, g_free);
  g_clear_pointer (&self->identities, json_array_unref);
}

static JsonObject *
new_arguments (RungsJmapTransport *self)
{
  JsonObject *arguments = json_object_new ();

  json_object_set_string_member (arguments, "accountId", self->account);
  return arguments;
}

static void
take_mailboxes (RungsJmapTransport *self,
                JsonArray          *list)
{
  for (guint i = 0; i < rungs_jmap_json_get_length (list); i++)
    {
      JsonObject *mailbox = rungs_jmap_json_get_object_at (list, i);
      const char *role = rungs_jmap_json_get_text (mailbox, "role");
      char **place = g_strcmp0 (role, "drafts") == 0 ? &self->drafts
                     : g_strcmp0 (role, "sent") == 0 ? &self->sent
                                                     : NULL;

      if (place != NULL && *place == NULL)
        *place = g_strdup (rungs_jmap_json_get_text (mailbox, "id"));
    }
  if (self->drafts == NULL)
    self->drafts = g_strdup (self->sent);
}

/* Asks for what every message needs. FALSE where the answers are of no use. */
static gboolean
ask_for_setting (RungsJmapTransport *self,
                 GCancellable       *cancellable,
                 RungsDelivery      *delivery)
{
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *arguments = new_arguments (self);
  JsonObject *mailboxes = NULL;
  JsonObject *identities = NULL;

  json_object_set_null_member (arguments, "ids");
  json_object_set_array_member (arguments, "properties",
                                rungs_jmap_json_new_list ("id", "role", NULL));
  rungs_jmap_request_add (request, "Mailbox/get", arguments, "m");
  arguments = new_arguments (self);
  json_object_set_null_member (arguments, "ids");
  rungs_jmap_request_add (request, "Identity/get", arguments, "i");

  answer = rungs_jmap_call (self->jmap, request, 0, NULL, cancellable, &error);
  if (answer == NULL)
    judge_error (self, error, delivery);
  else if (!(mailboxes = rungs_jmap_answer_get (answer, "m", "Mailbox/get", &error)))
    rungs_jmap_verdict_of_call (rungs_jmap_answer_get_refusal (answer, "m"), error, delivery);
  else if (!(identities = rungs_jmap_answer_get (answer, "i", "Identity/get", &error)))
    rungs_jmap_verdict_of_call (rungs_jmap_answer_get_refusal (answer, "i"), error, delivery);
  if (identities == NULL)
    return FALSE;
  take_mailboxes (self, rungs_jmap_json_get_array (mailboxes, "list"));
  if (rungs_jmap_json_get_array (identities, "list") != NULL)
    self->identities = json_array_ref (rungs_jmap_json_get_array (identities, "list"));
  return TRUE;
}

/* Makes what is needed before the first message. `delivery` tells why where it is not ready. */
static gboolean
get_ready (RungsJmapTransport *self,
           GCancellable       *cancellable,
           RungsDelivery      *delivery)
{
  g_autoptr (GError) error = NULL;

  if (self->ready)
    return TRUE;
  if (self->jmap == NULL)
    self->jmap = rungs_jmap_new (self->settings);
  forget (self);
  if (!rungs_jmap_open (self->jmap, cancellable, &error))
    {
      judge_error (self, error, delivery);
      return FALSE;
    }
  self->account = g_strdup (rungs_jmap_get_account (self->jmap, RUNGS_JMAP_SUBMISSION));
  if (self->account == NULL)
    {
      refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE,
              _ ("The JMAP server does not send mail for this user."));
      return FALSE;
    }
  if (!ask_for_setting (self, cancellable, delivery))
    return FALSE;
  if (self->drafts == NULL)
    refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE,
            _ ("The JMAP server has neither a Drafts nor a Sent folder for this user."));
  self->ready = self->drafts != NULL;
  return self->ready;
}

/* Whether an identity may write as `from`: "*@DOMAIN" may as all of a domain (RFC 8621, 6). A
 * server that names no address, as Cyrus, checks it itself. */
static gboolean
fits (const char *identity,
      const char *from)
{
  if (identity == NULL || strchr (identity, '@') == NULL)
    return TRUE;
  if (g_str_has_prefix (identity, "*@"))
    return g_ascii_strcasecmp (identity + 1, strrchr (from, '@')) == 0;
  return g_ascii_strcasecmp (identity, from) == 0;
}

/* Returns: (nullable): the identity that may write as `from`. */
static const char *
choose_identity (RungsJmapTransport *self,
                 const char         *from,
                 RungsDelivery      *delivery)
{
  g_autoptr (GString) known = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (guint i = 0; i < rungs_jmap_json_get_length (self->identities); i++)
    {
      JsonObject *identity = rungs_jmap_json_get_object_at (self->identities, i);
      const char *email = rungs_jmap_json_get_text (identity, "email");
      const char *id = rungs_jmap_json_get_text (identity, "id");

      if (id != NULL && fits (email, from))
        return id;
      if (email != NULL)
        g_string_append_printf (known, "%s%s", known->len ? ", " : "", email);
    }
  words = g_strdup_printf (_ ("The JMAP server does not let this user write as %s, only as %s."),
                           from, known->len ? known->str : "–");
  refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE, words);
  return NULL;
}

/* ---- what lies there */

/* What is known of a mail on the server. */
typedef enum
{
  FOUND_UNKNOWN, /* it could not be asked */
  FOUND_NONE,
  FOUND_DRAFT,
  FOUND_SENT,
} Found;

static Found
judge_mails (JsonObject *got,
             const char *message_id,
             GPtrArray  *drafts)
{
  JsonArray *list = rungs_jmap_json_get_array (got, "list");
  Found found = FOUND_NONE;

  for (guint i = 0; i < rungs_jmap_json_get_length (list); i++)
    {
      JsonObject *mail = rungs_jmap_json_get_object_at (list, i);
      JsonArray *ids = rungs_jmap_json_get_array (mail, "messageId");
      const char *id = rungs_jmap_json_get_text (mail, "id");

      if (id == NULL || g_strcmp0 (rungs_jmap_json_get_text_at (ids, 0), message_id) != 0)
        continue;
      if (!rungs_jmap_json_get_flag (rungs_jmap_json_get_object (mail, "keywords"), "$draft"))
        return FOUND_SENT;
      found = FOUND_DRAFT;
      if (drafts != NULL)
        g_ptr_array_add (drafts, g_strdup (id));
    }
  return found;
}

static JsonArray *
list_properties (void)
{
  return rungs_jmap_json_new_list ("id", "keywords", "messageId", NULL);
}

/* What lies there under a Message-ID. `drafts` (nullable) (element-type utf8) gets the ids of those
 * that have not been sent. */
static Found
find_by_message_id (RungsJmapTransport *self,
                    const char         *message_id,
                    GPtrArray          *drafts,
                    GCancellable       *cancellable)
{
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  JsonObject *arguments = new_arguments (self);
  JsonObject *filter = json_object_new ();
  JsonObject *got;

  json_object_set_array_member (filter, "header",
                                rungs_jmap_json_new_list ("Message-ID", message_id, NULL));
  json_object_set_object_member (arguments, "filter", filter);
  json_object_set_int_member (arguments, "limit", 20);
  rungs_jmap_request_add (request, "Email/query", arguments, "q");
  arguments = new_arguments (self);
  rungs_jmap_refer (arguments, "ids", "q", "Email/query", "/ids");
  json_object_set_array_member (arguments, "properties", list_properties ());
  rungs_jmap_request_add (request, "Email/get", arguments, "g");

  answer = rungs_jmap_call (self->jmap, request, 0, NULL, cancellable, NULL);
  got = answer ? rungs_jmap_answer_get (answer, "g", "Email/get", NULL) : NULL;
  return got != NULL ? judge_mails (got, message_id, drafts) : FOUND_UNKNOWN;
}

/* What became of a mail of which we know the id. */
static Found
find_by_id (RungsJmapTransport *self,
            const char         *email,
            const char         *message_id)
{
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  JsonObject *arguments = new_arguments (self);
  JsonObject *got;

  json_object_set_array_member (arguments, "ids", rungs_jmap_json_new_list (email, NULL));
  json_object_set_array_member (arguments, "properties", list_properties ());
  rungs_jmap_request_add (request, "Email/get", arguments, "g");
  answer = rungs_jmap_call (self->jmap, request, 0, NULL, NULL, NULL);
  got = answer ? rungs_jmap_answer_get (answer, "g", "Email/get", NULL) : NULL;
  return got != NULL ? judge_mails (got, message_id, NULL) : FOUND_UNKNOWN;
}

/* Takes mails out of Drafts, as far as the server can be asked. */
static void
destroy (RungsJmapTransport *self,
         JsonArray          *emails)
{
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  JsonObject *arguments = new_arguments (self);

  json_object_set_array_member (arguments, "destroy", emails);
  rungs_jmap_request_add (request, "Email/set", arguments, "d");
  rungs_jmap_set_timeout (self->jmap, LOOK_TIMEOUT);
  answer = rungs_jmap_call (self->jmap, request, 0, NULL, NULL, NULL);
  rungs_jmap_set_timeout (self->jmap, 0);
}

/* Waits, until `until` at most. FALSE: there is no more to be waited for. */
static gboolean
wait_a_little (gint64        until,
               GCancellable *cancellable)
{
  gint64 next = g_get_monotonic_time () + LOOK_EVERY_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < MIN (next, until) && !g_cancellable_is_cancelled (cancellable))
    g_usleep (50 * G_TIME_SPAN_MILLISECOND);
  return g_get_monotonic_time () < until && !g_cancellable_is_cancelled (cancellable);
}

/* No answer came to a submission: what became of it? */
static void
look_for (RungsJmapTransport *self,
          const char         *email,
          const char         *message_id,
          const char         *trouble,
          GCancellable       *cancellable,
          RungsDelivery      *delivery)
{
  guint settle = self->settings->settle ? self->settings->settle : USUAL_SETTLE;
  gint64 until = g_get_monotonic_time () + settle * G_TIME_SPAN_SECOND;
  g_autofree char *words = NULL;
  Found found;

  rungs_jmap_set_timeout (self->jmap, LOOK_TIMEOUT);
  do
    found = find_by_id (self, email, message_id);
  while (found != FOUND_SENT && wait_a_little (until, cancellable));
  rungs_jmap_set_timeout (self->jmap, 0);

  if (found == FOUND_SENT)
    return refuse (delivery, RUNGS_DELIVERY_ACCEPTED,
                   _ ("no answer came, but the server has it among what was sent"));
  words = g_strdup_printf (found == FOUND_DRAFT
                             ? _ ("%s; it still lies in Drafts, so it may not have been sent")
                             : _ ("%s; what became of it could not be asked"),
                           trouble);
  delivery->outcome = RUNGS_DELIVERY_IN_DOUBT;
  delivery->reply = rungs_transport_clean_line (words, -1, 500);
}

/* ---- one message */

/* The same mail lies there already: of an attempt that broke off, or one that got through. Returns
 * whether it is still to be sent. */
static gboolean
is_still_draft (RungsJmapTransport *self,
                const char         *email,
                const char         *message_id,
                RungsDelivery      *delivery)
{
  Found found = find_by_id (self, email, message_id);

  if (found == FOUND_SENT)
    refuse (delivery, RUNGS_DELIVERY_ACCEPTED, _ ("the server has it among what was sent before"));
  else if (found != FOUND_DRAFT)
    refuse (delivery, RUNGS_DELIVERY_TEMPORARY,
            _ ("the JMAP server has the message, but does not say whether it was sent"));
  return found == FOUND_DRAFT;
}

/* Returns: (transfer full) (nullable): the id of the mail that was put into Drafts. */
static char *
take_import (RungsJmapTransport *self,
             JsonObject         *result,
             const char         *message_id,
             RungsDelivery      *delivery)
{
  JsonObject *made
    = rungs_jmap_json_get_object (rungs_jmap_json_get_object (result, "created"), "e");
  JsonObject *trouble
    = rungs_jmap_json_get_object (rungs_jmap_json_get_object (result, "notCreated"), "e");
  const char *id = rungs_jmap_json_get_text (made, "id");
  const char *existing = rungs_jmap_json_get_text (trouble, "existingId");

  if (id != NULL)
    return g_strdup (id);
  if (g_strcmp0 (rungs_jmap_json_get_text (trouble, "type"), "alreadyExists") != 0
      || existing == NULL)
    rungs_jmap_verdict_of_object (trouble, delivery);
  else if (is_still_draft (self, existing, message_id, delivery))
    return g_strdup (existing);
  return NULL;
}

/* Puts an uploaded mail into Drafts. */
static char *
import (RungsJmapTransport *self,
        const char         *blob,
        const char         *message_id,
        GCancellable       *cancellable,
        RungsDelivery      *delivery)
{
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *arguments = new_arguments (self);
  JsonObject *emails = json_object_new ();
  JsonObject *email = json_object_new ();
  JsonObject *keywords = rungs_jmap_json_new_set ("$draft");
  JsonObject *result;

  json_object_set_boolean_member (keywords, "$seen", TRUE);
  json_object_set_string_member (email, "blobId", blob);
  json_object_set_object_member (email, "mailboxIds", rungs_jmap_json_new_set (self->drafts));
  json_object_set_object_member (email, "keywords", keywords);
  json_object_set_object_member (emails, "e", email);
  json_object_set_object_member (arguments, "emails", emails);
  rungs_jmap_request_add (request, "Email/import", arguments, "i");

  answer = rungs_jmap_call (self->jmap, request, 0, NULL, cancellable, &error);
  if (answer == NULL)
    return judge_error (self, error, delivery), NULL;
  result = rungs_jmap_answer_get (answer, "i", "Email/import", &error);
  if (result != NULL)
    return take_import (self, result, message_id, delivery);
  rungs_jmap_verdict_of_call (rungs_jmap_answer_get_refusal (answer, "i"), error, delivery);
  return NULL;
}

static JsonObject *
new_address (const char *email)
{
  JsonObject *address = json_object_new ();

  json_object_set_string_member (address, "email", email);
  json_object_set_null_member (address, "parameters");
  return address;
}

static JsonObject *
new_submission (const RungsEnvelope *envelope,
                const char          *email,
                const char          *identity)
{
  JsonObject *submission = json_object_new ();
  JsonObject *way = json_object_new ();
  JsonArray *to = json_array_new ();

  json_array_add_object_element (to, new_address (envelope->to));
  json_object_set_object_member (way, "mailFrom", new_address (envelope->from));
  json_object_set_array_member (way, "rcptTo", to);
  json_object_set_string_member (submission, "emailId", email);
  json_object_set_string_member (submission, "identityId", identity);
  json_object_set_object_member (submission, "envelope", way);
  return submission;
}

/* What becomes of the mail as soon as it is accepted. */
static JsonObject *
new_patch (RungsJmapTransport *self)
{
  JsonObject *patch = json_object_new ();
  g_autofree char *from = g_strconcat ("mailboxIds/", self->drafts, NULL);
  g_autofree char *to = g_strconcat ("mailboxIds/", self->sent, NULL);

  json_object_set_null_member (patch, "keywords/$draft");
  if (self->sent != NULL && strcmp (self->sent, self->drafts) != 0)
    {
      json_object_set_null_member (patch, from);
      json_object_set_boolean_member (patch, to, TRUE);
    }
  return patch;
}

static RungsJmapRequest *
new_submit_request (RungsJmapTransport  *self,
                    const RungsEnvelope *envelope,
                    const char          *email,
                    const char          *identity)
{
  RungsJmapRequest *request = rungs_jmap_request_new ();
  JsonObject *arguments = new_arguments (self);
  JsonObject *create = json_object_new ();
  JsonObject *success = json_object_new ();

  json_object_set_object_member (create, "s", new_submission (envelope, email, identity));
  json_object_set_object_member (success, "#s", new_patch (self));
  json_object_set_object_member (arguments, "create", create);
  json_object_set_object_member (arguments, "onSuccessUpdateEmail", success);
  rungs_jmap_request_add (request, "EmailSubmission/set", arguments, "s");
  return request;
}

/* Returns whether the answer says what became of it. */
static gboolean
judge_submission (const RungsJmapAnswer *answer,
                  RungsDelivery         *delivery,
                  GError               **error)
{
  JsonObject *result = rungs_jmap_answer_get (answer, "s", "EmailSubmission/set", error);
  const char *refusal = rungs_jmap_answer_get_refusal (answer, "s");
  JsonObject *trouble
    = rungs_jmap_json_get_object (rungs_jmap_json_get_object (result, "notCreated"), "s");
  JsonObject *made
    = rungs_jmap_json_get_object (rungs_jmap_json_get_object (result, "created"), "s");
  const char *id = rungs_jmap_json_get_text (made, "id");

  if (made != NULL)
    {
      delivery->outcome = RUNGS_DELIVERY_ACCEPTED;
      delivery->reply = rungs_transport_clean_line (id ? id : "", -1, 200);
      return TRUE;
    }
  if (trouble != NULL)
    {
      rungs_jmap_verdict_of_object (trouble, delivery);
      return TRUE;
    }
  if (refusal == NULL || strcmp (refusal, "serverPartialFail") == 0)
    return FALSE;
  rungs_jmap_verdict_of_call (refusal, *error, delivery);
  return TRUE;
}

static void
submit (RungsJmapTransport  *self,
        const RungsEnvelope *envelope,
        const char          *email,
        const char          *identity,
        GCancellable        *cancellable,
        RungsDelivery       *delivery)
{
  g_autoptr (RungsJmapRequest) request = new_submit_request (self, envelope, email, identity);
  g_autoptr (RungsJmapAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean unclear = FALSE;

  answer = rungs_jmap_call (self->jmap, request, CANCEL_GRACE, &unclear, cancellable, &error);
  if (answer != NULL ? !judge_submission (answer, delivery, &error) : unclear)
    look_for (self, email, envelope->message_id,
              error != NULL ? error->message : _ ("the JMAP server did not say"), cancellable,
              delivery);
  else if (answer == NULL)
    judge_error (self, error, delivery);
  if (delivery->outcome != RUNGS_DELIVERY_ACCEPTED
      && delivery->outcome != RUNGS_DELIVERY_IN_DOUBT)
    destroy (self, rungs_jmap_json_new_list (email, NULL));
}

/* Whether an earlier attempt got through; what it left in Drafts is taken away. */
static gboolean
was_sent_before (RungsJmapTransport *self,
                 const char         *message_id,
                 GCancellable       *cancellable)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_free);
  Found found = find_by_message_id (self, message_id, drafts, cancellable);
  JsonArray *emails;

  if (found != FOUND_DRAFT)
    return found == FOUND_SENT;
  emails = json_array_new ();
  for (guint i = 0; i < drafts->len; i++)
    json_array_add_string_element (emails, drafts->pdata[i]);
  destroy (self, emails);
  return FALSE;
}

static void
hand_over (RungsJmapTransport  *self,
           const RungsEnvelope *envelope,
           GBytes              *message,
           const char          *identity,
           GCancellable        *cancellable,
           RungsDelivery       *delivery)
{
  g_autoptr (GBytes) clean = rungs_smtp_with_line_ends (message);
  g_autofree char *blob = NULL;
  g_autofree char *email = NULL;
  g_autoptr (GError) error = NULL;

  if ((gint64) g_bytes_get_size (clean) > rungs_jmap_get_limits (self->jmap)->upload)
    return refuse (delivery, RUNGS_DELIVERY_PERMANENT,
                   _ ("The message is larger than the JMAP server takes."));
  if (envelope->again && was_sent_before (self, envelope->message_id, cancellable))
    return refuse (delivery, RUNGS_DELIVERY_ACCEPTED,
                   _ ("the server has it among what was sent before"));
  blob = rungs_jmap_upload (self->jmap, self->account, "message/rfc822", clean, cancellable,
                            &error);
  if (blob == NULL)
    return judge_error (self, error, delivery);
  email = import (self, blob, envelope->message_id, cancellable, delivery);
  if (email != NULL)
    submit (self, envelope, email, identity, cancellable, delivery);
}

static void
rungs_jmap_transport_send (RungsTransport      *transport,
                           const RungsEnvelope *envelope,
                           GBytes              *message,
                           GCancellable        *cancellable,
                           RungsDelivery       *delivery)
{
  RungsJmapTransport *self = RUNGS_JMAP_TRANSPORT (transport);
  const char *identity;

  if (g_cancellable_is_cancelled (cancellable))
    return refuse (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  if (!rungs_smtp_is_safe_address (envelope->from))
    return refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE,
                   _ ("The sender's address is not one."));
  if (!rungs_smtp_is_safe_address (envelope->to))
    {
      delivery->address_is_bad = TRUE;
      return refuse (delivery, RUNGS_DELIVERY_PERMANENT, _ ("The recipient's address is not one."));
    }
  if (get_ready (self, cancellable, delivery)
      && (identity = choose_identity (self, envelope->from, delivery)) != NULL)
    hand_over (self, envelope, message, identity, cancellable, delivery);
  if (delivery->outcome == RUNGS_DELIVERY_ACCOUNT_TROUBLE || delivery->server_is_away)
    self->ready = FALSE;
}

static void
rungs_jmap_transport_connect (RungsTransport *transport,
                              GCancellable   *cancellable,
                              RungsDelivery  *delivery)
{
  RungsJmapTransport *self = RUNGS_JMAP_TRANSPORT (transport);

  if (g_cancellable_is_cancelled (cancellable))
    refuse (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  else
    get_ready (self, cancellable, delivery);
}

static gboolean
rungs_jmap_transport_recall (RungsTransport *transport,
                             const char     *message_id,
                             GCancellable   *cancellable)
{
  RungsJmapTransport *self = RUNGS_JMAP_TRANSPORT (transport);
  g_auto (RungsDelivery) delivery = { 0 };

  return get_ready (self, cancellable, &delivery)
         && find_by_message_id (self, message_id, NULL, cancellable) == FOUND_SENT;
}

static void
rungs_jmap_transport_disconnect (RungsTransport *transport)
{
  RungsJmapTransport *self = RUNGS_JMAP_TRANSPORT (transport);

  forget (self);
  g_clear_pointer (&self->jmap, rungs_jmap_free);
}

static void
rungs_jmap_transport_finalize (GObject *object)
{
  RungsJmapTransport *self = RUNGS_JMAP_TRANSPORT (object);

  forget (self);
  rungs_jmap_free (self->jmap);
  rungs_jmap_settings_free (self->settings);
  G_OBJECT_CLASS (rungs_jmap_transport_parent_class)->finalize (object);
}

static void
rungs_jmap_transport_class_init (RungsJmapTransportClass *class)
{
  RungsTransportClass *transport_class = RUNGS_TRANSPORT_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = rungs_jmap_transport_finalize;
  transport_class->send = rungs_jmap_transport_send;
  transport_class->connect = rungs_jmap_transport_connect;
  transport_class->disconnect = rungs_jmap_transport_disconnect;
  transport_class->recall = rungs_jmap_transport_recall;
}

static void
rungs_jmap_transport_init (RungsJmapTransport *self)
{
}

RungsTransport *
rungs_jmap_transport_new (const RungsJmapSettings *settings)
{
  RungsJmapTransport *self;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_JMAP_TRANSPORT, NULL);
  self->settings = rungs_jmap_settings_copy (settings);
  return RUNGS_TRANSPORT (self);
}
