/* rungs-rich-write.c: paragraphs of formatted runs as Markdown.
 *
 * Runs become tokens: text, signs that open or close a style, and the parts of links. CommonMark
 * takes a row of stars for a style only where what stands before and behind it lets it (0.30, 6.2:
 * left- and right-flanking); where it does not, a word joiner, which nobody sees, is put between.
 * Reading drops it again. Pieces of the merge language are one letter each meanwhile. */

#include "mail/rungs-rich.h"

#include <string.h>

#include "mail/rungs-rich-pieces.h"

/* A word joiner as what Markdown takes for punctuation, and as what it takes for a letter. */
#define JOINER "&#8288;"
#define JOINER_LETTER "\xE2\x81\xA0"

/* Lines from here on may be taken for wrapped ones (rungs-markdown.c), if their end is plain. */
#define SHORTEST_WRAPPED 60

typedef enum
{
  TOKEN_TEXT,
  TOKEN_OPEN,
  TOKEN_CLOSE,
} TokenKind;

typedef struct
{
  TokenKind kind;
  char *text; /* (owned): as it is written */
} Token;

/* A stretch of text of one look; white space is in stretches of its own. */
typedef struct
{
  char *text; /* (owned) */
  RungsRichStyle style;
  const char *link; /* (nullable): of the run */
  gboolean is_space;
} Stretch;

/* What can be open. In this order where two begin and end together. */
typedef enum
{
  MARK_BOLD,
  MARK_ITALIC,
  MARK_LINK,
  N_MARKS,
} Mark;

typedef struct
{
  RungsRichPieces *pieces;
  GArray *stretches; /* (owned) of Stretch */
  GArray *tokens;    /* (owned) of Token */
  Mark open[N_MARKS];
  guint n_open;
  const char *link; /* of the link that is open */
  guint at; /* the stretch that is written */
  gboolean begins_line;
  guint line_length;
  gboolean has_piece; /* the line has something of the merge language */
  gboolean has_more;  /* the line has something that is no {% tag %} */
} Writer;

static void
token_clear (gpointer token)
{
  g_free (((Token *) token)->text);
}

static void
stretch_clear (gpointer stretch)
{
  g_free (((Stretch *) stretch)->text);
}

/* ---- stretches */

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR;
}

static void
add_stretch (Writer             *self,
             const RungsRichRun *run,
             const char         *text,
             gsize               length,
             gboolean            space)
{
  Stretch stretch = { g_strndup (text, length), run->style, run->link, space };

  g_array_append_val (self->stretches, stretch);
}

/* The beginning, the middle and the end of a run. */
static void
split_run (Writer             *self,
           const RungsRichRun *run,
           const char         *text)
{
  const char *end = text + strlen (text);
  const char *first = text;
  const char *last = end;

  if (run->style & RUNGS_RICH_CODE)
    {
      add_stretch (self, run, text, end - text, FALSE);
      return;
    }
  while (first < end && is_space (g_utf8_get_char (first)))
    first = g_utf8_next_char (first);
  while (last > first && is_space (g_utf8_get_char (g_utf8_prev_char (last))))
    last = g_utf8_prev_char (last);
  if (first > text)
    add_stretch (self, run, text, first - text, TRUE);
  if (last > first)
    add_stretch (self, run, first, last - first, FALSE);
  if (end > last)
    add_stretch (self, run, last, end - last, TRUE);
}

/* Takes what `neighbour` has not from the stretches of white space from `i` up to `end`. */
static void
plain_by (Writer        *self,
          guint          i,
          guint          end,
          const Stretch *neighbour)
{
  RungsRichStyle style = neighbour->style & ~RUNGS_RICH_CODE;
  const char *link = neighbour->link;

  for (; i < end; i++)
    {
      Stretch *space = &g_array_index (self->stretches, Stretch, i);

      space->style &= style;
      if (g_strcmp0 (space->link, link) != 0)
        space->link = NULL;
    }
}

/* White space from `i` up to `end` looks the same all over, and has only what both its neighbours
 * have. */
static void
plain_spaces (Writer *self,
              guint   i,
              guint   end)
{
  plain_by (self, i, end, &g_array_index (self->stretches, Stretch, i - 1));
  plain_by (self, i, end, &g_array_index (self->stretches, Stretch, end));
  for (guint space = i; space < end; space++)
    plain_by (self, i, end, &g_array_index (self->stretches, Stretch, space));
}

/* All white space; at the ends there is none. */
static void
plain_all_spaces (Writer *self)
{
  GArray *all = self->stretches;
  guint end;

  while (all->len > 0 && g_array_index (all, Stretch, all->len - 1).is_space)
    g_array_set_size (all, all->len - 1);
  while (all->len > 0 && g_array_index (all, Stretch, 0).is_space)
    g_array_remove_index (all, 0);
  for (guint i = 0; i < all->len; i = end + 1)
    {
      for (end = i; g_array_index (all, Stretch, end).is_space; end++)
        continue;
      if (end > i)
        plain_spaces (self, i, end);
    }
}

/* ---- text */

static void
add_token (Writer    *self,
           TokenKind  kind,
           char      *text)
{
  Token token = { kind, text };

  g_array_append_val (self->tokens, token);
}

/* Whether that sign would mean something where it stands. */
static gboolean
is_special (const char *p,
            const char *text)
{
  gboolean is_inner
    = p > text && g_ascii_isalnum (p[-1]) && (g_ascii_isalnum (p[1]) || p[1] == '_');

  switch (*p)
    {
    case '\\':
    case '*':
    case '`':
    case '[':
    case ']':
    case '<':
      return TRUE;
    case '_':
      return !is_inner;
    case '&':
      return g_ascii_isalpha (p[1]) || p[1] == '#';
    case '!':
      return p[1] == '\0';
    default:
      return FALSE;
    }
}

/* Where a list, a heading, a quote, a rule or a fence would begin: the sign to be escaped. */
static const char *
line_sign (const char *line)
{
  gsize digits = strspn (line, "0123456789");

  if (*line != '\0' && strchr ("#>-+=~", *line) != NULL)
    return line;
  return digits > 0 && (line[digits] == '.' || line[digits] == ')') ? line + digits : NULL;
}

static gboolean
is_tag (const RungsRichPieces *pieces,
        const char            *p)
{
  g_autofree char *sign = g_strndup (p, g_utf8_next_char (p) - p);
  g_autofree char *shown = rungs_rich_pieces_show (pieces, sign);

  return g_str_has_prefix (shown, "{%");
}

/* Whether there is nothing but tags on the line that begins at `p`, in the stretch that is written:
 * it will not be there. */
static gboolean
is_line_of_tags (Writer     *self,
                 const char *p)
{
  gboolean has_tag = FALSE;

  for (guint i = self->at; i < self->stretches->len; i++)
    {
      const Stretch *stretch = &g_array_index (self->stretches, Stretch, i);

      for (p = i == self->at ? p : stretch->text; *p != '\0'; p = g_utf8_next_char (p))
        if (is_tag (self->pieces, p) && stretch->link == NULL && stretch->style == 0)
          has_tag = TRUE;
        else if (*p == '\n')
          return has_tag;
        else if (!is_space (g_utf8_get_char (p)))
          return FALSE;
    }
  return has_tag;
}

/* A line that the merge language takes away must not end in a sign, nor may the one before it. */
static void
end_line (Writer     *self,
          GString    *out,
          const char *next)
{
  gboolean is_short = !self->has_piece && self->line_length < SHORTEST_WRAPPED;
  gboolean is_of_tags = self->has_piece && !self->has_more;

  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  if (is_short || is_of_tags || is_line_of_tags (self, next))
    g_string_append (out, "\n");
  else
    g_string_append (out, "\\\n");
  self->begins_line = TRUE;
  self->line_length = 0;
  self->has_piece = FALSE;
  self->has_more = FALSE;
}

static char *
escape_text (Writer     *self,
             const char *text)
{
  GString *out = g_string_sized_new (strlen (text));
  const char *sign = self->begins_line ? line_sign (text) : NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' && !self->begins_line)
        end_line (self, out, p + 1);
      if (c == '\n')
        continue;
      if (self->begins_line && is_space (c) && c < 0x80)
        continue;
      if (self->begins_line)
        sign = line_sign (p);
      self->begins_line = FALSE;
      self->line_length++;
      self->has_piece |= c >= 0xF0000;
      self->has_more |= !is_space (c) && !is_tag (self->pieces, p);
      if (p == sign || (c < 0x80 && is_special (p, text)))
        g_string_append_c (out, '\\');
      g_string_append_unichar (out, c < ' ' ? ' ' : c);
    }
  return g_string_free (out, FALSE);
}

/* Between rows of ` that do not stand in it. */
static char *
fence_code (const char *text)
{
  g_autofree char *code = g_strdelimit (g_strdup (text), "\n", ' ');
  g_autoptr (GString) fence = g_string_new ("`");
  gsize length = strlen (code);
  gboolean pads;

  while (strstr (code, fence->str) != NULL)
    g_string_append_c (fence, '`');
  pads = code[0] == '`' || code[length - 1] == '`' || (code[0] == ' ' && code[length - 1] == ' ');
  pads &= code[strspn (code, " ")] != '\0';
  return g_strdup_printf ("%s%s%s%s%s", fence->str, pads ? " " : "", code, pads ? " " : "",
                          fence->str);
}

static char *
end_of_link (RungsRichPieces *pieces,
             const char      *link)
{
  GString *out = g_string_new ("](");
  g_autofree char *url = rungs_rich_pieces_hide (pieces, link);

  for (const char *p = url; *p != '\0'; p++)
    {
      if ((guchar) *p <= ' ' || *p == 0x7F)
        {
          g_string_append_printf (out, "%%%02X", (guchar) *p);
          continue;
        }
      if (strchr ("()<>\\", *p) != NULL || (*p == '&' && is_special (p, url)))
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append (out, *url == '\0' ? "<>)" : ")");
  return g_string_free (out, FALSE);
}

/* ---- marks */

static gboolean
has_mark (const Stretch *stretch,
          Mark           mark)
{
  return mark == MARK_BOLD     ? (stretch->style & RUNGS_RICH_BOLD) != 0
         : mark == MARK_ITALIC ? (stretch->style & RUNGS_RICH_ITALIC) != 0
                               : stretch->link != NULL;
}

/* How many stretches from `i` on have the mark. */
static guint
reach_of (Writer *self,
          guint   i,
          Mark    mark)
{
  const char *link = g_array_index (self->stretches, Stretch, i).link;
  guint n = 0;

  for (; i < self->stretches->len; i++, n++)
    {
      const Stretch *stretch = &g_array_index (self->stretches, Stretch, i);

      if (!has_mark (stretch, mark)
          || (mark == MARK_LINK && g_strcmp0 (stretch->link, link) != 0))
        break;
    }
  return n;
}

static gboolean
is_open (Writer *self,
         Mark    mark)
{
  for (guint i = 0; i < self->n_open; i++)
    if (self->open[i] == mark)
      return TRUE;
  return FALSE;
}

static void
close_last (Writer *self)
{
  Mark mark = self->open[--self->n_open];

  if (mark == MARK_LINK)
    add_token (self, TOKEN_TEXT, end_of_link (self->pieces, self->link));
  else
    add_token (self, TOKEN_CLOSE, g_strdup (mark == MARK_BOLD ? "**" : "*"));
}

/* Closes what `next` (NULL: the end) has not, and what was opened after that. */
static void
close_marks (Writer        *self,
             const Stretch *next)
{
  guint keep = 0;

  while (next != NULL && keep < self->n_open && has_mark (next, self->open[keep])
         && (self->open[keep] != MARK_LINK || g_strcmp0 (self->link, next->link) == 0))
    keep++;
  while (self->n_open > keep)
    close_last (self);
}

static void
open_mark (Writer        *self,
           const Stretch *stretch,
           Mark           mark)
{
  self->open[self->n_open++] = mark;
  self->begins_line = FALSE;
  self->has_more = TRUE;
  if (mark == MARK_LINK)
    self->link = stretch->link;
  if (mark == MARK_LINK)
    add_token (self, TOKEN_TEXT, g_strdup ("["));
  else
    add_token (self, TOKEN_OPEN, g_strdup (mark == MARK_BOLD ? "**" : "*"));
}

/* Opens what the stretch has, what reaches furthest first. */
static void
open_marks (Writer *self,
            guint   i)
{
  const Stretch *stretch = &g_array_index (self->stretches, Stretch, i);

  for (;;)
    {
      Mark best = N_MARKS;
      guint reach = 0;

      for (Mark mark = 0; mark < N_MARKS; mark++)
        if (!is_open (self, mark) && has_mark (stretch, mark) && reach_of (self, i, mark) > reach)
          {
            best = mark;
            reach = reach_of (self, i, mark);
          }
      if (best == N_MARKS)
        return;
      open_mark (self, stretch, best);
    }
}

static void
write_stretch (Writer *self,
               guint   i)
{
  const Stretch *stretch = &g_array_index (self->stretches, Stretch, i);

  self->at = i;
  close_marks (self, stretch);
  if (!stretch->is_space)
    open_marks (self, i);
  if (stretch->style & RUNGS_RICH_CODE)
    {
      self->begins_line = FALSE;
      self->has_more = TRUE;
      self->line_length += g_utf8_strlen (stretch->text, -1);
      add_token (self, TOKEN_TEXT, fence_code (stretch->text));
    }
  else
    add_token (self, TOKEN_TEXT, escape_text (self, stretch->text));
}

/* ---- what flanks the stars */

/* Of the tokens before `i`, or from `i` on: the sign next to it; a space where there is none. */
static gunichar
sign_before (Writer *self,
             guint   i)
{
  while (i-- > 0)
    {
      const char *text = g_array_index (self->tokens, Token, i).text;

      if (*text != '\0')
        return g_utf8_get_char (g_utf8_prev_char (text + strlen (text)));
    }
  return ' ';
}

static gunichar
sign_after (Writer *self,
            guint   i)
{
  for (; i < self->tokens->len; i++)
    {
      const char *text = g_array_index (self->tokens, Token, i).text;

      if (*text != '\0')
        return g_utf8_get_char (text);
    }
  return ' ';
}

/* What CommonMark 0.30 calls a punctuation character. */
static gboolean
is_sign (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return c < 0x80 ? g_ascii_ispunct ((char) c)
                  : type >= G_UNICODE_CONNECT_PUNCTUATION && type <= G_UNICODE_OPEN_PUNCTUATION;
}

static void
insert_joiner (Writer     *self,
               guint       i,
               const char *text)
{
  Token joiner = { TOKEN_TEXT, g_strdup (text) };

  g_array_insert_val (self->tokens, i, joiner);
}

/* A row from token `i` up to `end` opens: where something is open already, it must not be able to
 * close that instead. Returns: the token behind it. */
static guint
join_opening (Writer   *self,
              guint     i,
              guint     end,
              gboolean  is_inner)
{
  gunichar before = sign_before (self, i);
  gunichar after = sign_after (self, end);
  gboolean begins_word = is_space (before) || is_sign (before);

  if (is_inner && is_sign (after) && !is_space (before))
    {
      insert_joiner (self, end++, JOINER_LETTER);
      after = 'a';
    }
  if (before == '*' || (!begins_word && (is_inner || is_sign (after))))
    {
      insert_joiner (self, i, JOINER);
      end++;
    }
  return end;
}

static guint
join_closing (Writer *self,
              guint   i,
              guint   end)
{
  gunichar before = sign_before (self, i);
  gunichar after = sign_after (self, end);

  if (after == '*' || (is_sign (before) && !is_space (after) && !is_sign (after)))
    insert_joiner (self, end++, JOINER);
  return end;
}

static void
join_rows (Writer *self)
{
  guint n_open = 0;
  guint end;

  for (guint i = 0; i < self->tokens->len; i = end)
    {
      TokenKind kind = g_array_index (self->tokens, Token, i).kind;

      for (end = i; end < self->tokens->len; end++)
        if (g_array_index (self->tokens, Token, end).kind != kind)
          break;
      if (kind == TOKEN_OPEN)
        {
          n_open += end - i;
          end = join_opening (self, i, end, n_open > end - i);
        }
      else if (kind == TOKEN_CLOSE)
        {
          n_open -= end - i;
          end = join_closing (self, i, end);
        }
    }
}

/* ---- paragraphs */

/* Spaces before the end of a line would mean something. */
static char *
join_tokens (Writer *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->tokens->len; i++)
    {
      const char *text = g_array_index (self->tokens, Token, i).text;

      while ((*text == '\n' || g_str_has_prefix (text, "\\\n")) && out->len > 0
             && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append (out, text);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static char *
write_runs (RungsRichPieces *pieces,
            GPtrArray       *runs)
{
  Writer writer = { .pieces = pieces, .begins_line = TRUE };
  char *text;

  writer.stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  writer.tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  g_array_set_clear_func (writer.stretches, stretch_clear);
  g_array_set_clear_func (writer.tokens, token_clear);
  for (guint i = 0; i < runs->len; i++)
    {
      const RungsRichRun *run = g_ptr_array_index (runs, i);
      g_autofree char *hidden = rungs_rich_pieces_hide (pieces, run->text);

      if (*hidden != '\0')
        split_run (&writer, run, hidden);
    }
  plain_all_spaces (&writer);
  for (guint i = 0; i < writer.stretches->len; i++)
    write_stretch (&writer, i);
  close_marks (&writer, NULL);
  join_rows (&writer);
  text = join_tokens (&writer);
  g_array_unref (writer.tokens);
  g_array_unref (writer.stretches);
  return text;
}

/* Lines after the first stand below the text of the item. */
static void
append_item (GString    *out,
             const char *marker,
             const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_string_append (out, marker);
  for (char **line = lines; *line != NULL; line++)
    {
      if (line > lines)
        g_string_append_printf (out, "\n%*s", (int) strlen (marker) + 1, "");
      else if (**line != '\0')
        g_string_append_c (out, ' ');
      g_string_append (out, *line);
    }
}

/* A row of # at its end would be taken for the end of the heading. */
static void
append_heading (GString *out,
                guint    level,
                char    *text)
{
  gsize length;

  g_strdelimit (text, "\n", ' ');
  length = strlen (text);
  while (length > 0 && text[length - 1] == '#')
    length--;
  for (guint i = 0; i < CLAMP (level, 1, 6); i++)
    g_string_append_c (out, '#');
  g_string_append_c (out, ' ');
  g_string_append_len (out, text, length);
  if (text[length] == '#' && (length == 0 || text[length - 1] == ' '))
    g_string_append_c (out, '\\');
  g_string_append (out, text + length);
}

static char *
source_of (RungsRichPieces          *pieces,
           const RungsRichParagraph *paragraph)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < paragraph->runs->len; i++)
    g_string_append (text, ((RungsRichRun *) g_ptr_array_index (paragraph->runs, i))->text);
  {
    g_autofree char *shown = g_string_free (text, FALSE);

    return rungs_rich_pieces_hide (pieces, shown);
  }
}

static gboolean
is_item (const RungsRichParagraph *paragraph)
{
  return paragraph->kind == RUNGS_RICH_BULLET || paragraph->kind == RUNGS_RICH_NUMBER;
}

static void
append_paragraph (GString                  *out,
                  RungsRichPieces          *pieces,
                  const RungsRichParagraph *paragraph,
                  const RungsRichParagraph *before,
                  guint                     number)
{
  g_autofree char *text = paragraph->kind == RUNGS_RICH_SOURCE
                            ? source_of (pieces, paragraph)
                            : write_runs (pieces, paragraph->runs);
  g_autofree char *marker = NULL;

  if (before != NULL)
    g_string_append (out, is_item (paragraph) && before->kind == paragraph->kind ? "\n" : "\n\n");
  switch (paragraph->kind)
    {
    case RUNGS_RICH_BULLET:
      append_item (out, "-", text);
      break;
    case RUNGS_RICH_NUMBER:
      marker = g_strdup_printf ("%u.", number);
      append_item (out, marker, text);
      break;
    case RUNGS_RICH_HEADING:
      append_heading (out, paragraph->level, text);
      break;
    case RUNGS_RICH_PLAIN:
    case RUNGS_RICH_SOURCE:
    default:
      g_string_append (out, text);
      break;
    }
}

static gboolean
is_shown (const RungsRichParagraph *paragraph)
{
  if (is_item (paragraph))
    return TRUE;
  for (guint i = 0; i < paragraph->runs->len; i++)
    {
      const RungsRichRun *run = g_ptr_array_index (paragraph->runs, i);

      for (const char *p = run->text; *p != '\0'; p = g_utf8_next_char (p))
        if (paragraph->kind == RUNGS_RICH_SOURCE || !is_space (g_utf8_get_char (p)))
          return TRUE;
    }
  return FALSE;
}

char *
rungs_rich_write (GPtrArray *paragraphs)
{
  g_auto (RungsRichPieces) pieces = { NULL };
  g_autoptr (GString) out = g_string_new (NULL);
  const RungsRichParagraph *before = NULL;
  guint number = 0;

  g_return_val_if_fail (paragraphs != NULL, NULL);

  rungs_rich_pieces_init (&pieces);
  for (guint i = 0; i < paragraphs->len; i++)
    {
      const RungsRichParagraph *paragraph = g_ptr_array_index (paragraphs, i);

      if (!is_shown (paragraph))
        continue;
      number = before && before->kind == RUNGS_RICH_NUMBER ? number + 1 : 1;
      append_paragraph (out, &pieces, paragraph, before, number);
      before = paragraph;
    }
  return rungs_rich_pieces_show (&pieces, out->str);
}
