/* rungs-what-if-view.c: what the year would bring if something were otherwise.
 *
 * The period is read once, which takes a moment where there are millions of orders; the year is
 * reckoned from it beside, at each key press, and a newer question follows an older one. */

#include "ladder/rungs-what-if-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "insights/rungs-what-if-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-error-words.h"

/* How far back the periods reach, in the order of the list; 0: as far as there is anything. */
static const gint64 PERIODS[] = { 365, 90, 30, 0 };

/* ---- what is read */

typedef struct
{
  RungsWhatIf *what_if;  /* (owned) */
  RungsWhatIfYear *base; /* (owned) */
  GPtrArray *scenarios;  /* (owned) */
} Loaded;

static void
loaded_free (Loaded *self)
{
  g_clear_pointer (&self->what_if, rungs_what_if_unref);
  g_clear_pointer (&self->base, rungs_what_if_year_free);
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loaded, loaded_free)

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (Loaded) loaded = g_new0 (Loaded, 1);
  g_autoptr (GArray) none = rungs_what_if_changes_new ();

  loaded->scenarios = rungs_scenario_list (db, error);
  if (loaded->scenarios == NULL)
    return NULL;
  loaded->what_if = rungs_what_if_load (db, *(gint64 *) data, rungs_display_now (), error);
  if (loaded->what_if == NULL)
    return NULL;
  loaded->base = rungs_what_if_year (loaded->what_if, none, error);
  return loaded->base != NULL ? g_steal_pointer (&loaded) : NULL;
}

/* ---- the year */

typedef struct
{
  RungsWhatIf *what_if; /* (owned) */
  GArray *changes;      /* (owned) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  rungs_what_if_unref (question->what_if);
  g_array_unref (question->changes);
  g_free (question);
}

static void
reckon_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  const Question *question = data;
  g_autoptr (GError) error = NULL;
  RungsWhatIfYear *year = rungs_what_if_year (question->what_if, question->changes, &error);

  if (year != NULL)
    g_task_return_pointer (task, year, (GDestroyNotify) rungs_what_if_year_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* What is changed and gone, and what cannot be reckoned, is said over the year. */
static void
show_note (RungsWhatIfView *self,
           const GError    *error)
{
  guint gone = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < self->changes->len; i++)
    gone += !rungs_what_if_fits (self->what_if,
                                 &g_array_index (self->changes, RungsWhatIfChange, i));
  if (error != NULL)
    words = rungs_error_words (error);
  else if (gone > 0)
    words = g_strdup_printf (ngettext ("%u change is left out: what it is about is gone.",
                                       "%u changes are left out: what they are about is gone.",
                                       gone),
                             gone);
  gtk_label_set_text (self->note, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), words != NULL);
}

static void
reckoned_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (source);
  const Question *question = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  RungsWhatIfYear *year = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean current = question->what_if == self->what_if && !self->stale;

  self->reckoning = FALSE;
  if (self->page == NULL || !current)
    {
      g_clear_pointer (&year, rungs_what_if_year_free);
      if (self->page != NULL && self->what_if != NULL)
        rungs_what_if_view_reckon (self);
      return;
    }
  show_note (self, error);
  if (year == NULL)
    return;
  rungs_what_if_result_show (self->result, self->what_if, self->base, year);
  g_clear_pointer (&self->year, rungs_what_if_year_free);
  self->year = year;
}

void
rungs_what_if_view_reckon (RungsWhatIfView *self)
{
  g_autoptr (GTask) task = NULL;
  Question *question;

  if (self->what_if == NULL)
    return;
  self->stale = self->reckoning;
  if (self->reckoning)
    return;
  self->reckoning = TRUE;
  question = g_new0 (Question, 1);
  question->what_if = rungs_what_if_ref (self->what_if);
  question->changes = rungs_what_if_changes_copy (self->changes);
  task = g_task_new (self, NULL, reckoned_cb, NULL);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, reckon_in_thread);
  rungs_what_if_keep_show (self);
}

/* ---- undo */

typedef struct
{
  RungsWhatIfView *view; /* (unowned): has the history */
  GArray *before;        /* (owned) */
  GArray *after;         /* (owned) */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_array_unref (step->before);
  g_array_unref (step->after);
  g_free (step);
}

static void
put_changes (RungsWhatIfView *self,
             GArray          *changes)
{
  g_array_unref (self->changes);
  g_array_unref (self->settled);
  self->changes = rungs_what_if_changes_copy (changes);
  self->settled = rungs_what_if_changes_copy (changes);
  rungs_what_if_knobs_update (self);
  rungs_what_if_view_reckon (self);
}

static void
start_step (gpointer            command,
            gboolean            undo,
            GAsyncReadyCallback callback,
            gpointer            data)
{
  Step *step = command;
  g_autoptr (GTask) task = g_task_new (step->view, NULL, callback, data);

  put_changes (step->view, undo ? step->before : step->after);
  g_task_return_boolean (task, TRUE);
}

static gboolean
finish_step (gpointer       command,
             GObject       *source,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The change by which the two differ; where there are several, the last one. */
static char *
label_step (RungsWhatIfView *self,
            GArray          *before,
            GArray          *after)
{
  GArray *longer = after->len >= before->len ? after : before;
  GArray *other = longer == after ? before : after;

  for (guint i = longer->len; i-- > 0;)
    {
      const RungsWhatIfChange *change = &g_array_index (longer, RungsWhatIfChange, i);
      const RungsWhatIfChange *found = rungs_what_if_changes_find (other, change);

      if (found == NULL || found->value != change->value)
        return rungs_what_if_describe (self->what_if->basis, change);
    }
  return g_strdup (_ ("What If"));
}

void
rungs_what_if_view_settle (RungsWhatIfView *self)
{
  Step *step;
  g_autofree char *label = NULL;

  if (self->what_if == NULL || rungs_what_if_changes_equal (self->changes, self->settled))
    return;
  label = label_step (self, self->settled, self->changes);
  step = g_new0 (Step, 1);
  step->view = self;
  step->before = g_steal_pointer (&self->settled);
  step->after = rungs_what_if_changes_copy (self->changes);
  self->settled = rungs_what_if_changes_copy (self->changes);
  rungs_history_add (self->history, label, start_step, finish_step, step, step_free);
  rungs_what_if_knobs_update (self);
}

/* ---- reading */

gint64
rungs_what_if_view_get_days (RungsWhatIfView *self)
{
  guint chosen = gtk_drop_down_get_selected (self->period);

  return chosen < G_N_ELEMENTS (PERIODS) ? PERIODS[chosen] : PERIODS[0];
}

static void
show_fault (RungsWhatIfView *self,
            const GError    *error)
{
  if (self->what_if != NULL)
    {
      rungs_page_notify_error (self->page, error);
      return;
    }
  adw_status_page_set_description (self->fault, error->message);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "fault");
}

static void
take_loaded (RungsWhatIfView *self,
             Loaded          *loaded)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  g_autoptr (RungsWhatIf) old = self->what_if;
  g_autoptr (RungsWhatIfYear) old_base = self->base;

  self->what_if = g_steal_pointer (&loaded->what_if);
  self->base = g_steal_pointer (&loaded->base);
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  self->scenarios = g_steal_pointer (&loaded->scenarios);
  /* what is shown is of the one that goes */
  rungs_what_if_result_show (self->result, self->what_if, self->base, self->base);
  g_clear_pointer (&self->year, rungs_what_if_year_free);
  rungs_what_if_knobs_show (self);
  rungs_what_if_view_reckon (self);
  rungs_what_if_keep_show (self);
  gtk_stack_set_visible_child_name (
      GTK_STACK (self->stack),
      self->what_if->basis->products->len + self->what_if->basis->sources->len > 0 ? "year"
                                                                                  : "nothing");
  if (wanted != NULL)
    rungs_what_if_knobs_begin (self, wanted);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsWhatIfView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Loaded) loaded = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  g_clear_object (&self->reading);
  if (loaded != NULL)
    take_loaded (self, loaded);
  else
    show_fault (self, error);
}

/* Not while something is typed: what is read anew would take it away. */
static void
refresh (RungsLadderView *view)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (view);
  gint64 days = rungs_what_if_view_get_days (self);

  if (self->page == NULL)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  if (self->what_if == NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "reading");
  rungs_store_read_async (rungs_page_get_store (self->page), load,
                          g_memdup2 (&days, sizeof days), g_free, (GDestroyNotify) loaded_free,
                          self->reading, loaded_cb, g_object_ref (self));
}

static void
period_chosen_cb (RungsWhatIfView *self)
{
  refresh (RUNGS_LADDER_VIEW (self));
}

void
rungs_what_if_view_open (RungsWhatIfView     *self,
                         const RungsScenario *scenario)
{
  guint period = 0;

  for (guint i = 0; i < G_N_ELEMENTS (PERIODS); i++)
    if (PERIODS[i] == scenario->days)
      period = i;
  rungs_history_clear (self->history);
  gtk_drop_down_set_selected (self->period, period);
  put_changes (self, scenario->changes);
  rungs_what_if_keep_show (self);
  rungs_ladder_view_summary_changed (RUNGS_LADDER_VIEW (self));
}

/* ---- the class */

static void
set_up (RungsLadderView *view,
        RungsPage       *page)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (view);

  self->page = page;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
}

static char *
dup_summary (RungsLadderView *view)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (view);

  return g_strdup (*self->kept->name ? self->kept->name : _ ("What if"));
}

static gboolean
show_target (RungsLadderView *view,
             const char      *target)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (view);

  if (!g_str_has_prefix (target, "what-if:"))
    return FALSE;
  g_free (self->wanted);
  self->wanted = g_strdup (target + strlen ("what-if:"));
  return TRUE;
}

static char *
dup_unsaved (RungsLadderView *view)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (view);

  return rungs_what_if_keep_is_dirty (self) ? g_strdup (_ ("The what-if is not saved.")) : NULL;
}

static void
ladder_view_init (RungsLadderViewInterface *iface)
{
  iface->set_up = set_up;
  iface->refresh = refresh;
  iface->dup_summary = dup_summary;
  iface->show_target = show_target;
  iface->dup_unsaved = dup_unsaved;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsWhatIfView, rungs_what_if_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_LADDER_VIEW, ladder_view_init))

static void
rungs_what_if_view_dispose (GObject *object)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->history);
  g_clear_pointer (&self->year, rungs_what_if_year_free);
  g_clear_pointer (&self->base, rungs_what_if_year_free);
  g_clear_pointer (&self->what_if, rungs_what_if_unref);
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_clear_pointer (&self->kept, rungs_scenario_free);
  g_clear_pointer (&self->changes, g_array_unref);
  g_clear_pointer (&self->settled, g_array_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->knobs, g_hash_table_unref);
  g_clear_pointer (&self->unfolded, g_hash_table_unref);
  G_OBJECT_CLASS (rungs_what_if_view_parent_class)->dispose (object);
}

static void
rungs_what_if_view_class_init (RungsWhatIfViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_what_if_view_dispose;

  g_type_ensure (RUNGS_TYPE_WHAT_IF_RESULT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-what-if-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, period);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, menu);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, undo);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, redo);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, lists);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, note);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, result);
  gtk_widget_class_bind_template_child (widget_class, RungsWhatIfView, fault);
  rungs_what_if_keep_install (widget_class);
}

static void
rungs_what_if_view_init (RungsWhatIfView *self)
{
  self->kept = rungs_scenario_new ();
  self->changes = rungs_what_if_changes_new ();
  self->settled = rungs_what_if_changes_new ();
  self->knobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unfolded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_drop_down_set_label (self->period, _ ("As in"));
  self->history = rungs_history_new ();
  rungs_history_install (self->history, GTK_WIDGET (self));
  rungs_history_bind_buttons (self->history, self->undo, self->redo);
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (period_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  rungs_what_if_keep_show (self);
}
