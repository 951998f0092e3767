/* rungs-csv-reader.c: the rows of a CSV file, one after the other, whatever its size.
 *
 * Decoded text waits in `text`, which holds two rows of the greatest length. A row is parsed where
 * it stands, and its fields are written unquoted, each with a NUL, to `values`, so that the raw row
 * stays as it was for those who must show it. When the text ends within a row, more is read and the
 * row is parsed again from its beginning: at most once for each row's length of file.
 *
 * A quotation mark that is never closed would swallow the rest of the file into one field. When the
 * end of a row does not come within RUNGS_TABLE_ROW_MAX bytes, or the file ends first, only the
 * first line of that row is refused and reading goes on at the line after it. A line longer than
 * that is refused and skipped. So memory is bounded, and damage stays where it is. */

#include "tables/rungs-csv-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

#define TEXT_SIZE (2 * RUNGS_TABLE_ROW_MAX)
#define SAMPLE_ROWS 50

static const char DELIMITERS[] = { ',', ';', '\t', '|' };

/* What ends a run of plain characters. */
enum
{
  PLAIN = 0,
  STOPS_UNQUOTED = 1 << 0,
  STOPS_QUOTED = 1 << 1,
};

/* How the parse of a row ended. */
typedef enum
{
  COMPLETE,
  NEEDS_MORE, /* the text ends within the row */
  TOO_MANY_FIELDS,
} Outcome;

struct _RungsCsvReader
{
  RungsTextDecoder *decoder; /* (owned) */
  char delimiter;
  guint8 classes[256];
  char *text;           /* (owned) TEXT_SIZE bytes, of which those from start to end are waiting */
  gsize start;
  gsize end;
  gboolean at_end;      /* nothing comes after `text` */
  gint64 line;          /* of `start` */
  gboolean in_long_line; /* the rest of a refused line is to be skipped */
  char *values;         /* (owned) the fields of `row`, each with its NUL */
  const char **fields;  /* (owned) where each begins in `values` */
  RungsTableRow row;
};

/* A walk over one row. */
typedef struct
{
  const char *at;
  const char *end;      /* of the text that may belong to the row */
  char *out;
  guint n_fields;
  gint64 lines;         /* line ends passed, with the row's own */
  gboolean has_nul;
  gboolean is_open;     /* the text ended in quotes */
} Walk;

static void
set_delimiter (RungsCsvReader *self,
               char            delimiter)
{
  self->delimiter = delimiter;
  memset (self->classes, PLAIN, sizeof self->classes);
  self->classes[(guint8) delimiter] = STOPS_UNQUOTED;
  self->classes['\0'] = self->classes['\r'] = self->classes['\n'] = STOPS_UNQUOTED | STOPS_QUOTED;
  self->classes['"'] |= STOPS_QUOTED;
}

static gboolean
fill (RungsCsvReader *self,
      GCancellable   *cancellable,
      GError        **error)
{
  memmove (self->text, self->text + self->start, self->end - self->start);
  self->end -= self->start;
  self->start = 0;

  while (!self->at_end && TEXT_SIZE - self->end >= RUNGS_TABLE_ROW_MAX / 2)
    {
      gssize count;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      count = rungs_text_decoder_read (self->decoder, self->text + self->end, TEXT_SIZE - self->end,
                                       error);
      if (count < 0)
        return FALSE;
      self->end += count;
      self->at_end = count == 0;
    }
  return TRUE;
}

/* Whether a line end is at `at`, and past it where it is. A CR at the very end may be half of one.
 */
static gboolean
pass_line_end (Walk *walk)
{
  if (walk->at < walk->end && *walk->at == '\r')
    {
      walk->at++;
      if (walk->at < walk->end && *walk->at == '\n')
        walk->at++;
      return TRUE;
    }
  if (walk->at < walk->end && *walk->at == '\n')
    {
      walk->at++;
      return TRUE;
    }
  return FALSE;
}

static void
copy_plain (RungsCsvReader *self,
            Walk           *walk,
            guint8          stops)
{
  const char *at = walk->at;
  char *out = walk->out;

  while (at < walk->end && (self->classes[(guint8) *at] & stops) == 0)
    *out++ = *at++;
  walk->at = at;
  walk->out = out;
}

/* Past an opening quote: copies to the closing one. Line ends within are text. */
static void
walk_quoted (RungsCsvReader *self,
             Walk           *walk)
{
  for (;;)
    {
      copy_plain (self, walk, STOPS_QUOTED);
      if (walk->at == walk->end)
        {
          walk->is_open = TRUE;
          return;
        }
      if (*walk->at == '"')
        {
          if (++walk->at == walk->end || *walk->at != '"')
            return;
          *walk->out++ = *walk->at++;
        }
      else if (*walk->at == '\0')
        {
          walk->has_nul = TRUE;
          walk->at++;
        }
      else
        {
          const char *from = walk->at;

          pass_line_end (walk);
          walk->lines++;
          while (from < walk->at)
            *walk->out++ = *from++;
        }
    }
}

static gboolean
is_quoted (const Walk  *walk,
           const char **quote)
{
  *quote = walk->at;
  while (*quote < walk->end && **quote == ' ')
    (*quote)++;
  return *quote < walk->end && **quote == '"';
}

static void
walk_field (RungsCsvReader *self,
            Walk           *walk)
{
  const char *quote;

  if (is_quoted (walk, &quote))
    {
      walk->at = quote + 1;
      walk_quoted (self, walk);
    }
  for (;;)
    {
      copy_plain (self, walk, STOPS_UNQUOTED);
      if (walk->at == walk->end || *walk->at != '\0')
        return;
      walk->has_nul = TRUE;
      walk->at++;
    }
}

/* Parses a row from walk->at on. `closed`: the text behind walk->end is no part of it. */
static Outcome
walk_row (RungsCsvReader *self,
          Walk           *walk,
          gboolean        closed)
{
  for (;;)
    {
      if (walk->n_fields == RUNGS_TABLE_FIELDS_MAX)
        return TOO_MANY_FIELDS;
      self->fields[walk->n_fields++] = walk->out;
      walk_field (self, walk);
      *walk->out++ = '\0';

      if (walk->at == walk->end || (walk->at + 1 == walk->end && *walk->at == '\r'))
        {
          if (!closed)
            return NEEDS_MORE;
          walk->lines += pass_line_end (walk);
          return COMPLETE;
        }
      if (pass_line_end (walk))
        {
          walk->lines++;
          return COMPLETE;
        }
      walk->at++;
    }
}

static Walk
walk_from_start (RungsCsvReader *self,
                 gsize           end)
{
  return (Walk){
    .at = self->text + self->start,
    .end = self->text + end,
    .out = self->values,
  };
}

/* Makes `row` of what was walked and moves on behind it. */
static void
take_row (RungsCsvReader *self,
          const Walk     *walk,
          const char     *problem)
{
  const char *raw = self->text + self->start;
  gsize length = walk->at - raw;

  while (length > 0 && (raw[length - 1] == '\n' || raw[length - 1] == '\r'))
    length--;
  self->row = (RungsTableRow){
    .fields = self->fields,
    .n_fields = walk->n_fields,
    .line = self->line,
    .raw = raw,
    .raw_length = length,
    .problem = problem,
  };
  self->start = walk->at - self->text;
  self->line += walk->lines;
}

static const char *
find_line_end (const char *at,
               const char *end)
{
  while (at < end && *at != '\n' && *at != '\r')
    at++;
  return at;
}

/* Skips the rest of a line that is longer than a row may be: when the next row is asked for, as it
 * can be the rest of the file. */
static gboolean
skip_line (RungsCsvReader *self,
           GCancellable   *cancellable,
           GError        **error)
{
  for (;;)
    {
      Walk walk = walk_from_start (self, self->end);

      walk.at = find_line_end (walk.at, walk.end);
      self->start = walk.at - self->text;
      if (self->end - self->start >= 2 || self->at_end)
        {
          self->line += pass_line_end (&walk);
          self->start = walk.at - self->text;
          self->in_long_line = FALSE;
          return TRUE;
        }
      if (!fill (self, cancellable, error))
        return FALSE;
    }
}

/* The row is too long. Refuses its beginning, which `values` holds a copy of. */
static void
refuse_long_line (RungsCsvReader *self)
{
  gsize shown = 200;

  while (shown > 0 && (self->text[self->start + shown] & 0xc0) == 0x80)
    shown--;
  memcpy (self->values, self->text + self->start, shown);
  self->values[shown] = '\0';
  for (gsize i = 0; i < shown; i++)
    if (self->values[i] == '\0')
      self->values[i] = ' ';
  self->fields[0] = self->values;
  self->row = (RungsTableRow){
    .fields = self->fields,
    .n_fields = 1,
    .line = self->line,
    .raw = self->values,
    .raw_length = shown,
    .problem = _ ("the line is longer than 1 MB"),
  };
  self->in_long_line = TRUE;
}

/* A row that does not end where it may: refuses its first line only, so that the next ones are
 * read. */
static void
refuse_open_row (RungsCsvReader *self)
{
  const char *from = self->text + self->start;
  const char *line_end = find_line_end (from, self->text + self->end);
  Walk walk = walk_from_start (self, line_end - self->text);

  if (line_end - from >= RUNGS_TABLE_ROW_MAX)
    {
      refuse_long_line (self);
      return;
    }
  walk_row (self, &walk, TRUE);
  walk.at = line_end;
  walk.end = self->text + self->end;
  walk.lines = pass_line_end (&walk);
  take_row (self, &walk, walk.is_open ? _ ("a quotation mark that opens here is never closed")
                                      : _ ("the row is longer than 1 MB"));
}

static gboolean
has_line_end (RungsCsvReader *self,
              gsize           end)
{
  return find_line_end (self->text + self->start, self->text + end) < self->text + end;
}

/* Too many fields: the line is one field. */
static void
refuse_fields (RungsCsvReader *self)
{
  const char *from = self->text + self->start;
  Walk walk = walk_from_start (self, self->end);

  walk.at = find_line_end (from, walk.end);
  memcpy (self->values, from, walk.at - from);
  self->values[walk.at - from] = '\0';
  self->fields[0] = self->values;
  walk.n_fields = 1;
  walk.lines = pass_line_end (&walk);
  take_row (self, &walk, _ ("the row has more than 16,384 fields"));
}

static gboolean
is_blank (const RungsTableRow *row)
{
  const char *at;

  if (row->n_fields != 1 || row->problem != NULL)
    return FALSE;
  for (at = row->fields[0]; *at == ' ' || *at == '\t'; at++)
    continue;
  return *at == '\0' && memchr (row->raw, '"', row->raw_length) == NULL;
}

/* Parses the next row into self->row; FALSE with an error. There is text to parse. */
static gboolean
read_row (RungsCsvReader *self,
          GCancellable   *cancellable,
          GError        **error)
{
  for (;;)
    {
      gsize end = MIN (self->end, self->start + RUNGS_TABLE_ROW_MAX);
      gboolean is_last = self->at_end && end == self->end;
      Walk walk = walk_from_start (self, end);
      Outcome outcome = walk_row (self, &walk, is_last);

      if (outcome == TOO_MANY_FIELDS && (is_last || has_line_end (self, end)))
        refuse_fields (self);
      else if (outcome == COMPLETE && !walk.is_open)
        take_row (self, &walk,
                  walk.has_nul ? _ ("the row holds a zero byte, which is no text") : NULL);
      else if (outcome == COMPLETE || end - self->start == RUNGS_TABLE_ROW_MAX)
        refuse_open_row (self);
      else if (fill (self, cancellable, error))
        continue;
      else
        return FALSE;
      return TRUE;
    }
}

const RungsTableRow *
rungs_csv_reader_next (RungsCsvReader *self,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->in_long_line && !skip_line (self, cancellable, error))
    return NULL;
  for (;;)
    {
      if (self->start == self->end && !fill (self, cancellable, error))
        return NULL;
      if (self->start == self->end)
        return NULL;
      if (!read_row (self, cancellable, error))
        return NULL;
      if (!is_blank (&self->row))
        return &self->row;
    }
}

/* How well the first rows fit a delimiter: the fields of the heading, times the part of the rows
 * that have as many. */
static double
score_delimiter (RungsCsvReader *self,
                 char            delimiter)
{
  gsize end = MIN (self->end, self->start + RUNGS_TABLE_ROW_MAX);
  gboolean is_last = self->at_end && end == self->end;
  Walk walk = walk_from_start (self, end);
  guint heading = 0;
  guint rows = 0;
  guint fitting = 0;

  set_delimiter (self, delimiter);
  while (walk.at < walk.end && rows < SAMPLE_ROWS)
    {
      walk.out = self->values;
      walk.n_fields = 0;
      if (walk_row (self, &walk, is_last) != COMPLETE)
        break;
      if (walk.n_fields == 1 && *self->fields[0] == '\0')
        continue;
      heading = rows == 0 ? walk.n_fields : heading;
      rows++;
      fitting += walk.n_fields == heading;
    }
  return heading < 2 ? 0.0 : (double) heading * fitting / rows;
}

static void
guess_delimiter (RungsCsvReader *self)
{
  char best = DELIMITERS[0];
  double best_score = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (DELIMITERS); i++)
    {
      double score = score_delimiter (self, DELIMITERS[i]);

      if (score > best_score)
        {
          best_score = score;
          best = DELIMITERS[i];
        }
    }
  set_delimiter (self, best);
}

/* Reads Excel's first line, sep=; or "sep=;". */
static gboolean
take_separator_line (RungsCsvReader *self)
{
  Walk walk = walk_from_start (self, self->end);
  const char *line_end = find_line_end (walk.at, walk.end);
  gsize length = line_end - walk.at;
  gboolean quoted = length == 7 && walk.at[0] == '"' && walk.at[6] == '"';
  const char *text = walk.at + quoted;

  if ((length != 5 && !quoted) || g_ascii_strncasecmp (text, "sep=", 4) != 0
      || (text[4] != '\t' && !g_ascii_ispunct (text[4])) || text[4] == '"')
    return FALSE;
  set_delimiter (self, text[4]);
  walk.at = line_end;
  self->line += pass_line_end (&walk);
  self->start = walk.at - self->text;
  return TRUE;
}

RungsCsvReader *
rungs_csv_reader_new (RungsTextDecoder *decoder,
                      char              delimiter,
                      GError          **error)
{
  g_autoptr (RungsCsvReader) self = g_new0 (RungsCsvReader, 1);

  g_return_val_if_fail (decoder != NULL, NULL);

  self->decoder = decoder;
  self->line = 1;
  self->text = g_malloc (TEXT_SIZE);
  self->values = g_malloc (RUNGS_TABLE_ROW_MAX + 1);
  self->fields = g_new (const char *, RUNGS_TABLE_FIELDS_MAX);
  if (!fill (self, NULL, error))
    return NULL;

  if (take_separator_line (self))
    return g_steal_pointer (&self);
  if (delimiter == '\0')
    guess_delimiter (self);
  else
    set_delimiter (self, delimiter);
  return g_steal_pointer (&self);
}

void
rungs_csv_reader_free (RungsCsvReader *self)
{
  if (self == NULL)
    return;
  rungs_text_decoder_free (self->decoder);
  g_free (self->text);
  g_free (self->values);
  g_free (self->fields);
  g_free (self);
}

char
rungs_csv_reader_get_delimiter (RungsCsvReader *self)
{
  g_return_val_if_fail (self != NULL, '\0');

  return self->delimiter;
}

RungsTextDecoder *
rungs_csv_reader_get_decoder (RungsCsvReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->decoder;
}
