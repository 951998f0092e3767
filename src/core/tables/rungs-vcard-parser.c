/* rungs-vcard-parser.c: the properties of address cards, one by one.
 *
 * A line that begins with a space goes on with the line before it (RFC 6350, 3.2). In version 2.1 a
 * value can be quoted-printable, in an encoding that the property names, and then goes on where a
 * line ends with "=". Parameters are TYPE=pref, PREF=1, or in 2.1 the bare word. */

#include "tables/rungs-vcard-parser.h"

#include <string.h>

#include "tables/rungs-table-reader.h"

#define TEXT_SIZE (64 * 1024)
#define NAME_MAX_BYTES 100

struct _RungsVcardParser
{
  RungsTextDecoder *decoder; /* (owned) */
  char *text;                /* (owned) TEXT_SIZE bytes; those from start to end are waiting */
  gsize start;
  gsize end;
  gboolean at_end;
  gint64 line;               /* of the line that was read last */
  GString *next;             /* (owned) the line after the property that was told last */
  gboolean has_next;
  GString *property;         /* (owned) its lines, put together */
  GString *name;             /* (owned) */
  GString *value;            /* (owned) decoded */
  RungsVcardProperty told;
  gboolean is_quoted;        /* quoted-printable */
  char *charset;             /* (owned) (nullable) */
};

RungsVcardParser *
rungs_vcard_parser_new (RungsTextDecoder *decoder)
{
  RungsVcardParser *self;

  g_return_val_if_fail (decoder != NULL, NULL);

  self = g_new0 (RungsVcardParser, 1);
  self->decoder = decoder;
  self->text = g_malloc (TEXT_SIZE);
  self->next = g_string_new (NULL);
  self->property = g_string_new (NULL);
  self->name = g_string_new (NULL);
  self->value = g_string_new (NULL);
  return self;
}

void
rungs_vcard_parser_free (RungsVcardParser *self)
{
  if (self == NULL)
    return;
  rungs_text_decoder_free (self->decoder);
  g_string_free (self->next, TRUE);
  g_string_free (self->property, TRUE);
  g_string_free (self->name, TRUE);
  g_string_free (self->value, TRUE);
  g_free (self->charset);
  g_free (self->text);
  g_free (self);
}

static gboolean
fill (RungsVcardParser *self,
      GError          **error)
{
  gssize count;

  if (self->start < self->end || self->at_end)
    return TRUE;
  count = rungs_text_decoder_read (self->decoder, self->text, TEXT_SIZE, error);
  if (count < 0)
    return FALSE;
  self->start = 0;
  self->end = count;
  self->at_end = count == 0;
  return TRUE;
}

/* What is beyond the longest row is not kept. */
static void
keep (GString    *line,
      const char *text,
      gsize       length)
{
  for (gsize i = 0; i < length && line->len <= RUNGS_TABLE_ROW_MAX; i++)
    if (text[i] != '\0' && text[i] != '\r')
      g_string_append_c (line, text[i]);
}

/* Reads a line into `next`; has_next is FALSE at the end. */
static gboolean
read_line (RungsVcardParser *self,
           GError          **error)
{
  g_string_truncate (self->next, 0);
  self->has_next = FALSE;
  for (;;)
    {
      const char *from;
      const char *end;

      if (!fill (self, error))
        return FALSE;
      if (self->at_end)
        {
          self->line += self->has_next;
          return TRUE;
        }
      self->has_next = TRUE;
      from = self->text + self->start;
      end = memchr (from, '\n', self->end - self->start);
      keep (self->next, from, end != NULL ? (gsize) (end - from) : self->end - self->start);
      self->start = end != NULL ? (gsize) (end + 1 - self->text) : self->end;
      if (end != NULL)
        {
          self->line++;
          return TRUE;
        }
    }
}

/* The colon that ends name and parameters; quotes can hold one. */
static char *
find_colon (char *line)
{
  gboolean in_quotes = FALSE;

  for (; *line != '\0'; line++)
    if (*line == '"')
      in_quotes = !in_quotes;
    else if (*line == ':' && !in_quotes)
      return line;
  return NULL;
}

static void
read_parameter (RungsVcardParser *self,
                char             *parameter)
{
  const char *equals = strchr (parameter, '=');
  g_autofree char *upper = g_ascii_strup (parameter, -1);

  if (g_str_has_prefix (upper, "CHARSET="))
    {
      g_free (self->charset);
      self->charset = g_strdup (equals + 1);
    }
  self->is_quoted |= strstr (upper, "QUOTED-PRINTABLE") != NULL;
  self->told.is_preferred |= strstr (upper, "PREF") != NULL;
  self->told.is_fax |= strstr (upper, "FAX") != NULL;
  self->told.is_binary |= g_str_equal (upper, "ENCODING=B") || strstr (upper, "BASE64") != NULL;
}

/* Reads what stands before the colon. The line is cut into its pieces. */
static gboolean
read_head (RungsVcardParser *self,
           char             *head)
{
  g_auto (GStrv) words = g_strsplit (head, ";", -1);
  char *dot = words[0] != NULL ? strrchr (words[0], '.') : NULL;
  g_autofree char *name = g_ascii_strup (dot != NULL ? dot + 1 : words[0] ? words[0] : "", -1);

  g_clear_pointer (&self->charset, g_free);
  self->is_quoted = FALSE;
  self->told = (RungsVcardProperty) { 0 };
  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++)
    read_parameter (self, words[i]);
  g_string_assign (self->name, g_strstrip (name));
  self->told.name = self->name->str;
  return self->name->len > 0 && self->name->len <= NAME_MAX_BYTES
         && strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == self->name->len;
}

/* Takes quoted-printable away (RFC 2045, 6.7). */
static void
unquote (GString *value)
{
  gsize to = 0;

  for (gsize from = 0; from < value->len; from++)
    {
      int high = value->str[from] == '=' ? g_ascii_xdigit_value (value->str[from + 1]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value (value->str[from + 2]) : -1;

      if (low < 0)
        value->str[to++] = value->str[from];
      else
        {
          int byte = high * 16 + low;

          /* A line end that is written so is one within the value. */
          if (byte != '\0' && byte != '\r')
            value->str[to++] = (char) byte;
          from += 2;
        }
    }
  g_string_truncate (value, to);
}

/* Bytes in the encoding that the property names as UTF-8; else what looks like it. */
static void
convert (RungsVcardParser *self)
{
  g_autofree char *converted = NULL;
  const char *charset = self->charset;

  if (charset == NULL && !g_utf8_validate (self->value->str, self->value->len, NULL))
    charset = "WINDOWS-1252";
  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0)
    converted = g_convert_with_fallback (self->value->str, self->value->len, "UTF-8", charset,
                                         "?", NULL, NULL, NULL);
  if (converted == NULL)
    converted = g_utf8_make_valid (self->value->str, self->value->len);
  g_string_assign (self->value, converted);
}

static gboolean
continues (RungsVcardParser *self)
{
  return self->has_next && (*self->next->str == ' ' || *self->next->str == '\t');
}

/* Whether the value goes on after its "=". */
static gboolean
is_broken (RungsVcardParser *self)
{
  const GString *line = self->property;

  return self->has_next && line->len > 0 && line->str[line->len - 1] == '='
         && strcasestr (line->str, "QUOTED-PRINTABLE") != NULL;
}

/* Puts the lines of a property together. */
static gboolean
read_property (RungsVcardParser *self,
               GError          **error)
{
  g_string_assign (self->property, self->next->str);
  self->told.line = self->line;
  if (!read_line (self, error))
    return FALSE;
  while (continues (self) || is_broken (self))
    {
      gboolean broken = is_broken (self);

      if (broken)
        g_string_truncate (self->property, self->property->len - 1);
      keep (self->property, self->next->str + !broken, self->next->len - !broken);
      if (!read_line (self, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether the lines are a property. */
static gboolean
parse_property (RungsVcardParser *self)
{
  char *colon = find_colon (self->property->str);
  gint64 line = self->told.line;

  if (colon == NULL || self->property->len > RUNGS_TABLE_ROW_MAX)
    return FALSE;
  *colon = '\0';
  if (!read_head (self, self->property->str))
    return FALSE;
  self->told.line = line;
  g_string_assign (self->value, colon + 1);
  if (self->is_quoted)
    {
      unquote (self->value);
      convert (self);
    }
  self->told.value = self->value->str;
  return TRUE;
}

const RungsVcardProperty *
rungs_vcard_parser_next (RungsVcardParser *self,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->line == 0 && !read_line (self, error))
    return NULL;
  while (self->has_next)
    {
      if (!read_property (self, error))
        return NULL;
      if (parse_property (self))
        return &self->told;
    }
  return NULL;
}

RungsTextDecoder *
rungs_vcard_parser_get_decoder (RungsVcardParser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->decoder;
}

gboolean
rungs_vcard_next_part (const char **at,
                       char         parting,
                       GString     *part)
{
  const char *from;

  g_return_val_if_fail (at != NULL && part != NULL, FALSE);

  if (*at == NULL)
    return FALSE;
  for (from = *at; *from != '\0' && (parting == '\0' || *from != parting); from++)
    if (*from == '\\' && from[1] != '\0')
      {
        from++;
        g_string_append_c (part, *from == 'n' || *from == 'N' ? '\n' : *from);
      }
    else
      g_string_append_c (part, *from);
  *at = *from != '\0' ? from + 1 : NULL;
  return TRUE;
}
