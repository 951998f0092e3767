/* rungs-trial-rows.c: what the terms of a form would have done to the sales of last quarter. */

#include "rungs-trial-rows.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-terms-trial-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* So many partners are shown; the sum counts all. */
#define SHOWN 200

#define KEY "rungs-trial"

typedef struct
{
  RungsForm *form;   /* (unowned): holds this */
  RungsStore *store; /* (owned) */
  gint64 programme;
  RungsTrialFunc func;
  gpointer data;
  GtkWidget *button;
  GtkWidget *spinner;
  GtkLabel *sum;
  GtkListBox *list;
  GCancellable *cancellable; /* (owned) (nullable): of what is being read */
} TrialRows;

static void
trial_rows_free (gpointer data)
{
  TrialRows *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->store);
  g_free (self);
}

/* ---- reading */

/* What is asked, and answered. */
typedef struct
{
  gint64 programme;
  RungsTerms *terms; /* (owned) (nullable): of the question */
  char *first;       /* (out) (owned) day of the business, "2026-07-01" … */
  char *last;        /* … (out) (owned) */
  GPtrArray *rows;   /* (out) (owned) (element-type RungsTermsTrialRow) */
} Trial;

static void
trial_free (gpointer data)
{
  Trial *trial = data;

  g_clear_pointer (&trial->terms, rungs_terms_free);
  g_free (trial->first);
  g_free (trial->last);
  g_clear_pointer (&trial->rows, g_ptr_array_unref);
  g_free (trial);
}

/* On a reading thread of the store. */
static gpointer
load_trial (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Trial *asked = data;
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  gint64 from, until;
  GPtrArray *rows;
  Trial *trial;

  if (zone == NULL)
    return NULL;
  rungs_terms_trial_last_quarter (zone, rungs_display_now (), &from, &until);
  rows = rungs_terms_trial (db, asked->programme, asked->terms, from, until, cancellable, error);
  if (rows == NULL)
    return NULL;
  trial = g_new0 (Trial, 1);
  *trial = (Trial){ .first = rungs_time_format_day (from, zone),
                    .last = rungs_time_format_day (until - 1, zone), .rows = rows };
  return trial;
}

/* ---- showing */

/* "+€12.00", "-€3.00", "as before". */
static char *
difference_words (const RungsTermsTrialRow *row)
{
  gint64 difference = row->would - row->earned;
  g_autofree char *money = rungs_display_money (rungs_money (difference, row->currency));

  if (difference == 0)
    return g_strdup (_ ("as before"));
  return difference > 0 ? g_strconcat ("+", money, NULL) : g_steal_pointer (&money);
}

static char *
row_words (const RungsTermsTrialRow *row)
{
  g_autofree char *orders = rungs_display_number (row->orders);
  g_autofree char *earned = rungs_display_money (rungs_money (row->earned, row->currency));
  g_autofree char *would = rungs_display_money (rungs_money (row->would, row->currency));

  return g_strdup_printf (ngettext ("%s order: earned %s, by these terms %s",
                                    "%s orders: earned %s, by these terms %s",
                                    (gulong) row->orders),
                          orders, earned, would);
}

static void
add_row (TrialRows                *self,
         const RungsTermsTrialRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *words = row_words (row);
  g_autofree char *difference = difference_words (row);
  GtkWidget *label = gtk_label_new (difference);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget),
                                 row->partner != 0 ? row->name : _ ("All partners"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (widget), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), label);
  gtk_list_box_append (self->list, widget);
}

/* First all of them, by currency, then each. */
static void
add_rows (TrialRows   *self,
          const Trial *trial)
{
  guint shown = 0;

  for (guint i = 0; i < trial->rows->len; i++)
    if (((RungsTermsTrialRow *) trial->rows->pdata[i])->partner == 0)
      add_row (self, trial->rows->pdata[i]);
  for (guint i = 0; i < trial->rows->len && shown < SHOWN; i++)
    if (((RungsTermsTrialRow *) trial->rows->pdata[i])->partner != 0)
      {
        add_row (self, trial->rows->pdata[i]);
        shown++;
      }
}

static void
show_trial (TrialRows   *self,
            const Trial *trial)
{
  g_autofree char *from = rungs_display_calendar_day (trial->first);
  g_autofree char *until = rungs_display_calendar_day (trial->last);
  g_autofree char *words
      = trial->rows->len > 0
            ? g_strdup_printf (_ ("Orders from %s to %s, of what the buyers have kept"), from,
                               until)
            : g_strdup_printf (_ ("From %s to %s no order was credited to a partner of it"), from,
                               until);

  gtk_label_set_label (self->sum, words);
  add_rows (self, trial);
  gtk_widget_set_visible (GTK_WIDGET (self->list), trial->rows->len > 0);
}

static void
set_busy (TrialRows *self,
          gboolean   is_busy)
{
  gtk_widget_set_visible (self->spinner, is_busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_busy);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  Trial *trial = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  TrialRows *self = g_object_get_data (G_OBJECT (form), KEY);

  if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_busy (self, FALSE);
  if (self != NULL && trial != NULL)
    show_trial (self, trial);
  else if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (form), _ ("The Terms Could Not Be Tried"), error);
  g_clear_pointer (&trial, trial_free);
}

/* What was shown is of other terms. */
static void
clear (TrialRows *self)
{
  GtkWidget *row;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  set_busy (self, FALSE);
}

static void
clicked_cb (TrialRows *self)
{
  RungsTerms *terms = self->func (self->form, self->data);
  Trial *trial;

  clear (self);
  if (terms == NULL)
    return;
  trial = g_new0 (Trial, 1);
  *trial = (Trial){ .programme = self->programme, .terms = terms };
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  rungs_store_read_async (self->store, load_trial, trial, trial_free, trial_free,
                          self->cancellable, loaded_cb, g_object_ref (self->form));
}

/* ---- the group */

static void
add_button (TrialRows *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->button = gtk_button_new_with_mnemonic (_ ("What It _Would Have Done"));
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_box_append (GTK_BOX (box), self->spinner);
  rungs_form_add_widget (self->form, box);
}

static void
add_answer (TrialRows *self)
{
  GtkWidget *label = gtk_label_new (_ ("Before you save: what partners earned, and what they "
                                       "would have earned by the terms above"));
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Last Quarter by These Terms"), -1);
  self->sum = GTK_LABEL (label);
  self->list = GTK_LIST_BOX (list);
  rungs_form_add_widget (self->form, label);
  rungs_form_add_widget (self->form, list);
}

void
rungs_trial_rows_add (RungsForm      *form,
                      RungsStore     *store,
                      gint64          programme,
                      RungsTrialFunc  func,
                      gpointer        data)
{
  TrialRows *self;

  g_return_if_fail (RUNGS_IS_FORM (form) && RUNGS_IS_STORE (store) && func != NULL);

  self = g_new0 (TrialRows, 1);
  *self = (TrialRows){ .form = form, .store = g_object_ref (store), .programme = programme,
                       .func = func, .data = data };
  rungs_form_add_group (form, _ ("Last Quarter"));
  add_button (self);
  add_answer (self);
  g_object_set_data_full (G_OBJECT (form), KEY, self, trial_rows_free);
}
