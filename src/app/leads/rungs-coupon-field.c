/* rungs-coupon-field.c: the coupon of an order that is entered, and what is to be said of it. */

#include "rungs-coupon-field.h"

#include <glib/gi18n.h>

#include "ladder/rungs-coupon-judge-store.h"
#include "ladder/rungs-coupon-words.h"
#include "widgets/rungs-error-words.h"

struct _RungsCouponField
{
  RungsStore *store;         /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of the check under way */
  gint64 lead;
  gint64 at;
  GArray *products;          /* (owned) (element-type gint64) */

  AdwEntryRow *codes;
  GtkLabel *hint;
  GtkWidget *anyway_row;
  GtkSwitch *anyway;
};

/* What is asked on a thread of the store. */
typedef struct
{
  char *codes;
  gint64 lead;
  gint64 at;
  GArray *products;
} Question;

static void
question_free (Question *self)
{
  g_free (self->codes);
  g_array_unref (self->products);
  g_free (self);
}

static gpointer
check (RungsDb       *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  const Question *asked = data;
  const RungsCouponQuestion question = { asked->lead, asked->at, asked->products, 0 };

  return rungs_coupon_check_text (db, &question, asked->codes, error);
}

/* ---- showing */

/* Returns: whether all fit. */
static gboolean
append_words (GString   *words,
              GPtrArray *checks)
{
  gboolean fit = TRUE;

  for (guint i = 0; i < checks->len; i++)
    {
      const RungsCouponCheck *one = g_ptr_array_index (checks, i);
      g_autofree char *why = rungs_coupon_check_dup_why (one);
      g_autofree char *meaning = one->coupon ? rungs_coupon_meaning_words (one->coupon) : NULL;

      g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", why ? why : meaning);
      if (why != NULL && meaning != NULL)
        g_string_append_printf (words, " %s", meaning);
      fit = fit && why == NULL;
    }
  return fit;
}

static void
show (RungsCouponField *self,
      GPtrArray        *checks)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean fit = append_words (words, checks);

  gtk_label_set_label (self->hint, words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), words->len > 0);
  if (fit)
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "warning");
  gtk_widget_set_visible (self->anyway_row, !fit);
  rungs_error_mark_row (self->codes, NULL);
}

/* `data` is the form, of which it is part. */
static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GObject) form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  RungsCouponField *self = g_object_get_data (form, "rungs-coupon-field");

  if (self != NULL && checks != NULL)
    show (self, checks);
  else if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_mark_row (self->codes, error->message);
}

static void
check_again (RungsCouponField *self)
{
  Question *question = g_new0 (Question, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  question->codes = rungs_form_dup_entry (self->codes);
  question->lead = self->lead;
  question->at = self->at;
  question->products = g_array_ref (self->products);
  rungs_store_read_async (self->store, check, question, (GDestroyNotify) question_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, checked_cb,
                          g_object_ref (gtk_widget_get_root (GTK_WIDGET (self->codes))));
}

/* ---- the rows */

static void
field_free (gpointer data)
{
  RungsCouponField *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->store);
  g_array_unref (self->products);
  g_free (self);
}

static void
add_hint (RungsCouponField *self,
          RungsForm        *form)
{
  GtkWidget *hint = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_set_margin_top (hint, 6);
  gtk_widget_set_visible (hint, FALSE);
  self->hint = GTK_LABEL (hint);
  rungs_form_add_widget (form, hint);
}

static void
add_anyway (RungsCouponField *self,
            RungsForm        *form)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("It Was Accepted All the Same"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("The order is stored, with what spoke"
                                                        " against it"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_widget_set_visible (row, FALSE);
  self->anyway_row = row;
  self->anyway = GTK_SWITCH (button);
  rungs_form_add_widget (form, row);
}

RungsCouponField *
rungs_coupon_field_new (RungsForm  *form,
                        RungsStore *store,
                        gint64      lead)
{
  RungsCouponField *self;

  g_return_val_if_fail (RUNGS_IS_FORM (form), NULL);

  self = g_new0 (RungsCouponField, 1);
  self->store = g_object_ref (store);
  self->lead = lead;
  self->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->codes = rungs_form_add_entry (form, _ ("Coupon, if one was used"), NULL);
  add_anyway (self, form);
  add_hint (self, form);
  g_object_set_data_full (G_OBJECT (form), "rungs-coupon-field", self, field_free);
  g_signal_connect_swapped (self->codes, "changed", G_CALLBACK (check_again), self);
  return self;
}

void
rungs_coupon_field_set_order (RungsCouponField *self,
                              GArray           *products,
                              gint64            at)
{
  g_autofree char *codes = NULL;

  g_return_if_fail (self != NULL && products != NULL);

  g_array_unref (self->products);
  self->products = products;
  self->at = at;
  codes = rungs_form_dup_entry (self->codes);
  if (*codes != '\0')
    check_again (self);
}

char *
rungs_coupon_field_dup_codes (RungsCouponField *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rungs_form_dup_entry (self->codes);
}

gboolean
rungs_coupon_field_get_anyway (RungsCouponField *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return gtk_widget_get_visible (self->anyway_row) && gtk_switch_get_active (self->anyway);
}

AdwEntryRow *
rungs_coupon_field_get_row (RungsCouponField *self)
{
  g_autofree char *codes = rungs_coupon_field_dup_codes (self);

  return codes != NULL && *codes != '\0' ? self->codes : NULL;
}
