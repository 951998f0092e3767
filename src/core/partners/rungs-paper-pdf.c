/* rungs-paper-pdf.c: a paper as PDF.
 *
 * It is set twice: first to count the pages, without drawing, then to draw them. Everything goes
 * down the page from `y`; what does not fit begins the next one. Lengths are points.
 *
 * It is tagged (PDF 1.7, 14.8), so that those who hear it hear a heading, paragraphs, and cells of
 * tables under their heads: a Sect a page, and in it as much of the table as stands there. The foot
 * of a page is in no tag, and not read out. cairo has no way to say the language of a PDF, nor that
 * a title is to be shown for its name. */

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "base/rungs-error.h"
#include "partners/rungs-paper.h"

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.890
#define LETTER_WIDTH 612.0
#define LETTER_HEIGHT 792.0
#define MARGIN 51.0
#define FOOT 22.0    /* of each page, for its number */
#define GUTTER 9.0   /* between columns */
#define PADDING 3.0  /* above and below a row */
#define NARROWEST 48.0 /* column of words … */
#define WIDEST 170.0   /* … and what it may claim of what is there */
#define MOST_LINES 12 /* of a cell: a row always fits onto a page */

/* Tags. */
#define DOCUMENT "Document"
#define SECTION "Sect"
#define HEADING "H1"
#define PARAGRAPH "P"
#define TABLE "Table"
#define ROW "TR"
#define HEAD "TH"
#define CELL "TD"

#define SMALL "Sans 7.5"
#define PLAIN "Sans 8.5"
#define BOLD "Sans Bold 8.5"
#define LARGE "Sans Bold 17"

typedef struct
{
  const RungsPaper *paper;
  cairo_t *cr;
  PangoLayout *layout;
  gboolean draws;
  double width, height;
  double y;
  double *columns; /* (owned) how wide they are, without the gutter */
  guint page;
  guint pages;     /* 0: not counted yet */
} Press;

static double
right_of (const Press *press)
{
  return press->width - MARGIN;
}

static double
bottom_of (const Press *press)
{
  return press->height - MARGIN - FOOT;
}

/* ---- text */

static void
set_text (Press      *press,
          const char *font,
          const char *text,
          double      width,
          gboolean    right)
{
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (press->layout, description);
  pango_font_description_free (description);
  pango_layout_set_width (press->layout, width < 0 ? -1 : (int) (width * PANGO_SCALE));
  pango_layout_set_alignment (press->layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text (press->layout, text, -1);
}

static double
text_height (Press *press)
{
  int height;

  pango_layout_get_size (press->layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static double
measure_height (Press      *press,
                const char *font,
                const char *text,
                double      width)
{
  set_text (press, font, text, width, FALSE);
  return text_height (press);
}

static double
measure_width (Press      *press,
               const char *font,
               const char *text)
{
  int width;

  set_text (press, font, text, -1, FALSE);
  pango_layout_get_size (press->layout, &width, NULL);
  return (double) width / PANGO_SCALE + 0.5;
}

static void
begin_tag (Press      *press,
           const char *tag)
{
  if (press->draws)
    cairo_tag_begin (press->cr, tag, NULL);
}

static void
end_tag (Press      *press,
         const char *tag)
{
  if (press->draws)
    cairo_tag_end (press->cr, tag);
}

/* `tag` (nullable): what the text is; NULL: nothing that is read out. Returns: how high it is. */
static double
put (Press      *press,
     const char *tag,
     const char *font,
     const char *text,
     double      x,
     double      width,
     gboolean    right)
{
  set_text (press, font, text, width, right);
  if (tag != NULL)
    begin_tag (press, tag);
  if (press->draws)
    {
      cairo_move_to (press->cr, x, press->y);
      pango_cairo_show_layout (press->cr, press->layout);
    }
  if (tag != NULL)
    end_tag (press, tag);
  return text_height (press);
}

static void
rule (Press  *press,
      double  grey)
{
  if (!press->draws)
    return;
  cairo_set_source_rgb (press->cr, grey, grey, grey);
  cairo_set_line_width (press->cr, 0.5);
  cairo_move_to (press->cr, MARGIN, press->y);
  cairo_line_to (press->cr, right_of (press), press->y);
  cairo_stroke (press->cr);
  cairo_set_source_rgb (press->cr, 0, 0, 0);
}

/* ---- pages */

static void
begin_page (Press *press)
{
  press->page++;
  press->y = MARGIN;
  begin_tag (press, SECTION);
}

static char *
dup_page_words (const Press *press)
{
  g_autofree char *page = g_strdup_printf ("%u", press->page);
  g_autofree char *pages = g_strdup_printf ("%u", press->pages);

  return rungs_paper_dup_filled (press->paper->page, page, pages);
}

static void
end_page (Press *press)
{
  g_autofree char *number = dup_page_words (press);
  g_autofree char *whose = g_strconcat (press->paper->title, " – ", press->paper->to, NULL);
  double width = right_of (press) - MARGIN;

  end_tag (press, SECTION);
  press->y = press->height - MARGIN - 10;
  put (press, NULL, SMALL, number, MARGIN, width, TRUE);
  pango_layout_set_height (press->layout, -1);
  put (press, NULL, SMALL, whose, MARGIN, width * 0.8, FALSE);
  pango_layout_set_height (press->layout, -MOST_LINES);
  if (press->draws)
    cairo_show_page (press->cr);
}

static void
next_page (Press *press)
{
  end_page (press);
  begin_page (press);
}

/* ---- the table */

static const RungsPaperColumn *
column_at (const Press *press,
           guint        column)
{
  return &g_array_index (press->paper->columns, RungsPaperColumn, column);
}

/* The longest word of a heading: it may be broken between words only. */
static double
measure_heading (Press      *press,
                 const char *heading)
{
  g_auto (GStrv) words = g_strsplit (heading, " ", -1);
  double widest = 0;

  for (guint i = 0; words[i] != NULL; i++)
    widest = MAX (widest, measure_width (press, BOLD, words[i]));
  return widest;
}

/* How wide the columns would be by themselves. Amounts of a paper differ in their digits, not in
 * their letters: measuring the longest text of a column is enough. */
static void
measure_columns (Press *press)
{
  const RungsPaper *paper = press->paper;

  for (guint c = 0; c < paper->columns->len; c++)
    {
      const char *longest = "";
      gboolean last = c == paper->columns->len - 1;

      for (guint r = 0; r < paper->rows->len; r++)
        {
          const char *cell = ((const RungsPaperRow *) paper->rows->pdata[r])->cells[c];
          const char *so_far = ((const RungsPaperRow *) paper->rows->pdata[r])->so_far;

          if (g_utf8_strlen (cell, -1) > g_utf8_strlen (longest, -1))
            longest = cell;
          if (last && so_far != NULL && g_utf8_strlen (so_far, -1) > g_utf8_strlen (longest, -1))
            longest = so_far;
        }
      for (guint s = 0; last && s < paper->sums->len; s++)
        {
          const char *amount = ((const RungsPaperSum *) paper->sums->pdata[s])->amount;

          if (g_utf8_strlen (amount, -1) > g_utf8_strlen (longest, -1))
            longest = amount;
        }
      press->columns[c] = MAX (measure_heading (press, column_at (press, c)->heading),
                               measure_width (press, last ? BOLD : PLAIN, longest) + 1);
    }
}

/* What a column of words has at least. */
static double
floor_of (Press *press,
          guint  column)
{
  double heading = measure_heading (press, column_at (press, column)->heading);

  return column_at (press, column)->number
             ? press->columns[column]
             : MAX (heading, MIN (press->columns[column], NARROWEST));
}

/* How many parts of what is to be shared it gets: a very long name does not take all. */
static double
part_of (Press *press,
         guint  column)
{
  return MAX (0, MIN (press->columns[column], WIDEST) - floor_of (press, column));
}

/* Numbers keep what they need, words share the rest by how much they would like. Where there is
 * too little even so, all columns are narrowed alike, and their texts wrapped. */
static void
share_width (Press *press)
{
  guint n = press->paper->columns->len;
  double space = right_of (press) - MARGIN - (n - 1) * GUTTER;
  double wanted = 0, floors = 0, parts = 0;
  guint words = 0;

  for (guint c = 0; c < n; c++)
    {
      wanted += press->columns[c];
      floors += floor_of (press, c);
      parts += part_of (press, c);
      words += column_at (press, c)->number ? 0 : 1;
    }
  for (guint c = 0; c < n; c++)
    if (floors > space)
      press->columns[c] = floor_of (press, c) * space / floors;
    else if (wanted > space)
      press->columns[c] = floor_of (press, c) + (space - floors) * part_of (press, c) / parts;
    else if (!column_at (press, c)->number)
      press->columns[c] += (space - wanted) / words;
}

static double
row_height (Press             *press,
            const char        *font,
            const char *const *cells)
{
  double height = 0;

  for (guint c = 0; c < press->paper->columns->len; c++)
    {
      double cell = measure_height (press, font, cells[c], press->columns[c]);

      height = MAX (height, cell);
    }
  return height + 2 * PADDING;
}

static void
put_cells (Press             *press,
           const char        *tag,
           const char        *font,
           const char *const *cells,
           double             height)
{
  double x = MARGIN;

  press->y += PADDING;
  begin_tag (press, ROW);
  for (guint c = 0; c < press->paper->columns->len; c++)
    {
      put (press, tag, font, cells[c], x, press->columns[c], column_at (press, c)->number);
      x += press->columns[c] + GUTTER;
    }
  end_tag (press, ROW);
  press->y += height - PADDING;
}

/* Begins the table, or what of it is on a further page. */
static void
put_table_head (Press *press)
{
  guint n = press->paper->columns->len;
  g_autofree const char **headings = g_new0 (const char *, n + 1);

  for (guint c = 0; c < n; c++)
    headings[c] = column_at (press, c)->heading;
  begin_tag (press, TABLE);
  put_cells (press, HEAD, BOLD, headings, row_height (press, BOLD, headings));
  rule (press, 0.4);
}

/* A line with words at the left and an amount below the last column. */
static void
put_sum (Press      *press,
         const char *font,
         const char *what,
         const char *amount)
{
  double last = press->columns[press->paper->columns->len - 1];
  double width = right_of (press) - MARGIN - last - GUTTER;
  double one, other;

  press->y += PADDING;
  begin_tag (press, ROW);
  one = put (press, HEAD, font, what, MARGIN, width, FALSE);
  other = put (press, CELL, font, amount, right_of (press) - last, last, TRUE);
  end_tag (press, ROW);
  press->y += MAX (one, other) + PADDING;
}

static double
sum_height (Press *press)
{
  return measure_height (press, BOLD, "0", -1) + 2 * PADDING;
}

/* Goes on with the table on the next page; `so_far` (nullable). */
static void
turn_table (Press      *press,
            const char *so_far)
{
  if (so_far != NULL)
    put_sum (press, PLAIN, press->paper->carried, so_far);
  end_tag (press, TABLE);
  next_page (press);
  put_table_head (press);
  if (so_far != NULL)
    put_sum (press, PLAIN, press->paper->brought, so_far);
}

static void
put_rows (Press *press)
{
  const char *so_far = NULL;

  for (guint r = 0; r < press->paper->rows->len; r++)
    {
      const RungsPaperRow *row = press->paper->rows->pdata[r];
      const char *const *cells = (const char *const *) row->cells;
      double height = row_height (press, PLAIN, cells);

      if (press->y + height + sum_height (press) > bottom_of (press))
        turn_table (press, so_far);
      put_cells (press, CELL, PLAIN, cells, height);
      rule (press, 0.85);
      so_far = row->so_far;
    }
}

/* They stay together. */
static void
put_sums (Press *press)
{
  GPtrArray *sums = press->paper->sums;
  guint rows = press->paper->rows->len;
  double height = sum_height (press) * (sums->len + 1);

  if (press->y + height > bottom_of (press))
    turn_table (press, rows > 0
                           ? ((const RungsPaperRow *) press->paper->rows->pdata[rows - 1])->so_far
                           : NULL);
  for (guint i = 0; i < sums->len; i++)
    {
      const RungsPaperSum *sum = sums->pdata[i];
      gboolean last = i == sums->len - 1;

      if (last || i == 0)
        rule (press, 0.4);
      put_sum (press, last ? BOLD : PLAIN, sum->what, sum->amount);
    }
  end_tag (press, TABLE);
}

/* ---- the rest */

static void
put_paragraph (Press      *press,
               const char *tag,
               const char *font,
               const char *text,
               double      after)
{
  double width = right_of (press) - MARGIN;

  if (*text == '\0')
    return;
  if (press->y + measure_height (press, font, text, width) > bottom_of (press))
    next_page (press);
  press->y += put (press, tag, font, text, MARGIN, width, FALSE) + after;
}

static void
put_head (Press *press)
{
  const RungsPaper *paper = press->paper;

  put_paragraph (press, PARAGRAPH, BOLD, paper->from, 1);
  put_paragraph (press, PARAGRAPH, PLAIN, paper->from_address, 0);
  press->y += 24;
  put_paragraph (press, PARAGRAPH, BOLD, paper->to, 1);
  put_paragraph (press, PARAGRAPH, PLAIN, paper->to_address, 0);
  press->y += 26;
  put_paragraph (press, HEADING, LARGE, paper->title, 6);
  for (guint i = 0; i < paper->facts->len; i++)
    put_paragraph (press, PARAGRAPH, PLAIN, paper->facts->pdata[i], 2);
  press->y += 12;
}

static void
set_paper (Press *press)
{
  const RungsPaper *paper = press->paper;

  press->page = 0;
  begin_tag (press, DOCUMENT);
  begin_page (press);
  put_head (press);
  if (press->y + 6 * sum_height (press) > bottom_of (press))
    next_page (press);
  put_table_head (press);
  put_rows (press);
  put_sums (press);
  press->y += 16;
  for (guint i = 0; i < paper->notes->len; i++)
    put_paragraph (press, PARAGRAPH, PLAIN, paper->notes->pdata[i], 4);
  end_page (press);
  end_tag (press, DOCUMENT);
}

static void
set_metadata (const RungsPaper *self,
              cairo_surface_t  *surface)
{
  g_autofree char *title = g_strconcat (self->title, " – ", self->to, NULL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->from);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, self->made_at);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Rungs");
}

static cairo_status_t
take_bytes (gpointer             bytes,
            const unsigned char *data,
            unsigned int         length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
run_press (Press *press)
{
  PangoContext *context = pango_cairo_create_context (press->cr);

  press->layout = pango_layout_new (context);
  press->columns = g_new0 (double, press->paper->columns->len);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_language (context, pango_language_from_string (press->paper->language));
  pango_layout_set_wrap (press->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (press->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (press->layout, -MOST_LINES);
  measure_columns (press);
  share_width (press);
  set_paper (press);
  press->pages = press->page;
  press->draws = TRUE;
  set_paper (press);
  g_free (press->columns);
  g_object_unref (press->layout);
  g_object_unref (context);
}

GBytes *
rungs_paper_to_pdf (const RungsPaper *self,
                    GError          **error)
{
  Press press = { .paper = self };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (self != NULL && self->columns->len > 1, NULL);

  press.width = self->letter ? LETTER_WIDTH : A4_WIDTH;
  press.height = self->letter ? LETTER_HEIGHT : A4_HEIGHT;
  surface = cairo_pdf_surface_create_for_stream (take_bytes, bytes, press.width, press.height);
  set_metadata (self, surface);
  press.cr = cairo_create (surface);
  run_press (&press);
  cairo_destroy (press.cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("the PDF cannot be made: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
