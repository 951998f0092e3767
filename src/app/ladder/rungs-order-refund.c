/* rungs-order-refund.c: gives money back on an order, or on a line of it. */

#include "rungs-order-refund.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

/* What can be given back: all, or a line. */
typedef struct
{
  gint64 line;
  gint64 left;
} Part;

typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 order;
  char currency[4];
  GArray *parts;   /* (owned) (element-type Part) */

  AdwComboRow *what;
  AdwEntryRow *amount;
  AdwEntryRow *why;
} Refund;

static void
refund_free (gpointer  data,
             GObject  *form)
{
  Refund *self = data;

  g_object_unref (self->page);
  g_array_unref (self->parts);
  g_free (self);
}

static const Part *
chosen_part (Refund *self)
{
  return &g_array_index (self->parts, Part, adw_combo_row_get_selected (self->what));
}

/* All that is left of another part is proposed. */
static void
chosen_cb (Refund *self)
{
  g_autofree char *left
      = rungs_money_format_amount (rungs_money (chosen_part (self)->left, self->currency));

  gtk_editable_set_text (GTK_EDITABLE (self->amount), left);
}

static void
agreed_cb (RungsForm *form,
           Refund    *self)
{
  g_autofree char *text = rungs_form_dup_entry (self->amount);
  const Part *part = chosen_part (self);
  RungsMoney money;
  RungsRefundWish *wish;

  if (!rungs_money_parse (text, self->currency, &money, NULL)
      || !g_str_equal (money.currency, self->currency) || (money.minor <= 0 && part->left > 0))
    {
      rungs_error_mark_row (self->amount, _ ("Write an amount such as 49.00"));
      return;
    }
  if (money.minor > part->left)
    {
      rungs_error_mark_row (self->amount, _ ("This is more than was paid"));
      return;
    }
  rungs_error_mark_row (self->amount, NULL);
  wish = g_new0 (RungsRefundWish, 1);
  *wish = (RungsRefundWish) { self->order, part->line, money.minor,
                              rungs_form_dup_entry (self->why) };
  rungs_form_save (form, rungs_page_get_store (self->page), rungs_orders_do_refund, wish,
                   (GDestroyNotify) rungs_refund_wish_free, _ ("The Refund Could Not Be Stored"),
                   self->amount);
}

static void
saved_cb (RungsForm *form,
          gint64     refund,
          Refund    *self)
{
  const RungsPageWork undo = {
    .func = rungs_orders_undo_refund,
    .data = g_memdup2 (&refund, sizeof refund),
    .data_free = g_free,
    .failed = _ ("The Refund Could Not Be Taken Back"),
  };

  rungs_page_offer_undo (self->page, _ ("The refund is written down"), &undo);
}

/* The parts of which something is left, and their labels. */
static char **
list_parts (Refund           *self,
            const RungsOrder *order)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  Part all = { 0, rungs_order_total (order).minor - rungs_order_refunded (order).minor };

  g_strv_builder_add (labels, _ ("The whole order"));
  g_array_append_val (self->parts, all);
  for (guint i = 0; order->lines->len > 1 && i < order->lines->len; i++)
    {
      const RungsOrderLine *line = g_ptr_array_index (order->lines, i);
      Part part = { line->id, line->amount - line->refunded };

      if (part.left == 0)
        continue;
      g_strv_builder_add (labels, line->name);
      g_array_append_val (self->parts, part);
    }
  return g_strv_builder_end (labels);
}

static void
choose (Refund *self,
        gint64  line)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_array_index (self->parts, Part, i).line == line)
      adw_combo_row_set_selected (self->what, i);
}

void
rungs_order_refund_open (RungsPage               *page,
                         const RungsOrderDetails *details,
                         gint64                   line)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  RungsForm *form
      = rungs_form_new (root ? GTK_WINDOW (root) : NULL, _ ("Give Money Back"), _ ("_Store"));
  Refund *self = g_new0 (Refund, 1);
  g_auto (GStrv) labels = NULL;
  g_autofree char *title = NULL;

  self->page = g_object_ref (page);
  self->order = details->order->id;
  g_strlcpy (self->currency, details->order->currency, sizeof self->currency);
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  labels = list_parts (self, details->order);
  title = g_strdup_printf (_ ("Amount in %s"), self->currency);
  rungs_form_set_text (form,
                       _ ("This only writes down that the money went back; pay it back where it was"
                          " paid. What is refunded whole is owned no more."));
  self->what = rungs_form_add_choice (form, _ ("What"), (const char *const *) labels);
  self->amount = rungs_form_add_entry (form, title, "");
  self->why = rungs_form_add_entry (form, _ ("Why"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->what), self->parts->len > 1);
  choose (self, line);
  chosen_cb (self);
  g_object_weak_ref (G_OBJECT (form), refund_free, self);
  g_signal_connect_swapped (self->what, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (form, "saved", G_CALLBACK (saved_cb), self);
  gtk_window_present (GTK_WINDOW (form));
}
