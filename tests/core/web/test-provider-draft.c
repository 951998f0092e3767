/* test-provider-draft.c: a provider that nobody knew is made from what it sent, and what it sends
 * is believed and done from then on. */

#include "rungs-web-world.h"

#include <string.h>

#include "base/rungs-error.h"
#include "web/rungs-web-provider-draft.h"
#include "web/rungs-web-rehearsal-store.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

#define SECRET "very secret"
#define BODY                                                                                       \
  "{\"id\": \"e-1\", \"type\": \"lead.new\", \"lead\": {\"mail\": \"grace@example.com\","          \
  " \"called\": \"Grace Hopper\", \"city\": \"New York\", \"consent\": \"yes\"}}"

static RungsRawDelivery *
delivery_new (void)
{
  RungsRawDelivery *raw = rungs_raw_delivery_new ("POST", "/in/x", "", 1774000000000);
  g_autoptr (GBytes) bytes = g_bytes_new (BODY, strlen (BODY));
  g_autofree char *hmac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) SECRET,
                                                     strlen (SECRET), BODY, -1);
  g_autofree char *signature = g_strconcat ("sha256=", hmac, NULL);

  rungs_raw_delivery_set_body (raw, bytes);
  rungs_raw_delivery_add_header (raw, "Content-Type", "application/json");
  rungs_raw_delivery_add_header (raw, "X-Acme-Signature", signature);
  return raw;
}

static RungsWebProviderDraft *
draft_new (void)
{
  RungsWebProviderDraft *draft = rungs_web_provider_draft_new ();

  g_free (draft->name);
  g_free (draft->home);
  g_free (draft->scheme);
  draft->name = g_strdup ("Acme  Förms!");
  draft->home = g_strdup ("https://acme.example/");
  draft->scheme = g_strdup ("hmac-body");
  rungs_web_provider_draft_place (draft, "signature", "header:X-Acme-Signature");
  rungs_web_provider_draft_place (draft, "id", "id");
  rungs_web_provider_draft_place (draft, "event", "type");
  rungs_web_provider_draft_place (draft, "email", "lead.mail");
  rungs_web_provider_draft_place (draft, "full_name", "lead.called");
  return draft;
}

typedef struct
{
  RungsFixture *fixture;
  RungsRawDelivery *raw;
  RungsProvider *provider;
  RungsWebRehearsal *rehearsal;
} Rehearsing;

static gboolean
rehearse (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  Rehearsing *self = data;
  g_autoptr (RungsWebEndpoint) endpoint = rungs_web_endpoint_new ("Acme", "acme-forms");

  self->rehearsal = rungs_web_rehearse (db, self->raw, endpoint, self->provider,
                                        rungs_fixture_now (self->fixture), error);
  return self->rehearsal != NULL;
}

static void
test_file (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsRawDelivery) raw = delivery_new ();
  g_autoptr (RungsWebProviderDraft) draft = draft_new ();
  g_autofree char *key = rungs_web_provider_draft_dup_key (draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rungs_web_provider_draft_to_bytes (draft, raw, &error);
  g_autoptr (RungsProvider) provider = NULL;
  Rehearsing self = { fixture, raw, NULL, NULL };
  JsonObject *receive;

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, "acme-forms");
  provider = rungs_provider_new (key, bytes, &error);
  g_assert_no_error (error);
  receive = rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE);
  g_assert_cmpint (rungs_signature_check (rungs_wire_json_object (receive, "verify"), raw,
                                          (const char *const[]) { SECRET, NULL }, "/in/x", NULL,
                                          NULL),
                   ==, RUNGS_SIGNATURE_RIGHT);
  self.provider = provider;
  g_assert_true (rungs_db_write (fixture->db, rehearse, &self, &error));
  g_assert_no_error (error);
  g_assert_cmpint (self.rehearsal->state, ==, RUNGS_WEB_APPLIED);
  g_assert_cmpstr (self.rehearsal->lead_name, ==, "Grace Hopper");
  rungs_web_rehearsal_free (self.rehearsal);
}

/* Nobody who sent something stands in the file. */
static void
test_sample (void)
{
  g_autoptr (RungsRawDelivery) raw = delivery_new ();
  g_autoptr (RungsWebProviderDraft) draft = draft_new ();
  g_autoptr (GBytes) bytes = rungs_web_provider_draft_to_bytes (draft, raw, NULL);
  g_autofree char *text
      = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_null (strstr (text, "grace"));
  g_assert_null (strstr (text, "Hopper"));
  g_assert_null (strstr (text, "New York"));
  g_assert_nonnull (strstr (text, "ada@example.com"));
  g_assert_nonnull (strstr (text, "lead.new"));
}

static void
test_saving (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsRawDelivery) raw = delivery_new ();
  g_autoptr (RungsWebProviderDraft) draft = draft_new ();
  g_autofree char *path = g_build_filename (fixture->folder, "acme-forms.json", NULL);
  g_autoptr (GError) error = NULL;

  rungs_web_provider_draft_save (draft, raw, fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_free (draft->name);
  draft->name = g_strdup ("Stripe");
  g_assert_false (rungs_web_provider_draft_save (draft, raw, fixture->folder, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);

  rungs_web_provider_draft_place (draft, "email", NULL);
  g_assert_null (rungs_web_provider_draft_to_bytes (draft, raw, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/provider-draft/file", test_file);
  g_test_add_func ("/web/provider-draft/sample", test_sample);
  g_test_add_func ("/web/provider-draft/saving", test_saving);
  return g_test_run ();
}
