/* rungs-vcard-reader.c: address cards as the rows of a table.
 *
 * There is no library to lean on: that of Evolution brings its whole data server along, and
 * libical's in Debian is of 1997 and knows no version after 2.1.
 *
 * A card can have several addresses, telephones and places. The preferred one leads, and the next
 * two have columns of their own. The name is taken from N, and from FN where N says nothing. What
 * Rungs exports and a card has no property for is X-RUNGS-NAME, and a column of that name. */

#include "tables/rungs-vcard-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tables/rungs-table-rows.h"
#include "tables/rungs-vcard-parser.h"

/* More columns of X-RUNGS- are left out. */
#define COLUMNS_MAX 256

/* The columns that every file can have. */
enum
{
  EMAIL,
  EMAIL_2,
  EMAIL_3,
  FIRST_NAME,
  LAST_NAME,
  FULL_NAME,
  COMPANY,
  JOB_TITLE,
  PHONE,
  PHONE_2,
  PHONE_3,
  STREET,
  POSTCODE,
  CITY,
  REGION,
  COUNTRY,
  LANGUAGE,
  ZONE,
  BIRTHDAY,
  WEBSITE,
  NOTES,
  TAGS,
  UID,
  N_FIXED,
};

static const char *const HEADINGS[N_FIXED] = {
  "E-mail",    "E-mail 2",    "E-mail 3",    "First name", "Last name", "Full name",
  "Company",   "Job title",   "Telephone",   "Telephone 2", "Telephone 3", "Street",
  "Postcode",  "City",        "Region",      "Country",    "Language",  "Time zone",
  "Birthday",  "Website",     "Notes",       "Tags",       "UID",
};

typedef struct
{
  char *path;              /* (owned) */
  char *encoding;          /* (owned) (nullable) */
  RungsVcardParser *parser; /* (owned) */
  RungsTableRows *rows;    /* (owned) */
  GPtrArray *headings;     /* (owned) (element-type utf8): the fixed ones, then those of X-RUNGS- */
  GArray *used;            /* (owned) (element-type gint): the place of each column; -1: not used */
  GPtrArray *values;       /* (owned) (element-type GString) of the card */
  gboolean has_address;    /* of a place */
  gboolean in_card;
  guint depth;             /* cards within the card */
  gboolean has_headings;   /* told */
} VcardReader;

static GString *
value_at (VcardReader *self,
          guint        column)
{
  while (self->values->len <= column)
    g_ptr_array_add (self->values, g_string_new (NULL));
  return g_ptr_array_index (self->values, column);
}

static void
begin_card (VcardReader *self,
            gint64       line)
{
  for (guint i = 0; i < self->values->len; i++)
    g_string_truncate (value_at (self, i), 0);
  self->in_card = TRUE;
  self->has_address = FALSE;
  rungs_table_rows_begin (self->rows, line);
}

static void
append_all (GString    *to,
            const char *value)
{
  rungs_vcard_next_part (&value, '\0', to);
}

/* A value of which there can be three: a preferred one goes before those that are there. */
static void
add_one_of_three (VcardReader              *self,
                  guint                     column,
                  const RungsVcardProperty *property)
{
  g_autoptr (GString) value = g_string_new (NULL);
  guint place = column;

  append_all (value, property->value);
  if (g_ascii_strncasecmp (value->str, "mailto:", 7) == 0)
    g_string_erase (value, 0, 7);
  else if (g_ascii_strncasecmp (value->str, "tel:", 4) == 0)
    g_string_erase (value, 0, 4);
  if (value->len == 0)
    return;
  while (place < column + 2 && value_at (self, place)->len > 0)
    place++;
  for (; property->is_preferred && place > column; place--)
    g_string_assign (value_at (self, place), value_at (self, place - 1)->str);
  if (place == column + 2 && value_at (self, place)->len > 0)
    return;
  g_string_assign (value_at (self, place), value->str);
}

static void
add_name (VcardReader *self,
          const char  *value)
{
  g_autoptr (GString) middle = g_string_new (NULL);
  GString *first = value_at (self, FIRST_NAME);

  g_string_truncate (value_at (self, LAST_NAME), 0);
  g_string_truncate (first, 0);
  if (rungs_vcard_next_part (&value, ';', value_at (self, LAST_NAME))
      && rungs_vcard_next_part (&value, ';', first))
    rungs_vcard_next_part (&value, ';', middle);
  if (middle->len > 0)
    g_string_append_printf (first, "%s%s", first->len > 0 ? " " : "", middle->str);
}

/* Post box, what belongs to the street, street, city, region, postcode, country. */
static void
add_address (VcardReader              *self,
             const RungsVcardProperty *property)
{
  static const guint COLUMNS[] = { STREET, CITY, REGION, POSTCODE, COUNTRY };
  g_autoptr (GString) box = g_string_new (NULL);
  g_autoptr (GString) more = g_string_new (NULL);
  const char *at = property->value;

  if (self->has_address && !property->is_preferred)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    g_string_truncate (value_at (self, COLUMNS[i]), 0);
  rungs_vcard_next_part (&at, ';', box);
  rungs_vcard_next_part (&at, ';', more);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      rungs_vcard_next_part (&at, ';', value_at (self, COLUMNS[i]));
      self->has_address |= value_at (self, COLUMNS[i])->len > 0;
    }
  if (more->len > 0)
    g_string_append_printf (value_at (self, STREET), "%s%s",
                            value_at (self, STREET)->len > 0 ? ", " : "", more->str);
  if (value_at (self, STREET)->len == 0)
    g_string_assign (value_at (self, STREET), box->str);
}

/* "19800301" and "1980-03-01T00:00:00Z" as "1980-03-01". */
static void
add_birthday (VcardReader *self,
              const char  *value)
{
  GString *day = value_at (self, BIRTHDAY);
  gsize digits = strspn (value, "0123456789");

  g_string_assign (day, value);
  if (digits == 8 && (value[8] == '\0' || value[8] == 'T'))
    g_string_printf (day, "%.4s-%.2s-%.2s", value, value + 4, value + 6);
  else if (digits == 4 && strlen (value) > 10 && value[10] == 'T')
    g_string_truncate (day, 10);
}

static void
add_tags (VcardReader *self,
          const char  *value)
{
  GString *tags = value_at (self, TAGS);
  g_autoptr (GString) tag = g_string_new (NULL);

  while (rungs_vcard_next_part (&value, ',', tag))
    {
      if (tag->len > 0)
        g_string_append_printf (tags, "%s%s", tags->len > 0 ? ", " : "", tag->str);
      g_string_truncate (tag, 0);
    }
}

/* The column of "X-RUNGS-DOGS-NAME", "dogs name". */
static void
add_own (VcardReader              *self,
         const RungsVcardProperty *property)
{
  g_autofree char *heading = g_ascii_strdown (property->name + strlen ("X-RUNGS-"), -1);
  guint column = N_FIXED;

  g_strdelimit (heading, "-", ' ');
  while (column < self->headings->len
         && strcmp (g_ptr_array_index (self->headings, column), heading) != 0)
    column++;
  if (column == COLUMNS_MAX || *heading == '\0')
    return;
  if (column == self->headings->len)
    g_ptr_array_add (self->headings, g_steal_pointer (&heading));
  append_all (value_at (self, column), property->value);
}

/* A text of which there is one; of several the first. */
static void
add_text (VcardReader *self,
          guint        column,
          const char  *value)
{
  if (value_at (self, column)->len == 0)
    append_all (value_at (self, column), value);
}

static void
add_plain (VcardReader              *self,
           const RungsVcardProperty *property)
{
  static const struct
  {
    const char *name;
    guint column;
  } TEXTS[] = {
    { "FN", FULL_NAME }, { "TITLE", JOB_TITLE }, { "LANG", LANGUAGE },
    { "TZ", ZONE },      { "URL", WEBSITE },     { "UID", UID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    if (strcmp (property->name, TEXTS[i].name) == 0)
      add_text (self, TEXTS[i].column, property->value);
}

static void
add_property (VcardReader              *self,
              const RungsVcardProperty *property)
{
  const char *name = property->name;
  const char *value = property->value;

  if (property->is_binary)
    return;
  if (strcmp (name, "EMAIL") == 0)
    add_one_of_three (self, EMAIL, property);
  else if (strcmp (name, "TEL") == 0 && !property->is_fax)
    add_one_of_three (self, PHONE, property);
  else if (strcmp (name, "N") == 0)
    add_name (self, value);
  else if (strcmp (name, "ORG") == 0 && value_at (self, COMPANY)->len == 0)
    rungs_vcard_next_part (&value, ';', value_at (self, COMPANY));
  else if (strcmp (name, "ADR") == 0)
    add_address (self, property);
  else if (strcmp (name, "BDAY") == 0)
    add_birthday (self, value);
  else if (strcmp (name, "CATEGORIES") == 0)
    add_tags (self, value);
  else if (strcmp (name, "NOTE") == 0)
    {
      GString *notes = value_at (self, NOTES);

      g_string_append (notes, notes->len > 0 ? "\n" : "");
      append_all (notes, value);
    }
  else if (g_str_has_prefix (name, "X-RUNGS-"))
    add_own (self, property);
  else
    add_plain (self, property);
}

static void
end_card (VcardReader *self)
{
  if (value_at (self, FIRST_NAME)->len + value_at (self, LAST_NAME)->len > 0)
    g_string_truncate (value_at (self, FULL_NAME), 0);
  self->in_card = FALSE;
  self->depth = 0;
}

/* Gives the card to the rows, each value where its column stands. */
static void
put_card (VcardReader *self)
{
  for (guint i = 0; i < self->values->len && i < self->used->len; i++)
    {
      const GString *value = value_at (self, i);
      gint place = g_array_index (self->used, gint, i);

      if (place >= 0)
        rungs_table_rows_put (self->rows, place, value->str, value->len);
    }
  rungs_table_rows_end (self->rows, 1);
}

static gboolean
is_card (const RungsVcardProperty *property,
         const char               *what)
{
  return strcmp (property->name, what) == 0
         && g_ascii_strncasecmp (property->value, "VCARD", 5) == 0;
}

/* Reads up to the end of the next card; FALSE at the end of the file, or with `error` set. */
static gboolean
read_card (VcardReader  *self,
           GCancellable *cancellable,
           GError      **error)
{
  const RungsVcardProperty *property;
  g_autoptr (GError) failure = NULL;

  while ((property = rungs_vcard_parser_next (self->parser, &failure)) != NULL)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (is_card (property, "BEGIN"))
        {
          if (self->in_card)
            self->depth++;
          else
            begin_card (self, property->line);
        }
      else if (is_card (property, "END") && self->depth > 0)
        self->depth--;
      else if (is_card (property, "END") && self->in_card)
        {
          end_card (self);
          return TRUE;
        }
      else if (self->in_card && self->depth == 0)
        add_property (self, property);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The file ended within a card. */
static gboolean
take_open_card (VcardReader *self)
{
  if (!self->in_card)
    return FALSE;
  end_card (self);
  rungs_table_rows_refuse (self->rows, _ ("the card has no end"));
  return TRUE;
}

static void
put_headings (VcardReader *self)
{
  self->has_headings = TRUE;
  rungs_table_rows_begin (self->rows, 1);
  for (guint i = 0; i < self->used->len; i++)
    {
      const char *heading = g_ptr_array_index (self->headings, i);
      gint place = g_array_index (self->used, gint, i);

      if (place >= 0)
        rungs_table_rows_put (self->rows, place, heading, strlen (heading));
    }
  rungs_table_rows_end (self->rows, 1);
}

static const RungsTableRow *
vcard_next (gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  VcardReader *self = data;
  g_autoptr (GError) failure = NULL;

  if (!self->has_headings)
    put_headings (self);
  while (rungs_table_rows_is_empty (self->rows))
    {
      if (read_card (self, cancellable, &failure) || (failure == NULL && take_open_card (self)))
        put_card (self);
      else if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      else
        return NULL;
    }
  return rungs_table_rows_take (self->rows);
}

static void
vcard_get_state (gpointer         data,
                 RungsTableState *state)
{
  VcardReader *self = data;
  RungsTextDecoder *decoder = rungs_vcard_parser_get_decoder (self->parser);
  gint64 size = rungs_text_decoder_get_size (decoder);

  state->kind = RUNGS_TABLE_VCARD;
  state->encoding = rungs_text_decoder_get_encoding (decoder);
  state->replaced = rungs_text_decoder_get_replaced (decoder);
  state->position = rungs_text_decoder_get_position (decoder);
  state->fraction = size > 0 ? (double) state->position / size : 1;
}

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
vcard_free (gpointer data)
{
  VcardReader *self = data;

  g_clear_pointer (&self->parser, rungs_vcard_parser_free);
  g_clear_pointer (&self->rows, rungs_table_rows_free);
  g_ptr_array_unref (self->headings);
  g_ptr_array_unref (self->values);
  g_array_unref (self->used);
  g_free (self->encoding);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VcardReader, vcard_free)

static const RungsTableReaderClass CLASS = { vcard_next, vcard_get_state, vcard_free };

static gboolean
open_file (VcardReader *self,
           GError     **error)
{
  RungsTextDecoder *decoder = rungs_text_decoder_open (self->path, self->encoding, error);

  g_clear_pointer (&self->parser, rungs_vcard_parser_free);
  if (decoder == NULL)
    return FALSE;
  self->parser = rungs_vcard_parser_new (decoder);
  return TRUE;
}

/* Which columns any card has; there is always one for the address. */
static gboolean
find_columns (VcardReader *self,
              GError     **error)
{
  g_autoptr (GHashTable) has = g_hash_table_new (NULL, NULL);
  g_autoptr (GError) failure = NULL;
  gint n = 0;

  while (read_card (self, NULL, &failure) || (failure == NULL && take_open_card (self)))
    for (guint i = 0; i < self->values->len; i++)
      if (value_at (self, i)->len > 0)
        g_hash_table_add (has, GUINT_TO_POINTER (i + 1));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; i < self->headings->len; i++)
    {
      gboolean is_used = i == EMAIL || g_hash_table_contains (has, GUINT_TO_POINTER (i + 1));
      gint place = is_used ? n++ : -1;

      g_array_append_val (self->used, place);
    }
  return TRUE;
}

/* Also where there are zero bytes between, as in UTF-16, or a byte order mark before it. */
gboolean
rungs_vcard_is_begun (const guint8 *bytes,
                      gsize         size)
{
  static const char BEGIN[] = "BEGIN:VCARD";
  gsize matched = 0;

  for (gsize i = 0; i < size && BEGIN[matched] != '\0'; i++)
    {
      if (g_ascii_toupper ((char) bytes[i]) == BEGIN[matched])
        matched++;
      else if (matched > 0 ? bytes[i] != 0
                           : bytes[i] < 0xbb && strchr ("\r\n\t ", bytes[i]) == NULL)
        return FALSE;
    }
  return BEGIN[matched] == '\0';
}

RungsTableReader *
rungs_vcard_reader_open (const char *path,
                         const char *encoding,
                         GError    **error)
{
  g_autoptr (VcardReader) self = g_new0 (VcardReader, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->encoding = g_strdup (encoding);
  self->rows = rungs_table_rows_new ();
  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (string_free);
  self->used = g_array_new (FALSE, FALSE, sizeof (gint));
  for (guint i = 0; i < N_FIXED; i++)
    g_ptr_array_add (self->headings, g_strdup (HEADINGS[i]));
  if (!open_file (self, error) || !find_columns (self, error) || !open_file (self, error))
    return NULL;
  self->in_card = FALSE;
  return rungs_table_reader_new (&CLASS, g_steal_pointer (&self));
}
