/* rungs-sales-letter.h: a page, message or script that sells a product. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsLetterPath:
 * @RUNGS_LETTER_PPC: for those who come by an advertisement: it links to content, which lowers the
 *   price of a click
 * @RUNGS_LETTER_EMAIL: for those who come from a message: it has no links that distract
 * @RUNGS_LETTER_PHONE: what is said on the telephone
 * @RUNGS_LETTER_PAGE: a page for anybody
 */
typedef enum
{
  RUNGS_LETTER_PPC,
  RUNGS_LETTER_EMAIL,
  RUNGS_LETTER_PHONE,
  RUNGS_LETTER_PAGE,
} RungsLetterPath;

#define RUNGS_N_LETTER_PATHS (RUNGS_LETTER_PAGE + 1)

/* "ppc", "email", "phone", "page". */
const char *rungs_letter_path_to_text (RungsLetterPath path);
gboolean rungs_letter_path_from_text (const char      *text,
                                      RungsLetterPath *path);

typedef struct
{
  gint64 id;
  gint64 product;
  RungsLetterPath path;
  char *name;    /* (owned) */
  char *address; /* (owned) of the page; "" */
  char *text;    /* (owned) the script, or the words of the page; "" */
  gint64 created_at;
  gint64 updated_at;
  gint64 retired_at; /* 0: in use */
} RungsSalesLetter;

/* Empty texts. */
RungsSalesLetter *rungs_sales_letter_new (gint64          product,
                                          RungsLetterPath path);
void rungs_sales_letter_free (RungsSalesLetter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSalesLetter, rungs_sales_letter_free)

/* How many web links the text holds. */
guint rungs_sales_letter_count_links (const RungsSalesLetter *self);

/**
 * RungsLetterHint:
 * @RUNGS_LETTER_FINE: nothing to be said
 * @RUNGS_LETTER_EMPTY: it has neither an address nor a text; a telephone script has no text
 * @RUNGS_LETTER_DISTRACTS: one for readers of messages links to more than one page
 * @RUNGS_LETTER_LACKS_LINKS: one for advertisements has a text, and no link to content in it
 */
typedef enum
{
  RUNGS_LETTER_FINE,
  RUNGS_LETTER_EMPTY,
  RUNGS_LETTER_DISTRACTS,
  RUNGS_LETTER_LACKS_LINKS,
} RungsLetterHint;

/* What could be better about it. The page behind the address is not looked at, only the text. */
RungsLetterHint rungs_sales_letter_get_hint (const RungsSalesLetter *self);

/* A sentence for the user; NULL where there is nothing to be said. */
const char *rungs_letter_hint_to_words (RungsLetterHint hint);

G_END_DECLS
