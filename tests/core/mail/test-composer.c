/* test-composer.c: a message for one lead, from what is in the file about it. */

#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-sales-letter-store.h"
#include "leads/rungs-field-kind-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-merge-data.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-picture-store.h"
#include "rungs-fixture.h"

static gint64
add_message (RungsFixture *self,
             RungsDb      *db,
             const char   *subject,
             const char   *text)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  g_autoptr (GError) error = NULL;

  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  g_free (message->blocks);
  message->name = g_strdup (subject);
  message->purpose = g_strdup ("to test");
  message->value = g_strdup ("a test");
  message->subject = g_strdup (subject);
  message->blocks = rungs_message_blocks_from_text (text);
  rungs_message_save (db, message, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  return message->version;
}

static RungsAccount *
new_account (void)
{
  RungsAccount *account = rungs_account_new (RUNGS_ACCOUNT_PRACTICE);

  g_free (account->from_email);
  account->from_email = g_strdup ("shop@shop.example");
  return account;
}

/* The message as text, its parts as they are on the wire. */
static char *
compose (RungsFixture  *self,
         RungsDb       *db,
         gint64         lead,
         gint64         version,
         gint64         sells,
         gboolean       marketing,
         GError       **error)
{
  g_autoptr (RungsComposer) composer = rungs_composer_new ();
  g_autoptr (RungsAccount) account = new_account ();
  const RungsOutboxClaim claim = { .lead = lead,
                                   .message_version = version,
                                   .sells = sells,
                                   .marketing = marketing,
                                   .email = (char *) "ann@example.com",
                                   .message_id = (char *) "abc.1@shop.example" };
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  first = rungs_composer_compose (composer, db, &claim, account, rungs_fixture_now (self), error);
  if (first == NULL)
    return NULL;
  second = rungs_composer_compose (composer, db, &claim, account, rungs_fixture_now (self), NULL);
  g_assert_true (g_bytes_equal (first, second));
  return g_strndup (g_bytes_get_data (first, NULL), g_bytes_get_size (first));
}

static void
assert_holds (const char *message,
              const char *text)
{
  if (strstr (message, text) == NULL)
    g_error ("“%s” is not in:\n%s", text, message);
}

static void
test_marketing (RungsFixture *self,
                RungsDb      *db)
{
  gint64 lead = rungs_fixture_add_lead (self, "ann@example.com", "Ann");
  gint64 product = rungs_fixture_add_product (self, "A", 4900);
  gint64 version = add_message (self, db, "{{ lead.first_name }}: {{ product.name }}",
                                "{{ product.price }} {{ 'now' | date: '%H:%M' }} {{ today }}");
  g_autoptr (GError) error = NULL;
  g_autofree char *message = compose (self, db, lead, version, product, TRUE, &error);

  g_assert_no_error (error);
  assert_holds (message, "Date: Mon, 02 Mar 2026 10:00:00 +0100\r\n");
  assert_holds (message, "From: Test <shop@shop.example>\r\n");
  assert_holds (message, "To: Ann <ann@example.com>\r\n");
  assert_holds (message, "Message-ID: <abc.1@shop.example>\r\n");
  assert_holds (message, "Subject: Ann: Product A\r\n");
  assert_holds (message, ".shop.example>\r\nList-Unsubscribe: <mailto:shop@shop.example?subject="
                         "unsubscribe%20abc.1@shop.example>\r\n");
  assert_holds (message, "\r\n49.00 EUR 10:00 2026-03-02\r\n\r\n-- \r\nTest\r\n");
  assert_holds (message, "Unsubscribe: <mailto:shop@shop.example?subject=");
}

/* The link to unsubscribe speaks the language of the lead. */
static void
test_language (RungsFixture *self,
               RungsDb      *db)
{
  static const char *const CASES[][2] = {
    { "de", "\r\nAbmelden: <mailto:" },    { "nl-BE", "\r\nAfmelden: <mailto:" },
    { "PT_br", "\r\nCancelar subscri" },    { "", "\r\nUnsubscribe: <mailto:" },
    { "x-klingon", "\r\nUnsubscribe: <mailto:" },
  };
  gint64 lead = rungs_fixture_add_lead (self, "ann@example.com", "Ann");
  gint64 version = add_message (self, db, "Hello", "Hello");

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *message = NULL;

      rungs_lead_set_text (db, lead, "language", CASES[i][0], rungs_fixture_now (self), &error);
      g_assert_no_error (error);
      message = compose (self, db, lead, version, 0, TRUE, &error);
      g_assert_no_error (error);
      assert_holds (message, CASES[i][1]);
    }
}

static void
test_transactional (RungsFixture *self,
                    RungsDb      *db)
{
  gint64 lead = rungs_fixture_add_lead (self, "ann@example.com", "Ann");
  gint64 version =
      add_message (self, db, "Your order", "{% if product %}x{% else %}Thanks{% endif %}");
  g_autofree char *message = compose (self, db, lead, version, 0, FALSE, NULL);

  assert_holds (message, "\r\nThanks\r\n");
  g_assert_null (strstr (message, "List-"));
  g_assert_null (strstr (message, "nsubscribe"));
}

static void
test_all_that_is_known (RungsFixture *self,
                        RungsDb      *db)
{
  gint64 now = rungs_fixture_now (self);
  gint64 lead = rungs_fixture_add_lead (self, "ann@example.com", "Ann");
  gint64 owned = rungs_fixture_add_product (self, "A", 4900);
  gint64 tag = rungs_tag_ensure (db, "vip", NULL);
  gint64 dog = rungs_field_add (db, "dog", "Dog", RUNGS_FIELD_TEXT, now, NULL);
  gint64 shoe = rungs_field_add (db, "shoe", "Shoe", RUNGS_FIELD_NUMBER, now, NULL);
  gint64 wants = rungs_field_add (db, "wants", "Wants", RUNGS_FIELD_YESNO, now, NULL);
  gint64 budget = rungs_field_add (db, "budget", "Budget", RUNGS_FIELD_MONEY, now, NULL);
  gint64 born = rungs_field_add (db, "born", "Born", RUNGS_FIELD_DATE, now, NULL);
  gint64 rooms = rungs_field_add (db, "rooms", "Rooms", RUNGS_FIELD_TEXT, now, NULL);
  gint64 version = add_message (
      self, db, "All",
      "{{ lead.fields.dog }}/{{ lead.fields.shoe | plus: 1 }}/{% if lead.fields.wants %}y{% else %}"
      "n{% endif %}/{{ lead.tags | join: ',' }}/{{ lead.products | map: 'name' | join: ',' }}/"
      "{{ lead.products[0].since | date: '%d.%m.%Y' }}/{{ next_offer.name | default: 'none' }}/"
      "{{ lead.fields.budget }}/{{ lead.fields.born | date: '%d.%m.%Y' }}/"
      "{{ lead.fields.rooms | join: ' and ' }}/{{ lead.fields.rooms.size }}/"
      "{{ lead.email }}/{{ lead.name }}/{{ lead.score }}/{{ business.name }}/{{ lead.notes }}.");
  g_autofree char *message = NULL;

  rungs_fixture_add_order (self, lead, owned);
  g_assert_true (rungs_lead_add_tag (db, lead, tag, now, NULL));
  g_assert_true (rungs_field_set_value (db, lead, dog, "Rex", now, NULL));
  g_assert_true (rungs_field_set_value (db, lead, shoe, "38.5", now, NULL));
  g_assert_true (rungs_field_set_value (db, lead, wants, "no", now, NULL));
  g_assert_true (rungs_field_set_value (db, lead, budget, "1.250,50 €", now, NULL));
  g_assert_true (rungs_field_set_value (db, lead, born, "1964-11-21", now, NULL));
  g_assert_true (rungs_field_set_value (db, lead, rooms, "Kitchen, Bath", now, NULL));
  g_assert_true (rungs_field_change_kind (db, rooms, RUNGS_FIELD_SEVERAL, NULL, NULL));
  message = compose (self, db, lead, version, 0, TRUE, NULL);
  assert_holds (message,
                "\r\nRex/39.5/n/vip/Product A/02.03.2026/none/1250.50 EUR/21.11.1964/"
                "Kitchen and Bath/2/ann@example.com/Ann/0/Test/.\r\n");
}

static void
test_errors (RungsFixture *self,
             RungsDb      *db)
{
  gint64 lead = rungs_fixture_add_lead (self, "ann@example.com", "");
  gint64 version = add_message (self, db, "{{ lead.first_name }}", "x");
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) no_lead = NULL;
  g_autoptr (GError) no_version = NULL;

  g_assert_null (compose (self, db, lead, version, 0, TRUE, &empty));
  g_assert_error (empty, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_null (compose (self, db, lead + 1, version, 0, TRUE, &no_lead));
  g_assert_error (no_lead, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_assert_null (compose (self, db, lead, version + 1, 0, TRUE, &no_version));
  g_assert_error (no_version, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

/* A GIF of one pixel. */
static GBytes *
new_dot (void)
{
  static const char DOT[] = "GIF89a\1\0\1\0\200\0\0\0\0\0\377\377\377"
                            ",\0\0\0\0\1\0\1\0\0\2\2D\1\0;";

  return g_bytes_new_static (DOT, sizeof DOT - 1);
}

static gint64
add_blocks (RungsFixture *self,
            RungsDb      *db,
            const char   *blocks)
{
  g_autoptr (RungsMessage) message
    = rungs_message_load_version (db, add_message (self, db, "Blocks", "x"), NULL);
  g_autoptr (GError) error = NULL;

  g_free (message->blocks);
  message->blocks = g_strdup (blocks);
  rungs_message_save (db, message, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  return message->version;
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p++)
    n++;
  return n;
}

/* Each picture travels once, and only those that this lead's mail shows. */
static void
test_pictures (RungsFixture *self,
               RungsDb      *db)
{
  gint64 lead = rungs_fixture_add_lead (self, "ann@example.com", "Ann");
  g_autoptr (GBytes) dot = new_dot ();
  g_autoptr (RungsPicture) shown = rungs_picture_add (db, dot, "Dot.gif", 0, NULL);
  gint64 version = add_blocks (
    self, db,
    "[{\"type\":\"picture\",\"picture\":\"dot\",\"alt\":\"a\"},"
    "{\"type\":\"picture\",\"picture\":\"dot\",\"alt\":\"b\"},"
    "{\"type\":\"text\",\"text\":\"{% if lead.city != '' %}![no](picture:none){% endif %}\"}]");
  g_autoptr (GError) error = NULL;
  g_autofree char *message = compose (self, db, lead, version, 0, TRUE, &error);
  g_autofree char *id = rungs_picture_dup_content_id (shown);
  g_autofree char *header = g_strdup_printf ("\r\nContent-ID: <%s>\r\n", id);

  g_assert_no_error (error);
  assert_holds (message, "Content-Type: multipart/related; type=\"text/html\";\r\n");
  assert_holds (message, "Content-Type: image/gif; name=\"dot.gif\"\r\n");
  assert_holds (message, "Content-Disposition: inline; filename=\"dot.gif\"\r\n");
  g_assert_cmpuint (count (message, header), ==, 1);
  g_assert_cmpuint (count (message, "cid:dot."), ==, 2);
}

/* The price is written for the lead, the button leads to the letter for e-mail, and to no other. */
static void
test_product (RungsFixture *self,
              RungsDb      *db)
{
  gint64 lead = rungs_fixture_add_lead (self, "ann@example.com", "Ann");
  gint64 product = rungs_fixture_add_product (self, "KIT", 4900);
  gint64 version = add_blocks (
    self, db, "[{\"type\":\"product\",\"sku\":\"kit\",\"button\":\"Look\"},"
              "{\"type\":\"signature\"}]");
  RungsLetterPath paths[] = { RUNGS_LETTER_PPC, RUNGS_LETTER_EMAIL, RUNGS_LETTER_EMAIL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  rungs_fixture_run (self, "UPDATE lead SET language = 'de'");
  rungs_fixture_run (self, "UPDATE business SET signature = '*Orla*'");
  before = compose (self, db, lead, version, 0, TRUE, NULL);
  assert_holds (before, "\r\nOrla\r\n\r\n--=20\r\n");
  g_assert_null (strstr (before, "Look"));
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (RungsSalesLetter) letter = rungs_sales_letter_new (product, paths[i]);

      g_free (letter->name);
      g_free (letter->address);
      letter->name = g_strdup ("Letter");
      letter->address = g_strdup_printf ("https://a.example/%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (rungs_sales_letter_add (db, letter, 0, NULL), !=, 0);
    }
  after = compose (self, db, lead, version, 0, TRUE, NULL);
  assert_holds (after, "Product KIT\r\n49,00=C2=A0=E2=82=AC\r\n\r\nLook <https://a.example/1>");
  g_assert_null (strstr (after, "a.example/0"));
}

static void
test_preview (RungsFixture *self,
              RungsDb      *db)
{
  gint64 version =
      add_message (self, db, "Hi {{ lead.first_name }}", "{{ lead.products | map: 'name' }}");
  g_autoptr (RungsComposer) composer = rungs_composer_new ();
  g_auto (RungsMessageContent)
    content = { NULL };
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_product (self, "A", 4900);
  rungs_composer_preview (composer, db, version, 0, 0, rungs_fixture_now (self), &content, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content.subject, ==, "Hi Ann");
  assert_holds (content.text, "Product A\n");
  assert_holds (content.html, "Unsubscribe");
}

static void
test_known_names (RungsFixture *self,
                  RungsDb      *db)
{
  static const struct
  {
    const char *path;
    gboolean is_known;
  } PATHS[] = {
    { "lead.first_name", TRUE },
    { "lead.fields.dog", TRUE },
    { "lead.fields.cat", FALSE },
    { "lead.products[].name", TRUE },
    { "lead.tags[]", TRUE },
    { "lead.firstname", FALSE },
    { "lead.notes", FALSE },
    { "product.price", TRUE },
    { "product.url", FALSE },
    { "next_offer.name", TRUE },
    { "business.address", TRUE },
    { "first_name", FALSE },
    { "today", TRUE },
    { "preferences_link", TRUE },
    { "lead.products[].x", FALSE },
    { "lead", TRUE },
  };

  rungs_field_add (db, "dog", "Dog", RUNGS_FIELD_TEXT, rungs_fixture_now (self), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (PATHS); i++)
    {
      gboolean is_known;

      g_assert_true (rungs_merge_data_knows (db, PATHS[i].path, &is_known, NULL));
      if (is_known != PATHS[i].is_known)
        g_error ("%s", PATHS[i].path);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/composer/marketing", test_marketing);
  rungs_fixture_add_test ("/composer/language", test_language);
  rungs_fixture_add_test ("/composer/transactional", test_transactional);
  rungs_fixture_add_test ("/composer/all-that-is-known", test_all_that_is_known);
  rungs_fixture_add_test ("/composer/errors", test_errors);
  rungs_fixture_add_test ("/composer/pictures", test_pictures);
  rungs_fixture_add_test ("/composer/product", test_product);
  rungs_fixture_add_test ("/composer/preview", test_preview);
  rungs_fixture_add_test ("/composer/known-names", test_known_names);
  return g_test_run ();
}
