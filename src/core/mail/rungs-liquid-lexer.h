/* rungs-liquid-lexer.h: cuts a template into text, outputs and tags, and what is inside these into
 * words. Private to the merge language. */

#pragma once

#include "mail/rungs-liquid-node.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_LIQUID_PIECE_END,
  RUNGS_LIQUID_PIECE_TEXT,
  RUNGS_LIQUID_PIECE_OUTPUT, /* {{ … }} */
  RUNGS_LIQUID_PIECE_TAG,    /* {% … %} */
} RungsLiquidPieceKind;

typedef struct
{
  RungsLiquidPieceKind kind;
  gsize at;    /* where it begins, with its braces */
  gsize begin; /* what it holds, without them; of a tag: what follows its name */
  gsize end;
  const char *name; /* of a tag */
  gsize name_length;
} RungsLiquidPiece;

/* Where in the template we are. Fill in `source`, `length` and `drops_tag_lines`, the rest zero. */
typedef struct
{
  const char *source;
  gsize length;
  gboolean drops_tag_lines; /* a line of nothing but tags leaves no empty line */
  gsize position;
  gboolean trims_next;   /* the piece before ended in -%} or -}} */
  gboolean follows_line; /* the piece before stood on a line of tags */
} RungsLiquidLexer;

/* Cuts off the next piece. Errors: INVALID. */
gboolean rungs_liquid_lexer_next (RungsLiquidLexer  *self,
                                  RungsLiquidPiece  *piece,
                                  GError           **error);

/* Goes on behind the closing tag `name` ("endraw", "endcomment"), with all before it as a text. */
gboolean rungs_liquid_lexer_skip_to (RungsLiquidLexer        *self,
                                     const RungsLiquidPiece  *opening,
                                     const char              *name,
                                     RungsLiquidPiece        *text,
                                     GError                 **error);

typedef enum
{
  RUNGS_LIQUID_WORD_END,
  RUNGS_LIQUID_WORD_NAME,   /* a name; also true, nil, and, contains … */
  RUNGS_LIQUID_WORD_STRING, /* `value` */
  RUNGS_LIQUID_WORD_NUMBER, /* `value` */
  RUNGS_LIQUID_WORD_SIGN,   /* one of . .. , : | [ ] ( ) = == != < > <= >= */
} RungsLiquidWordKind;

typedef struct
{
  RungsLiquidWordKind kind;
  gsize at;
  gsize length;
  RungsLiquidValue value;
} RungsLiquidWord;

/* The words of one piece, and the one that comes next. */
typedef struct
{
  const char *source;
  RungsArena *arena;
  gsize position;
  gsize end;
  guint depth; /* of what is being read */
  RungsLiquidWord word;
} RungsLiquidWords;

/* Begins with the words from `begin` to `end`. Errors: INVALID. */
gboolean rungs_liquid_words_init (RungsLiquidWords  *self,
                                  const char        *source,
                                  gsize              begin,
                                  gsize              end,
                                  RungsArena        *arena,
                                  GError           **error);

/* Goes on to the next word. Errors: INVALID. */
gboolean rungs_liquid_words_next (RungsLiquidWords  *self,
                                  GError           **error);

/* Whether the word is that name or sign. */
gboolean rungs_liquid_words_is (const RungsLiquidWords *self,
                                const char             *text);

/* Sets the error “… is not understood here” for the word, with advice where there is some. */
void rungs_liquid_words_refuse (const RungsLiquidWords  *self,
                                const char              *wanted,
                                GError                 **error);

G_END_DECLS
