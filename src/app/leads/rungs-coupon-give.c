/* rungs-coupon-give.c: writes down that a lead was told the code of a coupon. */

#include "rungs-coupon-give.h"

#include <glib/gi18n.h>

#include "ladder/rungs-coupon-given-store.h"
#include "ladder/rungs-coupon-list-store.h"
#include "ladder/rungs-coupon-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsPage *page;    /* (owned) */
  gint64 lead;
  GPtrArray *coupons; /* (owned) (nullable) (element-type RungsCouponRow): the good ones */

  RungsForm *form;
  AdwComboRow *coupon;
  AdwComboRow *how;
  AdwEntryRow *who;
  AdwEntryRow *note;
} Dialog;

static void
dialog_free (gpointer  data,
             GObject  *form)
{
  Dialog *self = data;

  g_object_unref (self->page);
  g_clear_pointer (&self->coupons, g_ptr_array_unref);
  g_free (self);
}

/* ---- on threads of the store */

static gpointer
load_coupons (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const RungsCouponQuery query = { .filter = RUNGS_COUPONS_GOOD, .now = rungs_display_now () };

  return rungs_coupon_list (db, &query, error);
}

static gpointer
give (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  gint64 id = rungs_coupon_give (db, data, rungs_display_now (), error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static gpointer
take_back (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  rungs_coupon_given_undo (db, *(gint64 *) data, rungs_display_now (), error);
  return NULL;
}

/* ---- the form */

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  const RungsCouponRow *row
      = g_ptr_array_index (self->coupons, adw_combo_row_get_selected (self->coupon));
  RungsCouponGiven *given
      = rungs_coupon_given_new (self->lead, row->coupon->id, rungs_display_now ());

  given->how = adw_combo_row_get_selected (self->how);
  g_free (given->who);
  given->who = rungs_form_dup_entry (self->who);
  g_free (given->note);
  given->note = rungs_form_dup_entry (self->note);
  rungs_form_save (form, rungs_page_get_store (self->page), give, given,
                   (GDestroyNotify) rungs_coupon_given_free, _ ("The Coupon Could Not Be Given"),
                   self->note);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  const RungsPageWork undo = { .func = take_back,
                               .data = g_memdup2 (&id, sizeof id),
                               .data_free = g_free,
                               .failed = _ ("It Could Not Be Taken Back") };

  rungs_page_offer_undo (self->page, _ ("It is written down that the coupon was given"), &undo);
}

static void
add_choices (Dialog *self)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) hows = g_ptr_array_new ();

  for (guint i = 0; i < self->coupons->len; i++)
    {
      const RungsCoupon *coupon = ((RungsCouponRow *) g_ptr_array_index (self->coupons, i))->coupon;

      g_ptr_array_add (codes, *coupon->discount != '\0'
                                  ? g_strdup_printf ("%s · %s", coupon->code, coupon->discount)
                                  : g_strdup (coupon->code));
    }
  for (guint how = 0; how < RUNGS_COUPON_HOWS; how++)
    g_ptr_array_add (hows, (gpointer) rungs_coupon_how_words (how));
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (hows, NULL);
  self->coupon
      = rungs_form_add_choice (self->form, _ ("Coupon"), (const char *const *) codes->pdata);
  self->how = rungs_form_add_choice (self->form, _ ("How"), (const char *const *) hows->pdata);
}

static void
fill_form (Dialog *self)
{
  rungs_form_set_ready (self->form, self->coupons->len > 0);
  if (self->coupons->len == 0)
    {
      rungs_form_set_text (self->form, _ ("There is no coupon that is good today. Add one on the"
                                          " page Ladder, in the view Coupons."));
      return;
    }
  rungs_form_set_text (self->form, _ ("Which code was told, so that you know it when the lead"
                                      " orders with it."));
  add_choices (self);
  self->who = rungs_form_add_entry (self->form, _ ("By whom"), NULL);
  self->note = rungs_form_add_entry (self->form, _ ("Note"), NULL);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));

  self->coupons = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->coupons == NULL || root == NULL)
    {
      if (error != NULL)
        rungs_page_notify_error (self->page, error);
      dialog_free (self, NULL);
      return;
    }
  self->form = rungs_form_new (GTK_WINDOW (root), _ ("Give Coupon"), _ ("_Store"));
  fill_form (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), dialog_free, self);
  gtk_window_present (GTK_WINDOW (self->form));
}

void
rungs_coupon_give_open (RungsPage *page,
                        gint64     lead)
{
  Dialog *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self = g_new0 (Dialog, 1);
  self->page = g_object_ref (page);
  self->lead = lead;
  rungs_store_read_async (rungs_page_get_store (page), load_coupons, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, loaded_cb, self);
}
