/* rungs-order-import-words.c: what an import of orders brings, or brought, in words. */

#include "rungs-order-import-words.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

static void
add (GString    *words,
     const char *between,
     const char *format,
     gint64      n)
{
  g_autofree char *number = rungs_display_number (n);
  g_auto (GStrv) around = g_strsplit (format, "%s", 2);
  g_autofree char *text = g_strjoinv (number, around);

  g_string_append_printf (words, "%s%s", words->len > 0 ? between : "", text);
}

static void
add_sums (GString   *words,
          GPtrArray *sums)
{
  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *sum = rungs_display_money (*(RungsMoney *) g_ptr_array_index (sums, i));

      g_string_append_printf (words, "%s%s", i == 0 ? " (" : ", ", sum);
    }
  if (sums->len > 0)
    g_string_append_c (words, ')');
}

char *
rungs_order_import_words (const RungsOrderImportResult *result)
{
  g_autoptr (GString) words = g_string_new (NULL);

  add (words, " · ", ngettext ("%s new order", "%s new orders", (gulong) result->orders_created),
       result->orders_created);
  add_sums (words, result->sums);
  if (result->refunds_created > 0)
    add (words, " · ",
         ngettext ("%s new refund", "%s new refunds", (gulong) result->refunds_created),
         result->refunds_created);
  if (result->leads_created > 0)
    add (words, " · ", ngettext ("%s new lead", "%s new leads", (gulong) result->leads_created),
         result->leads_created);
  if (result->coupons_used > 0)
    add (words, " · ",
         ngettext ("%s coupon used", "%s coupons used", (gulong) result->coupons_used),
         result->coupons_used);
  if (result->orders_known > 0)
    add (words, " · ",
         ngettext ("%s order is there already", "%s orders are there already",
                   (gulong) result->orders_known),
         result->orders_known);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
rungs_order_import_rest_words (const RungsOrderImportResult *result)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (result->rows_other > 0)
    add (words, " ",
         ngettext ("%s row is no paid order and is left aside.",
                   "%s rows are no paid orders and are left aside.", (gulong) result->rows_other),
         result->rows_other);
  if (result->orders_left_out > 0)
    add (words, " ",
         ngettext ("%s order has only products that are left out.",
                   "%s orders have only products that are left out.",
                   (gulong) result->orders_left_out),
         result->orders_left_out);
  if (result->consents > 0)
    add (words, " ",
         ngettext ("%s person agreed to marketing, as the file says.",
                   "%s people agreed to marketing, as the file says.", (gulong) result->consents),
         result->consents);
  if (result->rows_refused > 0)
    add (words, " ",
         ngettext ("%s row is refused.", "%s rows are refused.", (gulong) result->rows_refused),
         result->rows_refused);
  if (result->coupons_against > 0)
    add (words, " ",
         ngettext ("%s order uses a coupon that was not meant for it.",
                   "%s orders use a coupon that was not meant for them.",
                   (gulong) result->coupons_against),
         result->coupons_against);
  if (result->codes != NULL && result->codes->len > 0)
    add (words, " ",
         ngettext ("%s code is no coupon: see the view Coupons.",
                   "%s codes are no coupons: see the view Coupons.", result->codes->len),
         result->codes->len);
  if (result->currency != NULL)
    g_string_append_printf (words, _ (" The file says no currency: its amounts are taken as %s."),
                            result->currency);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
rungs_order_import_run_words (const RungsOrderImport *run)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *when = rungs_display_time (run->started_at);
  g_autofree char *undone = run->undone_at ? rungs_display_time (run->undone_at) : NULL;

  if (*run->shop != '\0')
    g_string_append_printf (words, "%s · ", run->shop);
  g_string_append (words, when);
  add (words, " · ", ngettext ("%s new order", "%s new orders", (gulong) run->orders_created),
       run->orders_created);
  if (run->refunds_created > 0)
    add (words, " · ", ngettext ("%s new refund", "%s new refunds", (gulong) run->refunds_created),
         run->refunds_created);
  if (run->rows_refused > 0)
    add (words, " · ",
         ngettext ("%s row refused", "%s rows refused", (gulong) run->rows_refused),
         run->rows_refused);
  if (undone != NULL)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("taken back on %s"), undone);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
rungs_order_import_undo_words (const RungsOrderImportUndo *undo)
{
  g_autoptr (GString) words = g_string_new (NULL);

  add (words, " ",
       ngettext ("%s order was taken back.", "%s orders were taken back.",
                 (gulong) undo->orders_deleted),
       undo->orders_deleted);
  if (undo->orders_kept > 0)
    add (words, " ",
         ngettext ("%s stays, for money was given back on it since.",
                   "%s stay, for money was given back on them since.", (gulong) undo->orders_kept),
         undo->orders_kept);
  if (undo->leads_kept > 0)
    add (words, " ",
         ngettext ("%s lead stays, for there is more about them since.",
                   "%s leads stay, for there is more about them since.",
                   (gulong) undo->leads_kept),
         undo->leads_kept);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
