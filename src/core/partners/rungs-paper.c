/* rungs-paper.c: a paper for a partner. */

#include "partners/rungs-paper.h"

#include <string.h>

#include "base/rungs-time.h"
#include "partners/rungs-payment-file.h"

static void
column_clear (RungsPaperColumn *column)
{
  g_free (column->heading);
}

static void
row_free (RungsPaperRow *row)
{
  g_strfreev (row->cells);
  g_free (row->so_far);
  g_free (row);
}

static void
sum_free (RungsPaperSum *sum)
{
  g_free (sum->what);
  g_free (sum->amount);
  g_free (sum);
}

RungsPaper *
rungs_paper_new (const char *language,
                 const char *title)
{
  RungsPaper *self = g_new0 (RungsPaper, 1);

  self->language = g_strdup (language);
  self->title = g_strdup (title);
  self->from = g_strdup ("");
  self->from_address = g_strdup ("");
  self->to = g_strdup ("");
  self->to_address = g_strdup ("");
  self->carried = g_strdup ("");
  self->brought = g_strdup ("");
  self->page = g_strdup ("%s / %s");
  self->made_at = g_strdup ("");
  self->facts = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_array_new (FALSE, FALSE, sizeof (RungsPaperColumn));
  g_array_set_clear_func (self->columns, (GDestroyNotify) column_clear);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->sums = g_ptr_array_new_with_free_func ((GDestroyNotify) sum_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rungs_paper_free (RungsPaper *self)
{
  if (self == NULL)
    return;
  g_free (self->language);
  g_free (self->title);
  g_free (self->from);
  g_free (self->from_address);
  g_free (self->to);
  g_free (self->to_address);
  g_free (self->carried);
  g_free (self->brought);
  g_free (self->page);
  g_free (self->made_at);
  g_ptr_array_unref (self->facts);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->sums);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
set_text (char       **text,
          const char  *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

void
rungs_paper_set_parties (RungsPaper *self,
                         const char *from,
                         const char *from_address,
                         const char *to,
                         const char *to_address)
{
  set_text (&self->from, from);
  set_text (&self->from_address, from_address);
  set_text (&self->to, to);
  set_text (&self->to_address, to_address);
}

void
rungs_paper_set_pages (RungsPaper *self,
                       const char *page,
                       const char *carried,
                       const char *brought)
{
  set_text (&self->page, page);
  set_text (&self->carried, carried);
  set_text (&self->brought, brought);
}

void
rungs_paper_add_column (RungsPaper *self,
                        const char *heading,
                        gboolean    number)
{
  RungsPaperColumn column = { g_strdup (heading), number };

  g_array_append_val (self->columns, column);
}

void
rungs_paper_add_row (RungsPaper *self,
                     GPtrArray  *cells,
                     char       *so_far)
{
  RungsPaperRow *row = g_new0 (RungsPaperRow, 1);

  g_return_if_fail (cells->len == self->columns->len);

  g_ptr_array_add (cells, NULL);
  row->cells = (char **) g_ptr_array_steal (cells, NULL);
  row->so_far = so_far;
  g_ptr_array_add (self->rows, row);
}

void
rungs_paper_add_sum (RungsPaper *self,
                     const char *what,
                     const char *amount)
{
  RungsPaperSum *sum = g_new0 (RungsPaperSum, 1);

  sum->what = g_strdup (what);
  sum->amount = g_strdup (amount);
  g_ptr_array_add (self->sums, sum);
}

void
rungs_paper_take_fact (RungsPaper *self,
                       char       *text)
{
  g_ptr_array_add (self->facts, text);
}

void
rungs_paper_take_note (RungsPaper *self,
                       char       *text)
{
  g_ptr_array_add (self->notes, text);
}

void
rungs_paper_set_made_at (RungsPaper *self,
                         gint64      at)
{
  g_autoptr (GDateTime) time = rungs_time_in_zone (at, NULL);

  g_free (self->made_at);
  self->made_at = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

char *
rungs_paper_dup_filled (const char *pattern,
                        const char *first,
                        const char *second)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", 3);

  g_return_val_if_fail (parts[0] != NULL && parts[1] != NULL, g_strdup (pattern));

  return g_strconcat (parts[0], first, parts[1], parts[2] != NULL ? second : NULL, parts[2], NULL);
}

gboolean
rungs_paper_is_letter_in (const char *country)
{
  static const char *const COUNTRIES[] = { "US", "CA", "MX", "PH", "CL", "CO", "VE", NULL };

  return g_strv_contains (COUNTRIES, country);
}

gboolean
rungs_paper_save (const RungsPaper  *self,
                  gboolean           pdf,
                  const char        *path,
                  gboolean           replace,
                  GError           **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *page = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (pdf)
    {
      bytes = rungs_paper_to_pdf (self, error);
      return bytes != NULL && rungs_payment_bytes_save (bytes, path, replace, error);
    }
  page = rungs_paper_to_html (self);
  return rungs_payment_text_save (page, path, replace, error);
}

/* FAT and NTFS refuse more than others: their rule does for all. */
char *
rungs_paper_dup_file_name (const char *what,
                           const char *whose,
                           gboolean    pdf)
{
  char *name;

  g_return_val_if_fail (what != NULL && whose != NULL, NULL);

  name = g_strconcat (what, " ", whose, pdf ? ".pdf" : ".html", NULL);
  for (char *at = name; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) || strchr ("/\\:*?\"<>|", *at) != NULL)
      *at = '-';
  return name;
}
