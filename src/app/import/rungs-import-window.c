/* rungs-import-window.c: imports a file of leads: what goes where, the import itself,
 * what came of it. */

#include "rungs-import-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "compat/rungs-file-chooser.h"
#include "rungs-import-columns.h"
#include "rungs-import-job.h"
#include "rungs-import-reach.h"
#include "rungs-import-reading.h"
#include "rungs-import-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-progress-view.h"

/* Refused rows that are listed; all of them are in the file that can be saved. */
#define REJECTS_SHOWN 100

struct _RungsImportWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkWidget *cancel;
  GtkWidget *start;
  GtkWidget *close;
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkWidget *problem_group;
  GtkLabel *problem;
  RungsImportColumns *columns;
  AdwComboRow *on_match;
  AdwComboRow *source_kind;
  AdwEntryRow *source_name;
  AdwEntryRow *tag;
  AdwEntryRow *consent;
  GtkWidget *sheet_group;
  GtkWidget *recalled_group;
  AdwActionRow *recalled;
  AdwComboRow *sheet;
  RungsImportReading *how_written;
  RungsProgressView *progress;
  AdwStatusPage *result;
  GtkWidget *show_button;
  GtkWidget *save_button;
  GtkWidget *undo_button;
  GtkWidget *reach_group;
  GtkListBox *reach;
  GtkWidget *rejects_group;
  GtkListBox *rejects;

  RungsStore *store;         /* (owned) */
  RungsImportPlan *plan;     /* (owned) */
  GCancellable *reading;     /* (owned) (nullable) */
  GCancellable *importing;   /* (owned) (nullable): an import is under way, or taken back */
  GArray *runs;              /* (owned) (element-type gint64): what was imported */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RungsImportWindow, rungs_import_window, ADW_TYPE_WINDOW)

static guint show_run_signal;

/* ---- the first rows */

static void
show_problem (RungsImportWindow        *self,
              const RungsImportPreview *preview)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean good = rungs_import_mapping_check (preview->mapping, &error);
  gboolean is_text = !rungs_table_kind_is_sheet (preview->kind);

  if (!good)
    g_string_append (text,
                     _ ("Say which column holds the e-mail address, or the telephone number."));
  for (guint i = 0, n = 0; good && i < preview->rows->len && n < 3; i++)
    {
      const RungsImportPreviewRow *row = g_ptr_array_index (preview->rows, i);

      if (row->problem == NULL)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, is_text ? _ ("Line %d would be refused: %s")
                                            : _ ("Row %d would be refused: %s"),
                              (int) row->line, row->problem);
      n++;
    }
  if (good && preview->rows->len == 0)
    g_string_append (text, _ ("There are no rows under the headings."));
  gtk_label_set_label (self->problem, text->str);
  gtk_widget_set_visible (self->problem_group, text->len > 0);
  gtk_widget_set_sensitive (self->start, good && preview->rows->len > 0);
}

/* Which sheet is read, where there are several. */
static void
show_sheets (RungsImportWindow        *self,
             const RungsImportPreview *preview)
{
  g_autoptr (GtkStringList) sheets = gtk_string_list_new ((const char *const *) preview->sheets);
  guint n = g_strv_length (preview->sheets);

  gtk_widget_set_visible (self->sheet_group, n > 1);
  if (adw_combo_row_get_model (self->sheet) == NULL)
    adw_combo_row_set_model (self->sheet, G_LIST_MODEL (sheets));
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (preview->sheets[i], preview->sheet) == 0)
      adw_combo_row_set_selected (self->sheet, i);
}

static void
show_recalled (RungsImportWindow        *self,
               const RungsImportPreview *preview)
{
  gtk_widget_set_visible (self->recalled_group, preview->recalled != NULL);
  if (preview->recalled != NULL)
    adw_action_row_set_subtitle (self->recalled, preview->recalled);
}

static void
preview_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsImportPreview) preview
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->plan == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (preview == NULL)
    {
      g_autofree char *words = rungs_error_words (error);
      g_autofree char *markup = g_markup_escape_text (words, -1);

      adw_status_page_set_description (self->failure, markup);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      gtk_widget_set_sensitive (self->start, FALSE);
      return;
    }
  self->filling = TRUE;
  rungs_import_columns_show (self->columns, preview);
  rungs_import_reading_show (self->how_written, preview);
  show_sheets (self, preview);
  show_recalled (self, preview);
  show_problem (self, preview);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "setup");
}

static void
read_first_rows (RungsImportWindow *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  rungs_store_read_async (self->store, rungs_import_plan_preview,
                          rungs_import_plan_copy (self->plan),
                          (GDestroyNotify) rungs_import_plan_free,
                          (GDestroyNotify) rungs_import_preview_free, self->reading, preview_cb,
                          g_object_ref (self));
}

static void
mapping_changed_cb (RungsImportWindow *self)
{
  g_clear_pointer (&self->plan->mapping, rungs_import_mapping_free);
  self->plan->mapping = rungs_import_columns_dup_mapping (self->columns);
  read_first_rows (self);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsImportWindow) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Columns Could Not Be Forgotten"), error);
  else if (self->plan != NULL)
    read_first_rows (self);
}

/* Where the columns went the last time is forgotten, and they are guessed. */
static void
forget_clicked_cb (RungsImportWindow *self)
{
  rungs_store_write_async (self->store, rungs_import_plan_forget,
                           rungs_import_columns_dup_mapping (self->columns),
                           (GDestroyNotify) rungs_import_mapping_free, NULL, NULL, forgotten_cb,
                           g_object_ref (self));
}

/* Another encoding or delimiter makes other headings: they are guessed anew. */
static void
reading_changed_cb (RungsImportWindow *self)
{
  if (self->filling || self->plan == NULL)
    return;
  rungs_import_reading_read (self->how_written, self->plan);
  g_clear_pointer (&self->plan->mapping, rungs_import_mapping_free);
  read_first_rows (self);
}

static void
sheet_changed_cb (RungsImportWindow *self)
{
  GtkStringObject *sheet = adw_combo_row_get_selected_item (self->sheet);

  if (self->filling || self->plan == NULL || sheet == NULL)
    return;
  g_free (self->plan->sheet);
  self->plan->sheet = g_strdup (gtk_string_object_get_string (sheet));
  g_clear_pointer (&self->plan->mapping, rungs_import_mapping_free);
  read_first_rows (self);
}

static void
source_kind_changed_cb (RungsImportWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->source_name),
                          adw_combo_row_get_selected (self->source_kind) > 0);
}

/* ---- the import */

static void
replace (char       **text,
         AdwEntryRow *row)
{
  g_autofree char *entered = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  g_free (*text);
  *text = *entered != '\0' ? g_steal_pointer (&entered) : NULL;
}

/* Reads the form; what is wrong is marked on its row. */
static gboolean
read_form (RungsImportWindow *self)
{
  guint kind = adw_combo_row_get_selected (self->source_kind);
  g_autofree char *name = NULL;
  gboolean named;
  gboolean tag_good;

  replace (&self->plan->tag, self->tag);
  replace (&self->plan->consent, self->consent);
  replace (&name, self->source_name);
  named = kind == 0 || name != NULL;
  tag_good = self->plan->tag == NULL || strchr (self->plan->tag, ',') == NULL;
  rungs_error_mark_row (self->source_name, named ? NULL : _ ("Give the source a name"));
  rungs_error_mark_row (self->tag, tag_good ? NULL : _ ("A tag has no comma"));
  g_clear_pointer (&self->plan->source, g_free);
  if (kind > 0 && name != NULL)
    self->plan->source = g_strdup_printf ("%s:%s", rungs_source_kind_to_text (kind - 1), name);
  self->plan->on_match = adw_combo_row_get_selected (self->on_match);
  return named && tag_good;
}

/* Refused rows go to a file of the program's own first. */
static void
make_rejects_path (RungsImportWindow *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "rungs", NULL);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("refused-%s.csv", uuid);

  g_free (self->plan->rejects);
  self->plan->rejects
    = g_mkdir_with_parents (folder, 0700) == 0 ? g_build_filename (folder, name, NULL) : NULL;
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
show_reach (RungsImportWindow       *self,
            const RungsImportResult *result)
{
  g_autoptr (GPtrArray) rows = rungs_import_reach_rows (&result->reach, "import.consent");

  clear_list (self->reach);
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->reach, g_ptr_array_index (rows, i));
  gtk_widget_set_visible (self->reach_group, rows->len > 0);
}

static void
show_rejects (RungsImportWindow       *self,
              const RungsImportResult *result)
{
  clear_list (self->rejects);
  for (guint i = 0; i < MIN (result->rejects->len, REJECTS_SHOWN); i++)
    {
      const RungsImportReject *reject = g_ptr_array_index (result->rejects, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title
        = g_strdup_printf (rungs_table_kind_is_sheet (result->kind) ? _ ("Row %d: %s")
                                                                  : _ ("Line %d: %s"),
                           (int) reject->line, reject->reason);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reject->text);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
      gtk_list_box_append (self->rejects, row);
    }
  gtk_widget_set_visible (self->rejects_group, result->rejects->len > 0);
  gtk_widget_set_visible (self->save_button,
                          result->rows_refused > 0 && self->plan->rejects != NULL);
}

static void
show_result (RungsImportWindow       *self,
             const RungsImportResult *result)
{
  gint64 n = result->leads_created + result->leads_updated + result->leads_unchanged;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *title
    = g_strdup_printf (ngettext ("%s Lead Imported", "%s Leads Imported", (gulong) n), number);
  g_autofree char *words = rungs_import_result_words (result);

  g_array_append_val (self->runs, result->run);
  adw_status_page_set_title (self->result, title);
  adw_status_page_set_description (self->result, words);
  gtk_widget_set_visible (self->show_button, n > 0);
  show_reach (self, result);
  show_rejects (self, result);
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_visible (self->start, FALSE);
  gtk_widget_set_visible (self->close, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (RungsImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  RungsImportResult *answer = rungs_import_job_run_finish (result, &error);

  g_clear_object (&self->importing);
  if (self->plan != NULL)
    {
      rungs_progress_view_follow (self->progress, "", NULL, NULL);
      gtk_widget_set_sensitive (self->cancel, TRUE);
      gtk_widget_set_sensitive (self->start, TRUE);
      gtk_stack_set_visible_child_name (self->stack, "setup");
      if (answer != NULL)
        show_result (self, answer);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        rungs_error_tell (GTK_WIDGET (self), _ ("Nothing Was Imported"), error);
    }
  g_clear_pointer (&answer, rungs_import_result_free);
}

static void
start_clicked_cb (RungsImportWindow *self)
{
  g_autoptr (RungsProgress) progress = NULL;

  if (self->importing != NULL || !read_form (self))
    return;
  progress = rungs_progress_new ();
  self->importing = g_cancellable_new ();
  make_rejects_path (self);
  gtk_widget_set_sensitive (self->cancel, FALSE);
  gtk_widget_set_sensitive (self->start, FALSE);
  rungs_progress_view_follow (self->progress, _ ("Importing Leads"), progress, self->importing);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  rungs_import_job_run_async (self->store, self->plan, progress, self->importing, imported_cb,
                              g_object_ref (self));
}

/* ---- afterwards */

/* Back to the form, for the words that they agreed to;
 * leads that are there must not be passed over. */
static void
consent_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsImportWindow *self = RUNGS_IMPORT_WINDOW (widget);

  if (adw_combo_row_get_selected (self->on_match) == RUNGS_ON_MATCH_SKIP)
    adw_combo_row_set_selected (self->on_match, RUNGS_ON_MATCH_FILL);
  gtk_widget_set_visible (self->cancel, TRUE);
  gtk_widget_set_visible (self->start, TRUE);
  gtk_widget_set_visible (self->close, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "setup");
  gtk_widget_grab_focus (GTK_WIDGET (self->consent));
}

static void
show_clicked_cb (RungsImportWindow *self)
{
  g_signal_emit (self, show_run_signal, 0, g_array_index (self->runs, gint64, self->runs->len - 1));
  gtk_window_close (GTK_WINDOW (self));
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsImportWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_copy_finish (G_FILE (source), result, &error) && self->plan != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Rows Could Not Be Saved"), error);
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsImportWindow) self = data;
  g_autoptr (GFile) place = rungs_file_chooser_finish (result);
  g_autoptr (GFile) file = NULL;

  if (place == NULL || self->plan == NULL || self->plan->rejects == NULL)
    return;
  file = g_file_new_for_path (self->plan->rejects);
  g_file_copy_async (file, place, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, NULL, NULL, NULL,
                     copied_cb, g_object_ref (self));
}

static void
save_clicked_cb (RungsImportWindow *self)
{
  rungs_file_chooser_save_async (GTK_WINDOW (self), _ ("Save Refused Rows"), _ ("refused rows.csv"),
                                 NULL, place_chosen_cb, g_object_ref (self));
}

static void
show_undone (RungsImportWindow *self,
             const char        *words)
{
  g_array_set_size (self->runs, 0);
  adw_status_page_set_title (self->result, _ ("The Import Was Taken Back"));
  adw_status_page_set_description (self->result, words);
  gtk_widget_set_visible (self->show_button, FALSE);
  gtk_widget_set_visible (self->undo_button, FALSE);
  gtk_widget_set_visible (self->reach_group, FALSE);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = rungs_imports_undo_finish (RUNGS_STORE (source), result, &error);

  g_clear_object (&self->importing);
  if (self->plan == NULL)
    return;
  rungs_progress_view_follow (self->progress, "", NULL, NULL);
  gtk_widget_set_visible (self->close, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "result");
  if (words != NULL)
    show_undone (self, words);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (self), _ ("The Import Could Not Be Taken Back"), error);
}

static void
undo_clicked_cb (RungsImportWindow *self)
{
  g_autoptr (RungsProgress) progress = rungs_progress_new ();

  self->importing = g_cancellable_new ();
  gtk_widget_set_visible (self->close, FALSE);
  rungs_progress_view_follow (self->progress, _ ("Taking the Import Back"), progress,
                              self->importing);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  rungs_imports_undo_async (self->store, rungs_import_job_get_kind (), self->runs, progress,
                            self->importing, undone_cb, g_object_ref (self));
}

/* ---- the class */

static gboolean
rungs_import_window_close_request (GtkWindow *window)
{
  RungsImportWindow *self = RUNGS_IMPORT_WINDOW (window);

  /* what is under way is cancelled first, and the window stays to say so */
  if (self->importing != NULL)
    {
      g_cancellable_cancel (self->importing);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (rungs_import_window_parent_class)->close_request (window);
}

static void
rungs_import_window_dispose (GObject *object)
{
  RungsImportWindow *self = RUNGS_IMPORT_WINDOW (object);

  self->filling = TRUE;
  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->importing);
  g_clear_object (&self->reading);
  if (self->plan != NULL && self->plan->rejects != NULL)
    g_remove (self->plan->rejects);
  g_clear_pointer (&self->plan, rungs_import_plan_free);
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_import_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, start);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, close);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, problem_group);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, columns);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, on_match);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, source_kind);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, source_name);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, tag);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, consent);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, sheet_group);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, recalled_group);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, recalled);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, sheet);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, how_written);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, result);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, show_button);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, reach_group);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, reach);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, rejects_group);
  gtk_widget_class_bind_template_child (widget_class, RungsImportWindow, rejects);
}

static void
rungs_import_window_class_init (RungsImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_import_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rungs_import_window_close_request;

  show_run_signal = g_signal_new ("show-run", RUNGS_TYPE_IMPORT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (RUNGS_TYPE_IMPORT_COLUMNS);
  g_type_ensure (RUNGS_TYPE_IMPORT_READING);
  g_type_ensure (RUNGS_TYPE_PROGRESS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/import/rungs-import-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, mapping_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reading_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sheet_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, source_kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked_cb);
  gtk_widget_class_install_action (widget_class, "import.consent", NULL, consent_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_import_window_init (RungsImportWindow *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->filling = TRUE;
  self->runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_string_list_append (kinds, _ ("Not known"));
  for (guint i = 0; i < RUNGS_SOURCE_KINDS; i++)
    gtk_string_list_append (kinds, rungs_source_kind_words (i));
  adw_combo_row_set_model (self->source_kind, G_LIST_MODEL (kinds));
  self->filling = FALSE;
}

RungsImportWindow *
rungs_import_window_new (GtkWindow  *parent,
                         RungsStore *store,
                         const char *path)
{
  RungsImportWindow *self = g_object_new (RUNGS_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  g_autofree char *name = g_path_get_basename (path);

  self->store = g_object_ref (store);
  self->plan = rungs_import_plan_new (path);
  adw_window_title_set_subtitle (self->title, name);
  read_first_rows (self);
  return self;
}
