/* test-rehearsal.c: what would come of a delivery, a sample that is sent the whole way, and the
 * list of deliveries. */

#include "rungs-web-world.h"

#include <string.h>

#include "web/rungs-web-content.h"
#include "web/rungs-web-list-store.h"
#include "web/rungs-web-rehearsal-store.h"
#include "web/rungs-web-trial.h"
#include "wire/rungs-signature-make.h"
#include "wire/rungs-wire-json.h"

#define ODD_FORM "{\"Write to me at\": \"linus@example.com\", \"Who are you\": \"Linus\"}"

static RungsFixture *
world_new (void)
{
  RungsFixture *fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, rungs_web_world_make);
  return fixture;
}

/* ---- rehearsing */

typedef struct
{
  RungsFixture *fixture;
  RungsRawDelivery *raw;
  RungsWebEndpoint *endpoint;
  RungsWebRehearsal *rehearsal;
} Rehearsing;

static gboolean
rehearse (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  Rehearsing *self = data;

  g_clear_pointer (&self->rehearsal, rungs_web_rehearsal_free);
  self->rehearsal = rungs_web_rehearse (db, self->raw, self->endpoint, NULL,
                                        rungs_fixture_now (self->fixture), error);
  return self->rehearsal != NULL;
}

static void
test_mapping (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (RungsRawDelivery) raw
      = rungs_web_world_delivery (fixture->db, "generic", "application/json", ODD_FORM);
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load_by_name (fixture->db, "generic", NULL);
  Rehearsing self = { fixture, raw, endpoint, NULL };
  const RungsWebPlace *place;

  g_assert_true (rungs_db_write (fixture->db, rehearse, &self, NULL));
  g_assert_cmpint (self.rehearsal->state, ==, RUNGS_WEB_QUARANTINE);
  g_assert_cmpstr (self.rehearsal->reason, !=, "");
  g_assert_cmpuint (self.rehearsal->answers->len, ==, 2);
  place = self.rehearsal->answers->pdata[0];
  g_assert_cmpstr (place->label, ==, "Write to me at");
  g_assert_null (place->place);

  g_free (endpoint->mapping);
  endpoint->mapping = g_strdup ("{\"Write to me at\": \"email\", \"Who are you\": \"first_name\"}");
  g_assert_true (rungs_db_write (fixture->db, rehearse, &self, NULL));
  g_assert_cmpint (self.rehearsal->state, ==, RUNGS_WEB_APPLIED);
  g_assert_cmpstr (self.rehearsal->lead_name, ==, "Linus");
  g_assert_true (self.rehearsal->is_new);
  place = self.rehearsal->answers->pdata[0];
  g_assert_cmpstr (place->place, ==, "email");
  g_assert_true (place->said);
  rungs_web_rehearsal_free (self.rehearsal);

  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_delivery"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM event"), ==, 0);
}

/* Something that was done already is rehearsed as if it had not come. */
static void
test_known (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GPtrArray) samples = rungs_web_world_samples (fixture->db, "typeform");
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load_by_name (fixture->db, "typeform", NULL);
  Rehearsing self = { fixture, samples->pdata[0], endpoint, NULL };

  g_assert_cmpint (rungs_web_world_receive (fixture, samples->pdata[0]), ==, RUNGS_WEB_APPLIED);
  g_assert_true (rungs_db_write (fixture->db, rehearse, &self, NULL));
  g_assert_cmpint (self.rehearsal->state, ==, RUNGS_WEB_APPLIED);
  g_assert_false (self.rehearsal->is_new);
  rungs_web_rehearsal_free (self.rehearsal);
}

/* ---- a sample the whole way */

typedef struct
{
  gboolean told[RUNGS_WEB_TRIAL_STEPS];
  gboolean well[RUNGS_WEB_TRIAL_STEPS];
} Told;

static void
told_cb (RungsWebTrialStep  step,
         gboolean           well,
         const char        *words,
         gpointer           data)
{
  Told *told = data;

  g_test_message ("%s: %s", rungs_web_trial_step_to_text (step), words);
  told->told[step] = TRUE;
  told->well[step] = well;
}

static char **
get_secrets (const RungsWebEndpoint *endpoint,
             gpointer                data,
             GError                **error)
{
  const char *secret = data;

  return g_strdupv ((char *[]) { (char *) secret, NULL });
}

static void
sign_as_providers (RungsFixture *fixture,
                   RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE web_endpoint SET verify = NULL");
}

static void
test_trial (void)
{
  static const char SECRET[] = "whsec_c2VjcmV0IG9mIGEgdGVzdA==";
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  RungsWebKeys keys = { .secrets = get_secrets, .data = (gpointer) SECRET };
  guint made = 0;

  rungs_fixture_write (fixture, sign_as_providers);
  for (guint i = 0; i < providers->len; i++)
    {
      const char *key = rungs_provider_get_key (providers->pdata[i]);
      JsonObject *verify = rungs_wire_json_object (
          rungs_provider_get_section (providers->pdata[i], RUNGS_PROVIDER_RECEIVE), "verify");
      g_autoptr (RungsWebEndpoint) endpoint
          = rungs_web_endpoint_load_by_name (fixture->db, key, NULL);
      Told told = { 0 };
      gboolean well = FALSE;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", key);
      rungs_web_trial (fixture->db, endpoint->id, &keys, NULL, fixture->clock, told_cb, &told, NULL,
                       &well, &error);
      g_assert_no_error (error);
      g_assert_cmpint (told.well[RUNGS_WEB_TRIAL_VERIFIED], ==, rungs_signature_can_make (verify));
      g_assert_cmpint (told.told[RUNGS_WEB_TRIAL_UNDONE], ==, rungs_signature_can_make (verify));
      made += told.well[RUNGS_WEB_TRIAL_APPLIED];
    }
  g_assert_cmpuint (made, >, 15);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_delivery"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_raw"), ==, 0);
}

/* ---- the list */

static gint64
find_first (RungsFixture *fixture,
            int           state,
            const char   *words,
            guint         expected)
{
  RungsWebQuery query = { .state = state, .words = (char *) words };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = rungs_web_delivery_find (fixture->db, &query, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, expected);
  return ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

static gboolean
dismiss_and_back (RungsDb   *db,
                  gpointer   data,
                  GError   **error)
{
  gint64 id = *(gint64 *) data;

  return rungs_web_delivery_dismiss (db, id, 1, error)
         && rungs_web_delivery_take_back (db, id, "why", error);
}

static void
test_list (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (RungsRawDelivery) odd
      = rungs_web_world_delivery (fixture->db, "generic", "application/json", ODD_FORM);
  g_autoptr (RungsRawDelivery) plain = rungs_web_world_delivery (
      fixture->db, "generic", "application/json", "{\"email\": \"ada@example.com\"}");
  g_autoptr (RungsWebDelivery) delivery = NULL;
  gint64 id;

  rungs_web_world_receive (fixture, odd);
  rungs_web_world_receive (fixture, plain);
  g_assert_cmpint (find_first (fixture, -1, NULL, 2), ==, 2);
  id = find_first (fixture, RUNGS_WEB_QUARANTINE, "linus@example.com", 1);
  g_assert_cmpint (find_first (fixture, -1, "ada@example.com", 1), ==, 2);
  find_first (fixture, -1, "generic", 2);
  find_first (fixture, -1, "nobody", 0);

  g_assert_true (rungs_db_write (fixture->db, dismiss_and_back, &id, NULL));
  delivery = rungs_web_delivery_load (fixture->db, id, NULL);
  g_assert_cmpint (delivery->state, ==, RUNGS_WEB_QUARANTINE);
  g_assert_cmpstr (delivery->reason, ==, "why");
}

/* ---- what was sent */

typedef struct
{
  const char *type;
  const char *body;
  gsize length;
  RungsWebContentKind kind;
  const char *path;
  const char *value;
} Sent;

static void
test_content (void)
{
  static const Sent SENT[] = {
    { "application/json", "{\"a\": {\"b.c\": [1, \"x\"]}}", 24, RUNGS_WEB_CONTENT_JSON,
      "a.\"b.c\"[1]", "x" },
    { "application/x-www-form-urlencoded", "e=a%40b&n=2", 11, RUNGS_WEB_CONTENT_FORM, "e", "a@b" },
    { "text/plain", "hello", 5, RUNGS_WEB_CONTENT_TEXT, NULL, NULL },
    { "image/png", "\x89PNG\0\1", 6, RUNGS_WEB_CONTENT_BINARY, NULL, NULL },
    { "text/plain", "", 0, RUNGS_WEB_CONTENT_EMPTY, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (SENT); i++)
    {
      g_autoptr (RungsRawDelivery) raw = rungs_raw_delivery_new ("POST", "/in/x", "", 1);
      g_autoptr (GBytes) bytes = g_bytes_new (SENT[i].body, SENT[i].length);
      g_autoptr (RungsWebContent) content = NULL;
      gboolean found = SENT[i].path == NULL;

      rungs_raw_delivery_set_body (raw, bytes);
      rungs_raw_delivery_add_header (raw, "Content-Type", SENT[i].type);
      content = rungs_web_content_new (raw);
      g_assert_cmpint (content->kind, ==, SENT[i].kind);
      for (guint k = 0; k < content->leaves->len; k++)
        {
          const RungsWebLeaf *leaf = content->leaves->pdata[k];

          found |= g_strcmp0 (leaf->path, SENT[i].path) == 0
                   && strcmp (leaf->value, SENT[i].value) == 0;
        }
      g_assert_true (found);
      if (SENT[i].kind == RUNGS_WEB_CONTENT_BINARY)
        g_assert_cmpstr (content->text, ==,
                         "00000000  89 50 4e 47 00 01                                .PNG..\n");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/rehearsal/mapping", test_mapping);
  g_test_add_func ("/web/rehearsal/known", test_known);
  g_test_add_func ("/web/rehearsal/trial", test_trial);
  g_test_add_func ("/web/rehearsal/list", test_list);
  g_test_add_func ("/web/rehearsal/content", test_content);
  return g_test_run ();
}
