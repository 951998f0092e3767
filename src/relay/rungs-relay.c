/* rungs-relay.c: the small public server that takes what comes in while the desktop sleeps. */

#include "rungs-relay.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "rungs-relay-answer.h"
#include "rungs-relay-desk-handler.h"
#include "rungs-relay-form-handler.h"
#include "rungs-relay-intake-handler.h"
#include "rungs-relay-keep.h"
#include "rungs-relay-link-handler.h"
#include "rungs-relay-page-handler.h"
#include "rungs-relay-partner-handler.h"
#include "rungs-relay-pairing.h"
#include "rungs-relay-script-handler.h"
#include "rungs-relay-visit-handler.h"
#include "wire/rungs-link.h"
#include "wire/rungs-raw-delivery.h"
#include "wire/rungs-relay-protocol.h"

#define FILE_NAME "relay.db"
#define LOOK_AT_CERTIFICATE_SECONDS 60
#define LAST_ANSWERS (2 * G_USEC_PER_SEC) /* so long they may take */
#define KEEP_VISITS_SECONDS 5
#define BURST_SECONDS 10 /* so many seconds of what one may ask one may ask at once */
#define USUAL_BODY (256 * 1024)
#define USUAL_ROOM (G_GINT64_CONSTANT (2) * 1024 * 1024 * 1024)

struct _RungsRelay
{
  GObject parent_instance;

  RungsRelayHouse house;
  SoupServer *server;       /* (owned) */
  RungsRelayGate *gate;     /* (owned) */
  gint64 certificate_since; /* when its file was changed */
  guint look;
  guint keep_visits;
};

G_DEFINE_FINAL_TYPE (RungsRelay, rungs_relay, G_TYPE_OBJECT)

static const RungsRelayBodyLimit BODIES[] = {
  { RUNGS_RELAY_IN, RUNGS_RAW_BODY_MOST },
  { RUNGS_RELAY_API "published", RUNGS_RELAY_PUBLISHED_MOST },
  { RUNGS_RELAY_API "partners", RUNGS_RELAY_PARTNERS_MOST },
  { NULL, 0 },
};

void
rungs_relay_options_set_usual (RungsRelayOptions *options)
{
  *options = (RungsRelayOptions){
    .folder = ".",
    .address = "127.0.0.1:8080",
    .per_second = 100,
    .room = USUAL_ROOM,
    .limits = {
      .connections = 512,
      .from_one = 64,
      .seconds_to_ask = 20,
      .seconds_to_answer = 60,
      .body = USUAL_BODY,
      .bodies = BODIES,
    },
  };
}

/* ---- what the file says at the start */

static gboolean
load_text (RungsDb    *db,
           const char *name,
           char      **text,
           GError    **error)
{
  g_autoptr (GError) failure = NULL;

  *text = rungs_relay_setting_load (db, name, &failure);
  if (*text == NULL && g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    *text = g_strdup ("");
  else if (*text == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return *text != NULL;
}

/* The key of what the relay itself signs; made once, so that a page that is open counts after a new
 * start. */
static gboolean
load_seals (RungsDb         *db,
            RungsRelayHouse *house,
            GError         **error)
{
  g_autofree char *text = NULL;
  g_autofree char *made = NULL;
  GBytes *key;

  if (!load_text (db, "seal", &text, error))
    return FALSE;
  key = rungs_link_key_from_text (text);
  if (key == NULL)
    {
      key = rungs_link_key_new (error);
      made = key != NULL ? rungs_link_key_to_text (key) : NULL;
    }
  if (key == NULL)
    return FALSE;
  g_ptr_array_add (house->seals, key);
  return made == NULL || rungs_relay_setting_save (db, "seal", made, error);
}

static gboolean
load_published (RungsDb         *db,
                RungsRelayHouse *house,
                GError         **error)
{
  g_autofree char *json = NULL;

  if (!load_text (db, "published", &json, error))
    return FALSE;
  house->published = *json != '\0' ? rungs_relay_published_parse (json, strlen (json), error)
                                   : rungs_relay_published_new ();
  return house->published != NULL;
}

static gboolean
load_partners (RungsDb         *db,
               RungsRelayHouse *house,
               GError         **error)
{
  g_autofree char *json = NULL;

  if (!load_text (db, "partners", &json, error))
    return FALSE;
  house->partners = *json != '\0' ? rungs_relay_partners_parse (json, strlen (json), error)
                                  : rungs_relay_partners_new ();
  return house->partners != NULL;
}

static gboolean
load_house (RungsDb *db,
            gpointer data,
            GError **error)
{
  RungsRelayHouse *house = data;

  return rungs_relay_pairing_name (db, &house->uuid, error)
         && load_text (db, "key", &house->key, error) && load_published (db, house, error)
         && load_partners (db, house, error)
         && load_seals (db, house, error)
         && rungs_relay_waiting_load (db, &house->waiting, error);
}

static RungsDb *
open_db (const char *folder,
         GError    **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);

  return rungs_db_open_with (path, rungs_relay_schema (), RUNGS_DB_CREATE, error);
}

/* ---- certificates */

static gint64
changed_at (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (gint64) info.st_mtime : 0;
}

static gboolean
read_certificate (RungsRelay *self,
                  GError    **error)
{
  const RungsRelayOptions *options = &self->house.options;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (options->certificate == NULL)
    return TRUE;
  certificate = g_tls_certificate_new_from_files (options->certificate, options->private_key,
                                                  error);
  if (certificate == NULL)
    return FALSE;
  self->certificate_since = changed_at (options->certificate);
  rungs_relay_gate_set_certificate (self->gate, certificate);
  return TRUE;
}

/* Whoever renews a certificate need not think of us. */
static gboolean
look_at_certificate_cb (gpointer data)
{
  g_autoptr (GError) failure = NULL;
  RungsRelay *self = data;

  if (changed_at (self->house.options.certificate) != self->certificate_since
      && !read_certificate (self, &failure))
    g_warning ("the new certificate is not used: %s", failure->message);
  return G_SOURCE_CONTINUE;
}

/* ---- requests of all kinds */

static void
nothing_here_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 const char        *path,
                 GHashTable        *query,
                 gpointer           data)
{
  RungsRelayHouse *house = data;

  house->counts.unknown++;
  rungs_relay_answer_refused (message, SOUP_STATUS_NOT_FOUND, "there is nothing here", 0);
}

/* For who looks after the machine: no more than whether it works. */
static void
health_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           data)
{
  RungsRelayHouse *house = data;

  if (house->waiting.bytes < house->options.room)
    rungs_relay_answer_text (message, SOUP_STATUS_OK, "ok\n");
  else
    rungs_relay_answer_refused (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "the relay is full", 0);
}

static void
add_figure (GString    *text,
            const char *name,
            const char *kind,
            guint64     figure)
{
  g_string_append_printf (text, "# TYPE rungs_relay_%s %s\nrungs_relay_%s %" G_GUINT64_FORMAT "\n",
                          name, kind, name, figure);
}

/* The text format of Prometheus:
 * https://prometheus.io/docs/instrumenting/exposition_formats/ */
static char *
metrics_text (RungsRelay *self)
{
  const RungsRelayHouse *house = &self->house;
  GString *text = g_string_new (NULL);

  add_figure (text, "waiting", "gauge", (guint64) house->waiting.count);
  add_figure (text, "waiting_bytes", "gauge", (guint64) house->waiting.bytes);
  add_figure (text, "connections", "gauge", rungs_relay_gate_count (self->gate));
  add_figure (text, "stored_total", "counter", house->counts.stored);
  if (house->file != NULL)
    add_figure (text, "batches_total", "counter", rungs_relay_file_count_batches (house->file));
  add_figure (text, "taken_total", "counter", house->counts.taken);
  add_figure (text, "unknown_total", "counter", house->counts.unknown);
  add_figure (text, "too_large_total", "counter", house->counts.too_large);
  add_figure (text, "too_many_total", "counter", house->counts.too_many);
  add_figure (text, "full_total", "counter", house->counts.full);
  add_figure (text, "failed_total", "counter", house->counts.failed);
  add_figure (text, "forms_total", "counter", house->counts.forms);
  add_figure (text, "proves_total", "counter", house->counts.proves);
  add_figure (text, "suspects_total", "counter", house->counts.suspects);
  add_figure (text, "limited_total", "counter", house->counts.limited);
  add_figure (text, "clicks_total", "counter", house->counts.clicks);
  add_figure (text, "unsubscribes_total", "counter", house->counts.unsubscribes);
  add_figure (text, "confirms_total", "counter", house->counts.confirms);
  add_figure (text, "arrivals_total", "counter", house->counts.arrivals);
  add_figure (text, "visits_total", "counter", house->counts.visits);
  add_figure (text, "letters_total", "counter", house->counts.letters);
  return g_string_free (text, FALSE);
}

/* Figures are nobody's business but this machine's. */
static void
metrics_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  RungsRelay *self = data;
  g_autofree char *address = rungs_relay_house_address_of (&self->house, message);
  g_autoptr (GInetAddress) who = g_inet_address_new_from_string (address);
  g_autofree char *text = NULL;

  if (who == NULL || !g_inet_address_get_is_loopback (who))
    {
      nothing_here_cb (server, message, path, query, &self->house);
      return;
    }
  text = metrics_text (self);
  rungs_relay_answer_text (message, SOUP_STATUS_OK, text);
}

static void
request_read_cb (RungsRelay        *self,
                 SoupServerMessage *message)
{
  rungs_relay_answer_be_strict (message, rungs_relay_house_is_encrypted (&self->house));
}

static gboolean
make_server (RungsRelay *self,
             GError    **error)
{
  self->server = soup_server_new ("server-header", "rungs-relay", NULL);
  soup_server_add_handler (self->server, NULL, nothing_here_cb, &self->house, NULL);
  soup_server_add_handler (self->server, "/health", health_cb, &self->house, NULL);
  soup_server_add_handler (self->server, "/metrics", metrics_cb, self, NULL);
  rungs_relay_intake_add (self->server, &self->house);
  rungs_relay_forms_add (self->server, &self->house);
  rungs_relay_pages_add (self->server, &self->house);
  rungs_relay_partners_add (self->server, &self->house);
  rungs_relay_links_add (self->server, &self->house);
  rungs_relay_visits_add (self->server, &self->house);
  rungs_relay_scripts_add (self->server, &self->house);
  rungs_relay_desk_add (self->server, &self->house);
  g_signal_connect_object (self->server, "request-read", G_CALLBACK (request_read_cb), self,
                           G_CONNECT_SWAPPED);
  self->gate = rungs_relay_gate_new (self->server, &self->house.options.limits, error);
  return self->gate != NULL;
}

static void
rungs_relay_dispose (GObject *object)
{
  RungsRelay *self = RUNGS_RELAY (object);

  rungs_relay_stop (self);
  g_clear_object (&self->gate);
  g_clear_object (&self->server);
  G_OBJECT_CLASS (rungs_relay_parent_class)->dispose (object);
}

static void
rungs_relay_finalize (GObject *object)
{
  RungsRelayHouse *house = &RUNGS_RELAY (object)->house;

  g_clear_object (&house->clock);
  g_clear_pointer (&house->published, rungs_relay_published_free);
  g_clear_pointer (&house->partners, rungs_relay_partners_free);
  rungs_relay_letters_free (house->letters);
  g_ptr_array_unref (house->seals);
  g_clear_pointer (&house->meter, rungs_relay_meter_free);
  rungs_relay_visits_free (house->visits);
  g_free (house->uuid);
  g_free (house->key);
  G_OBJECT_CLASS (rungs_relay_parent_class)->finalize (object);
}

static void
rungs_relay_class_init (RungsRelayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_relay_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_relay_finalize;
}

static void
rungs_relay_init (RungsRelay *self)
{
  self->house.clock = rungs_clock_new ();
  self->house.seals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->house.letters = rungs_relay_letters_new ();
  self->house.visits = rungs_relay_visits_new ();
  g_queue_init (&self->house.polls);
}

RungsRelay *
rungs_relay_new (const RungsRelayOptions *options,
                 GError                 **error)
{
  g_autoptr (RungsRelay) self = g_object_new (RUNGS_TYPE_RELAY, NULL);
  g_autofree char *path = g_build_filename (options->folder, FILE_NAME, NULL);
  RungsDb *db;
  gboolean loaded;

  self->house.options = *options;
  if (options->per_second > 0)
    self->house.meter
      = rungs_relay_meter_new (options->per_second, options->per_second * BURST_SECONDS);
  db = open_db (options->folder, error);
  if (db == NULL)
    return NULL;
  loaded = rungs_db_write (db, load_house, &self->house, error);
  rungs_db_close (db);
  self->house.file = loaded ? rungs_relay_file_open (path, error) : NULL;
  if (self->house.file == NULL || !make_server (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* "0.0.0.0:8080", "[::]:443", "127.0.0.1". */
static GInetSocketAddress *
parse_address (const char *text,
               GError    **error)
{
  g_autoptr (GSocketConnectable) named = g_network_address_parse (text, 0, NULL);
  GSocketAddress *address = NULL;

  if (named != NULL)
    address = g_inet_socket_address_new_from_string (
      g_network_address_get_hostname (G_NETWORK_ADDRESS (named)),
      g_network_address_get_port (G_NETWORK_ADDRESS (named)));
  if (address == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 "%s is no address with a port, as 0.0.0.0:8080 or [::]:443 are", text);
  return address != NULL ? G_INET_SOCKET_ADDRESS (address) : NULL;
}

static gboolean
keep_visits_cb (gpointer data)
{
  RungsRelay *self = data;

  rungs_relay_visits_keep (&self->house);
  return G_SOURCE_CONTINUE;
}

static void
letter_written_cb (gint64   at,
                   gsize    size,
                   gpointer data)
{
  RungsRelayHouse *house = data;

  rungs_relay_kept (house, at, size);
  if (!house->is_closing)
    rungs_relay_desk_wake (house);
}

/* By the account that the owner has given it, where there is one. */
static void
start_postman (RungsRelayHouse *house)
{
  g_autoptr (RungsRelayMail) mail = rungs_relay_mail_load (house->options.folder);

  rungs_relay_letters_set_mail (house->letters, mail);
  house->postman
    = rungs_relay_postman_new (house->file, house->clock, mail, letter_written_cb, house);
}

gboolean
rungs_relay_start (RungsRelay *self,
                   guint16    *port,
                   GError    **error)
{
  g_autoptr (GInetSocketAddress) address = NULL;

  g_return_val_if_fail (RUNGS_IS_RELAY (self), FALSE);
  g_return_val_if_fail (port != NULL, FALSE);

  address = parse_address (self->house.options.address, error);
  if (address == NULL || !read_certificate (self, error))
    return FALSE;
  *port = rungs_relay_gate_listen (self->gate, address, error);
  if (*port != 0 && self->house.options.certificate != NULL)
    self->look = g_timeout_add_seconds (LOOK_AT_CERTIFICATE_SECONDS, look_at_certificate_cb, self);
  if (*port != 0)
    {
      self->keep_visits = g_timeout_add_seconds (KEEP_VISITS_SECONDS, keep_visits_cb, self);
      start_postman (&self->house);
    }
  return *port != 0;
}

void
rungs_relay_stop (RungsRelay *self)
{
  gint64 until;

  g_return_if_fail (RUNGS_IS_RELAY (self));

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->keep_visits, g_source_remove);
  if (self->house.file == NULL)
    return;
  rungs_relay_visits_keep (&self->house);
  g_clear_pointer (&self->house.postman, rungs_relay_postman_free);
  if (self->gate != NULL)
    rungs_relay_gate_close (self->gate);
  rungs_relay_desk_wake (&self->house);
  self->house.is_closing = TRUE;
  g_clear_pointer (&self->house.file, rungs_relay_file_close);
  until = g_get_monotonic_time () + LAST_ANSWERS;
  while (g_get_monotonic_time () < until && g_main_context_iteration (NULL, FALSE))
    continue;
}

gboolean
rungs_relay_is_paired (RungsRelay *self)
{
  g_return_val_if_fail (RUNGS_IS_RELAY (self), FALSE);

  return *self->house.key != '\0';
}

static gboolean
make_code (RungsDb *db,
           gpointer data,
           GError **error)
{
  return rungs_relay_pairing_begin (db, g_get_real_time () / 1000, data, error);
}

char *
rungs_relay_make_code (const char *folder,
                       GError    **error)
{
  char *code = NULL;
  RungsDb *db = open_db (folder, error);

  if (db == NULL)
    return NULL;
  if (!rungs_db_write (db, make_code, &code, error))
    g_clear_pointer (&code, g_free);
  rungs_db_close (db);
  return code;
}

typedef struct
{
  char *uuid;
  char *key;
} Given;

static gboolean
give_key (RungsDb *db,
          gpointer data,
          GError **error)
{
  Given *given = data;

  return rungs_relay_pairing_name (db, &given->uuid, error)
         && rungs_relay_pairing_give (db, &given->key, error);
}

char *
rungs_relay_give_key (const char *folder,
                      GError    **error)
{
  Given given = { 0 };
  RungsDb *db = open_db (folder, error);
  char *told = NULL;

  if (db == NULL)
    return NULL;
  if (rungs_db_write (db, give_key, &given, error) && rungs_relay_mail_save (folder, NULL, error))
    told = g_strdup_printf ("%s %s", given.uuid, given.key);
  rungs_db_close (db);
  g_free (given.uuid);
  g_free (given.key);
  return told;
}
