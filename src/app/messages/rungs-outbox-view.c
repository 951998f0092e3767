/* rungs-outbox-view.c: the messages on their way, and what became of them. */

#include "rungs-outbox-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-outbox-detail.h"
#include "rungs-outbox-load.h"
#include "rungs-outbox-rows.h"
#include "rungs-outbox-words.h"
#include "rungs-row-details.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-error-words.h"

struct _RungsOutboxView
{
  GtkWidget parent_instance;

  RungsBrowser *browser;
  GtkDropDown *states;
  RungsOutboxDetail *detail;
  GMenuModel *row_menu;

  RungsPage *page;          /* (nullable): the one it stands in */
  RungsRowDetails *details; /* (owned) (nullable): a RungsOutboxDetails */
  gboolean filling;         /* the drop-down changes because of us */
};

G_DEFINE_FINAL_TYPE (RungsOutboxView, rungs_outbox_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SUMMARY_CHANGED,
} RungsOutboxViewSignal;

static guint signals[SIGNAL_SUMMARY_CHANGED + 1];

/* The states in the order of the drop-down; 0: all. */
static const RungsOutboxState STATES[] = {
  0,
  RUNGS_OUTBOX_PLANNED,
  RUNGS_OUTBOX_SENT,
  RUNGS_OUTBOX_FAILED,
  RUNGS_OUTBOX_WITHHELD,
  RUNGS_OUTBOX_DOUBT,
};

static RungsStore *
store_of (RungsOutboxView *self)
{
  return self->page != NULL ? rungs_page_get_store (self->page) : NULL;
}

static RungsOutboxState
state_of (RungsOutboxView *self)
{
  guint selected = gtk_drop_down_get_selected (self->states);

  return selected < G_N_ELEMENTS (STATES) ? STATES[selected] : 0;
}

/* ---- the list */

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsOutboxView *self = data;
  RungsOutboxQuery *query = g_new0 (RungsOutboxQuery, 1);
  gboolean descending = FALSE;

  query->state = state_of (self);
  query->words = g_strdup (rungs_page_get_search_text (self->page));
  if (rungs_browser_get_sort (browser, &descending) != NULL)
    query->sort = descending ? RUNGS_OUTBOX_LATEST : RUNGS_OUTBOX_EARLIEST;
  else if (query->state == RUNGS_OUTBOX_PLANNED)
    query->sort = RUNGS_OUTBOX_EARLIEST;
  return query;
}

static gboolean
is_narrowed (RungsOutboxView *self)
{
  return state_of (self) != 0 || *rungs_page_get_search_text (self->page) != '\0';
}

static void
n_rows_changed_cb (RungsOutboxView *self)
{
  g_signal_emit (self, signals[SIGNAL_SUMMARY_CHANGED], 0);
}

static void
state_chosen_cb (RungsOutboxView *self)
{
  if (!self->filling && self->page != NULL)
    rungs_outbox_view_search (self);
}

/* Another list would close the drop-down while somebody looks into it. */
static gboolean
says_the_same (GtkStringList *labels,
               GListModel    *shown)
{
  if (shown == NULL || g_list_model_get_n_items (shown) != G_N_ELEMENTS (STATES))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (!g_str_equal (gtk_string_list_get_string (labels, i),
                      gtk_string_list_get_string (GTK_STRING_LIST (shown), i)))
      return FALSE;
  return TRUE;
}

/* ---- the details of the selected row */

/* Of the row whose details are there; 0: none. */
static gint64
lead_of (RungsOutboxView *self)
{
  RungsOutboxDetails *details
    = self->details != NULL ? rungs_row_details_get (self->details) : NULL;

  return details != NULL ? details->row->lead : 0;
}

static void
show_details (RungsOutboxView *self)
{
  guint n = rungs_browser_get_n_selected (self->browser);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "outbox.sent", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "outbox.retry", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "outbox.show-lead", lead_of (self) != 0);
  if (self->details != NULL && rungs_row_details_get (self->details) != NULL)
    rungs_outbox_detail_show (self->detail, rungs_row_details_get (self->details));
}

/* ---- what a person decides */

static void
tell_decided (RungsOutboxView *self,
              gint64           n,
              const char      *words)
{
  g_autofree char *number = rungs_display_number (n);
  g_auto (GStrv) around = g_strsplit (words, "%s", 2);
  g_autofree char *text = g_strjoinv (number, around);

  rungs_page_notify (self->page,
                     n > 0 ? text : _ ("There is nothing to decide about these messages."));
}

static void
finish_decision (RungsOutboxView *self,
                 RungsStore      *store,
                 GAsyncResult    *result,
                 gboolean         sent)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = rungs_store_write_finish (store, result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (n == NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Decision Could Not Be Stored"), error);
  else if (sent)
    tell_decided (self, *n,
                  ngettext ("%s message is recorded as sent", "%s messages are recorded as sent",
                            (gulong) *n));
  else
    tell_decided (self, *n, ngettext ("%s message is tried again", "%s messages are tried again",
                                      (gulong) *n));
}

static void
sent_decided_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsOutboxView) self = data;

  finish_decision (self, RUNGS_STORE (source), result, TRUE);
}

static void
retry_decided_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (RungsOutboxView) self = data;

  finish_decision (self, RUNGS_STORE (source), result, FALSE);
}

static void
decide (RungsOutboxView    *self,
        RungsStoreFunc      func,
        GAsyncReadyCallback decided)
{
  rungs_store_write_async (store_of (self), func, rungs_browser_get_selected (self->browser),
                           (GDestroyNotify) g_array_unref, g_free, NULL, decided,
                           g_object_ref (self));
}

static void
sent_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  decide (RUNGS_OUTBOX_VIEW (widget), rungs_outbox_do_sent, sent_decided_cb);
}

static void
retry_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  decide (RUNGS_OUTBOX_VIEW (widget), rungs_outbox_do_retry, retry_decided_cb);
}

static void
show_lead_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gint64 lead = lead_of (RUNGS_OUTBOX_VIEW (widget));
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, lead);

  if (lead != 0)
    gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

static void
activated_cb (RungsOutboxView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "outbox.show-lead", NULL);
}

/* ---- the class */

static void
rungs_outbox_view_dispose (GObject *object)
{
  RungsOutboxView *self = RUNGS_OUTBOX_VIEW (object);
  GtkWidget *browser = GTK_WIDGET (self->browser);

  g_clear_object (&self->details);
  self->browser = NULL;
  g_clear_pointer (&browser, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_outbox_view_parent_class)->dispose (object);
}

static void
rungs_outbox_view_class_init (RungsOutboxViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_outbox_view_dispose;
  gtk_widget_class_install_action (widget_class, "outbox.sent", NULL, sent_action);
  gtk_widget_class_install_action (widget_class, "outbox.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "outbox.show-lead", NULL, show_lead_action);

  signals[SIGNAL_SUMMARY_CHANGED] = g_signal_new ("summary-changed", RUNGS_TYPE_OUTBOX_VIEW,
                                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_OUTBOX_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-outbox-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxView, states);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, state_chosen_cb);
}

static void
rungs_outbox_view_init (RungsOutboxView *self)
{
  const gint64 none[RUNGS_OUTBOX_DOUBT + 1] = { 0 };

  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  rungs_outbox_view_set_counts (self, none);
  show_details (self);
}

void
rungs_outbox_view_set_up (RungsOutboxView *self,
                          RungsPage       *page)
{
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_outbox_rows_get_columns (&n);

  g_return_if_fail (RUNGS_IS_OUTBOX_VIEW (self));

  self->page = page;
  rungs_browser_set_up (self->browser, "outbox", rungs_page_get_store (page),
                        rungs_outbox_rows_get_source (), columns, n, make_query, self);
  self->details = rungs_row_details_new (page, self->browser, rungs_outbox_load_details,
                                         (GDestroyNotify) rungs_outbox_details_free);
  g_signal_connect_object (self->details, "changed", G_CALLBACK (show_details), self,
                           G_CONNECT_SWAPPED);
}

void
rungs_outbox_view_refresh (RungsOutboxView *self)
{
  g_return_if_fail (RUNGS_IS_OUTBOX_VIEW (self));

  rungs_browser_refresh (self->browser);
  rungs_row_details_refresh (self->details);
}

void
rungs_outbox_view_search (RungsOutboxView *self)
{
  g_return_if_fail (RUNGS_IS_OUTBOX_VIEW (self));

  rungs_browser_requery (self->browser, is_narrowed (self));
}

gboolean
rungs_outbox_view_focus_content (RungsOutboxView *self)
{
  g_return_val_if_fail (RUNGS_IS_OUTBOX_VIEW (self), FALSE);

  return rungs_browser_focus (self->browser);
}

char *
rungs_outbox_view_dup_summary (RungsOutboxView *self)
{
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);

  g_return_val_if_fail (RUNGS_IS_OUTBOX_VIEW (self), NULL);

  if (is_narrowed (self))
    return g_strdup_printf (ngettext ("%s message found", "%s messages found", n), number);
  return n > 0 ? g_strdup_printf (ngettext ("%s message", "%s messages", n), number) : NULL;
}

void
rungs_outbox_view_set_state (RungsOutboxView *self,
                             RungsOutboxState state)
{
  g_return_if_fail (RUNGS_IS_OUTBOX_VIEW (self));

  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (STATES[i] == state)
      gtk_drop_down_set_selected (self->states, i);
}

void
rungs_outbox_view_select (RungsOutboxView *self,
                          gint64           outbox)
{
  g_return_if_fail (RUNGS_IS_OUTBOX_VIEW (self));

  rungs_outbox_view_set_state (self, 0);
  rungs_browser_select (self->browser, outbox);
}

void
rungs_outbox_view_set_counts (RungsOutboxView *self,
                              const gint64     counts[RUNGS_OUTBOX_DOUBT + 1])
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected;

  g_return_if_fail (RUNGS_IS_OUTBOX_VIEW (self));

  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      g_autofree char *number = rungs_display_number (counts[STATES[i]]);
      g_autofree char *label
        = g_strdup_printf ("%s · %s", STATES[i] ? rungs_outbox_state_words (STATES[i]) : _ ("All"),
                           number);

      gtk_string_list_append (labels, label);
    }
  if (says_the_same (labels, gtk_drop_down_get_model (self->states)))
    return;
  selected = gtk_drop_down_get_selected (self->states);
  rungs_drop_down_set_label (self->states, _ ("State"));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->states, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->states, selected < G_N_ELEMENTS (STATES) ? selected : 0);
  self->filling = FALSE;
}
