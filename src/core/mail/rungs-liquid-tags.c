/* rungs-liquid-tags.c: how each tag of the merge language is read. */

#include "mail/rungs-liquid-parser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rungs-liquid-expression.h"

gboolean
rungs_liquid_tag_is (const RungsLiquidPiece *piece,
                     const char             *name)
{
  return piece->kind == RUNGS_LIQUID_PIECE_TAG && piece->name_length == strlen (name)
         && memcmp (piece->name, name, piece->name_length) == 0;
}

static gboolean
begin_words (RungsLiquidParser       *self,
             const RungsLiquidPiece  *tag,
             RungsLiquidWords        *words,
             GError                 **error)
{
  return rungs_liquid_words_init (words, self->template->source, tag->begin, tag->end,
                                  self->template->arena, error);
}

/* Tags that take nothing: else, endif, break. */
static gboolean
expect_nothing (RungsLiquidParser       *self,
                const RungsLiquidPiece  *tag,
                GError                 **error)
{
  RungsLiquidWords words;

  return begin_words (self, tag, &words, error) && rungs_liquid_read_end (&words, error);
}

static gboolean
read_name (RungsLiquidWords  *words,
           RungsLiquidNode   *node,
           GError           **error)
{
  if (words->word.kind != RUNGS_LIQUID_WORD_NAME)
    {
      rungs_liquid_words_refuse (words, _ ("a name"), error);
      return FALSE;
    }
  node->text = words->source + words->word.at;
  node->text_length = words->word.length;
  return rungs_liquid_words_next (words, error);
}

static gboolean
expect_word (RungsLiquidWords  *words,
             const char        *text,
             const char        *wanted,
             GError           **error)
{
  if (rungs_liquid_words_is (words, text))
    return rungs_liquid_words_next (words, error);
  rungs_liquid_words_refuse (words, wanted, error);
  return FALSE;
}

/* The error of a block of `opening` that ends in `ending`, which does not belong to it. */
static gboolean
refuse_ending (RungsLiquidParser       *self,
               const RungsLiquidPiece  *opening,
               const RungsLiquidPiece  *ending,
               GError                 **error)
{
  const char *source = self->template->source;
  guint line = 1;

  if (ending->kind == RUNGS_LIQUID_PIECE_END)
    {
      rungs_liquid_set_error (
          error, source, opening->at, _ ("“%.*s” is never closed: write {%% end%.*s %%}"),
          (int) opening->name_length, opening->name, (int) opening->name_length, opening->name);
      return FALSE;
    }
  for (const char *p = source; p < source + opening->at; p++)
    line += *p == '\n';
  rungs_liquid_set_error (
      error, source, ending->at,
      _ ("“%.*s” does not belong here: “%.*s” of line %u wants {%% end%.*s %%} first"),
      (int) ending->name_length, ending->name, (int) opening->name_length, opening->name, line,
      (int) opening->name_length, opening->name);
  return FALSE;
}

static RungsLiquidBranch *
add_branch (RungsLiquidParser   *self,
            RungsLiquidBranch ***last)
{
  RungsLiquidBranch *branch = rungs_arena_new_array (self->template->arena, RungsLiquidBranch, 1);

  **last = branch;
  *last = &branch->next;
  return branch;
}

/* The else of an if, unless, case or for, up to the closing tag. */
static gboolean
read_else (RungsLiquidParser       *self,
           const RungsLiquidPiece  *opening,
           const char              *closing,
           RungsLiquidNode         *node,
           RungsLiquidPiece        *ending,
           GError                 **error)
{
  if (rungs_liquid_tag_is (ending, "else")
      && (!expect_nothing (self, ending, error)
          || !rungs_liquid_read_block (self, &node->otherwise, ending, error)))
    return FALSE;
  if (!rungs_liquid_tag_is (ending, closing))
    return refuse_ending (self, opening, ending, error);
  return expect_nothing (self, ending, error);
}

static gboolean
read_condition (RungsLiquidParser       *self,
                const RungsLiquidPiece  *tag,
                RungsLiquidBranch       *branch,
                RungsLiquidPiece        *ending,
                GError                 **error)
{
  RungsLiquidWords words;

  return begin_words (self, tag, &words, error)
         && rungs_liquid_read_filtered (&words, TRUE, &branch->condition, error)
         && rungs_liquid_read_end (&words, error)
         && rungs_liquid_read_block (self, &branch->body, ending, error);
}

static gboolean
read_if (RungsLiquidParser       *self,
         const RungsLiquidPiece  *tag,
         RungsLiquidNode         *node,
         GError                 **error)
{
  gboolean is_unless = rungs_liquid_tag_is (tag, "unless");
  RungsLiquidBranch **last = &node->branches;
  RungsLiquidPiece ending = *tag;

  node->kind = RUNGS_LIQUID_NODE_IF;
  do
    {
      RungsLiquidPiece condition = ending;
      RungsLiquidBranch *branch = add_branch (self, &last);

      branch->is_inverted = is_unless && branch == node->branches;
      if (!read_condition (self, &condition, branch, &ending, error))
        return FALSE;
    }
  while (rungs_liquid_tag_is (&ending, "elsif"));
  return read_else (self, tag, is_unless ? "endunless" : "endif", node, &ending, error);
}

static gboolean
read_when (RungsLiquidParser  *self,
           RungsLiquidBranch  *branch,
           RungsLiquidPiece   *ending,
           GError            **error)
{
  RungsLiquidExpression **last = &branch->values;
  RungsLiquidWords words;

  if (!begin_words (self, ending, &words, error))
    return FALSE;
  for (;;)
    {
      *last = rungs_liquid_read_value (&words, error);
      if (*last == NULL)
        return FALSE;
      last = &(*last)->next;
      if (!rungs_liquid_words_is (&words, ",") && !rungs_liquid_words_is (&words, "or"))
        break;
      if (!rungs_liquid_words_next (&words, error))
        return FALSE;
    }
  return rungs_liquid_read_end (&words, error)
         && rungs_liquid_read_block (self, &branch->body, ending, error);
}

static gboolean
read_case (RungsLiquidParser       *self,
           const RungsLiquidPiece  *tag,
           RungsLiquidNode         *node,
           GError                 **error)
{
  RungsLiquidBranch **last = &node->branches;
  RungsLiquidNode *ignored = NULL; /* what stands before the first `when` */
  RungsLiquidPiece ending;
  RungsLiquidWords words;

  node->kind = RUNGS_LIQUID_NODE_CASE;
  if (!begin_words (self, tag, &words, error)
      || !rungs_liquid_read_filtered (&words, FALSE, &node->value, error)
      || !rungs_liquid_read_end (&words, error)
      || !rungs_liquid_read_block (self, &ignored, &ending, error))
    return FALSE;
  while (rungs_liquid_tag_is (&ending, "when"))
    if (!read_when (self, add_branch (self, &last), &ending, error))
      return FALSE;
  return read_else (self, tag, "endcase", node, &ending, error);
}

/* `limit: n`, `offset: n` or `reversed`, in any order, with or without commas. */
static gboolean
read_loop_option (RungsLiquidWords  *words,
                  RungsLiquidNode   *node,
                  GError           **error)
{
  RungsLiquidExpression **slot;

  if (rungs_liquid_words_is (words, ","))
    return rungs_liquid_words_next (words, error);
  if (rungs_liquid_words_is (words, "reversed"))
    {
      node->is_reversed = TRUE;
      return rungs_liquid_words_next (words, error);
    }
  if (!rungs_liquid_words_is (words, "limit") && !rungs_liquid_words_is (words, "offset"))
    {
      rungs_liquid_words_refuse (words, _ ("“limit:”, “offset:” or “reversed”"), error);
      return FALSE;
    }

  slot = rungs_liquid_words_is (words, "limit") ? &node->limit : &node->offset;
  if (!rungs_liquid_words_next (words, error) || !expect_word (words, ":", "“:”", error))
    return FALSE;
  if (rungs_liquid_words_is (words, "continue"))
    {
      rungs_liquid_words_refuse (words, _ ("a number"), error);
      return FALSE;
    }
  *slot = rungs_liquid_read_value (words, error);
  return *slot != NULL;
}

static gboolean
read_for (RungsLiquidParser       *self,
          const RungsLiquidPiece  *tag,
          RungsLiquidNode         *node,
          GError                 **error)
{
  RungsLiquidPiece ending;
  RungsLiquidWords words;

  node->kind = RUNGS_LIQUID_NODE_FOR;
  if (!begin_words (self, tag, &words, error) || !read_name (&words, node, error)
      || !expect_word (&words, "in", "“in”", error))
    return FALSE;
  node->collection = rungs_liquid_read_value (&words, error);
  if (node->collection == NULL)
    return FALSE;
  while (words.word.kind != RUNGS_LIQUID_WORD_END)
    if (!read_loop_option (&words, node, error))
      return FALSE;

  self->loops++;
  if (!rungs_liquid_read_block (self, &node->body, &ending, error))
    return FALSE;
  self->loops--;
  return read_else (self, tag, "endfor", node, &ending, error);
}

static gboolean
read_jump (RungsLiquidParser       *self,
           const RungsLiquidPiece  *tag,
           RungsLiquidNode         *node,
           GError                 **error)
{
  node->kind =
      rungs_liquid_tag_is (tag, "break") ? RUNGS_LIQUID_NODE_BREAK : RUNGS_LIQUID_NODE_CONTINUE;
  if (self->loops > 0)
    return expect_nothing (self, tag, error);
  rungs_liquid_set_error (error, self->template->source, tag->at,
                          _ ("“%.*s” is only understood between “for” and “endfor”"),
                          (int) tag->name_length, tag->name);
  return FALSE;
}

static gboolean
read_assign (RungsLiquidParser       *self,
             const RungsLiquidPiece  *tag,
             RungsLiquidNode         *node,
             GError                 **error)
{
  RungsLiquidWords words;

  node->kind = RUNGS_LIQUID_NODE_ASSIGN;
  return begin_words (self, tag, &words, error) && read_name (&words, node, error)
         && expect_word (&words, "=", "“=”", error)
         && rungs_liquid_read_filtered (&words, FALSE, &node->value, error)
         && rungs_liquid_read_end (&words, error);
}

static gboolean
read_capture (RungsLiquidParser       *self,
              const RungsLiquidPiece  *tag,
              RungsLiquidNode         *node,
              GError                 **error)
{
  RungsLiquidPiece ending;
  RungsLiquidWords words;

  node->kind = RUNGS_LIQUID_NODE_CAPTURE;
  if (!begin_words (self, tag, &words, error))
    return FALSE;
  if (words.word.kind == RUNGS_LIQUID_WORD_STRING)
    {
      node->text = words.word.value.string;
      node->text_length = words.word.value.length;
      if (!rungs_liquid_words_next (&words, error))
        return FALSE;
    }
  else if (!read_name (&words, node, error))
    return FALSE;
  if (!rungs_liquid_read_end (&words, error)
      || !rungs_liquid_read_block (self, &node->body, &ending, error))
    return FALSE;
  if (!rungs_liquid_tag_is (&ending, "endcapture"))
    return refuse_ending (self, tag, &ending, error);
  return expect_nothing (self, &ending, error);
}

static gboolean
read_count (RungsLiquidParser       *self,
            const RungsLiquidPiece  *tag,
            RungsLiquidNode         *node,
            GError                 **error)
{
  RungsLiquidWords words;

  node->kind = RUNGS_LIQUID_NODE_COUNT;
  node->step = rungs_liquid_tag_is (tag, "increment") ? 1 : -1;
  return begin_words (self, tag, &words, error) && read_name (&words, node, error)
         && rungs_liquid_read_end (&words, error);
}

/* `"a", "b"` or `group: "a", "b"`. */
static gboolean
read_cycle (RungsLiquidParser       *self,
            const RungsLiquidPiece  *tag,
            RungsLiquidNode         *node,
            GError                 **error)
{
  RungsLiquidBranch **last = &node->branches;
  RungsLiquidWords words;
  RungsLiquidWords ahead;

  node->kind = RUNGS_LIQUID_NODE_CYCLE;
  if (!begin_words (self, tag, &words, error))
    return FALSE;
  ahead = words;
  node->collection = rungs_liquid_read_value (&ahead, error);
  if (node->collection == NULL)
    return FALSE;
  if (!rungs_liquid_words_is (&ahead, ":"))
    node->collection = NULL;
  else if (!rungs_liquid_words_next (&ahead, error))
    return FALSE;
  else
    words = ahead;

  node->text = self->template->source + words.word.at;
  node->text_length = tag->end - words.word.at;
  for (;;)
    {
      if (!rungs_liquid_read_filtered (&words, FALSE, &add_branch (self, &last)->condition, error))
        return FALSE;
      if (!rungs_liquid_words_is (&words, ","))
        return rungs_liquid_read_end (&words, error);
      if (!rungs_liquid_words_next (&words, error))
        return FALSE;
    }
}

static gboolean
read_raw (RungsLiquidParser       *self,
          const RungsLiquidPiece  *tag,
          RungsLiquidNode         *node,
          GError                 **error)
{
  RungsLiquidPiece text;

  if (!rungs_liquid_lexer_skip_to (&self->lexer, tag, "endraw", &text, error))
    return FALSE;
  node->kind = RUNGS_LIQUID_NODE_TEXT;
  node->text = self->template->source + text.begin;
  node->text_length = text.end - text.begin;
  return TRUE;
}

/* A comment becomes an empty text. */
static gboolean
read_comment (RungsLiquidParser       *self,
              const RungsLiquidPiece  *tag,
              RungsLiquidNode         *node,
              GError                 **error)
{
  RungsLiquidPiece text;

  node->kind = RUNGS_LIQUID_NODE_TEXT;
  return rungs_liquid_tag_is (tag, "#")
         || rungs_liquid_lexer_skip_to (&self->lexer, tag, "endcomment", &text, error);
}

static const struct
{
  const char *name;
  RungsLiquidTagFunc read;
} TAGS[] = {
  { "#", read_comment },       { "assign", read_assign }, { "break", read_jump },
  { "capture", read_capture }, { "case", read_case },     { "comment", read_comment },
  { "continue", read_jump },   { "cycle", read_cycle },   { "decrement", read_count },
  { "for", read_for },         { "if", read_if },         { "increment", read_count },
  { "raw", read_raw },         { "unless", read_if },
};

RungsLiquidTagFunc
rungs_liquid_tag_find (const RungsLiquidPiece *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TAGS); i++)
    if (rungs_liquid_tag_is (tag, TAGS[i].name))
      return TAGS[i].read;
  return NULL;
}
