/* rungs-today-page.c: the figures of the day, and what waits for a person. */

#include "rungs-today-page.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "mail/rungs-return-store.h"
#include "process/rungs-notice-store.h"
#include "process/rungs-task-store.h"
#include "rungs-page-list.h"
#include "today/rungs-contact-window.h"
#include "today/rungs-today-rows.h"
#include "today/rungs-today.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-figure.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-sheet.h"

#define LONGEST_WAIT_MS 5000

struct _RungsTodayPage
{
  RungsPage parent_instance;

  RungsFigure *leads_figure;
  RungsFigure *messages_figure;
  RungsFigure *orders_figure;
  RungsFigure *revenue_figure;
  AdwPreferencesGroup *steps_group;
  AdwPreferencesGroup *waiting_group;
  AdwPreferencesGroup *leads_group;
  AdwPreferencesGroup *imports_group;
  AdwPreferencesGroup *sending_group;

  GCancellable *cancellable; /* (owned): ends with the page */
  RungsToday *today;         /* (owned) (nullable): what is shown */
  gint64 began;              /* when it was last asked for; monotonic, microseconds; 0: it is not */
  gboolean again;            /* something changed meanwhile */
  guint source;              /* waits with asking again; 0: does not */
};

G_DEFINE_FINAL_TYPE (RungsTodayPage, rungs_today_page, RUNGS_TYPE_PAGE)

static const char *const TABLES[] = {
  "account",     "account_pull", "award",         "business",      "commission",
  "currency_rate",
  "first_contact",
  "import_run",  "lead",         "mail_return",   "mailbox",       "message",
  "notice",      "outbox",       "partner_flag", "product",       "refund",        "sales_order",
  "sequence",    "task",         "web_delivery",  "web_endpoint",  "web_pull",
  "web_pull_question",           "web_relay",     NULL,
};

static void
show_count (RungsFigure *figure,
            gint64       day,
            gint64       month)
{
  g_autofree char *value = rungs_display_number (day);
  g_autofree char *month_text = rungs_display_number (month);
  /* Translators: a number or an amount. */
  g_autofree char *remark = g_strdup_printf (_ ("%s this month"), month_text);

  rungs_figure_set (figure, value, remark);
}

/* All currencies, or nothing of the business's own. */
static char *
describe_revenue (const RungsPeriod *period,
                  const char        *currency)
{
  GArray *revenue = period->revenue;
  g_autoptr (GString) text = g_string_new (period->converted->len > 0 ? "≈ " : "");

  for (guint i = 0; i < revenue->len; i++)
    {
      g_autofree char *amount = rungs_display_money (g_array_index (revenue, RungsMoney, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", amount);
    }
  return revenue->len > 0 ? g_strdup (text->str) : rungs_display_money (rungs_money (0, currency));
}

static void
show_revenue (RungsTodayPage *self)
{
  g_autofree char *value = describe_revenue (self->today->day, self->today->currency);
  g_autofree char *month = describe_revenue (self->today->month, self->today->currency);
  g_autofree char *remark = g_strdup_printf (_ ("%s this month"), month);

  rungs_figure_set (self->revenue_figure, value, remark);
}

/* The list of a preferences group; its rows are its children. */
static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_BOX (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static gboolean
is_same_row (GtkWidget *a,
             GtkWidget *b)
{
  return g_str_equal (gtk_widget_get_name (a), gtk_widget_get_name (b))
         && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (a)),
                         adw_preferences_row_get_title (ADW_PREFERENCES_ROW (b)))
         && g_str_equal (adw_action_row_get_subtitle (ADW_ACTION_ROW (a)),
                         adw_action_row_get_subtitle (ADW_ACTION_ROW (b)));
}

/* Puts rows in the place of those that are there; the same rows stay, and the keys stay with what
 * they are at. */
static void
show_rows (AdwPreferencesGroup *group,
           GPtrArray           *rows)
{
  GtkWidget *list = find_list (GTK_WIDGET (group));
  GtkWidget *old = gtk_widget_get_first_child (list);
  RungsFocus *focus = rungs_focus_note (list);
  guint same = 0;

  while (old != NULL && same < rows->len && is_same_row (old, g_ptr_array_index (rows, same)))
    {
      g_object_ref_sink (g_ptr_array_index (rows, same));
      g_object_unref (g_ptr_array_index (rows, same));
      old = gtk_widget_get_next_sibling (old);
      same++;
    }
  while (old != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (old);

      adw_preferences_group_remove (group, old);
      old = next;
    }
  for (guint i = same; i < rows->len; i++)
    adw_preferences_group_add (group, g_ptr_array_index (rows, i));
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
  rungs_focus_restore (focus, list);
}

static void
show_sending (RungsTodayPage *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (self->today == NULL)
    return;
  rows = rungs_today_sending_rows (self->today, rungs_page_get_engine (RUNGS_PAGE (self)),
                                   rungs_display_now ());
  show_rows (self->sending_group, rows);
}

static void
show (RungsTodayPage *self)
{
  const RungsToday *today = self->today;
  g_autoptr (GPtrArray) steps = rungs_today_step_rows (today);
  g_autoptr (GPtrArray) waiting = rungs_today_waiting_rows (today, rungs_display_now ());
  g_autoptr (GPtrArray) leads = rungs_today_lead_rows (today, rungs_display_now ());
  g_autoptr (GPtrArray) imports = rungs_today_import_rows (today);

  show_count (self->leads_figure, today->day->leads, today->month->leads);
  show_count (self->messages_figure, today->day->messages, today->month->messages);
  show_count (self->orders_figure, today->day->orders, today->month->orders);
  show_revenue (self);
  show_rows (self->steps_group, steps);
  show_rows (self->waiting_group, waiting);
  show_rows (self->leads_group, leads);
  show_rows (self->imports_group, imports);
  show_sending (self);
  rungs_page_set_badge (RUNGS_PAGE (self), rungs_today_count_waiting (today));
  rungs_page_settle_focus (RUNGS_PAGE (self));
}

/* On a thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return rungs_today_load (db, rungs_display_now (), error);
}

static gboolean
wait_over_cb (gpointer data)
{
  RungsTodayPage *self = data;

  self->source = 0;
  rungs_page_queue_refresh (RUNGS_PAGE (self));
  return G_SOURCE_REMOVE;
}

/* However often things change, counting takes a fifth of a processor at the most. */
static void
wait_for_changes (RungsTodayPage *self)
{
  gint64 took_ms = (g_get_monotonic_time () - self->began) / 1000;

  self->began = 0;
  if (self->again)
    self->source = g_timeout_add (MIN (4 * took_ms, LONGEST_WAIT_MS), wait_over_cb, self);
  self->again = FALSE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsTodayPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsToday) today
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  wait_for_changes (self);
  if (today == NULL)
    {
      rungs_page_notify_error (RUNGS_PAGE (self), error);
      return;
    }
  g_clear_pointer (&self->today, rungs_today_free);
  self->today = g_steal_pointer (&today);
  show (self);
}

static void
rungs_today_page_refresh_badge (RungsPage *page)
{
  RungsTodayPage *self = RUNGS_TODAY_PAGE (page);
  RungsStore *store = rungs_page_get_store (page);

  self->again = self->began != 0;
  if (store == NULL || self->began != 0 || self->source != 0)
    return;
  self->began = g_get_monotonic_time ();
  rungs_store_read_async (store, load, NULL, NULL, (GDestroyNotify) rungs_today_free,
                          self->cancellable, loaded_cb, g_object_ref (self));
}

static void
rungs_today_page_main_action (RungsPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.show-target", "(ss)", "leads", "add");
}

/* On the store's writing thread. */
static gpointer
set_task_done (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return GINT_TO_POINTER (rungs_task_set_done (db, *(gint64 *) data, rungs_display_now (), error));
}

/* The same, back. */
static gpointer
reopen_task (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (rungs_task_reopen (db, *(gint64 *) data, rungs_display_now (), error));
}

static void
task_done_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  gint64 task = g_variant_get_int64 (parameter);
  const RungsPageWork work = {
    .func = set_task_done,
    .data = g_memdup2 (&task, sizeof task),
    .data_free = g_free,
    .done = _ ("The task is done"),
    .failed = _ ("The Task Could Not Be Marked as Done"),
  };
  const RungsPageWork undo = {
    .func = reopen_task,
    .data = g_memdup2 (&task, sizeof task),
    .data_free = g_free,
    .failed = _ ("The Task Could Not Be Opened Again"),
  };

  rungs_page_do (RUNGS_PAGE (widget), &work, &undo);
}

/* On the store's writing thread. */
static gpointer
believe (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return GINT_TO_POINTER (rungs_return_believe (db, *(gint64 *) data, rungs_display_now (), error));
}

static gpointer
dismiss (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return GINT_TO_POINTER (rungs_return_dismiss (db, *(gint64 *) data, error));
}

static void
judge_mail (RungsTodayPage *self,
            RungsStoreFunc  func,
            gint64          mail,
            const char     *done)
{
  rungs_page_do (RUNGS_PAGE (self),
                 &(RungsPageWork){ .func = func,
                                   .data = g_memdup2 (&mail, sizeof mail),
                                   .data_free = g_free,
                                   .done = done,
                                   .failed = _ ("The Mail Could Not Be Dealt With") },
                 NULL);
}

static void
believe_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  judge_mail (RUNGS_TODAY_PAGE (widget), believe, g_variant_get_int64 (parameter),
              _ ("The address gets nothing more"));
}

static void
dismiss_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  judge_mail (RUNGS_TODAY_PAGE (widget), dismiss, g_variant_get_int64 (parameter),
              _ ("The mail is forgotten"));
}

/* On the store's writing thread. */
static gpointer
see_leads (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return GINT_TO_POINTER (rungs_notice_see (db, 0, rungs_display_now (), error));
}

static gpointer
unsee_leads (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (rungs_notice_unsee (db, data, error));
}

static void
see_leads_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  const RungsToday *today = RUNGS_TODAY_PAGE (widget)->today;
  const RungsPageWork work = {
    .func = see_leads,
    .done = _ ("The new leads count as looked at"),
    .failed = _ ("It Could Not Be Written Down"),
  };
  const RungsPageWork undo = {
    .func = unsee_leads,
    .data = today != NULL ? g_array_copy (today->unseen) : NULL,
    .data_free = (GDestroyNotify) g_array_unref,
    .failed = _ ("It Could Not Be Written Down"),
  };

  if (today != NULL)
    rungs_page_do (RUNGS_PAGE (widget), &work, &undo);
}

static void
contact_figures_action (GtkWidget  *widget,
                        const char *action,
                        GVariant   *parameter)
{
  const RungsToday *today = RUNGS_TODAY_PAGE (widget)->today;

  if (today != NULL)
    rungs_contact_window_open (widget, today->figures);
}

static void
agree_answered_cb (gboolean agreed,
                   gpointer data)
{
  if (agreed)
    rungs_engine_agree (rungs_page_get_engine (data));
}

static void
agree_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  rungs_question_ask (
      widget, _ ("Send Overdue Messages?"),
      _ ("All messages that are overdue leave from this computer now. If another copy of "
         "this business has sent them, people get them twice."),
      _ ("_Send"), RUNGS_QUESTION_DESTRUCTIVE, agree_answered_cb, widget);
}

static void
rungs_today_page_constructed (GObject *object)
{
  RungsPage *page = RUNGS_PAGE (object);

  G_OBJECT_CLASS (rungs_today_page_parent_class)->constructed (object);

  if (rungs_page_list_find ("leads") != NULL)
    rungs_page_set_main_action_label (page, _ ("_Add Lead…"));
  if (rungs_page_get_engine (page) != NULL)
    g_signal_connect_object (rungs_page_get_engine (page), "changed", G_CALLBACK (show_sending),
                             page, G_CONNECT_SWAPPED);
}

static void
rungs_today_page_dispose (GObject *object)
{
  RungsTodayPage *self = RUNGS_TODAY_PAGE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->today, rungs_today_free);

  G_OBJECT_CLASS (rungs_today_page_parent_class)->dispose (object);
}

static void
rungs_today_page_class_init (RungsTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  object_class->constructed = rungs_today_page_constructed;
  object_class->dispose = rungs_today_page_dispose;
  page_class->tables = TABLES;
  page_class->main_action = rungs_today_page_main_action;
  page_class->refresh_badge = rungs_today_page_refresh_badge;

  g_type_ensure (RUNGS_TYPE_FIGURE);
  g_type_ensure (RUNGS_TYPE_SHEET);
  gtk_widget_class_install_action (widget_class, "today.task-done", "x", task_done_action);
  gtk_widget_class_install_action (widget_class, "today.see-leads", NULL, see_leads_action);
  gtk_widget_class_install_action (widget_class, "today.contact-figures", NULL,
                                   contact_figures_action);
  gtk_widget_class_install_action (widget_class, "today.agree", NULL, agree_action);
  gtk_widget_class_install_action (widget_class, "today.believe", "x", believe_action);
  gtk_widget_class_install_action (widget_class, "today.dismiss", "x", dismiss_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/today/rungs-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, leads_figure);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, messages_figure);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, orders_figure);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, revenue_figure);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, steps_group);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, leads_group);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, imports_group);
  gtk_widget_class_bind_template_child (widget_class, RungsTodayPage, sending_group);
}

static void
rungs_today_page_init (RungsTodayPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
