/* rungs-liquid-parser.c: makes the tree of a template. */

#include "mail/rungs-liquid-parser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-liquid-expression.h"

/* Tags that go on with or close another: they end a block. */
static const char *const ENDINGS[] = { "else",    "elsif",  "when",       "endif",  "endunless",
                                       "endcase", "endfor", "endcapture", "endraw", "endcomment" };

static gboolean
is_ending (const RungsLiquidPiece *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    if (rungs_liquid_tag_is (tag, ENDINGS[i]))
      return TRUE;
  return FALSE;
}

static gboolean
read_output (RungsLiquidParser       *self,
             const RungsLiquidPiece  *piece,
             RungsLiquidNode         *node,
             GError                 **error)
{
  RungsLiquidWords words;

  node->kind = RUNGS_LIQUID_NODE_OUTPUT;
  return rungs_liquid_words_init (&words, self->template->source, piece->begin, piece->end,
                                  self->template->arena, error)
         && rungs_liquid_read_filtered (&words, FALSE, &node->value, error)
         && rungs_liquid_read_end (&words, error);
}

static gboolean
read_tag (RungsLiquidParser       *self,
          const RungsLiquidPiece  *piece,
          RungsLiquidNode         *node,
          GError                 **error)
{
  RungsLiquidTagFunc read = rungs_liquid_tag_find (piece);
  gboolean is_read;

  if (read == NULL && piece->name_length == 0)
    rungs_liquid_set_error (error, self->template->source, piece->at,
                            _ ("the name of a tag, such as “if”, is missing here"));
  else if (read == NULL)
    rungs_liquid_set_error (error, self->template->source, piece->at, _ ("there is no tag “%.*s”"),
                            (int) piece->name_length, piece->name);
  else if (self->depth == RUNGS_LIQUID_MAX_DEPTH)
    rungs_liquid_set_error (error, self->template->source, piece->at,
                            _ ("at most %d tags can stand within each other"),
                            RUNGS_LIQUID_MAX_DEPTH);
  if (read == NULL || self->depth == RUNGS_LIQUID_MAX_DEPTH)
    return FALSE;

  self->depth++;
  is_read = read (self, piece, node, error);
  self->depth--;
  return is_read;
}

static gboolean
read_piece (RungsLiquidParser       *self,
            const RungsLiquidPiece  *piece,
            RungsLiquidNode         *node,
            GError                 **error)
{
  node->at = piece->at;
  if (piece->kind == RUNGS_LIQUID_PIECE_OUTPUT)
    return read_output (self, piece, node, error);
  if (piece->kind == RUNGS_LIQUID_PIECE_TAG)
    return read_tag (self, piece, node, error);

  node->kind = RUNGS_LIQUID_NODE_TEXT;
  node->text = self->template->source + piece->begin;
  node->text_length = piece->end - piece->begin;
  return TRUE;
}

gboolean
rungs_liquid_read_block (RungsLiquidParser  *self,
                         RungsLiquidNode   **nodes,
                         RungsLiquidPiece   *ending,
                         GError            **error)
{
  RungsLiquidNode **last = nodes;
  RungsLiquidPiece piece;

  for (;;)
    {
      RungsLiquidNode *node;

      if (!rungs_liquid_lexer_next (&self->lexer, &piece, error))
        return FALSE;
      if (piece.kind == RUNGS_LIQUID_PIECE_END
          || (piece.kind == RUNGS_LIQUID_PIECE_TAG && is_ending (&piece)))
        break;
      node = rungs_arena_new_array (self->template->arena, RungsLiquidNode, 1);
      if (!read_piece (self, &piece, node, error))
        return FALSE;
      *last = node;
      last = &node->next;
    }
  *ending = piece;
  return TRUE;
}

static gboolean
read_template (RungsLiquid  *template,
               GError      **error)
{
  RungsLiquidParser parser = {
    .template = template,
    .lexer = { .source = template->source,
               .length = template->source_length,
               .drops_tag_lines = template->output == RUNGS_LIQUID_TO_MARKDOWN },
  };
  RungsLiquidPiece ending;

  if (!rungs_liquid_read_block (&parser, &template->nodes, &ending, error))
    return FALSE;
  if (ending.kind == RUNGS_LIQUID_PIECE_END)
    return TRUE;

  rungs_liquid_set_error (error, template->source, ending.at,
                          _ ("“%.*s” does not belong here: nothing is open that it could end"),
                          (int) ending.name_length, ending.name);
  return FALSE;
}

RungsLiquid *
rungs_liquid_parse (const char         *source,
                    RungsLiquidOutput   output,
                    GError            **error)
{
  g_autoptr (RungsLiquid) self = NULL;
  gsize length;

  g_return_val_if_fail (source != NULL, NULL);

  length = strlen (source);
  if (length > RUNGS_LIQUID_MAX_SOURCE)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the text is longer than %d KB"),
                   RUNGS_LIQUID_MAX_SOURCE / 1024);
      return NULL;
    }
  if (!g_utf8_validate (source, length, NULL))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the text is not UTF-8"));
      return NULL;
    }

  self = g_new0 (RungsLiquid, 1);
  g_atomic_ref_count_init (&self->references);
  self->arena = rungs_arena_new ();
  self->output = output;
  self->source = rungs_arena_strndup (self->arena, source, length);
  self->source_length = length;
  return read_template (self, error) ? g_steal_pointer (&self) : NULL;
}

RungsLiquid *
rungs_liquid_ref (RungsLiquid *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_liquid_unref (RungsLiquid *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  rungs_arena_free (self->arena);
  g_free (self);
}
