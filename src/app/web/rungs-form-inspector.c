/* rungs-form-inspector.c: all that is said of one part of an opt-in form.
 *
 * The rows are made anew when there are others to be shown (another part, another kind of answer);
 * else those that are there are filled again. What is wrong is said beside the row that it is
 * about, or above them where there is none. */

#include "rungs-form-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-form-rows.h"
#include "rungs-form-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-members.h"

struct _RungsFormInspector
{
  GtkWidget parent_instance;

  RungsFormDocument *document; /* (owned) (nullable) */
  char *part;                  /* (owned) */
  char *shape;                 /* (owned) (nullable): of the rows that are there */

  GtkWidget *scroller;
  GtkLabel *kind;
  GtkLabel *title;
  GtkLabel *language;
  GtkBox *problems;
  GtkBox *rows;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (RungsFormInspector, rungs_form_inspector, GTK_TYPE_WIDGET)

/* ---- rows */

static void
for_each_row (RungsFormInspector *self,
              RungsMemberFunc      func,
              gpointer             data)
{
  rungs_members_for_each (self->rows, rungs_form_row_get_where, func, data);
}

static void
update_row (GtkWidget *row,
            gpointer   data)
{
  rungs_form_row_update (row);
}

typedef struct
{
  const char *where; /* (nullable): NULL: any */
  GtkWidget *found;
} Wanted;

/* The row inside is nearer to what is wanted than the one around it. */
static void
find_row_cb (GtkWidget *row,
             gpointer   data)
{
  Wanted *wanted = data;

  if (wanted->where == NULL ? wanted->found == NULL
                            : g_str_equal (rungs_form_row_get_where (row), wanted->where))
    wanted->found = row;
}

static GtkWidget *
find_row (RungsFormInspector *self,
          const char         *where)
{
  Wanted wanted = { where, NULL };

  for_each_row (self, find_row_cb, &wanted);
  return wanted.found;
}

static void
note_open_cb (GtkWidget *row,
              gpointer   data)
{
  if (ADW_IS_EXPANDER_ROW (row) && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    g_hash_table_add (data, g_strdup (rungs_form_row_get_where (row)));
}

static void
open_cb (GtkWidget *row,
         gpointer   data)
{
  if (ADW_IS_EXPANDER_ROW (row) && g_hash_table_contains (data, rungs_form_row_get_where (row)))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

static void
make_rows (RungsFormInspector *self)
{
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *focused
    = rungs_members_dup_focused (self->rows, rungs_form_row_get_where);
  gboolean had_keys = rungs_focus_is_in (GTK_WIDGET (self->rows));
  GtkWidget *row;

  for_each_row (self, note_open_cb, open);
  rungs_members_clear (self->rows);
  rungs_form_rows_add (self->document, self->part, self->rows);
  for_each_row (self, open_cb, open);
  row = focused != NULL ? find_row (self, focused) : NULL;
  if (row != NULL)
    rungs_form_row_edit (row);
  else if (had_keys)
    gtk_widget_child_focus (GTK_WIDGET (self->rows), GTK_DIR_TAB_FORWARD);
}

/* ---- what is wrong */

static void
add_problem (RungsFormInspector      *self,
             const RungsOptInProblem *problem)
{
  GtkWidget *label = gtk_label_new (rungs_form_problem_words (problem));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, problem->blocks ? "error" : "warning");
  gtk_box_append (self->problems, label);
}

static void
unmark_row (GtkWidget *row,
            gpointer   data)
{
  if (!ADW_IS_EXPANDER_ROW (row))
    rungs_form_row_mark (row, NULL, FALSE);
}

static void
show_problem (RungsFormInspector      *self,
              const RungsOptInProblem *problem)
{
  g_autofree char *part = rungs_form_rows_dup_part (problem->where);
  GtkWidget *row;
  gboolean marked;

  if (!g_str_equal (part, self->part))
    return;
  row = find_row (self, problem->where);
  marked = row != NULL && !ADW_IS_EXPANDER_ROW (row)
           && (problem->blocks || !ADW_IS_ENTRY_ROW (row));
  if (marked)
    rungs_form_row_mark (row, rungs_form_problem_words (problem), problem->blocks);
  if (!marked || gtk_widget_get_ancestor (row, ADW_TYPE_EXPANDER_ROW) != NULL)
    add_problem (self, problem);
}

static void
show_problems (RungsFormInspector *self)
{
  GPtrArray *problems = rungs_draft_get_problems (RUNGS_DRAFT (self->document));

  rungs_members_clear (self->problems);
  for_each_row (self, unmark_row, NULL);
  for (guint i = problems->len; i > 0; i--)
    show_problem (self, g_ptr_array_index (problems, i - 1));
  gtk_widget_set_visible (GTK_WIDGET (self->problems),
                          gtk_widget_get_first_child (GTK_WIDGET (self->problems)) != NULL);
}

/* ---- all of it */

static void
show_title (RungsFormInspector *self)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  const char *language = rungs_form_document_get_language (self->document);
  gboolean is_field = g_str_has_prefix (self->part, "fields.");
  const RungsOptInField *field
    = is_field ? rungs_opt_in_find_field (opt_in, self->part + strlen ("fields.")) : NULL;
  g_autofree char *title = rungs_form_rows_dup_title (self->document, self->part);
  g_autofree char *words
    = g_strdup_printf (_ ("Texts in: %s"), rungs_form_language_words (language));

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->kind, field != NULL ? rungs_form_field_words (field) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->kind), field != NULL);
  gtk_label_set_label (self->language, words);
  gtk_widget_set_visible (GTK_WIDGET (self->language), *language != '\0');
  gtk_widget_set_visible (self->buttons, is_field);
}

static gboolean
is_there (RungsFormInspector *self)
{
  return !g_str_has_prefix (self->part, "fields.")
         || rungs_form_document_find (self->document, self->part + strlen ("fields."), NULL) >= 0;
}

static void
show (RungsFormInspector *self)
{
  g_autofree char *shape = NULL;

  if (self->document == NULL || rungs_form_document_get_facts (self->document) == NULL)
    return;
  if (!is_there (self))
    {
      g_free (self->part);
      self->part = g_strdup ("texts");
    }
  shape = rungs_form_rows_dup_shape (self->document, self->part);
  show_title (self);
  if (g_strcmp0 (shape, self->shape) != 0)
    {
      g_free (self->shape);
      self->shape = g_steal_pointer (&shape);
      make_rows (self);
    }
  else
    for_each_row (self, update_row, NULL);
  show_problems (self);
}

/* ---- the class */

static void
rungs_form_inspector_dispose (GObject *object)
{
  RungsFormInspector *self = RUNGS_FORM_INSPECTOR (object);

  if (self->scroller != NULL)
    rungs_members_clear (self->rows);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (rungs_form_inspector_parent_class)->dispose (object);
}

static void
rungs_form_inspector_finalize (GObject *object)
{
  g_free (RUNGS_FORM_INSPECTOR (object)->part);
  g_free (RUNGS_FORM_INSPECTOR (object)->shape);
  G_OBJECT_CLASS (rungs_form_inspector_parent_class)->finalize (object);
}

static void
rungs_form_inspector_class_init (RungsFormInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_form_inspector_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_form_inspector_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-form-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFormInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsFormInspector, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsFormInspector, title);
  gtk_widget_class_bind_template_child (widget_class, RungsFormInspector, language);
  gtk_widget_class_bind_template_child (widget_class, RungsFormInspector, problems);
  gtk_widget_class_bind_template_child (widget_class, RungsFormInspector, rows);
  gtk_widget_class_bind_template_child (widget_class, RungsFormInspector, buttons);
}

static void
rungs_form_inspector_init (RungsFormInspector *self)
{
  self->part = g_strdup ("texts");
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_form_inspector_set_document (RungsFormInspector *self,
                                   RungsFormDocument  *document)
{
  g_return_if_fail (RUNGS_IS_FORM_INSPECTOR (self));

  rungs_members_clear (self->rows);
  g_clear_pointer (&self->shape, g_free);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    g_signal_connect_object (document, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
rungs_form_inspector_select (RungsFormInspector *self,
                             const char         *part)
{
  g_return_if_fail (RUNGS_IS_FORM_INSPECTOR (self));
  g_return_if_fail (part != NULL);

  if (g_str_equal (part, self->part))
    return;
  g_free (self->part);
  self->part = g_strdup (part);
  show (self);
}

void
rungs_form_inspector_edit (RungsFormInspector *self,
                           const char         *where)
{
  GtkWidget *row, *around;

  g_return_if_fail (RUNGS_IS_FORM_INSPECTOR (self));

  row = where != NULL ? find_row (self, where) : NULL;
  if (row == NULL)
    row = find_row (self, NULL);
  if (row == NULL)
    return;
  around = gtk_widget_get_ancestor (row, ADW_TYPE_EXPANDER_ROW);
  if (around != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (around), TRUE);
  rungs_form_row_edit (row);
}
