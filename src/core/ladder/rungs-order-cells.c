/* rungs-order-cells.c: the values of one row of a file of orders, by what they say. */

#include "ladder/rungs-order-cells.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "ladder/rungs-order-amount.h"
#include "leads/rungs-import-heading.h"
#include "leads/rungs-import-value.h"

enum
{
  PAID = 1,
  GIVEN_BACK = 2,
};

/* How the sellers, and people in tables of their own, call it. */
static const char *const PAID_WORDS[] = {
  "Paid",        "Succeeded",    "Completed",     "Complete",          "Processing",
  "Fulfilled",   "Bezahlt",      "Abgeschlossen", "In Bearbeitung",    "Partially refunded",
  "Partially paid", "wc-completed", "wc-processing", "Teilweise erstattet", "Cleared",
};
static const char *const GIVEN_BACK_WORDS[] = {
  "Refunded", "wc-refunded", "Erstattet", "Rückerstattet", "Zurückgezahlt", "Reversed", "Returned",
};

/* The abbreviations that PayPal writes beside its dates, in hours east of UTC. */
static const struct
{
  const char *name;
  const char *offset;
} ZONES[] = {
  { "PST", "-08:00" },  { "PDT", "-07:00" },  { "MST", "-07:00" },  { "MDT", "-06:00" },
  { "CST", "-06:00" },  { "CDT", "-05:00" },  { "EST", "-05:00" },  { "EDT", "-04:00" },
  { "AKST", "-09:00" }, { "AKDT", "-08:00" }, { "HST", "-10:00" },  { "AST", "-04:00" },
  { "ADT", "-03:00" },  { "BRT", "-03:00" },  { "BST", "+01:00" },  { "WET", "+00:00" },
  { "WEST", "+01:00" }, { "CET", "+01:00" },  { "CEST", "+02:00" }, { "MEZ", "+01:00" },
  { "MESZ", "+02:00" }, { "EET", "+02:00" },  { "EEST", "+03:00" }, { "MSK", "+03:00" },
  { "JST", "+09:00" },  { "AEST", "+10:00" }, { "AEDT", "+11:00" }, { "NZST", "+12:00" },
  { "NZDT", "+13:00" }, { "GMT", "+00:00" },  { "UTC", "+00:00" },  { "Z", "+00:00" },
};

static void
learn (RungsOrderCells   *self,
       const char *const *words,
       gsize              n,
       int                meaning)
{
  for (gsize i = 0; i < n; i++)
    g_hash_table_insert (self->words, rungs_import_heading_fold (words[i]),
                         GINT_TO_POINTER (meaning));
}

void
rungs_order_cells_init (RungsOrderCells       *self,
                        const RungsOrderShape *shape,
                        GTimeZone             *zone,
                        const char            *currency,
                        gint64                 now)
{
  g_return_if_fail (self != NULL && shape != NULL && zone != NULL && currency != NULL);

  *self = (RungsOrderCells){ .shape = shape, .now = now };
  self->zone = g_time_zone_ref (zone);
  g_strlcpy (self->currency, currency, sizeof self->currency);
  self->shop = g_strdup ("");
  self->copies = g_string_chunk_new (4096);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_time_zone_unref);
  learn (self, PAID_WORDS, G_N_ELEMENTS (PAID_WORDS), PAID);
  learn (self, GIVEN_BACK_WORDS, G_N_ELEMENTS (GIVEN_BACK_WORDS), GIVEN_BACK);
}

void
rungs_order_cells_clear (RungsOrderCells *self)
{
  if (self->copies == NULL)
    return;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->shop, g_free);
  g_clear_pointer (&self->copies, g_string_chunk_free);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->zones, g_hash_table_unref);
}

void
rungs_order_cells_sample (RungsOrderCells     *self,
                          const RungsTableRow *row)
{
  static const RungsOrderField FIELDS[]
      = { RUNGS_ORDER_AT, RUNGS_ORDER_AT_2, RUNGS_ORDER_REFUNDED_AT, RUNGS_ORDER_PAID_UNTIL };

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      int column = self->shape->columns[FIELDS[i]];

      if (column >= 0 && (guint) column < row->n_fields
          && self->dates[FIELDS[i]] == RUNGS_DATE_EITHER)
        self->dates[FIELDS[i]] = rungs_import_date_tell_order (row->fields[column]);
    }
}

void
rungs_order_cells_set_row (RungsOrderCells     *self,
                           const RungsTableRow *row)
{
  g_string_chunk_clear (self->copies);
  self->row = row;
}

static gboolean
is_space (const char *text)
{
  gunichar c = g_utf8_get_char (text);

  return g_unichar_isspace (c) || g_unichar_iscntrl (c) || c == 0xa0;
}

/* Control characters within become spaces; an apostrophe before it, which keeps a spreadsheet
 * from reading or computing it, goes. */
static const char *
clean (RungsOrderCells *self,
       const char      *text)
{
  const char *end = text + strlen (text);
  char *copy;

  if (*text == '\'' && text[1] != '\0')
    text++;
  while (*text != '\0' && is_space (text))
    text = g_utf8_next_char (text);
  while (end > text && is_space (g_utf8_prev_char (end)))
    end = g_utf8_prev_char (end);
  copy = g_string_chunk_insert_len (self->copies, text, end - text);
  for (char *c = copy; *c != '\0'; c++)
    if ((guchar) *c < ' ' || *c == 0x7f)
      *c = ' ';
  return copy;
}

const char *
rungs_order_cells_get_column (RungsOrderCells *self,
                              int              column)
{
  if (column < 0 || (guint) column >= self->row->n_fields || *self->row->fields[column] == '\0')
    return "";
  return clean (self, self->row->fields[column]);
}

const char *
rungs_order_cells_get (RungsOrderCells *self,
                       RungsOrderField  field)
{
  return rungs_order_cells_get_column (self, self->shape->columns[field]);
}

gboolean
rungs_order_cells_says (RungsOrderCells *self,
                        RungsOrderField  field)
{
  return rungs_import_flag_parse (rungs_order_cells_get (self, field));
}

gboolean
rungs_order_cells_amount (RungsOrderCells *self,
                          RungsOrderField  field,
                          const char      *currency,
                          gint64           fallback,
                          gint64          *minor,
                          RungsOrderDraft *draft)
{
  const char *text = rungs_order_cells_get (self, field);

  *minor = fallback;
  if (*text == '\0' || rungs_order_amount_parse (text, currency, minor))
    return TRUE;
  rungs_order_draft_refuse (draft,
                            g_strdup_printf (_ ("“%s” is no amount of %s"), text, currency));
  return FALSE;
}

static GTimeZone *
make_zone (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (ZONES); i++)
    if (g_ascii_strcasecmp (ZONES[i].name, name) == 0)
      return g_time_zone_new_identifier (ZONES[i].offset);
  if (g_ascii_strncasecmp (name, "GMT", 3) == 0 || g_ascii_strncasecmp (name, "UTC", 3) == 0)
    return g_time_zone_new_identifier (name + 3);
  return rungs_time_zone_is_known (name) ? rungs_time_zone (name) : NULL;
}

/* The zone of that name; the business's where it is none. */
static GTimeZone *
find_zone (RungsOrderCells *self,
           const char      *name)
{
  GTimeZone *zone;

  if (*name == '\0')
    return self->zone;
  zone = g_hash_table_lookup (self->zones, name);
  if (zone != NULL)
    return zone;
  zone = make_zone (name);
  if (zone == NULL)
    zone = g_time_zone_ref (self->zone);
  g_hash_table_insert (self->zones, g_strdup (name), zone);
  return zone;
}

gboolean
rungs_order_cells_instant_of (RungsOrderCells *self,
                              RungsOrderField  field,
                              const char      *text,
                              gint64          *instant)
{
  g_autoptr (GTimeZone) utc = self->shape->is_utc[field] ? g_time_zone_new_utc () : NULL;
  GTimeZone *zone = utc ? utc : find_zone (self, rungs_order_cells_get (self, RUNGS_ORDER_ZONE));

  return *text != '\0' && rungs_import_date_parse (text, self->dates[field], zone, instant);
}

gboolean
rungs_order_cells_instant (RungsOrderCells *self,
                           RungsOrderField  field,
                           gint64          *instant)
{
  const char *day = rungs_order_cells_get (self, field);
  const char *time = rungs_order_cells_get (self, RUNGS_ORDER_TIME);
  g_autofree char *both = NULL;

  if (*time == '\0' || (field != RUNGS_ORDER_AT && field != RUNGS_ORDER_AT_2))
    return rungs_order_cells_instant_of (self, field, day, instant);
  both = g_strconcat (day, " ", time, NULL);
  return *day != '\0' && rungs_order_cells_instant_of (self, field, both, instant);
}

static int
lookup_status (RungsOrderCells *self)
{
  const char *status = rungs_order_cells_get (self, RUNGS_ORDER_STATUS);
  g_autofree char *folded = NULL;

  if (*status == '\0')
    return self->shape->columns[RUNGS_ORDER_STATUS] < 0
                   || self->shape->seller == RUNGS_SELLER_TABLE
               ? PAID
               : 0;
  folded = rungs_import_heading_fold (status);
  return GPOINTER_TO_INT (g_hash_table_lookup (self->words, folded));
}

gboolean
rungs_order_cells_is_paid (RungsOrderCells *self)
{
  return lookup_status (self) != 0;
}

gboolean
rungs_order_cells_is_given_back (RungsOrderCells *self)
{
  return lookup_status (self) == GIVEN_BACK;
}
