/* rungs-choice-lists.c: the time zones and the currencies that a row can be filled with. */

#include <langinfo.h>

#include "base/rungs-money.h"
#include "widgets/rungs-choice-row.h"

#define ZONES "/usr/share/zoneinfo/tzdata.zi"
#define COUNTRIES "/usr/share/zoneinfo/iso3166.tab"
#define COUNTRIES_OF_ZONES "/usr/share/zoneinfo/zone.tab"

/* The codes of ISO 4217 in which most small businesses sell. */
static const char *const CURRENCIES[] = {
  "EUR", "USD", "GBP", "CHF", "AED", "ARS", "AUD", "BDT", "BGN", "BHD", "BRL", "CAD", "CLP", "CNY",
  "COP", "CZK", "DKK", "EGP", "GEL", "GHS", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY",
  "KES", "KRW", "KWD", "KZT", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "OMR", "PEN", "PHP", "PKR",
  "PLN", "QAR", "RON", "RSD", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "UYU", "VND",
  "ZAR",
};

/* Whether a name is one that people know: Region/City. */
static gboolean
is_offered (const char *name)
{
  return strchr (name, '/') != NULL && !g_str_has_prefix (name, "Etc/")
         && !g_str_has_prefix (name, "SystemV/") && !g_str_has_prefix (name, "US/");
}

static char **
read_lines (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    text = g_strdup ("");
  return g_strsplit (text, "\n", -1);
}

/* A table of two of the columns that stand in a file, parted by tabs. */
static GHashTable *
read_columns (const char *path,
              guint       key,
              guint       value)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = read_lines (path);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      if (*lines[i] != '#' && g_strv_length (columns) > MAX (key, value))
        g_hash_table_insert (table, g_strdup (columns[key]), g_strdup (columns[value]));
    }
  return table;
}

/* Zones and the names of their countries. */
static GHashTable *
read_countries (void)
{
  g_autoptr (GHashTable) names = read_columns (COUNTRIES, 0, 1);
  GHashTable *countries = read_columns (COUNTRIES_OF_ZONES, 2, 0);
  GHashTableIter iter;
  const char *code = NULL;

  g_hash_table_iter_init (&iter, countries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &code))
    {
      const char *name = g_hash_table_lookup (names, code);

      g_hash_table_iter_replace (&iter, g_strdup (name != NULL ? name : code));
    }
  return countries;
}

/* "America/Argentina/Buenos_Aires" is "Buenos Aires, Argentina (America/Argentina)": found by the
 * name of the city, of the country and of the region. */
static char *
label_of (const char *zone,
          GHashTable *countries)
{
  const char *city = strrchr (zone, '/') + 1;
  const char *country = g_hash_table_lookup (countries, zone);
  g_autofree char *region = g_strndup (zone, city - 1 - zone);
  char *label = country != NULL ? g_strdup_printf ("%s, %s (%s)", city, country, region)
                                : g_strdup_printf ("%s (%s)", city, region);

  return g_strdelimit (label, "_", ' ');
}

/* A line of the table: "Z NAME …" is a zone, "L TARGET NAME" another name of one, all else are
 * rules. */
static void
read_line (const char *line,
           GHashTable *countries,
           GTree      *zones)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 4);
  guint n = g_strv_length (parts);
  const char *name = NULL;

  if (n >= 2 && g_str_equal (parts[0], "Z"))
    name = parts[1];
  else if (n >= 3 && g_str_equal (parts[0], "L"))
    name = parts[2];
  if (name != NULL && is_offered (name))
    g_tree_replace (zones, label_of (name, countries), g_strdup (name));
}

static int
compare_labels (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  return g_utf8_collate (a, b);
}

static gboolean
add_zone (gpointer label,
          gpointer zone,
          gpointer row)
{
  rungs_choice_row_add (row, zone, label);
  return FALSE;
}

void
rungs_choice_row_add_zones (RungsChoiceRow *self)
{
  g_autoptr (GTree) zones = g_tree_new_full (compare_labels, NULL, g_free, g_free);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *zone = g_time_zone_get_identifier (local);
  g_auto (GStrv) lines = read_lines (ZONES);
  g_autoptr (GHashTable) countries = read_countries ();

  g_return_if_fail (RUNGS_IS_CHOICE_ROW (self));

  for (guint i = 0; lines[i] != NULL; i++)
    read_line (lines[i], countries, zones);
  rungs_choice_row_add (self, "UTC", "UTC");
  g_tree_foreach (zones, add_zone, self);
  rungs_choice_row_set_value (self, g_str_has_prefix (zone, "Etc/U") ? "UTC" : zone);
}

void
rungs_choice_row_add_currencies (RungsChoiceRow *self)
{
  /* "-EUR": the sign says where the symbol stands. */
  const char *local = nl_langinfo (CRNCYSTR);
  g_autofree char *code = strlen (local) > 3 ? g_strndup (local + 1, 3) : g_strdup ("EUR");

  g_return_if_fail (RUNGS_IS_CHOICE_ROW (self));

  for (guint i = 0; i < G_N_ELEMENTS (CURRENCIES); i++)
    rungs_choice_row_add (self, CURRENCIES[i], CURRENCIES[i]);
  rungs_choice_row_set_value (self, rungs_currency_is_valid (code) ? code : "EUR");
}
