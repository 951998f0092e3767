/* rungs-form-list-rows.c: the opt-in forms as rows of a browser. There are a dozen of them, hardly
 * a hundred. */

#include "rungs-form-list-rows.h"

#include <glib/gi18n.h>

#include "rungs-form-words.h"
#include "web/rungs-web-visit-store.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-display.h"

void
rungs_form_listed_free (RungsFormListed *self)
{
  rungs_opt_in_form_free (self->form);
  g_free (self);
}

/* ---- the source, on threads of the store */

/* Takes the form. */
static RungsFormListed *
listed_new (RungsDb         *db,
            RungsOptInForm  *form,
            GError         **error)
{
  g_autoptr (RungsFormListed) self = g_new0 (RungsFormListed, 1);
  g_autofree char *path = g_strdup_printf ("/f/%s", form->slug);

  self->form = form;
  return rungs_web_visit_sum (db, path, &self->views, error) ? g_steal_pointer (&self) : NULL;
}

gpointer
rungs_form_listed_load (RungsDb       *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  RungsOptInForm *form = rungs_opt_in_load (db, *(gint64 *) data, rungs_display_now (), error);

  return form != NULL ? listed_new (db, form, error) : NULL;
}

static gint64
get_id (gconstpointer row)
{
  return ((const RungsFormListed *) row)->form->id;
}

static gpointer
copy_row (gconstpointer data)
{
  const RungsFormListed *row = data;
  RungsFormListed *copy = g_memdup2 (row, sizeof *row);

  copy->form = g_memdup2 (row->form, sizeof *row->form);
  copy->form->slug = g_strdup (row->form->slug);
  copy->form->name = g_strdup (row->form->name);
  copy->form->draft = rungs_opt_in_copy (row->form->draft);
  return copy;
}

static const char *
get_name (gconstpointer row)
{
  return ((const RungsFormListed *) row)->form->name;
}

static double
get_number (gconstpointer  data,
            const char    *column)
{
  const RungsFormListed *row = data;
  const RungsOptInForm *form = row->form;

  if (g_str_equal (column, "submissions"))
    return (double) form->submissions;
  if (g_str_equal (column, "leads"))
    return (double) form->leads;
  if (g_str_equal (column, "confirmed"))
    return (double) form->confirmed;
  if (g_str_equal (column, "views"))
    return (double) row->views;
  if (g_str_equal (column, "share"))
    return row->views > 0 ? (double) form->submissions / (double) row->views : 0;
  return (double) form->last_at;
}

static gboolean
is_retired (gconstpointer row)
{
  return ((const RungsFormListed *) row)->form->retired_at != 0;
}

static const RungsBrowserHeld LISTED = {
  .get_id = get_id,
  .copy = copy_row,
  .free = (GDestroyNotify) rungs_form_listed_free,
  .get_name = get_name,
  .get_number = get_number,
  .is_last = is_retired,
};

static gpointer
list_forms (RungsDb   *db,
            gpointer   data,
            guint      limit,
            GError   **error)
{
  const RungsBrowserQuery *query = data;
  g_autoptr (GPtrArray) forms = rungs_opt_in_list (db, rungs_display_now (), error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (LISTED.free);

  if (forms == NULL)
    return NULL;
  while (forms->len > 0)
    {
      g_autoptr (RungsOptInForm) form = g_ptr_array_steal_index (forms, forms->len - 1);
      RungsFormListed *row;

      if (!rungs_browser_words_match (query->words, form->name, form->slug, form->draft->title,
                                      NULL))
        continue;
      row = listed_new (db, g_steal_pointer (&form), error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  rungs_browser_query_sort (query, rows, &LISTED);
  return rungs_browser_held_new (g_steal_pointer (&rows), &LISTED);
}

const RungsBrowserSource *
rungs_form_list_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_forms,
    RUNGS_BROWSER_HELD,
    .query_free = (GDestroyNotify) rungs_browser_query_free,
  };

  return &source;
}

/* ---- the columns */

static const RungsOptInForm *
form_of (gpointer row)
{
  return ((RungsFormListed *) row)->form;
}

static char *
name_text (gpointer row)
{
  return g_strdup (form_of (row)->name);
}

static char *
state_text (gpointer row)
{
  const RungsOptInForm *form = form_of (row);

  return form->version != 0 && form->is_changed && form->retired_at == 0
           ? g_strdup (_ ("Live, changed since"))
           : g_strdup (rungs_form_state_words (form));
}

static char *
submissions_text (gpointer row)
{
  return rungs_display_number (form_of (row)->submissions);
}

static char *
leads_text (gpointer row)
{
  return rungs_display_number (form_of (row)->leads);
}

static char *
confirmed_text (gpointer row)
{
  return form_of (row)->draft->is_double ? rungs_display_number (form_of (row)->confirmed) : NULL;
}

static char *
views_text (gpointer row)
{
  return rungs_display_number (((RungsFormListed *) row)->views);
}

static char *
share_text (gpointer row)
{
  return rungs_form_share_words (form_of (row)->submissions,
                                 ((RungsFormListed *) row)->views);
}

static char *
last_text (gpointer row)
{
  gint64 at = form_of (row)->last_at;

  return at != 0 ? rungs_display_moment (at, rungs_display_now ()) : NULL;
}

static char *
slug_text (gpointer row)
{
  return g_strdup_printf ("/f/%s", form_of (row)->slug);
}

static const char *
retired_style (gpointer row)
{
  return form_of (row)->retired_at != 0 ? "dim-label" : NULL;
}

#define SORTABLE RUNGS_BROWSER_COLUMN_SORTABLE
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN
#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC

static const RungsBrowserColumn COLUMNS[] = {
  { "name", N_ ("Name"), SORTABLE | RUNGS_BROWSER_COLUMN_FIXED | RUNGS_BROWSER_COLUMN_EXPAND, 150,
    name_text, retired_style },
  { "state", N_ ("State"), 0, 110, state_text, retired_style },
  { "submissions", N_ ("Submissions"), SORTABLE | NUMERIC, 100, submissions_text, NULL },
  { "leads", N_ ("Opt-ins"), SORTABLE | NUMERIC, 80, leads_text, NULL },
  { "share", N_ ("Of views"), SORTABLE | NUMERIC, 80, share_text, NULL },
  { "last", N_ ("Last one"), SORTABLE, 128, last_text, NULL },
  { "confirmed", N_ ("Confirmed"), SORTABLE | NUMERIC | HIDDEN, 90, confirmed_text, NULL },
  { "views", N_ ("Views"), SORTABLE | NUMERIC | HIDDEN, 80, views_text, NULL },
  { "address", N_ ("Address"), HIDDEN, 140, slug_text, NULL },
};

const RungsBrowserColumn *
rungs_form_list_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
