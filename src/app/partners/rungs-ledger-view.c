/* rungs-ledger-view.c: the book of commissions, entry by entry. */

#include "rungs-ledger-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "compat/rungs-file-chooser.h"
#include "compat/rungs-question.h"
#include "rungs-ledger-detail.h"
#include "rungs-ledger-rows.h"
#include "rungs-partner-pick.h"
#include "rungs-partner-words.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-wrap-box.h"

#define ALL_PARTNERS "0"

struct _RungsLedgerView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  GtkWidget *partner_box;
  GtkDropDown *states;
  GtkDropDown *kinds;
  GtkDropDown *periods;
  GtkButton *verify;
  RungsLedgerDetail *detail;

  RungsPickButton *partners;
  gint64 partner; /* that is chosen; 0: all */
};

G_DEFINE_FINAL_TYPE (RungsLedgerView, rungs_ledger_view, RUNGS_TYPE_PAGE_VIEW)

/* As the list of the template has them. */
typedef enum
{
  PERIOD_ALL,
  PERIOD_THIS_MONTH,
  PERIOD_LAST_MONTH,
  PERIOD_THIS_YEAR,
  PERIOD_LAST_YEAR,
} Period;

static RungsPage *
page_of (RungsLedgerView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- what is asked for */

/* The month, or year, that begins so many of them after the one of now. */
static gint64
begin_of (gboolean is_year,
          int      after)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) begin
      = g_date_time_new_local (g_date_time_get_year (now),
                               is_year ? 1 : g_date_time_get_month (now), 1, 0, 0, 0);
  g_autoptr (GDateTime) there = is_year ? g_date_time_add_years (begin, after)
                                        : g_date_time_add_months (begin, after);

  return rungs_time_from_date_time (there);
}

static void
take_period (RungsLedgerView  *self,
             RungsLedgerQuery *query)
{
  Period period = gtk_drop_down_get_selected (self->periods);
  gboolean is_year = period == PERIOD_THIS_YEAR || period == PERIOD_LAST_YEAR;
  int after = period == PERIOD_LAST_MONTH || period == PERIOD_LAST_YEAR ? -1 : 0;

  if (period == PERIOD_ALL)
    return;
  query->from = begin_of (is_year, after);
  query->until = begin_of (is_year, after + 1);
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsLedgerView *self = data;
  RungsLedgerQuery *query = g_new0 (RungsLedgerQuery, 1);

  query->partner = self->partner;
  query->state = (int) gtk_drop_down_get_selected (self->states) - 1;
  query->kind = (int) gtk_drop_down_get_selected (self->kinds) - 1;
  take_period (self, query);
  return query;
}

static gboolean
is_narrowed (RungsLedgerView *self)
{
  return self->partner != 0 || gtk_drop_down_get_selected (self->states) != 0
         || gtk_drop_down_get_selected (self->kinds) != 0
         || gtk_drop_down_get_selected (self->periods) != PERIOD_ALL;
}

/* Only of one account of a partner there is a balance after each. */
static void
filter_chosen_cb (RungsLedgerView *self)
{
  if (page_of (self) == NULL)
    return;
  rungs_browser_set_searching (self->browser,
                               self->partner != 0
                                   && gtk_drop_down_get_selected (self->states) != 0);
  rungs_browser_requery (self->browser, is_narrowed (self));
}

/* ---- the partners that can be chosen */

static void
choose_partner (RungsLedgerView *self,
                const char      *value)
{
  self->partner = g_ascii_strtoll (value, NULL, 10);
  rungs_pick_button_set_value (self->partners, value);
  filter_chosen_cb (self);
}

static void
partner_picked_cb (RungsLedgerView *self,
                   const char      *value)
{
  choose_partner (self, value);
}

/* ---- the details of the selected row */

static void
show_details (RungsPageView *view)
{
  const RungsLedgerDetails *details = rungs_page_view_get_details (view);

  if (details != NULL)
    rungs_ledger_detail_show (RUNGS_LEDGER_VIEW (view)->detail, details);
}

/* ---- whether it is what it was */

static char *
proof_words (const RungsLedgerProof *proof)
{
  g_autofree char *entries = rungs_display_number (proof->entries);
  g_autofree char *postings = rungs_display_number (proof->postings);
  g_autofree char *fault = rungs_display_number (proof->fault);

  if (proof->fault != 0)
    return g_strdup_printf (_ ("Entry %s is not what it was: %s. The %s entries before it are."),
                            fault, rungs_error_stored_words (proof->why), entries);
  return g_strdup_printf (
      _ ("All %s entries with %s postings are as they were written: each adds up to nothing, the "
         "balances go on, and each hash fits the one before it. Keep the last hash, which Copy "
         "Details takes: it proves later that nothing was cut off at the end."),
      entries, postings);
}

static char *
hash_text (const guint8 *hash)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < RUNGS_LEDGER_HASH_BYTES; i++)
    g_string_append_printf (text, "%02x", hash[i]);
  return g_string_free (text, FALSE);
}

static void
proof_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsLedgerView) self = data;
  g_autoptr (GError) error = NULL;
  RungsLedgerProof *proof = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *words = NULL;
  g_autofree char *hash = NULL;

  if (page_of (self) != NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.verify", TRUE);
      gtk_button_set_label (self->verify, _ ("_Verify…"));
    }
  if (page_of (self) != NULL && proof == NULL)
    rungs_page_notify_error (page_of (self), error);
  if (page_of (self) != NULL && proof != NULL)
    {
      words = proof_words (proof);
      hash = hash_text (proof->hash);
      rungs_question_tell (GTK_WIDGET (self),
                           proof->fault == 0 ? _ ("The Ledger Is What It Was")
                                             : _ ("The Ledger Was Changed"),
                           words, proof->fault == 0 ? hash : words);
    }
  rungs_ledger_proof_free (proof);
}

static void
verify_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsLedgerView *self = RUNGS_LEDGER_VIEW (widget);

  gtk_widget_action_set_enabled (widget, "ledger.verify", FALSE);
  gtk_button_set_label (self->verify, _ ("Verifying…"));
  rungs_store_read_async (rungs_page_view_get_store (RUNGS_PAGE_VIEW (self)),
                          rungs_ledger_load_proof, NULL, NULL,
                          (GDestroyNotify) rungs_ledger_proof_free, NULL, proof_loaded_cb,
                          g_object_ref (self));
}

/* ---- for other programs */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (RungsLedgerView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *words = NULL;

  if (page_of (self) == NULL)
    return;
  if (file == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Ledger Could Not Be Exported"), error);
      return;
    }
  words = g_strdup_printf (_ ("The ledger is in “%s”"), name);
  rungs_page_notify (page_of (self), words);
}

typedef struct
{
  RungsLedgerView *view; /* (owned) */
  RungsLedgerFormat format;
} Exporting;

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autofree Exporting *exporting = data;
  g_autoptr (RungsLedgerView) self = exporting->view;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  RungsLedgerExport *export = NULL;

  if (file == NULL || page_of (self) == NULL)
    return;
  export = g_new0 (RungsLedgerExport, 1);
  export->file = g_steal_pointer (&file);
  export->format = exporting->format;
  rungs_store_read_async (rungs_page_view_get_store (RUNGS_PAGE_VIEW (self)),
                          rungs_ledger_do_export, export,
                          (GDestroyNotify) rungs_ledger_export_free, g_object_unref, NULL,
                          exported_cb, g_object_ref (self));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Exporting *exporting = g_new0 (Exporting, 1);

  exporting->view = g_object_ref (RUNGS_LEDGER_VIEW (widget));
  exporting->format = strcmp (g_variant_get_string (parameter, NULL), "beancount") == 0
                          ? RUNGS_LEDGER_FORMAT_BEANCOUNT
                          : RUNGS_LEDGER_FORMAT_LEDGER;
  rungs_file_chooser_save_async (GTK_WINDOW (root), _ ("Export the Ledger"),
                                 exporting->format == RUNGS_LEDGER_FORMAT_BEANCOUNT
                                     ? "commissions.beancount"
                                     : "commissions.ledger",
                                 NULL, file_chosen_cb, exporting);
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "ledger",
                             .source = rungs_ledger_rows_get_source (),
                             .make_query = make_query,
                             .load = rungs_ledger_load_details,
                             .details_free = (GDestroyNotify) rungs_ledger_details_free };

  rows.columns = rungs_ledger_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_LEDGER_VIEW (view)->browser, &rows);
}

static void
refresh (RungsPageView *view)
{
  RungsLedgerView *self = RUNGS_LEDGER_VIEW (view);

  RUNGS_PAGE_VIEW_CLASS (rungs_ledger_view_parent_class)->refresh (view);
  rungs_partner_pick_refresh (self->partners, page_of (self), self->partner);
}

static char *
dup_summary (RungsPageView *view)
{
  guint n = rungs_browser_get_n_rows (RUNGS_LEDGER_VIEW (view)->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s entry", "%s entries", n), number) : NULL;
}

static void
show_target (RungsPageView *view,
             const char    *rest)
{
  RungsLedgerView *self = RUNGS_LEDGER_VIEW (view);

  gtk_drop_down_set_selected (self->states, 0);
  gtk_drop_down_set_selected (self->kinds, 0);
  gtk_drop_down_set_selected (self->periods, PERIOD_ALL);
  if (g_str_has_prefix (rest, "partner:"))
    choose_partner (self, rest + strlen ("partner:"));
  else
    {
      choose_partner (self, ALL_PARTNERS);
      rungs_browser_select (self->browser, g_ascii_strtoll (rest, NULL, 10));
    }
}

static void
rungs_ledger_view_class_init (RungsLedgerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->set_up = set_up;
  view_class->refresh = refresh;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "ledger.verify", NULL, verify_action);
  gtk_widget_class_install_action (widget_class, "ledger.export", "s", export_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_LEDGER_DETAIL);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-ledger-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerView, partner_box);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerView, states);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerView, kinds);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerView, periods);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerView, verify);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerView, detail);
  gtk_widget_class_bind_template_callback (widget_class, filter_chosen_cb);
}

/* Fills a list with what there is, after what says that all is shown. */
static void
fill (GtkDropDown *down,
      const char  *all,
      guint        n,
      const char *(*words) (guint i))
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, all);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, words (i));
  gtk_drop_down_set_model (down, G_LIST_MODEL (list));
}

static const char *
state_words (guint i)
{
  return rungs_partner_state_words (i);
}

static const char *
kind_words (guint i)
{
  return rungs_partner_entry_words (i);
}

static void
rungs_ledger_view_init (RungsLedgerView *self)
{
  GtkWidget *partners = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  partners = rungs_partner_pick_new ();
  self->partners = RUNGS_PICK_BUTTON (partners);
  g_signal_connect_object (partners, "picked", G_CALLBACK (partner_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->partner_box), partners);
  fill (self->states, _ ("All accounts"), RUNGS_LEDGER_N_STATES, state_words);
  fill (self->kinds, _ ("All kinds"), RUNGS_LEDGER_CLEARANCE + 1, kind_words);
}
