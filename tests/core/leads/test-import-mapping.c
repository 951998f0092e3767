/* test-import-mapping.c: what the headings of the common exporters become. */

#include "leads/rungs-import-mapping.h"

#include <string.h>

#include "base/rungs-error.h"
#include "tables/rungs-csv-reader.h"

typedef struct
{
  const char *file;
  const char *encoding;
  char delimiter;
  const char *mapped; /* HEADING=FIELD of the columns that have a value and are not ignored */
} Export;

static const Export EXPORTS[] = {
  { "activecampaign.csv", "ASCII", ',',
    "Email=email\nFirst Name=first_name\nLast Name=last_name\nPhone=phone\nAccount=company\n"
    "Date Created=created_at\nTags=tags\nEmail Status=status\nDog's name=field:dogs_name\n" },
  { "brevo.csv", "UTF-8", ';',
    "EMAIL=email\nLASTNAME=last_name\nFIRSTNAME=first_name\nSMS=phone\nDOUBLE_OPT-IN=status\n"
    "OPT_IN=status\nLANDLINE_NUMBER=field:landline_number\nCONTACT_TIMEZONE=zone\n"
    "JOB_TITLE=field:job_title\nEMAIL_BLACKLISTED=unsubscribed\nADDED_TIME=created_at\n" },
  { "google-contacts-2019.csv", "UTF-16LE", ',',
    "Name=full_name\nGiven Name=first_name\nFamily Name=last_name\nNotes=notes\n"
    "Group Membership=tags\nE-mail 1 - Value=email\nE-mail 2 - Value=field:e_mail_2_value\n"
    "Phone 1 - Value=phone\nAddress 1 - Street=street\nAddress 1 - City=city\n"
    "Address 1 - Postal Code=postcode\nAddress 1 - Country=country\nOrganization 1 - Name=company\n"
    "Organization 1 - Title=field:organization_1_title\n" },
  { "google-contacts.csv", "UTF-8", ',',
    "First Name=first_name\nLast Name=last_name\nOrganization Name=company\n"
    "Birthday=field:birthday\n"
    "Labels=tags\nE-mail 1 - Value=email\nE-mail 2 - Value=field:e_mail_2_value\n"
    "Phone 1 - Value=phone\nAddress 1 - Street=street\nAddress 1 - City=city\n"
    "Address 1 - Region=region\nAddress 1 - Postal Code=postcode\nAddress 1 - Country=country\n" },
  { "hubspot.csv", "UTF-8", ',',
    "First Name=first_name\nLast Name=last_name\nEmail=email\nPhone Number=phone\n"
    "Contact owner=field:contact_owner\nLead Status=field:lead_status\n"
    "Marketing contact status=field:marketing_contact_status\nCreate Date=created_at\n"
    "Company Name=company\nStreet Address=street\nCity=city\nState/Region=region\n"
    "Postal Code=postcode\nCountry/Region=country\nPreferred language=language\n"
    "Unsubscribed from all email=unsubscribed\nLifecycle Stage=field:lifecycle_stage\n"
    "Job Title=field:job_title\n" },
  { "mailchimp-subscribed.csv", "UTF-8", ',',
    "Email Address=email\nFirst Name=first_name\nLast Name=last_name\nAddress=street\n"
    "Phone Number=phone\nBirthday=field:birthday\nFavourite colour=field:favourite_colour\n"
    "OPTIN_TIME=created_at\nCONFIRM_TIME=consent_at\nTIMEZONE=zone\nCC=country\n"
    "REGION=region\nNOTES=notes\nTAGS=tags\n" },
  { "mailchimp-unsubscribed.csv", "ASCII", ',',
    "Email Address=email\nFirst Name=first_name\nLast Name=last_name\nOPTIN_TIME=created_at\n"
    "CONFIRM_TIME=consent_at\nCC=country\nREGION=region\nUNSUB_TIME=unsubscribed\nTAGS=tags\n" },
  { "outlook-german.csv", "WINDOWS-1252", ';',
    "Anrede=field:anrede\nVorname=first_name\nNachname=last_name\nFirma=company\n"
    "Straße geschäftlich=street\nOrt geschäftlich=city\nPostleitzahl geschäftlich=postcode\n"
    "Land/Region geschäftlich=country\nTelefon geschäftlich=phone\nKategorien=tags\n"
    "E-Mail-Adresse=email\n" },
  { "outlook.csv", "WINDOWS-1252", ',',
    "Title=field:title\nFirst Name=first_name\nLast Name=last_name\nCompany=company\n"
    "Home Street=street\nHome City=city\nHome Postal Code=postcode\nHome Country/Region=country\n"
    "Home Phone=field:home_phone\nMobile Phone=phone\nBirthday=field:birthday\nCategories=tags\n"
    "E-mail Address=email\nGender=field:gender\nNotes=notes\n" },
  { "shopify-customers.csv", "UTF-8", ',',
    "First Name=first_name\nLast Name=last_name\nEmail=email\nAccepts Email Marketing=status\n"
    "Default Address Company=company\nDefault Address Address1=street\n"
    "Default Address Address2=street_2\nDefault Address City=city\n"
    "Default Address Province Code=region\nDefault Address Country Code=country\n"
    "Default Address Zip=postcode\nDefault Address Phone=field:default_address_phone\nPhone=phone\n"
    "Total Spent=field:total_spent\nTotal Orders=field:total_orders\nNote=notes\n"
    "Tax Exempt=field:tax_exempt\nTags=tags\n" },
  { "woocommerce-customers.csv", "UTF-8", ',',
    "Name=full_name\nUsername=field:username\nLast Active=field:last_active\nSign Up=created_at\n"
    "Email=email\nOrders=field:orders\nTotal Spend=field:total_spend\nAOV=field:aov\n"
    "Country / Region=country\nCity=city\nRegion=region\nPostal Code=postcode\n" },
};

static GPtrArray *
read_headings (RungsCsvReader *reader)
{
  const RungsTableRow *row = rungs_csv_reader_next (reader, NULL, NULL);
  GPtrArray *headings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->n_fields; i++)
    g_ptr_array_add (headings, g_strdup (row->fields[i]));
  return headings;
}

static void
test_export (gconstpointer data)
{
  const Export *export = data;
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "tests", "data", "exports", export->file, NULL);
  g_autoptr (GError) error = NULL;
  RungsTextDecoder *decoder = rungs_text_decoder_open (path, NULL, &error);
  g_autoptr (RungsCsvReader) reader = NULL;
  g_autoptr (GPtrArray) headings = NULL;
  g_autofree guint *filled = NULL;
  g_autoptr (RungsImportMapping) mapping = NULL;
  g_autoptr (GString) mapped = g_string_new (NULL);
  const RungsTableRow *row;

  g_assert_no_error (error);
  reader = rungs_csv_reader_new (decoder, 0, &error);
  g_assert_no_error (error);
  headings = read_headings (reader);
  filled = g_new0 (guint, headings->len);
  while ((row = rungs_csv_reader_next (reader, NULL, &error)) != NULL)
    {
      g_assert_null (row->problem);
      g_assert_cmpuint (row->n_fields, ==, headings->len);
      for (guint i = 0; i < row->n_fields; i++)
        filled[i] += *row->fields[i] != '\0';
    }
  g_assert_no_error (error);

  mapping =
      rungs_import_mapping_guess ((const char *const *) headings->pdata, headings->len, filled);
  for (guint i = 0; i < headings->len; i++)
    {
      const RungsImportColumn *column = rungs_import_mapping_get_column (mapping, i);
      g_autofree char *field = rungs_import_column_dup_field (column);

      if (column->target != RUNGS_IMPORT_IGNORE && filled[i] > 0)
        g_string_append_printf (mapped, "%s=%s\n", column->heading, field);
    }
  g_assert_cmpstr (mapped->str, ==, export->mapped);
  g_assert_cmpstr (rungs_text_decoder_get_encoding (decoder), ==, export->encoding);
  g_assert_cmpint (rungs_csv_reader_get_delimiter (reader), ==, export->delimiter);
  g_assert_true (rungs_import_mapping_check (mapping, NULL));
}

/* Headings, and what they become, in one line each. */
static const char *const LISTS[][2] = {
  { "E-Mail;Vorname;Name;PLZ;Ort", "email;first_name;last_name;postcode;city" },
  { "Name;E-Mail", "full_name;email" },
  { "email;Email;E-MAIL", "email;field:email_2;field:e_mail" },
  { "Straße;Hausnummer;Telefon (privat)", "street;street_2;phone" },
  { "billing_first_name;billing_email;billing_postcode;user_email",
    "first_name;field:billing_email;postcode;email" },
  { "Work Phone;Mobile Phone;Phone", "field:work_phone;field:mobile_phone;phone" },
  { ";;Email", "field:column_1;field:column_2;email" },
  { "2nd dog;Имя;Email", "field:2nd_dog;field:column_2;email" },
  { "Email;Line;Reason", "email;ignore;ignore" },
  { "Line;Email;Reason", "field:line;email;field:reason" },
  { "Tags;Labels;Newsletter;Status", "tags;tags;status;status" },
  { "E-mail 2 - Label;Phone 3 - Type;Address 1 - Label;Email type", "ignore;ignore;ignore;ignore" },
};

static char *
fields_of (const RungsImportMapping *mapping)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    g_ptr_array_add (fields,
                     rungs_import_column_dup_field (rungs_import_mapping_get_column (mapping, i)));
  g_ptr_array_add (fields, NULL);
  return g_strjoinv (";", (char **) fields->pdata);
}

static RungsImportMapping *
guess (const char *list)
{
  g_auto (GStrv) headings = g_strsplit (list, ";", -1);

  return rungs_import_mapping_guess ((const char *const *) headings, g_strv_length (headings),
                                     NULL);
}

static void
test_lists (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LISTS); i++)
    {
      g_autoptr (RungsImportMapping) mapping = guess (LISTS[i][0]);
      g_autofree char *fields = fields_of (mapping);

      g_assert_cmpstr (fields, ==, LISTS[i][1]);
    }
}

static void
test_many_columns (void)
{
  g_autoptr (GString) list = g_string_new ("Email");
  g_autoptr (RungsImportMapping) mapping = NULL;
  guint fields = 0;

  for (int i = 0; i < 10000; i++)
    g_string_append_printf (list, ";Column %d", i);
  mapping = guess (list->str);
  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    fields += rungs_import_mapping_get_column (mapping, i)->target == RUNGS_IMPORT_FIELD;
  g_assert_cmpuint (fields, ==, 200);
}

static void
test_set (void)
{
  g_autoptr (RungsImportMapping) mapping = guess ("Email;Other mail;Pet");
  g_autoptr (RungsImportMapping) copy = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *json = NULL;

  g_assert_true (rungs_import_mapping_set_by_heading (mapping, "OTHER MAIL=email", NULL));
  g_assert_true (rungs_import_mapping_set_by_heading (mapping, "Pet=field:Dog Name", NULL));
  fields = fields_of (mapping);
  g_assert_cmpstr (fields, ==, "field:email;email;field:dog_name");

  copy = rungs_import_mapping_copy (mapping);
  g_assert_true (rungs_import_mapping_set (copy, 0, "ignore", NULL));
  json = rungs_import_mapping_to_json (copy);
  g_assert_cmpstr (json, ==, "[[\"Other mail\",\"email\"],[\"Pet\",\"field:dog_name\"]]");
  g_assert_cmpint (rungs_import_mapping_find (mapping, RUNGS_IMPORT_EMAIL), ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (RungsImportMapping) mapping = guess ("Email;Name");
  GError *error = NULL;

  g_assert_false (rungs_import_mapping_set_by_heading (mapping, "Emal=email", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (rungs_import_mapping_set_by_heading (mapping, "Email=mail_address", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_import_mapping_set_by_heading (mapping, "Email", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (rungs_import_mapping_set (mapping, 0, "ignore", NULL));
  g_assert_false (rungs_import_mapping_check (mapping, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (EXPORTS); i++)
    {
      g_autofree char *path = g_strconcat ("/import-mapping/exports/", EXPORTS[i].file, NULL);

      g_test_add_data_func (path, &EXPORTS[i], test_export);
    }
  g_test_add_func ("/import-mapping/lists", test_lists);
  g_test_add_func ("/import-mapping/many-columns", test_many_columns);
  g_test_add_func ("/import-mapping/set", test_set);
  g_test_add_func ("/import-mapping/refused", test_refused);
  return g_test_run ();
}
