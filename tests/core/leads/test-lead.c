/* test-lead.c: what a lead holds, and how it is called. */

#include "leads/rungs-lead.h"

static void
test_texts (void)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (RungsLead) copy = NULL;

  g_assert_cmpstr (rungs_lead_get (lead, "email"), ==, "");
  g_assert_null (lead->email);
  g_assert_null (rungs_lead_get (lead, "score"));
  g_assert_false (rungs_lead_set (lead, "id", "7"));

  g_assert_true (rungs_lead_set (lead, "first_name", "  Ann\r\nBcc: x  "));
  g_assert_cmpstr (lead->first_name, ==, "Ann  Bcc: x");
  g_assert_true (rungs_lead_set (lead, "notes", " one\ntwo "));
  g_assert_cmpstr (lead->notes, ==, "one\ntwo");
  g_assert_true (rungs_lead_set (lead, "email", "ann@example.com"));
  copy = rungs_lead_copy (lead);
  g_assert_true (rungs_lead_set (lead, "email", "  "));
  g_assert_null (lead->email);
  g_assert_true (rungs_lead_set (lead, "notes", NULL));
  g_assert_cmpstr (lead->notes, ==, "");

  g_assert_cmpstr (copy->email, ==, "ann@example.com");
  g_assert_cmpstr (copy->notes, ==, "one\ntwo");
}

static void
test_every_column (void)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  guint n = 0;

  for (const char *const *column = rungs_lead_columns (); *column != NULL; column++, n++)
    {
      g_assert_true (rungs_lead_set (lead, *column, *column));
      g_assert_cmpstr (rungs_lead_get (lead, *column), ==, *column);
    }
  g_assert_cmpuint (n, ==, 13);
  g_assert_cmpstr (lead->postcode, ==, "postcode");
  g_assert_cmpstr (lead->zone, ==, "zone");
}

typedef struct
{
  const char *first, *last, *company, *email, *phone;
  const char *name;
} NameCase;

static const NameCase NAMES[] = {
  { "Ann", "Smith", "Acme", "a@b.de", "1", "Ann Smith" },
  { "Ann", "", "Acme", "a@b.de", "1", "Ann" },
  { "", "Smith", "Acme", "a@b.de", "1", "Smith" },
  { "", "", "Acme", "a@b.de", "1", "Acme" },
  { "", "", "", "a@b.de", "1", "a@b.de" },
  { "", "", "", "", "030 1", "030 1" },
  { "", "", "", "", "", "" },
};

static void
test_names (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_new ();
      g_autofree char *name = NULL;

      rungs_lead_set (lead, "first_name", NAMES[i].first);
      rungs_lead_set (lead, "last_name", NAMES[i].last);
      rungs_lead_set (lead, "company", NAMES[i].company);
      rungs_lead_set (lead, "email", NAMES[i].email);
      rungs_lead_set (lead, "phone", NAMES[i].phone);
      name = rungs_lead_dup_name (lead);
      g_assert_cmpstr (name, ==, NAMES[i].name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead/texts", test_texts);
  g_test_add_func ("/lead/every-column", test_every_column);
  g_test_add_func ("/lead/names", test_names);
  return g_test_run ();
}
