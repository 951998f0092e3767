/* bench-compose.c: how long one core needs to compose 10,000 personalised messages.
 *
 * Once with everything in memory (merge language, Markdown, MIME), once with what is read of
 * each lead from the file. The aim is under a second for all. */

#include <stdio.h>
#include <time.h>

#include "leads/rungs-lead-store.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-mime.h"
#include "rungs-fixture.h"

#define MESSAGES 10000

static const char SUBJECT[] =
    "{{ lead.first_name | default: 'Hello' }}, your place in {{ product.name }}";
static const char TEXT[] =
    "# Hello {{ lead.first_name | default: 'there' }}\n\n"
    "{% if lead.products.size > 0 %}\n"
    "You own {{ lead.products.size }} of our courses:\n\n"
    "{% for p in lead.products %}\n- {{ p.name }}\n{% endfor %}\n"
    "{% else %}\n"
    "You are new here, welcome!\n"
    "{% endif %}\n\n"
    "We kept a place for you until {{ 'now' | date: '%A, %-d %B' }}. Grüße, and now some more,\n"
    "so that this is as long as what people write: two or three paragraphs, of which each has\n"
    "two or three sentences, with *emphasis*, with **weight** and with a link or two.\n\n"
    "[{{ product.name }} for {{ product.price }}]"
    "(https://shop.example/buy?who={{ lead.email | url_encode }})\n\n"
    "It is only an example, and says so. See https://shop.example/about for the rest; what is\n"
    "there is also in the second paragraph, which is why we leave it out of the third.\n\n"
    "Best regards,\n{{ business.name }}\n";

typedef struct
{
  RungsFixture *fixture;
  gint64 version;
  gint64 product;
  gint64 leads[MESSAGES];
} Setup;

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void
report (const char *what,
        double      seconds,
        gsize       bytes)
{
  printf ("%s: %d messages of %" G_GSIZE_FORMAT " bytes in %.2f s of one core, %.1f µs each\n",
          what, MESSAGES, bytes / MESSAGES, seconds, seconds / MESSAGES * 1e6);
}

static void
replace (char       **text,
         const char  *with)
{
  g_free (*text);
  *text = g_strdup (with);
}

static gboolean
fill (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  Setup *setup = data;
  g_autoptr (RungsMessage) message = rungs_message_new ();
  gint64 owned = rungs_fixture_add_product (setup->fixture, "A", 4900);

  setup->product = rungs_fixture_add_product (setup->fixture, "B", 19900);
  replace (&message->name, "Bench");
  replace (&message->purpose, "to measure");
  replace (&message->value, "a figure");
  replace (&message->subject, SUBJECT);
  replace (&message->preview, "A place for {{ lead.first_name }}");
  g_free (message->blocks);
  message->blocks = rungs_message_blocks_from_text (TEXT);
  if (!rungs_message_save (db, message, rungs_fixture_now (setup->fixture), error))
    return FALSE;

  setup->version = message->version;
  for (int i = 0; i < MESSAGES; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);
      g_autofree char *name = g_strdup_printf ("Ann%d", i);

      setup->leads[i] = rungs_fixture_add_lead (setup->fixture, email, name);
      if (i % 2 == 0)
        rungs_fixture_add_order (setup->fixture, setup->leads[i], owned);
    }
  return TRUE;
}

static RungsAccount *
new_account (void)
{
  RungsAccount *account = rungs_account_new (RUNGS_ACCOUNT_PRACTICE);

  replace (&account->from_email, "shop@shop.example");
  return account;
}

/* As a sender's thread does it. */
static void
measure_from_file (const Setup *setup)
{
  g_autoptr (RungsComposer) composer = rungs_composer_new ();
  g_autoptr (RungsAccount) account = new_account ();
  double begin = cpu_seconds ();
  gsize bytes = 0;

  for (int i = 0; i < MESSAGES; i++)
    {
      g_autofree char *message_id = g_strdup_printf ("%d.bench@shop.example", i);
      const RungsOutboxClaim claim = { .lead = setup->leads[i],
                                       .message_version = setup->version,
                                       .sells = setup->product,
                                       .marketing = TRUE,
                                       .email = (char *) "lead@example.com",
                                       .message_id = message_id };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) message =
          rungs_composer_compose (composer, setup->fixture->db, &claim, account,
                                  rungs_fixture_now (setup->fixture), &error);

      g_assert_no_error (error);
      bytes += g_bytes_get_size (message);
    }
  report ("compose, read from the file", cpu_seconds () - begin, bytes);
}

static RungsLiquidValue
new_values (RungsArena *arena,
            int         i)
{
  g_autofree char *json = g_strdup_printf (
      "{ \"lead\": { \"first_name\": \"Ann%d\", \"email\": \"lead%d@example.com\","
      "  \"products\": [{ \"name\": \"Product A\" }] }, \"business\": { \"name\": \"Test\" },"
      "  \"product\": { \"name\": \"Product B\", \"price\": \"199.00 EUR\" } }",
      i, i);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  return rungs_liquid_from_json (node, arena);
}

static gsize
compose_in_memory (RungsMessageTemplate *template,
                   RungsLiquidValue      values,
                   int                   i)
{
  g_autofree char *message_id = g_strdup_printf ("%d.bench@shop.example", i);
  const RungsMessageFrame frame = { .business_name = "Test",
                                    .business_address = "Street 1\n12345 Town",
                                    .unsubscribe = "mailto:shop@shop.example?subject=unsubscribe" };
  RungsMime mime = { .from_name = "Test",
                     .from_email = "shop@shop.example",
                     .to_name = "Ann",
                     .to_email = "lead@example.com",
                     .message_id = message_id,
                     .unsubscribe = frame.unsubscribe };
  g_auto (RungsMessageContent)
    content = { NULL };
  g_autoptr (GBytes) message = NULL;

  g_assert_true (rungs_message_template_render (template, &frame, values, 0, NULL, &content, NULL));
  mime.subject = content.subject;
  mime.text = content.text;
  mime.html = content.html;
  message = rungs_mime_compose (&mime, NULL);
  return g_bytes_get_size (message);
}

static void
measure_in_memory (void)
{
  g_autofree char *blocks = rungs_message_blocks_from_text (TEXT);
  g_autoptr (RungsMessageTemplate) template =
      rungs_message_template_new (SUBJECT, "A place for {{ lead.first_name }}", blocks, NULL);
  double seconds = 0;
  gsize bytes = 0;

  for (int i = 0; i < MESSAGES; i++)
    {
      g_autoptr (RungsArena) arena = rungs_arena_new ();
      RungsLiquidValue values = new_values (arena, i);
      double begin = cpu_seconds ();

      bytes += compose_in_memory (template, values, i);
      seconds += cpu_seconds () - begin;
    }
  report ("compose, in memory", seconds, bytes);
}

int
main (void)
{
  Setup *setup = g_new0 (Setup, 1);
  g_autoptr (GError) error = NULL;

  setup->fixture = rungs_fixture_new ();
  rungs_db_write (setup->fixture->db, fill, setup, &error);
  g_assert_no_error (error);
  measure_in_memory ();
  measure_from_file (setup);
  rungs_fixture_free (setup->fixture);
  g_free (setup);
  return 0;
}
