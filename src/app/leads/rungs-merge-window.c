/* rungs-merge-window.c: leads that are one person: found, shown side by side, and merged. */

#include "rungs-merge-window.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "rungs-merge-pair.h"
#include "rungs-merge-view.h"
#include "rungs-merge-work.h"
#include "rungs-toast.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-progress-view.h"
#include "widgets/rungs-tab-stop.h"

struct _RungsMergeWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  RungsProgressView *progress;
  GtkWidget *list_side;
  GtkListView *list;
  GtkWidget *separator;
  RungsMergeView *view;
  GtkWidget *different;
  GtkWidget *merge;

  RungsPage *page;             /* (owned) */
  GListStore *pairs;           /* (owned) RungsMergePair */
  GtkSingleSelection *chosen;  /* (owned) */
  GCancellable *finding;       /* (owned) (nullable) */
  GCancellable *loading;       /* (owned) (nullable) */
  AdwToast *toast;             /* (nullable): the last notice, kept while it is shown */
  gint64 told_at;              /* when that was: monotonic, microseconds */
  gboolean of_pairs;           /* not opened for leads that were selected */
};

G_DEFINE_FINAL_TYPE (RungsMergeWindow, rungs_merge_window, ADW_TYPE_WINDOW)

static RungsStore *
store_of (RungsMergeWindow *self)
{
  return rungs_page_get_store (self->page);
}

static gboolean
is_open (RungsMergeWindow *self)
{
  return self->page != NULL;
}

static void
set_busy (RungsMergeWindow *self,
          gboolean          busy)
{
  gtk_widget_set_sensitive (self->merge, !busy);
  gtk_widget_set_sensitive (self->different, !busy);
}

/* ---- the list */

static void
show_count (RungsMergeWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->pairs));
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%s pair", "%s pairs", n), number);

  adw_window_title_set_subtitle (self->title, n > 0 ? subtitle : "");
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "pairs" : "empty");
}

static GtkWidget *
append_line (GtkWidget  *box,
             const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *why;

  append_line (box, NULL);
  append_line (box, NULL);
  why = append_line (box, "dim-label");
  gtk_widget_add_css_class (why, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (why), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (why), TRUE);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
}

static void
set_line (GtkWidget  *label,
          const char *name,
          const char *email)
{
  g_autofree char *text
      = *email && g_strcmp0 (name, email) != 0 ? g_strdup_printf ("%s · %s", name, email)
                                               : g_strdup (name);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  RungsMergePair *pair = gtk_list_item_get_item (item);
  const RungsDuplicate *duplicate = rungs_merge_pair_get (pair);
  g_autofree char *why = rungs_merge_pair_dup_why (pair);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  set_line (label, duplicate->name, duplicate->email);
  label = gtk_widget_get_next_sibling (label);
  set_line (label, duplicate->other_name, duplicate->other_email);
  label = gtk_widget_get_next_sibling (label);
  gtk_label_set_text (GTK_LABEL (label), why);
}

/* ---- side by side */

static void
planned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsMergeWindow) self = data;
  g_autoptr (GError) error = NULL;
  RungsMergePlan *plan = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (!is_open (self))
    g_clear_pointer (&plan, rungs_merge_plan_free);
  else if (plan != NULL)
    rungs_merge_view_take_plan (self->view, plan);
  else if (!rungs_error_is_cancelled (error))
    rungs_error_tell (GTK_WIDGET (self), _ ("The Leads Could Not Be Shown"), error);
  if (is_open (self) && !rungs_error_is_cancelled (error))
    set_busy (self, plan == NULL);
}

/* Takes `leads`. */
static void
load_plan (RungsMergeWindow *self,
           GArray           *leads)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  set_busy (self, TRUE);
  rungs_store_read_async (store_of (self), rungs_merge_work_plan, leads,
                          (GDestroyNotify) g_array_unref, (GDestroyNotify) rungs_merge_plan_free,
                          self->loading, planned_cb, g_object_ref (self));
}

/* NULL where no pair is chosen. */
static GArray *
chosen_leads (RungsMergeWindow *self)
{
  RungsMergePair *pair = gtk_single_selection_get_selected_item (self->chosen);
  GArray *leads;

  if (pair == NULL)
    return NULL;
  leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (leads, rungs_merge_pair_get (pair)->lead);
  g_array_append_val (leads, rungs_merge_pair_get (pair)->other);
  return leads;
}

static void
pair_chosen_cb (RungsMergeWindow *self)
{
  GArray *leads = chosen_leads (self);

  rungs_merge_view_take_plan (self->view, NULL);
  if (leads != NULL)
    load_plan (self, leads);
}

/* ---- finding */

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsMergeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (!is_open (self))
    return;
  rungs_progress_view_follow (self->progress, "", NULL, NULL);
  if (found == NULL)
    {
      if (!rungs_error_is_cancelled (error))
        rungs_error_tell (GTK_WIDGET (self->page), _ ("Duplicates Could Not Be Found"), error);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  g_list_store_remove_all (self->pairs);
  while (found->len > 0)
    {
      g_autoptr (RungsMergePair) pair = rungs_merge_pair_new (g_ptr_array_steal_index (found, 0));

      g_list_store_append (self->pairs, pair);
    }
  show_count (self);
}

static void
find (RungsMergeWindow *self)
{
  RungsProgress *progress = rungs_progress_new ();

  g_clear_object (&self->finding);
  self->finding = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "finding");
  /* closing the window ends it */
  rungs_progress_view_follow (self->progress, _ ("Looking for Duplicates"), progress, NULL);
  rungs_store_read_async (store_of (self), rungs_merge_work_find, progress,
                          (GDestroyNotify) rungs_progress_unref,
                          (GDestroyNotify) g_ptr_array_unref, self->finding, found_cb,
                          g_object_ref (self));
}

/* ---- taking back */

/* What a notice in the window offers to take back. */
typedef struct
{
  GWeakRef window;
  RungsStoreFunc func;
  GArray *ids; /* (owned) gint64: a merge, or a pair of leads */
} Back;

static void
back_free (Back *back)
{
  g_weak_ref_clear (&back->window);
  g_array_unref (back->ids);
  g_free (back);
}

static void
taken_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (RungsMergeWindow) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (!is_open (self))
    return;
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("It Could Not Be Undone"), error);
  else
    find (self);
}

static void
back_clicked_cb (AdwToast *toast,
                 gpointer  data)
{
  Back *back = data;
  g_autoptr (RungsMergeWindow) self = g_weak_ref_get (&back->window);

  if (self != NULL && is_open (self))
    rungs_store_write_async (store_of (self), back->func, g_array_ref (back->ids),
                             (GDestroyNotify) g_array_unref, NULL, NULL, taken_back_cb,
                             g_object_ref (self));
}

/* It still stands there for a moment, but must not be dismissed again. */
static void
dismissed_cb (RungsMergeWindow *self,
              AdwToast         *toast)
{
  if (self->toast == toast)
    g_clear_weak_pointer (&self->toast);
}

/* Takes `ids`. */
static void
offer_back (RungsMergeWindow *self,
            const char       *done,
            RungsStoreFunc    func,
            GArray           *ids)
{
  AdwToast *toast = adw_toast_new (done);
  Back *back = g_new0 (Back, 1);

  g_weak_ref_init (&back->window, self);
  back->func = func;
  back->ids = ids;
  if (self->toast != NULL)
    rungs_toast_dismiss (g_object_ref (self->toast), self->told_at);
  self->told_at = g_get_monotonic_time ();
  g_set_weak_pointer (&self->toast, toast);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (back_clicked_cb), back,
                         (GClosureNotify) (void (*) (void)) back_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static GArray *
array_of (gint64 id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  return ids;
}

/* On the page. */
static RungsPageWork
undo_work (gint64 merge)
{
  return (RungsPageWork) {
    .func = rungs_merge_work_undo,
    .data = array_of (merge),
    .data_free = (GDestroyNotify) g_array_unref,
    .done = _ ("The merge was undone"),
    .failed = _ ("The Merge Could Not Be Undone"),
  };
}

void
rungs_merge_take_back (RungsPage *page,
                       gint64     merge)
{
  const RungsPageWork work = undo_work (merge);

  g_return_if_fail (RUNGS_IS_PAGE (page));

  rungs_page_do (page, &work, NULL);
}

/* ---- merging */

/* Takes away all pairs of a lead that is in the chosen pair, but of the one that stays. */
static void
drop_pairs_of (RungsMergeWindow *self,
               gint64            lead)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->pairs)); i > 0; i--)
    {
      g_autoptr (RungsMergePair) pair = g_list_model_get_item (G_LIST_MODEL (self->pairs), i - 1);
      const RungsDuplicate *duplicate = rungs_merge_pair_get (pair);

      if (duplicate->lead == lead || duplicate->other == lead)
        g_list_store_remove (self->pairs, i - 1);
    }
  show_count (self);
}

/* A merge that is written. */
typedef struct
{
  RungsMergeWindow *window; /* (owned) */
  gint64 gone;              /* of a pair, the lead that became part of the other */
} Merging;

static void
merged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Merging *merging = data;
  g_autoptr (RungsMergeWindow) self = merging->window;
  g_autoptr (GError) error = NULL;
  g_autofree RungsMergeResult *merged
      = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (!is_open (self))
    return;
  if (merged == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Leads Could Not Be Merged"), error);
      pair_chosen_cb (self);
    }
  else if (self->of_pairs)
    {
      drop_pairs_of (self, merging->gone);
      offer_back (self, _ ("Merged"), rungs_merge_work_undo, array_of (merged->merge));
    }
  else
    {
      const RungsPageWork undo = undo_work (merged->merge);

      rungs_page_offer_undo (self->page, _ ("Leads merged"), &undo);
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
merge_clicked_cb (RungsMergeWindow *self)
{
  RungsMergePlan *plan = rungs_merge_view_steal_plan (self->view);
  Merging *merging;

  if (plan == NULL)
    return;
  merging = g_new0 (Merging, 1);
  merging->window = g_object_ref (self);
  merging->gone = ((RungsLead *) g_ptr_array_index (plan->leads, 1))->id;
  set_busy (self, TRUE);
  rungs_store_write_async (store_of (self), rungs_merge_work_merge, plan,
                           (GDestroyNotify) rungs_merge_plan_free, g_free, NULL, merged_cb,
                           merging);
}

static void
told_apart_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (RungsMergeWindow) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (is_open (self) && error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("It Could Not Be Remembered"), error);
}

static void
different_clicked_cb (RungsMergeWindow *self)
{
  GArray *leads = chosen_leads (self);

  if (leads == NULL)
    return;
  rungs_store_write_async (store_of (self), rungs_merge_work_set_different, g_array_ref (leads),
                           (GDestroyNotify) g_array_unref, NULL, NULL, told_apart_cb,
                           g_object_ref (self));
  g_list_store_remove (self->pairs, gtk_single_selection_get_selected (self->chosen));
  show_count (self);
  offer_back (self, _ ("Not shown again"), rungs_merge_work_unset_different, leads);
}

/* ---- the window */

/* The window was closed. What is still asked for holds it, and may end after its parent has. */
static void
rungs_merge_window_unrealize (GtkWidget *widget)
{
  RungsMergeWindow *self = RUNGS_MERGE_WINDOW (widget);

  g_cancellable_cancel (self->finding);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->page);
  GTK_WIDGET_CLASS (rungs_merge_window_parent_class)->unrealize (widget);
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
}

static void
rungs_merge_window_dispose (GObject *object)
{
  RungsMergeWindow *self = RUNGS_MERGE_WINDOW (object);

  g_clear_object (&self->finding);
  g_clear_object (&self->loading);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->chosen);
  g_clear_object (&self->pairs);
  g_clear_object (&self->page);
  G_OBJECT_CLASS (rungs_merge_window_parent_class)->dispose (object);
}

static void
rungs_merge_window_class_init (RungsMergeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_merge_window_dispose;
  widget_class->unrealize = rungs_merge_window_unrealize;
  g_type_ensure (RUNGS_TYPE_MERGE_VIEW);
  g_type_ensure (RUNGS_TYPE_PROGRESS_VIEW);
  g_type_ensure (RUNGS_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/leads/rungs-merge-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, list_side);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, separator);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, view);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, different);
  gtk_widget_class_bind_template_child (widget_class, RungsMergeWindow, merge);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, different_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, merge_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_merge_window_init (RungsMergeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pairs = g_list_store_new (RUNGS_TYPE_MERGE_PAIR);
  self->chosen = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->pairs)));
  g_signal_connect_object (self->chosen, "notify::selected-item", G_CALLBACK (pair_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->chosen));
}

static RungsMergeWindow *
window_new (RungsPage *page)
{
  RungsMergeWindow *self = g_object_new (RUNGS_TYPE_MERGE_WINDOW, "transient-for",
                                         gtk_widget_get_root (GTK_WIDGET (page)), NULL);

  self->page = g_object_ref (page);
  return self;
}

void
rungs_merge_find (RungsPage *page)
{
  RungsMergeWindow *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self = window_new (page);
  self->of_pairs = TRUE;
  find (self);
  gtk_window_present (GTK_WINDOW (self));
}

void
rungs_merge_open (RungsPage *page,
                  GArray    *leads)
{
  RungsMergeWindow *self;

  g_return_if_fail (RUNGS_IS_PAGE (page) && leads != NULL);

  self = window_new (page);
  gtk_widget_set_visible (self->list_side, FALSE);
  gtk_widget_set_visible (self->separator, FALSE);
  gtk_widget_set_visible (self->different, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self), 760, 600);
  adw_window_title_set_title (self->title, _ ("Merge Leads"));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Merge Leads"));
  gtk_stack_set_visible_child_name (self->stack, "pairs");
  load_plan (self, leads);
  gtk_window_present (GTK_WINDOW (self));
}
