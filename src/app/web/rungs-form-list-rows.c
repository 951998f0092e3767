/* rungs-form-list-rows.c: the opt-in forms as rows of a browser. There are a dozen of them, hardly
 * a hundred: a list holds the rows themselves. */

#include "rungs-form-list-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-form-words.h"
#include "web/rungs-web-visit-store.h"
#include "widgets/rungs-display.h"

typedef struct
{
  char *words;  /* (owned): folded */
  char *column; /* (owned) (nullable) */
  gboolean descending;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->words);
  g_free (query->column);
  g_free (query);
}

gpointer
rungs_form_list_query_new (const char *words,
                           const char *column,
                           gboolean    descending)
{
  Query *query = g_new0 (Query, 1);
  g_autofree char *stripped = g_strstrip (g_strdup (words));

  query->words = g_utf8_casefold (stripped, -1);
  query->column = g_strdup (column);
  query->descending = descending;
  return query;
}

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

static gboolean
has_words (const RungsOptInForm *form,
           const char           *words)
{
  const char *const texts[] = { form->name, form->slug, form->draft->title };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folded = g_utf8_casefold (texts[i], -1);

      if (strstr (folded, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static double
number_of (const RungsFormListed *row,
           const char            *column)
{
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

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const RungsFormListed *one = *(const RungsFormListed *const *) a;
  const RungsFormListed *other = *(const RungsFormListed *const *) b;
  const Query *query = data;
  double first, second;
  int order;

  if (query->column == NULL && (one->form->retired_at != 0) != (other->form->retired_at != 0))
    return one->form->retired_at != 0 ? 1 : -1;
  if (query->column == NULL || g_str_equal (query->column, "name"))
    {
      order = g_utf8_collate (one->form->name, other->form->name);
    }
  else
    {
      first = number_of (one, query->column);
      second = number_of (other, query->column);
      order = (first > second) - (first < second);
    }
  return query->descending ? -order : order;
}

static gpointer
list_forms (RungsDb   *db,
            gpointer   data,
            guint      limit,
            GError   **error)
{
  Query *query = data;
  g_autoptr (GPtrArray) forms = rungs_opt_in_list (db, rungs_display_now (), error);
  g_autoptr (GPtrArray) rows
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_form_listed_free);

  if (forms == NULL)
    return NULL;
  while (forms->len > 0)
    {
      g_autoptr (RungsOptInForm) form = g_ptr_array_steal_index (forms, forms->len - 1);
      RungsFormListed *row;

      if (!has_words (form, query->words))
        continue;
      row = listed_new (db, g_steal_pointer (&form), error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort_with_data (rows, compare_rows, query);
  return g_steal_pointer (&rows);
}

static void
list_free (gpointer list)
{
  g_ptr_array_unref (list);
}

static guint
get_count (gpointer list)
{
  return ((GPtrArray *) list)->len;
}

static gint64
get_id (gpointer list,
        guint    position)
{
  return ((RungsFormListed *) g_ptr_array_index ((GPtrArray *) list, position))->form->id;
}

static RungsFormListed *
copy_row (const RungsFormListed *row)
{
  RungsFormListed *copy = g_memdup2 (row, sizeof *row);

  copy->form = g_memdup2 (row->form, sizeof *row->form);
  copy->form->slug = g_strdup (row->form->slug);
  copy->form->name = g_strdup (row->form->name);
  copy->form->draft = rungs_opt_in_copy (row->form->draft);
  return copy;
}

static GPtrArray *
read_rows (RungsDb   *db,
           gpointer   list,
           guint      first,
           guint      n,
           GError   **error)
{
  GPtrArray *forms = list;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_form_listed_free);

  for (guint i = first; i < forms->len && i - first < n; i++)
    g_ptr_array_add (rows, copy_row (g_ptr_array_index (forms, i)));
  return rows;
}

const RungsBrowserSource *
rungs_form_list_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_forms,
    .list_free = list_free,
    .get_count = get_count,
    .get_id = get_id,
    .rows = read_rows,
    .query_free = query_free,
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
