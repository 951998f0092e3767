/* rungs-paper.h: a paper for a partner: who writes to whom, a table that ends in sums, and notes.
 *
 * Statements and invoices are made as this, and drawn from it as a page (HTML) and as PDF: both say
 * the same. All texts are in the language of who reads it; amounts are texts already. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *heading;   /* (owned) */
  gboolean number; /* is read from the right */
} RungsPaperColumn;

typedef struct
{
  char **cells; /* (owned) one a column */
  char *so_far; /* (owned) what the last column comes to, down to and with this row */
} RungsPaperRow;

typedef struct
{
  char *what;   /* (owned) */
  char *amount; /* (owned) */
} RungsPaperSum;

typedef struct
{
  char *language;       /* (owned) BCP 47 */
  char *title;          /* (owned) */
  char *from;           /* (owned) who writes it … */
  char *from_address;   /* (owned) … in lines; may be empty */
  char *to;             /* (owned) who reads it … */
  char *to_address;     /* (owned) */
  char *carried;        /* (owned) what stands before a sum that goes on on the next page … */
  char *brought;        /* (owned) … and on that */
  char *page;           /* (owned) "Page %s of %s" */
  char *made_at;        /* (owned) ISO 8601: "2026-03-02T10:00:00" */
  gboolean letter;      /* 8.5 by 11 inches instead of A4 */
  GPtrArray *facts;     /* (owned) (element-type utf8) lines above the table */
  GArray *columns;      /* (owned) (element-type RungsPaperColumn) */
  GPtrArray *rows;      /* (owned) (element-type RungsPaperRow) */
  GPtrArray *sums;      /* (owned) (element-type RungsPaperSum); the last one is what counts */
  GPtrArray *notes;     /* (owned) (element-type utf8) paragraphs below it */
} RungsPaper;

/* Empty texts, and nothing in the lists. */
RungsPaper *rungs_paper_new (const char *language,
                             const char *title);
void rungs_paper_free (RungsPaper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPaper, rungs_paper_free)

/* Copies them. */
void rungs_paper_set_parties (RungsPaper *self,
                              const char *from,
                              const char *from_address,
                              const char *to,
                              const char *to_address);

/* How pages are numbered, and sums go on from one to the next. Copies them. */
void rungs_paper_set_pages (RungsPaper *self,
                            const char *page,
                            const char *carried,
                            const char *brought);

void rungs_paper_add_column (RungsPaper *self,
                             const char *heading,
                             gboolean    number);

/* Takes the texts of `cells` (element-type utf8), one a column, and `so_far`. */
void rungs_paper_add_row (RungsPaper *self,
                          GPtrArray  *cells,
                          char       *so_far);
void rungs_paper_add_sum (RungsPaper *self,
                          const char *what,
                          const char *amount);

/* Takes the text. */
void rungs_paper_take_fact (RungsPaper *self,
                            char       *text);
void rungs_paper_take_note (RungsPaper *self,
                            char       *text);

/* "2026-03-02T10:00:00Z" of an instant, for made_at. */
void rungs_paper_set_made_at (RungsPaper *self,
                              gint64      at);

/* `pattern`, words of ours, with its one or two %s in order. Returns: (transfer full). */
char *rungs_paper_dup_filled (const char *pattern,
                              const char *first,
                              const char *second);

/* Whether paper there is Letter, and not A4. `country`: ISO 3166. */
gboolean rungs_paper_is_letter_in (const char *country);

/* One HTML file that needs nothing else. Returns: (transfer full). */
char *rungs_paper_to_html (const RungsPaper *self);

/* PDF, with the head of the table on every page and the sum carried from page to page. The same
 * paper is always the same bytes, with the same fonts. Returns: (transfer full). Errors: FAILED. */
GBytes *rungs_paper_to_pdf (const RungsPaper  *self,
                            GError           **error);

/* As a file at `path`, which only its owner can read: PDF, or else a page. `replace`: one that is
 * there. Errors: FAILED, CONFLICT (there is one), those of GFileError. */
gboolean rungs_paper_save (const RungsPaper  *self,
                           gboolean           pdf,
                           const char        *path,
                           gboolean           replace,
                           GError           **error);

/* "SB-7 Anna Berg.pdf": without what cannot stand in the name of a file. Returns: (transfer
 * full). */
char *rungs_paper_dup_file_name (const char *what,
                                 const char *whose,
                                 gboolean    pdf);

G_END_DECLS
