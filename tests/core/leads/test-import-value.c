/* test-import-value.c: dates, statuses, names and tags as exporters write them. */

#include "leads/rungs-import-value.h"

#include <string.h>

#include "base/rungs-time.h"
#include "leads/rungs-import-date.h"

typedef struct
{
  const char *text;
  RungsDateOrder order;
  const char *expected; /* NULL: no date */
} DateCase;

static const DateCase DATES[] = {
  { "2021-03-04 09:15:22", RUNGS_DATE_EITHER, "2021-03-04T08:15:22Z" }, /* Mailchimp, Berlin */
  { "2021-07-04 09:15:22", RUNGS_DATE_EITHER, "2021-07-04T07:15:22Z" },
  { "2024-03-12 09:14", RUNGS_DATE_EITHER, "2024-03-12T08:14:00Z" }, /* HubSpot */
  { "2024-03-12", RUNGS_DATE_EITHER, "2024-03-11T23:00:00Z" },
  { "2024-03-12T09:14:05Z", RUNGS_DATE_EITHER, "2024-03-12T09:14:05Z" },
  { "2024-03-12T09:14:05.250Z", RUNGS_DATE_EITHER, "2024-03-12T09:14:05.250Z" },
  { "2024-03-12T09:14:05+0530", RUNGS_DATE_EITHER, "2024-03-12T03:44:05Z" },
  { "2019-06-30T10:44:34-05:00", RUNGS_DATE_EITHER, "2019-06-30T15:44:34Z" },
  { "2024-03-12 09:14:05 UTC", RUNGS_DATE_EITHER, "2024-03-12T09:14:05Z" },
  { "2024-03-12 09:14:05 +0000", RUNGS_DATE_EITHER, "2024-03-12T09:14:05Z" },
  { "12-04-2022 09:30:00", RUNGS_DATE_EITHER, "2022-04-12T07:30:00Z" }, /* Brevo */
  { "12.04.2022", RUNGS_DATE_EITHER, "2022-04-11T22:00:00Z" },
  { "1.2.22 8:05", RUNGS_DATE_EITHER, "2022-02-01T07:05:00Z" },
  { "03/12/2024 2:30 PM", RUNGS_DATE_EITHER, "2024-03-12T13:30:00Z" },
  { "03/12/2024 12:05 am", RUNGS_DATE_EITHER, "2024-03-11T23:05:00Z" },
  { "03/12/2024", RUNGS_DATE_DAY_FIRST, "2024-12-02T23:00:00Z" },
  { "25/12/2023", RUNGS_DATE_EITHER, "2023-12-24T23:00:00Z" },
  { "12/25/2023", RUNGS_DATE_DAY_FIRST, "2023-12-24T23:00:00Z" },
  { "Mar 12, 2024", RUNGS_DATE_EITHER, "2024-03-11T23:00:00Z" },
  { "March 12, 2024 9:14 am", RUNGS_DATE_EITHER, "2024-03-12T08:14:00Z" },
  { "Tue, 12 Mar 2024 09:14:05 GMT", RUNGS_DATE_EITHER, "2024-03-12T09:14:05Z" },
  { "12. März 2024", RUNGS_DATE_EITHER, "2024-03-11T23:00:00Z" },
  { "12. Dezember 2024 um 18:00 Uhr", RUNGS_DATE_EITHER, "2024-12-12T17:00:00Z" },
  { "3 août 2020", RUNGS_DATE_EITHER, "2020-08-02T22:00:00Z" },
  { "20240312", RUNGS_DATE_EITHER, "2024-03-11T23:00:00Z" },
  { "20240312091405", RUNGS_DATE_EITHER, "2024-03-12T08:14:05Z" },
  { "1710234845", RUNGS_DATE_EITHER, "2024-03-12T09:14:05Z" },
  { "1710234845250", RUNGS_DATE_EITHER, "2024-03-12T09:14:05.250Z" },
  { " '2024-03-12T09:14:05Z ", RUNGS_DATE_EITHER, "2024-03-12T09:14:05Z" },
  { "29.02.2024", RUNGS_DATE_EITHER, "2024-02-28T23:00:00Z" },
  { "29.02.2023", RUNGS_DATE_EITHER, NULL },
  { "0000-00-00 00:00:00", RUNGS_DATE_EITHER, NULL },
  { "0/0/00", RUNGS_DATE_EITHER, NULL },
  { "31/31/2000", RUNGS_DATE_EITHER, NULL },
  { "1899-12-31", RUNGS_DATE_EITHER, NULL },
  { "2024-03-12 25:00", RUNGS_DATE_EITHER, NULL },
  { "2024-03-12 nonsense", RUNGS_DATE_EITHER, NULL },
  { "04/12", RUNGS_DATE_EITHER, NULL },
  { "yesterday", RUNGS_DATE_EITHER, NULL },
  { "12345", RUNGS_DATE_EITHER, NULL },
  { "99999999999999999999", RUNGS_DATE_EITHER, NULL },
  { "", RUNGS_DATE_EITHER, NULL },
};

static void
test_dates (void)
{
  g_autoptr (GTimeZone) berlin = rungs_time_zone ("Europe/Berlin");

  for (gsize i = 0; i < G_N_ELEMENTS (DATES); i++)
    {
      gint64 instant;
      g_autofree char *got = NULL;

      if (rungs_import_date_parse (DATES[i].text, DATES[i].order, berlin, &instant))
        got = rungs_time_format (instant);
      if (g_strcmp0 (got, DATES[i].expected) != 0)
        g_test_message ("%s", DATES[i].text);
      g_assert_cmpstr (got, ==, DATES[i].expected);
    }
}

static void
test_order (void)
{
  g_assert_cmpint (rungs_import_date_tell_order ("25/12/2023"), ==, RUNGS_DATE_DAY_FIRST);
  g_assert_cmpint (rungs_import_date_tell_order ("12/25/2023"), ==, RUNGS_DATE_MONTH_FIRST);
  g_assert_cmpint (rungs_import_date_tell_order ("11/12/2023"), ==, RUNGS_DATE_EITHER);
  g_assert_cmpint (rungs_import_date_tell_order ("2023-12-25"), ==, RUNGS_DATE_EITHER);
  g_assert_cmpint (rungs_import_date_tell_order ("Mar 25, 2023"), ==, RUNGS_DATE_EITHER);
  g_assert_cmpint (rungs_import_date_tell_order (""), ==, RUNGS_DATE_EITHER);
}

static void
test_status (void)
{
  static const struct
  {
    const char *text;
    RungsImportStatus status;
  } CASES[] = {
    { "", RUNGS_STATUS_UNKNOWN },
    { "yes", RUNGS_STATUS_SUBSCRIBED },
    { "TRUE", RUNGS_STATUS_SUBSCRIBED },
    { "Active", RUNGS_STATUS_SUBSCRIBED },
    { "Opted-in", RUNGS_STATUS_SUBSCRIBED },
    { "Bestätigt", RUNGS_STATUS_SUBSCRIBED },
    { "no", RUNGS_STATUS_NOT_SUBSCRIBED },
    { "Unconfirmed", RUNGS_STATUS_NOT_SUBSCRIBED },
    { "Non-Subscribed", RUNGS_STATUS_NOT_SUBSCRIBED },
    { "Unsubscribed", RUNGS_STATUS_UNSUBSCRIBED },
    { "opted out", RUNGS_STATUS_UNSUBSCRIBED },
    { "Abgemeldet", RUNGS_STATUS_UNSUBSCRIBED },
    { "cleaned", RUNGS_STATUS_BOUNCED },
    { "Bounced", RUNGS_STATUS_BOUNCED },
    { "Marked as spam", RUNGS_STATUS_COMPLAINED },
    { "Gold", RUNGS_STATUS_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_assert_cmpint (rungs_import_status_parse (CASES[i].text), ==, CASES[i].status);

  g_assert_cmpint (rungs_import_status_of_file ("cleaned_email_audience_export_1.csv"), ==,
                   RUNGS_STATUS_BOUNCED);
  g_assert_cmpint (rungs_import_status_of_file ("unsubscribed_email_audience_export_1.csv"), ==,
                   RUNGS_STATUS_UNSUBSCRIBED);
  g_assert_cmpint (rungs_import_status_of_file ("subscribed_email_audience_export_1.csv"), ==,
                   RUNGS_STATUS_UNKNOWN);
}

static void
test_flags (void)
{
  static const char *const YES[] = { "yes", "1", "true", "2022-09-09 21:00:01", "Unsubscribed" };
  static const char *const NO[] = { "", "no", "0", "FALSE", "0000-00-00 00:00:00", " " };

  for (gsize i = 0; i < G_N_ELEMENTS (YES); i++)
    g_assert_true (rungs_import_flag_parse (YES[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (NO); i++)
    g_assert_false (rungs_import_flag_parse (NO[i]));
}

static void
test_names (void)
{
  static const char *const CASES[][3] = {
    { "Anna Müller", "Anna", "Müller" },
    { "Anna Maria Müller", "Anna Maria", "Müller" },
    { "Müller, Anna Maria", "Anna Maria", "Müller" },
    { "Ludwig van Beethoven", "Ludwig", "van Beethoven" },
    { "Zoë van der Berg", "Zoë", "van der Berg" },
    { "Frau Ada Lovelace", "Ada", "Lovelace" },
    { "  Guest ", "Guest", "" },
    { "", "", "" },
    { ",", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;

      rungs_import_split_name (CASES[i][0], &first, &last);
      g_assert_cmpstr (first, ==, CASES[i][1]);
      g_assert_cmpstr (last, ==, CASES[i][2]);
    }
}

static void
test_tags (void)
{
  static const char *const CASES[][2] = {
    { "", "" },
    { "VIP", "VIP" },
    { "a, b;c|d , ", "a/b/c/d" },
    { "\"VIP\",\"Newsletter\"", "VIP/Newsletter" },
    { "\"VIP\",\"Workshop, autumn\"", "VIP/Workshop autumn" },
    { "\"not closed, ever", "not closed ever" },
    { "Design ::: * myContacts ::: * starred", "Design" },
    { "* myContacts", "" },
    { "kunde\nneu", "kunde/neu" },
  };
  g_autoptr (GString) tag = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const char *at = CASES[i][0];
      g_autoptr (GString) all = g_string_new (NULL);

      while (rungs_import_next_tag (&at, tag))
        g_string_append_printf (all, "%s%s", all->len > 0 ? "/" : "", tag->str);
      g_assert_cmpstr (all->str, ==, CASES[i][1]);
    }
}

static void
test_long_tag (void)
{
  g_autofree char *text = g_strnfill (99, 'x');
  g_autofree char *longer = g_strconcat (text, "ürgen", NULL);
  g_autoptr (GString) tag = g_string_new (NULL);
  const char *at = longer;

  g_assert_true (rungs_import_next_tag (&at, tag));
  g_assert_cmpstr (tag->str, ==, text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-value/dates", test_dates);
  g_test_add_func ("/import-value/order", test_order);
  g_test_add_func ("/import-value/status", test_status);
  g_test_add_func ("/import-value/flags", test_flags);
  g_test_add_func ("/import-value/names", test_names);
  g_test_add_func ("/import-value/tags", test_tags);
  g_test_add_func ("/import-value/long-tag", test_long_tag);
  return g_test_run ();
}
