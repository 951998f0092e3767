/* rungs-liquid-lexer.c: cuts a template into text, outputs and tags, and what is inside these into
 * words. */

#include "mail/rungs-liquid-lexer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

#define LONGEST_TAG_LINE                                                                           \
  500 /* a longer line keeps its ends; that bounds the looking back and forth */

void
rungs_liquid_set_error (GError     **error,
                        const char  *source,
                        gsize        at,
                        const char  *format,
                        ...)
{
  g_autofree char *message = NULL;
  const char *line_start = source;
  guint line = 1;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  for (const char *p = source; p < source + at; p++)
    if (*p == '\n')
      {
        line++;
        line_start = p + 1;
      }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("Line %u, column %ld: %s"), line,
               g_utf8_strlen (line_start, source + at - line_start) + 1, message);
}

static gboolean
is_at (const RungsLiquidLexer *self,
       gsize                   position,
       const char             *braces)
{
  return position + 1 < self->length && self->source[position] == braces[0]
         && self->source[position + 1] == braces[1];
}

static gboolean
is_blank (const RungsLiquidLexer *self,
          gsize                   begin,
          gsize                   end)
{
  return rungs_liquid_trim (rungs_liquid_string_of (self->source + begin, end - begin), TRUE, FALSE)
             .length
         == 0;
}

/* Whether the line around `position` holds tags and white space only. */
static gboolean
is_tag_line (const RungsLiquidLexer *self,
             gsize                   position)
{
  gsize begin = position;
  gsize end = position;

  while (begin > 0 && self->source[begin - 1] != '\n' && position - begin < LONGEST_TAG_LINE)
    begin--;
  while (end < self->length && self->source[end] != '\n' && end - position < LONGEST_TAG_LINE)
    end++;
  if (position - begin == LONGEST_TAG_LINE || end - position == LONGEST_TAG_LINE)
    return FALSE;
  while (begin < end)
    {
      const char *tag = g_strstr_len (self->source + begin, end - begin, "{%");
      const char *close = tag ? g_strstr_len (tag, self->source + end - tag, "%}") : NULL;

      if (close == NULL)
        return is_blank (self, begin, end);
      if (!is_blank (self, begin, tag - self->source))
        return FALSE;
      begin = close + 2 - self->source;
    }
  return TRUE;
}

static gsize
find_delimiter (const RungsLiquidLexer *self,
                gsize                   position)
{
  while (position < self->length)
    {
      const char *brace = memchr (self->source + position, '{', self->length - position);

      if (brace == NULL)
        break;
      position = brace - self->source;
      if (is_at (self, position, "{{") || is_at (self, position, "{%"))
        return position;
      position++;
    }
  return self->length;
}

static void
trim_start_of_text (const RungsLiquidLexer *self,
                    RungsLiquidPiece       *piece)
{
  gsize length = piece->end - piece->begin;

  if (self->trims_next)
    piece->begin = piece->end
                   - rungs_liquid_trim (
                         rungs_liquid_string_of (self->source + piece->begin, length), TRUE, FALSE)
                         .length;
  else if (self->follows_line)
    {
      const char *line_end = memchr (self->source + piece->begin, '\n', length);

      if (line_end != NULL)
        piece->begin = line_end + 1 - self->source;
    }
}

static void
trim_end_of_text (const RungsLiquidLexer *self,
                  RungsLiquidPiece       *piece)
{
  gsize next = piece->end;

  if (next >= self->length)
    return;
  if (self->source[next + 2] == '-')
    piece->end = piece->begin
                 + rungs_liquid_trim (
                       rungs_liquid_string_of (self->source + piece->begin, next - piece->begin),
                       FALSE, TRUE)
                       .length;
  else if (self->drops_tag_lines && is_at (self, next, "{%") && is_tag_line (self, next))
    while (piece->end > piece->begin && self->source[piece->end - 1] != '\n')
      piece->end--;
}

static void
cut_text (RungsLiquidLexer *self,
          RungsLiquidPiece *piece)
{
  piece->kind = RUNGS_LIQUID_PIECE_TEXT;
  piece->begin = self->position;
  piece->end = find_delimiter (self, self->position);
  self->position = piece->end;
  trim_start_of_text (self, piece);
  trim_end_of_text (self, piece);
}

/* Where the closing braces begin; in an output those within quotation marks do not count. */
static gsize
find_closing (const RungsLiquidLexer *self,
              gsize                   position,
              gboolean                is_output)
{
  char quote = '\0';

  for (; position < self->length; position++)
    {
      char c = self->source[position];

      if (quote != '\0')
        {
          if (c == '\\')
            position++;
          else if (c == quote)
            quote = '\0';
        }
      else if (is_output && (c == '"' || c == '\''))
        quote = c;
      else if (is_at (self, position, is_output ? "}}" : "%}"))
        return position;
    }
  return self->length;
}

static gboolean
is_name_character (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '?';
  return !rungs_liquid_is_space (c) && (c < 0x2018 || c > 0x201F);
}

static gsize
skip_name (const char *source,
           gsize       position,
           gsize       end)
{
  while (position < end && is_name_character (g_utf8_get_char (source + position)))
    position = g_utf8_next_char (source + position) - source;
  return position;
}

static gsize
skip_space (const char *source,
            gsize       position,
            gsize       end)
{
  while (position < end && rungs_liquid_is_space (g_utf8_get_char (source + position)))
    position = g_utf8_next_char (source + position) - source;
  return position;
}

static void
cut_tag_name (const RungsLiquidLexer *self,
              RungsLiquidPiece       *piece)
{
  gsize name = skip_space (self->source, piece->begin, piece->end);

  piece->begin = skip_name (self->source, name, piece->end);
  if (piece->begin == name && name < piece->end && self->source[name] == '#')
    piece->begin++;
  piece->name = self->source + name;
  piece->name_length = piece->begin - name;
}

static gboolean
cut_braces (RungsLiquidLexer  *self,
            RungsLiquidPiece  *piece,
            gboolean           is_output,
            GError           **error)
{
  gsize close = find_closing (self, piece->at + 2, is_output);

  if (close >= self->length)
    {
      rungs_liquid_set_error (error, self->source, piece->at,
                              is_output ? _ ("“{{” is opened here, but its “}}” is missing")
                                        : _ ("“{%%” is opened here, but its “%%}” is missing"));
      return FALSE;
    }

  piece->kind = is_output ? RUNGS_LIQUID_PIECE_OUTPUT : RUNGS_LIQUID_PIECE_TAG;
  piece->begin = piece->at + 2;
  piece->end = close;
  if (piece->begin < piece->end && self->source[piece->begin] == '-')
    piece->begin++;
  self->trims_next = piece->begin < piece->end && self->source[piece->end - 1] == '-';
  if (self->trims_next)
    piece->end--;
  self->position = close + 2;
  self->follows_line = self->drops_tag_lines && !is_output && is_tag_line (self, close);
  if (!is_output)
    cut_tag_name (self, piece);
  return TRUE;
}

gboolean
rungs_liquid_lexer_next (RungsLiquidLexer  *self,
                         RungsLiquidPiece  *piece,
                         GError           **error)
{
  *piece = (RungsLiquidPiece){ .at = self->position };

  if (self->position >= self->length)
    return TRUE;
  if (is_at (self, self->position, "{{"))
    return cut_braces (self, piece, TRUE, error);
  if (is_at (self, self->position, "{%"))
    return cut_braces (self, piece, FALSE, error);

  cut_text (self, piece);
  return TRUE;
}

/* Whether {% name %} stands at `position`. */
static gboolean
is_closing_tag (const RungsLiquidLexer *self,
                gsize                   position,
                const char             *name)
{
  gsize length = strlen (name);
  gsize p = position + 2;

  if (!is_at (self, position, "{%"))
    return FALSE;
  if (self->source[p] == '-')
    p++;
  p = skip_space (self->source, p, self->length);
  if (self->length - p < length || memcmp (self->source + p, name, length) != 0)
    return FALSE;
  p = skip_space (self->source, p + length, self->length);
  if (self->source[p] == '-')
    p++;
  return is_at (self, p, "%}");
}

gboolean
rungs_liquid_lexer_skip_to (RungsLiquidLexer        *self,
                            const RungsLiquidPiece  *opening,
                            const char              *name,
                            RungsLiquidPiece        *text,
                            GError                 **error)
{
  RungsLiquidPiece closing = { .at = self->position };

  *text = (RungsLiquidPiece){ .kind = RUNGS_LIQUID_PIECE_TEXT, .at = opening->at };
  text->begin = self->position;

  while (closing.at < self->length && !is_closing_tag (self, closing.at, name))
    closing.at++;
  if (closing.at >= self->length)
    {
      rungs_liquid_set_error (error, self->source, opening->at,
                              _ ("“%.*s” is never closed: write {%% %s %%}"),
                              (int) opening->name_length, opening->name, name);
      return FALSE;
    }
  text->end = closing.at;
  return cut_braces (self, &closing, FALSE, error);
}

gboolean
rungs_liquid_words_init (RungsLiquidWords  *self,
                         const char        *source,
                         gsize              begin,
                         gsize              end,
                         RungsArena        *arena,
                         GError           **error)
{
  *self = (RungsLiquidWords){ .source = source, .arena = arena, .position = begin, .end = end };
  return rungs_liquid_words_next (self, error);
}

/* The sign that a backslash in a quoted string stands for; `*p` is behind the backslash, and goes
 * on behind the sign. */
static gunichar
read_escape (const char **p,
             const char  *end)
{
  static const char LETTERS[] = "bfnrtv";
  static const char SIGNS[] = "\b\f\n\r\t\v";
  const char *letter = strchr (LETTERS, **p);
  gunichar c = 0;

  if (letter != NULL && **p != '\0')
    {
      (*p)++;
      return SIGNS[letter - LETTERS];
    }
  if (**p != 'u')
    {
      c = g_utf8_get_char (*p);
      *p = g_utf8_next_char (*p);
      return c;
    }

  (*p)++;
  for (int i = 0; i < 4 && *p < end && g_ascii_isxdigit (**p); i++)
    c = c * 16 + g_ascii_xdigit_value (*(*p)++);
  return c != 0 && g_unichar_validate (c) ? c : 0xFFFD;
}

static RungsLiquidValue
unquote (RungsArena *arena,
         const char *begin,
         const char *end)
{
  char *text;
  gsize length = 0;

  if (memchr (begin, '\\', end - begin) == NULL)
    return rungs_liquid_string_of (begin, end - begin);

  text = rungs_arena_alloc (arena, (end - begin) * 2 + 8);
  while (begin < end)
    {
      if (*begin == '\\' && begin + 1 < end)
        {
          begin++;
          length += g_unichar_to_utf8 (read_escape (&begin, end), text + length);
        }
      else
        text[length++] = *begin++;
    }
  return rungs_liquid_string_of (text, length);
}

static gboolean
read_string (RungsLiquidWords  *self,
             GError           **error)
{
  const char *begin = self->source + self->word.at;
  const char *end = self->source + self->end;
  const char *p = begin + 1;

  while (p < end && *p != *begin)
    p += *p == '\\' && p + 1 < end ? 2 : 1;
  if (p >= end)
    {
      rungs_liquid_set_error (error, self->source, self->word.at,
                              _ ("the text that begins with %c here is not closed by another %c"),
                              *begin, *begin);
      return FALSE;
    }
  self->word.kind = RUNGS_LIQUID_WORD_STRING;
  self->word.value = unquote (self->arena, begin + 1, p);
  self->position = p + 1 - self->source;
  return TRUE;
}

/* A number, unless letters follow it: then it is a name. */
static gboolean
read_number (RungsLiquidWords *self)
{
  const char *begin = self->source + self->word.at;
  const char *end = self->source + self->end;
  const char *p = begin;
  double number;

  if (*p == '-' || *p == '+')
    p++;
  if (p >= end || !g_ascii_isdigit (*p))
    return FALSE;
  while (p < end && g_ascii_isdigit (*p))
    p++;
  if (p + 1 < end && *p == '.' && g_ascii_isdigit (p[1]))
    for (p++; p < end && g_ascii_isdigit (*p);)
      p++;
  if (p < end && is_name_character (g_utf8_get_char (p)))
    return FALSE;
  if (!rungs_liquid_to_double (rungs_liquid_string_of (begin, p - begin), &number))
    return FALSE;

  self->word.kind = RUNGS_LIQUID_WORD_NUMBER;
  self->word.value = rungs_liquid_number (number);
  self->position = p - self->source;
  return TRUE;
}

static gsize
sign_length (const char *text,
             gsize       left)
{
  static const char *const SIGNS[] = { "..", "==", "!=", "<=", ">=", ".", ",", ":",
                                       "|",  "[",  "]",  "(",  ")",  "=", "<", ">" };

  for (gsize i = 0; i < G_N_ELEMENTS (SIGNS); i++)
    {
      gsize length = strlen (SIGNS[i]);

      if (length <= left && memcmp (text, SIGNS[i], length) == 0)
        return length;
    }
  return 0;
}

static gboolean
refuse_character (RungsLiquidWords  *self,
                  GError           **error)
{
  const char *text = self->source + self->word.at;
  gunichar c = g_utf8_get_char (text);
  const char *advice = "";

  if (c >= 0x2018 && c <= 0x201F)
    {
      rungs_liquid_set_error (error, self->source, self->word.at,
                              _ ("write straight quotation marks here, \" or '"));
      return FALSE;
    }
  if (c == '&')
    advice = _ ("; write “and”");
  else if (c == '{' || c == '}')
    advice = _ ("; braces are opened and closed in pairs");
  rungs_liquid_set_error (error, self->source, self->word.at, _ ("“%.*s” has no meaning here%s"),
                          (int) (g_utf8_next_char (text) - text), text, advice);
  return FALSE;
}

gboolean
rungs_liquid_words_next (RungsLiquidWords  *self,
                         GError           **error)
{
  const char *text;

  self->position = skip_space (self->source, self->position, self->end);
  self->word = (RungsLiquidWord){ .at = self->position };
  if (self->position >= self->end)
    return TRUE;

  text = self->source + self->position;
  if (*text == '"' || *text == '\'')
    return read_string (self, error);
  if (!read_number (self))
    {
      if (*text != '-' && is_name_character (g_utf8_get_char (text)))
        {
          self->word.kind = RUNGS_LIQUID_WORD_NAME;
          self->position = skip_name (self->source, self->position, self->end);
        }
      else
        {
          self->word.kind = RUNGS_LIQUID_WORD_SIGN;
          self->position += sign_length (text, self->end - self->position);
        }
    }
  self->word.length = self->position - self->word.at;
  return self->word.length > 0 || refuse_character (self, error);
}

gboolean
rungs_liquid_words_is (const RungsLiquidWords *self,
                       const char             *text)
{
  return (self->word.kind == RUNGS_LIQUID_WORD_NAME || self->word.kind == RUNGS_LIQUID_WORD_SIGN)
         && self->word.length == strlen (text)
         && memcmp (self->source + self->word.at, text, self->word.length) == 0;
}

void
rungs_liquid_words_refuse (const RungsLiquidWords  *self,
                           const char              *wanted,
                           GError                 **error)
{
  if (self->word.kind == RUNGS_LIQUID_WORD_END)
    rungs_liquid_set_error (error, self->source, self->word.at, _ ("%s is missing here"), wanted);
  else if (rungs_liquid_words_is (self, "="))
    rungs_liquid_set_error (error, self->source, self->word.at,
                            _ ("%s is wanted here, not “=”; to compare, write “==”"), wanted);
  else
    rungs_liquid_set_error (error, self->source, self->word.at, _ ("%s is wanted here, not “%.*s”"),
                            wanted, (int) (self->position - self->word.at),
                            self->source + self->word.at);
}
