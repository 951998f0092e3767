/* rungs-sequences-page.c: the sequences, and how leads walk through the one that is selected. */

#include "rungs-sequences-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "compat/rungs-file-chooser.h"
#include "rungs-flow-drawing.h"
#include "rungs-new-sequence-dialog.h"
#include "rungs-publish-dialog.h"
#include "rungs-rehearsal-window.h"
#include "rungs-sequence-editor.h"
#include "rungs-sequence-load.h"
#include "rungs-sequence-row.h"
#include "rungs-step-waiting.h"
#include "rungs-step-words.h"
#include "widgets/rungs-canvas.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-tab-stop.h"
#include "widgets/rungs-wrap-box.h"

#define GRAPH_SIZE_LIMIT (1 << 20)

struct _RungsSequencesPage
{
  RungsPage parent_instance;

  gint64 selected;            /* 0: none */
  gint64 drawn;               /* the sequence that the drawing shows; 0: none yet */
  RungsSequenceView *view;    /* (owned) (nullable): what is shown */
  GHashTable *results;        /* (owned) (nullable): what came of its messages */
  RungsFlowLayout *layout;    /* (unowned): of the canvas */
  GCancellable *cancellable;  /* (owned): of what is being read */

  GtkStack *stack;
  GtkListBox *list;
  GtkStack *view_stack;
  GtkLabel *name;
  GtkLabel *summary;
  GtkLabel *note;
  GtkLabel *draft;
  GtkButton *publish;
  GtkButton *take_back;
  GtkButton *start;
  GtkButton *pause;
  GtkScrolledWindow *scroller;
  RungsCanvas *canvas;
  RungsSequenceEditor *editor;
  GMenuModel *page_menu;
};

G_DEFINE_FINAL_TYPE (RungsSequencesPage, rungs_sequences_page, RUNGS_TYPE_PAGE)

/* ---- the sequence that is selected */

/* "12 walk it now · 340 finished · 25 bought · …": what is not zero. */
static char *
summary_words (const RungsSequence *sequence)
{
  const struct
  {
    gint64 n;
    const char *words;
  } parts[] = {
    { sequence->active, N_ ("%s in it now") },    { sequence->finished, N_ ("%s finished") },
    { sequence->bought, N_ ("%s bought") },       { sequence->goal, N_ ("%s reached the goal") },
    { sequence->exited, N_ ("%s left") },         { sequence->stopped, N_ ("%s were stopped") },
    { sequence->failed, N_ ("%s could not go on") }, { sequence->sent, N_ ("%s messages sent") },
  };
  g_autoptr (GString) words = g_string_new (rungs_sequence_state_words (sequence->state));

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].n > 0)
      {
        g_autofree char *number = rungs_display_number (parts[i].n);
        g_auto (GStrv) around = g_strsplit (_ (parts[i].words), "%s", 2);
        g_autofree char *part = g_strjoinv (number, around);

        g_string_append_printf (words, " · %s", part);
      }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* When its messages may leave; or that there is nothing that leads could walk. */
static char *
note_words (const RungsSequenceView *view)
{
  g_autofree char *hours = NULL;

  if (view->sequence->version == 0)
    return g_strdup (_ ("Nothing of it was published yet."));
  if (view->graph->sending == NULL)
    return g_strdup ("");
  hours = rungs_sending_hours_words (view->graph->sending);
  return g_strdup_printf (_ ("Sends only: %s"), hours);
}

/* Who stands at the step. */
static void
step_opened_cb (RungsSequencesPage *self,
                const char         *id)
{
  GtkWidget *card = rungs_canvas_get_widget (self->canvas, id);
  const char *step = rungs_flow_get_step (id);

  if (card != NULL && step != NULL)
    rungs_step_waiting_show (card, rungs_page_get_store (RUNGS_PAGE (self)), self->selected, step);
}

static void
draw (RungsSequencesPage *self)
{
  const RungsFlowSource source = {
    .graph = self->view->graph,
    .names = self->view->names,
    .counts = self->view->counts,
    .results = self->results,
  };

  if (source.graph == NULL)
    {
      rungs_canvas_take_graph (self->canvas, rungs_canvas_graph_new ());
      return;
    }
  rungs_flow_drawing_show (self->canvas, self->layout, &source);
  if (self->drawn == self->view->sequence->id)
    return;
  self->drawn = self->view->sequence->id;
  rungs_flow_drawing_begin (self->canvas);
}

static void
results_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsSequencesPage) self = data;
  g_autoptr (GHashTable) results = rungs_store_read_finish (RUNGS_STORE (source), result, NULL);

  if (results == NULL) /* the cards say the rest; or another sequence was chosen since */
    return;
  g_clear_pointer (&self->results, g_hash_table_unref);
  self->results = g_steal_pointer (&results);
  draw (self);
}

/* That there is a draft which can be published, and a publishing which can be taken back. */
static void
show_draft (RungsSequencesPage *self,
            RungsSequenceView  *view)
{
  g_autofree char *since
    = rungs_display_moment (view->drafted_at, rungs_display_now ());
  g_autofree char *words
    = g_strdup_printf (_ ("The draft was changed: %s. Nobody walks it yet."), since);
  gboolean focused = rungs_focus_is_in (GTK_WIDGET (self->publish))
                     || rungs_focus_is_in (GTK_WIDGET (self->take_back));

  gtk_label_set_label (self->draft, words);
  gtk_widget_set_visible (GTK_WIDGET (self->draft), view->drafted_at != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->publish), view->drafted_at != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->take_back),
                          view->drafted_at == 0 && view->can_take_back);
  if (focused)
    gtk_widget_child_focus (GTK_WIDGET (self->view_stack), GTK_DIR_TAB_FORWARD);
}

/* Takes the view. */
static void
show_view (RungsSequencesPage *self,
           RungsSequenceView  *view)
{
  g_autofree char *summary = summary_words (view->sequence);
  g_autofree char *note = note_words (view);
  gboolean live = view->sequence->state == RUNGS_SEQUENCE_LIVE;
  gboolean focused
    = rungs_focus_is_in (GTK_WIDGET (self->start)) || rungs_focus_is_in (GTK_WIDGET (self->pause));

  gtk_label_set_label (self->name, view->sequence->name);
  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->start), !live);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start), view->sequence->version != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), live);
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (live ? self->pause : self->start));
  show_draft (self, view);
  g_clear_pointer (&self->view, rungs_sequence_view_free);
  self->view = view;
  draw (self);
  gtk_stack_set_visible_child_name (self->view_stack, "view");
}

/* Reads something of the sequence that is selected. */
static void
read_selected (RungsSequencesPage  *self,
               RungsStoreFunc       func,
               GDestroyNotify       result_free,
               GAsyncReadyCallback  callback)
{
  rungs_store_read_async (rungs_page_get_store (RUNGS_PAGE (self)), func,
                          g_memdup2 (&self->selected, sizeof self->selected), g_free, result_free,
                          self->cancellable, callback, g_object_ref (self));
}

static void
view_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsSequencesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSequenceView) view
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (view != NULL && view->sequence->id == self->selected)
    {
      show_view (self, g_steal_pointer (&view));
      read_selected (self, rungs_sequence_load_results, (GDestroyNotify) g_hash_table_unref,
                     results_loaded_cb);
    }
  else if (error != NULL)
    rungs_page_notify_error (RUNGS_PAGE (self), error);
}

static void
load_view (RungsSequencesPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->selected == 0)
    {
      gtk_stack_set_visible_child_name (self->view_stack, "none");
      return;
    }
  self->cancellable = g_cancellable_new ();
  read_selected (self, rungs_sequence_load_view, (GDestroyNotify) rungs_sequence_view_free,
                 view_loaded_cb);
}

/* ---- the list */

static void
row_selected_cb (RungsSequencesPage *self,
                 RungsSequenceRow   *row)
{
  gint64 id = row ? rungs_sequence_row_get_id (row) : 0;

  if (id == self->selected)
    return;
  self->selected = id;
  g_clear_pointer (&self->results, g_hash_table_unref);
  load_view (self);
}

static RungsSequenceRow *
find_row (RungsSequencesPage *self,
          gint64              id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (rungs_sequence_row_get_id (RUNGS_SEQUENCE_ROW (row)) == id)
      return RUNGS_SEQUENCE_ROW (row);
  return NULL;
}

static gboolean
same_ids (RungsSequencesPage *self,
          GPtrArray          *sequences)
{
  for (guint i = 0; i < sequences->len; i++)
    {
      RungsSequence *sequence = g_ptr_array_index (sequences, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (row == NULL || rungs_sequence_row_get_id (RUNGS_SEQUENCE_ROW (row)) != sequence->id)
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (self->list, (int) sequences->len) == NULL;
}

static void
fill_list (RungsSequencesPage *self,
           GPtrArray          *sequences)
{
  GtkListBoxRow *row;
  gint64 selected = self->selected;
  gboolean focused = rungs_focus_is_in (GTK_WIDGET (self->list));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < sequences->len; i++)
    gtk_list_box_append (self->list, rungs_sequence_row_new (g_ptr_array_index (sequences, i)));
  self->selected = 0;
  row = GTK_LIST_BOX_ROW (find_row (self, selected));
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, row);
  if (row != NULL && focused)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
is_editing (RungsSequencesPage *self)
{
  return rungs_draft_editor_get_id (RUNGS_DRAFT_EDITOR (self->editor)) != 0;
}

static void
show_list (RungsSequencesPage *self,
           GPtrArray          *sequences)
{
  g_autofree char *number = rungs_display_number (sequences->len);
  g_autofree char *subtitle
    = g_strdup_printf (ngettext ("%s sequence", "%s sequences", sequences->len), number);

  rungs_page_set_subtitle (RUNGS_PAGE (self), sequences->len > 0 ? subtitle : NULL);
  if (!is_editing (self))
    gtk_stack_set_visible_child_name (self->stack, sequences->len > 0 ? "list" : "empty");
  if (!same_ids (self, sequences))
    {
      fill_list (self, sequences);
      return;
    }
  for (guint i = 0; i < sequences->len; i++)
    rungs_sequence_row_set (
      RUNGS_SEQUENCE_ROW (gtk_list_box_get_row_at_index (self->list, (int) i)),
      g_ptr_array_index (sequences, i));
  load_view (self);
}

static void
list_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsSequencesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sequences = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (sequences == NULL)
    {
      rungs_page_notify_error (RUNGS_PAGE (self), error);
      return;
    }
  show_list (self, sequences);
  rungs_page_settle_focus (RUNGS_PAGE (self));
}

static void
rungs_sequences_page_refresh (RungsPage *page)
{
  rungs_store_read_async (rungs_page_get_store (page), rungs_sequence_load_list, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, list_loaded_cb,
                          g_object_ref (page));
  rungs_sequence_editor_refresh (RUNGS_SEQUENCES_PAGE (page)->editor);
}

/* ---- the editor */

static void
open_editor (RungsSequencesPage *self,
             gint64              sequence)
{
  rungs_draft_editor_open (RUNGS_DRAFT_EDITOR (self->editor), RUNGS_PAGE (self), sequence);
  gtk_stack_set_visible_child_name (self->stack, "editor");
  rungs_page_take_focus (RUNGS_PAGE (self));
}

static void
edit_cb (RungsSequencesPage *self)
{
  if (self->selected != 0)
    open_editor (self, self->selected);
}

static void
editor_closed_cb (RungsSequencesPage *self)
{
  rungs_draft_editor_open (RUNGS_DRAFT_EDITOR (self->editor), RUNGS_PAGE (self), 0);
  gtk_stack_set_visible_child_name (self->stack, "list");
  rungs_page_queue_refresh (RUNGS_PAGE (self));
  rungs_page_take_focus (RUNGS_PAGE (self));
}

static gboolean
rungs_sequences_page_focus_content (RungsPage *page)
{
  RungsSequencesPage *self = RUNGS_SEQUENCES_PAGE (page);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (is_editing (self))
    return rungs_draft_editor_focus_content (RUNGS_DRAFT_EDITOR (self->editor));
  if (gtk_stack_get_visible_child_name (self->stack) != NULL
      && strcmp (gtk_stack_get_visible_child_name (self->stack), "empty") == 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static char *
rungs_sequences_page_dup_unsaved (RungsPage *page)
{
  return rungs_draft_editor_dup_unsaved (RUNGS_DRAFT_EDITOR (RUNGS_SEQUENCES_PAGE (page)->editor));
}

/* ---- what can be done */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsSequencesPage) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Sequence Could Not Be Changed"), error);
}

static void
change_state (RungsSequencesPage *self,
              RungsStoreFunc      func)
{
  if (self->selected != 0)
    rungs_store_write_async (rungs_page_get_store (RUNGS_PAGE (self)), func,
                             g_memdup2 (&self->selected, sizeof self->selected), g_free, NULL, NULL,
                             written_cb, g_object_ref (self));
}

static void
start_clicked_cb (RungsSequencesPage *self)
{
  change_state (self, rungs_sequence_do_start);
}

static void
pause_clicked_cb (RungsSequencesPage *self)
{
  change_state (self, rungs_sequence_do_pause);
}

static void
rehearse_clicked_cb (RungsSequencesPage *self)
{
  if (self->selected != 0)
    rungs_rehearsal_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                    rungs_page_get_store (RUNGS_PAGE (self)), self->selected);
}

static void
publish_clicked_cb (RungsSequencesPage *self)
{
  rungs_publish_dialog_present (RUNGS_PAGE (self), self->selected);
}

static void
take_back_clicked_cb (RungsSequencesPage *self)
{
  rungs_publish_take_back (RUNGS_PAGE (self), self->selected);
}

static void
zoom_in_cb (RungsSequencesPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.zoom", "i", 1);
}

static void
zoom_out_cb (RungsSequencesPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.zoom", "i", -1);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsSequencesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (id == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Sequence Could Not Be Added"), error);
      return;
    }
  self->selected = *id;
  rungs_page_notify (RUNGS_PAGE (self), _ ("The sequence was added. Start it when it is ready."));
  rungs_page_queue_refresh (RUNGS_PAGE (self));
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsSequencesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  gsize length = 0;

  if (g_file_load_contents_finish (G_FILE (source), result, &json, &length, NULL, &error)
      && (length > GRAPH_SIZE_LIMIT || !g_utf8_validate (json, (gssize) length, NULL)))
    g_set_error (&error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "%s", _ ("This file is no sequence"));
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The File Could Not Be Read"), error);
  else
    rungs_store_write_async (rungs_page_get_store (RUNGS_PAGE (self)), rungs_sequence_do_add,
                             g_steal_pointer (&json), g_free, g_free, NULL, added_cb,
                             g_object_ref (self));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsSequencesPage) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL)
    g_file_load_contents_async (file, NULL, file_read_cb, g_object_ref (self));
}

static void
add_file_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  rungs_file_chooser_open_async (GTK_WINDOW (gtk_widget_get_root (widget)),
                                 _ ("Add a Sequence from a File"), _ ("Sequences"), "*.json", NULL,
                                 file_chosen_cb, g_object_ref (widget));
}

/* The new one is opened. */
static void
made_cb (RungsSequencesPage *self,
         gint64              sequence)
{
  self->selected = sequence;
  rungs_page_queue_refresh (RUNGS_PAGE (self));
  open_editor (self, sequence);
}

static void
rungs_sequences_page_main_action (RungsPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  RungsForm *form = rungs_new_sequence_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                   rungs_page_get_store (page));

  g_signal_connect_object (form, "saved", G_CALLBACK (made_cb), page, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form));
}

static void
rungs_sequences_page_show_target (RungsPage  *page,
                                  const char *target)
{
  RungsSequencesPage *self = RUNGS_SEQUENCES_PAGE (page);
  RungsSequenceRow *row;
  gint64 id;

  if (!g_str_has_prefix (target, "sequence:"))
    return;
  id = g_ascii_strtoll (target + strlen ("sequence:"), NULL, 10);
  row = find_row (self, id);
  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  else
    self->selected = id;
}

/* ---- the class */

static void
rungs_sequences_page_dispose (GObject *object)
{
  RungsSequencesPage *self = RUNGS_SEQUENCES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL) /* that its rows go is no choice of the user's */
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  G_OBJECT_CLASS (rungs_sequences_page_parent_class)->dispose (object);
}

static void
rungs_sequences_page_finalize (GObject *object)
{
  RungsSequencesPage *self = RUNGS_SEQUENCES_PAGE (object);

  g_clear_pointer (&self->view, rungs_sequence_view_free);
  g_clear_pointer (&self->results, g_hash_table_unref);
  G_OBJECT_CLASS (rungs_sequences_page_parent_class)->finalize (object);
}

static void
rungs_sequences_page_class_init (RungsSequencesPageClass *klass)
{
  static const char *const tables[]
    = { "sequence", "sequence_version", "sequence_draft", "enrolment", "outbox", "lead", "message",
        NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_sequences_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_sequences_page_finalize;
  page_class->tables = tables;
  page_class->refresh = rungs_sequences_page_refresh;
  page_class->main_action = rungs_sequences_page_main_action;
  page_class->show_target = rungs_sequences_page_show_target;
  page_class->focus_content = rungs_sequences_page_focus_content;
  page_class->dup_unsaved = rungs_sequences_page_dup_unsaved;

  g_type_ensure (RUNGS_TYPE_CANVAS);
  g_type_ensure (RUNGS_TYPE_SEQUENCE_EDITOR);
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_TAB_STOP);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/sequences/rungs-sequences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, list);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, view_stack);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, name);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, summary);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, note);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, draft);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, publish);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, take_back);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, start);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, pause);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, canvas);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, editor);
  gtk_widget_class_bind_template_child (widget_class, RungsSequencesPage, page_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, publish_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, rehearse_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, editor_closed_cb);
  gtk_widget_class_install_action (widget_class, "sequences.add-file", NULL, add_file_action);
}

static void
rungs_sequences_page_init (RungsSequencesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->layout = rungs_flow_drawing_prepare (self->canvas);
  rungs_page_set_menu (RUNGS_PAGE (self), self->page_menu);
}
