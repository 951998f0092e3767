/* test-lead-found.c: where the words stand that were searched for. */

#include "leads/rungs-lead-found-store.h"

#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-note-store.h"
#include "rungs-fixture.h"

typedef struct
{
  const char *typed;
  const char *found; /* "PLACE:before[word]after|…" */
} Case;

static const Case CASES[] = {
  { "muller", "2:[Müller]" },
  { "ann@ex", "0:[ann@example].com" },
  { "fair", "6:…met at the [fair] in Ulm" },
  { "PRAGUE", "7:[Prague] it is" },
  { "mull prag", "2:[Müller]|7:[Prague] it is" },
  { "nobody", "" },
  { "\"", "" },
};

static char *
describe (GPtrArray *found)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const RungsLeadFound *one = g_ptr_array_index (found, i);

      g_string_append_printf (text, "%s%d:%s[%s]%s", i > 0 ? "|" : "", one->place, one->before,
                              one->word, one->after);
    }
  return g_string_free (text, FALSE);
}

static gint64
add_lead (RungsFixture *f)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  rungs_lead_set (lead, "email", "ann@example.com");
  rungs_lead_set (lead, "last_name", "Müller");
  rungs_lead_set (lead, "notes", "Writes with her hand on\nthe wall, and met at the fair in Ulm");
  id = rungs_lead_add (f->db, lead, "test", rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  rungs_lead_add_note (f->db, id, "Prague it is", rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  return id;
}

static void
test_places (RungsFixture *f,
             RungsDb      *db)
{
  gint64 lead = add_lead (f);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_auto (GStrv) parts = rungs_lead_search_words (CASES[i].typed);
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsSearchWords) words
          = rungs_search_words_new (db, (const char *const *) parts, &error);
      g_autoptr (GPtrArray) found
          = rungs_lead_found (db, lead, words, g_strv_length (parts), &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = describe (found);
      g_assert_cmpstr (text, ==, CASES[i].found);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/lead-found/places", test_places);
  return g_test_run ();
}
