/* rungs-http-transport.c: hands messages to a provider over HTTP.
 *
 * A request that went out whole and got no answer may have been taken: it is in doubt, unless the
 * provider knows a request again by a key in it; then the same one is made again at once, a few
 * times, and only then in doubt. Later it is never made again: providers forget such keys after
 * minutes or a day. A provider that says "too many" has taken nothing; a short wait that it asks
 * for is waited here, a long one by the outbox. */

#include "mail/rungs-http-transport.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "mail/rungs-http-request.h"
#include "mail/rungs-http-verdict.h"
#include "mail/rungs-mail-parts.h"
#include "mail/rungs-secret.h"
#include "smtp/rungs-smtp-safety.h"
#include "wire/rungs-wire-json.h"

#define SHORT_WAIT (10 * RUNGS_SECOND)
#define MOST_WAITS 5
#define BETWEEN_TRIES (1 * RUNGS_SECOND)
#define USUAL_MOST_BYTES (10 * 1024 * 1024)

struct _RungsHttpTransport
{
  RungsTransport parent_instance;

  RungsProvider *provider; /* (owned) */
  JsonObject *send;        /* (unowned): its section */
  JsonObject *options;     /* (owned) */
  char *key;               /* (owned): wiped when freed */
  char *ca_file;           /* (owned) (nullable) */
  guint patience;
  RungsHttpLine *line; /* (owned) (nullable): made on the thread that uses it */
  guint closed;        /* connections of lines that are gone */
};

G_DEFINE_FINAL_TYPE (RungsHttpTransport, rungs_http_transport, RUNGS_TYPE_TRANSPORT)

static void
say (RungsDelivery        *delivery,
     RungsDeliveryOutcome  outcome,
     const char           *words)
{
  delivery->outcome = outcome;
  g_free (delivery->reply);
  delivery->reply = rungs_transport_clean_line (words, -1, 300);
}

static RungsHttpLine *
ensure_line (RungsHttpTransport *self)
{
  if (self->line != NULL)
    return self->line;
  self->line = rungs_http_line_new (self->ca_file);
  if (self->patience > 0)
    rungs_http_line_set_patience (self->line, self->patience);
  return self->line;
}

/* A provider can repeat in its answer what it was told. */
static void
hide_key (RungsHttpTransport *self,
          RungsDelivery      *delivery)
{
  if (*self->key != '\0' && delivery->reply != NULL && strstr (delivery->reply, self->key) != NULL)
    {
      g_free (delivery->reply);
      delivery->reply = g_strdup (_ ("The provider refused; its words are left out because they "
                                  "repeat the key."));
    }
}

/* ---- the request */

static char **
list_left_out (RungsHttpTransport *self)
{
  JsonArray *array = rungs_wire_json_array (self->send, "headers_left_out");
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *name = rungs_wire_json_dup_text (json_array_get_element (array, i));

      if (name != NULL)
        g_ptr_array_add (names, name);
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static RungsBlanks *
make_blanks (RungsHttpTransport   *self,
             const RungsEnvelope  *envelope,
             GBytes               *message,
             GError              **error)
{
  g_autoptr (RungsBlanks) blanks = rungs_blanks_new ();
  g_auto (GStrv) left_out = list_left_out (self);

  rungs_blanks_set_all (blanks, self->options);
  if (!rungs_mail_parts_read (message, (const char *const *) left_out, blanks, error))
    return NULL;
  rungs_blanks_set (blanks, "from_email", envelope->from);
  rungs_blanks_set (blanks, "to_email", envelope->to);
  rungs_blanks_set (blanks, "message_id", envelope->message_id);
  return g_steal_pointer (&blanks);
}

/* NULL, and the delivery says why. */
static RungsHttpQuestion *
make_question (RungsHttpTransport  *self,
               const RungsEnvelope *envelope,
               GBytes              *message,
               RungsDelivery       *delivery)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsBlanks) blanks = make_blanks (self, envelope, message, &error);
  g_autoptr (RungsHttpQuestion) question
    = blanks ? rungs_http_request_make (self->send, NULL, blanks, self->key,
                                        g_get_real_time () / 1000, &error)
             : NULL;
  gint64 most = rungs_wire_json_number (self->send, "most_bytes", USUAL_MOST_BYTES);

  if (question == NULL)
    say (delivery, blanks ? RUNGS_DELIVERY_ACCOUNT_TROUBLE : RUNGS_DELIVERY_PERMANENT,
         error->message);
  else if (question->body != NULL && (gint64) g_bytes_get_size (question->body) > most)
    say (delivery, RUNGS_DELIVERY_PERMANENT, _ ("The message is larger than the provider takes."));
  else
    return g_steal_pointer (&question);
  return NULL;
}

/* ---- asking */

static RungsDeliveryOutcome
judge_break (const RungsHttpAnswer *answer,
             const GError          *error)
{
  if (answer->was_sent)
    return RUNGS_DELIVERY_IN_DOUBT;
  if (rungs_error_is_cancelled (error))
    return RUNGS_DELIVERY_CANCELLED;
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return RUNGS_DELIVERY_TEMPORARY;
  return RUNGS_DELIVERY_ACCOUNT_TROUBLE;
}

static void
give_up (const RungsHttpAnswer *answer,
         const GError          *error,
         RungsDelivery         *delivery)
{
  say (delivery, judge_break (answer, error), error->message);
  delivery->server_is_away = delivery->outcome == RUNGS_DELIVERY_TEMPORARY;
}

static void
ask_once (RungsHttpTransport      *self,
          const RungsHttpQuestion *question,
          GCancellable            *cancellable,
          RungsDelivery           *delivery)
{
  g_autoptr (GError) error = NULL;
  g_auto (RungsHttpAnswer) answer = { 0 };

  rungs_delivery_clear (delivery);
  if (rungs_http_line_ask (ensure_line (self), question, cancellable, &answer, &error))
    rungs_http_verdict_give (self->send, &answer, g_get_real_time () / 1000, delivery);
  else
    give_up (&answer, error, delivery);
  hide_key (self, delivery);
}

/* FALSE: it was cancelled. */
static gboolean
wait_for (gint64        milliseconds,
          GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (!g_cancellable_is_cancelled (cancellable) && g_get_monotonic_time () < end)
    g_usleep (50000);
  return !g_cancellable_is_cancelled (cancellable);
}

/* Whether it may be asked again at once, as what became of it stands; waits as long as it must. */
static gboolean
may_ask_again (RungsDelivery *delivery,
               guint         *waits,
               gint64        *tries,
               GCancellable  *cancellable)
{
  if (delivery->outcome == RUNGS_DELIVERY_TEMPORARY && delivery->wait > 0
      && delivery->wait <= SHORT_WAIT && *waits > 0)
    return --*waits, wait_for (delivery->wait, cancellable);
  if (delivery->outcome == RUNGS_DELIVERY_IN_DOUBT && *tries > 0)
    return --*tries, wait_for (BETWEEN_TRIES, cancellable);
  return FALSE;
}

/* Once in doubt, only an answer that says what became of the first request ends the doubt: what is
 * refused or not reached the second time says nothing about it. */
static void
ask (RungsHttpTransport      *self,
     const RungsHttpQuestion *question,
     GCancellable            *cancellable,
     RungsDelivery           *delivery)
{
  gint64 tries = rungs_wire_json_number (self->send, "asks_again", 0);
  guint waits = MOST_WAITS;
  gboolean doubted = FALSE;

  do
    {
      ask_once (self, question, cancellable, delivery);
      doubted |= delivery->outcome == RUNGS_DELIVERY_IN_DOUBT;
    }
  while (may_ask_again (delivery, &waits, &tries, cancellable));
  if (doubted && delivery->outcome != RUNGS_DELIVERY_ACCEPTED)
    delivery->outcome = RUNGS_DELIVERY_IN_DOUBT;
}

static void
rungs_http_transport_send (RungsTransport      *transport,
                           const RungsEnvelope *envelope,
                           GBytes              *message,
                           GCancellable        *cancellable,
                           RungsDelivery       *delivery)
{
  RungsHttpTransport *self = RUNGS_HTTP_TRANSPORT (transport);
  g_autoptr (RungsHttpQuestion) question = NULL;

  if (g_cancellable_is_cancelled (cancellable))
    return say (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  if (!rungs_smtp_is_safe_address (envelope->from))
    return say (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE, _ ("The sender's address is not one."));
  if (!rungs_smtp_is_safe_address (envelope->to))
    {
      delivery->address_is_bad = TRUE;
      return say (delivery, RUNGS_DELIVERY_PERMANENT, _ ("The recipient's address is not one."));
    }
  question = make_question (self, envelope, message, delivery);
  if (question != NULL)
    ask (self, question, cancellable, delivery);
}

static void
rungs_http_transport_connect (RungsTransport *transport,
                              GCancellable   *cancellable,
                              RungsDelivery  *delivery)
{
  RungsHttpTransport *self = RUNGS_HTTP_TRANSPORT (transport);
  const char *address = rungs_wire_json_text (self->send, "address");
  g_autoptr (RungsBlanks) blanks = rungs_blanks_new ();
  g_autofree char *filled = NULL;
  g_autoptr (GError) error = NULL;
  const RungsHttpAnswer nothing = { 0 };

  if (g_cancellable_is_cancelled (cancellable))
    return say (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  rungs_blanks_set_all (blanks, self->options);
  filled = rungs_blanks_fill_address (blanks, address ? address : "");
  if (!rungs_http_line_connect (ensure_line (self), filled, cancellable, &error))
    give_up (&nothing, error, delivery);
}

static void
rungs_http_transport_disconnect (RungsTransport *transport)
{
  RungsHttpTransport *self = RUNGS_HTTP_TRANSPORT (transport);

  if (self->line != NULL)
    self->closed += rungs_http_line_get_connections (self->line);
  g_clear_pointer (&self->line, rungs_http_line_free);
}

static void
rungs_http_transport_finalize (GObject *object)
{
  RungsHttpTransport *self = RUNGS_HTTP_TRANSPORT (object);

  rungs_http_transport_disconnect (RUNGS_TRANSPORT (self));
  rungs_provider_unref (self->provider);
  json_object_unref (self->options);
  rungs_secret_free (self->key);
  g_free (self->ca_file);
  G_OBJECT_CLASS (rungs_http_transport_parent_class)->finalize (object);
}

static void
rungs_http_transport_class_init (RungsHttpTransportClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rungs_http_transport_finalize;
  RUNGS_TRANSPORT_CLASS (class)->send = rungs_http_transport_send;
  RUNGS_TRANSPORT_CLASS (class)->connect = rungs_http_transport_connect;
  RUNGS_TRANSPORT_CLASS (class)->disconnect = rungs_http_transport_disconnect;
}

static void
rungs_http_transport_init (RungsHttpTransport *self)
{
}

/* References of JSON are not counted atomically, and the options are those of all connections. */
static JsonObject *
copy_options (JsonObject *options)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (options);

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_string_member (copy, name->data,
                                   json_object_get_string_member (options, name->data));
  return copy;
}

RungsTransport *
rungs_http_transport_new (RungsProvider *provider,
                          JsonObject    *options,
                          const char    *key)
{
  RungsHttpTransport *self;

  g_return_val_if_fail (provider != NULL && options != NULL && key != NULL, NULL);
  g_return_val_if_fail (rungs_provider_get_section (provider, RUNGS_PROVIDER_SEND) != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_HTTP_TRANSPORT, NULL);
  self->provider = rungs_provider_ref (provider);
  self->send = rungs_provider_get_section (provider, RUNGS_PROVIDER_SEND);
  self->options = copy_options (options);
  self->key = g_strdup (key);
  return RUNGS_TRANSPORT (self);
}

void
rungs_http_transport_set_ca_file (RungsHttpTransport *self,
                                  const char         *ca_file)
{
  g_return_if_fail (RUNGS_IS_HTTP_TRANSPORT (self));

  g_free (self->ca_file);
  self->ca_file = g_strdup (ca_file);
}

void
rungs_http_transport_set_patience (RungsHttpTransport *self,
                                   guint               seconds)
{
  g_return_if_fail (RUNGS_IS_HTTP_TRANSPORT (self));

  self->patience = seconds;
}

guint
rungs_http_transport_get_connections (RungsHttpTransport *self)
{
  g_return_val_if_fail (RUNGS_IS_HTTP_TRANSPORT (self), 0);

  return self->closed + (self->line ? rungs_http_line_get_connections (self->line) : 0);
}
