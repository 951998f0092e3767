/* rungs-rate-work.c: what is done to the rates of currencies, and how it is taken back. */

#include "settings/rungs-rate-work.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "widgets/rungs-display.h"

RungsRateChange *
rungs_rate_change_new (GArray   *rates,
                       gboolean  removes)
{
  RungsRateChange *self = g_atomic_rc_box_new0 (RungsRateChange);

  self->rates = rates;
  self->before = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  self->removes = removes;
  return self;
}

RungsRateChange *
rungs_rate_change_ref (RungsRateChange *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
change_clear (gpointer data)
{
  RungsRateChange *self = data;

  g_array_unref (self->rates);
  g_array_unref (self->before);
}

void
rungs_rate_change_unref (RungsRateChange *self)
{
  g_atomic_rc_box_release_full (self, change_clear);
}

/* ---- on the store's writing thread */

gpointer
rungs_rate_change_do (RungsDb       *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  RungsRateChange *self = data;
  g_autoptr (GArray) before = NULL;
  gboolean done = self->removes ? rungs_exchange_rates_remove (db, self->rates, &before, error)
                                : rungs_exchange_rates_set (db, self->rates, &before, error);

  g_array_set_size (self->before, 0);
  if (done)
    g_array_append_vals (self->before, before->data, before->len);
  return NULL;
}

static gpointer
take_back (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  RungsRateChange *self = data;

  if (self->removes || rungs_exchange_rates_remove (db, self->rates, NULL, error))
    rungs_exchange_rates_set (db, self->before, NULL, error);
  return NULL;
}

/* ---- on the page */

static char *
done_words (const RungsRateChange *self)
{
  const RungsExchangeRate *first = &g_array_index (self->rates, RungsExchangeRate, 0);
  g_autofree char *words = NULL;
  g_autofree char *number = rungs_display_number (self->rates->len);

  if (self->rates->len == 1)
    words = rungs_rate_words (first);
  if (self->rates->len == 1)
    return g_strdup_printf (self->removes ? _ ("Removed: %s") : _ ("Stored: %s"), words);
  if (self->removes)
    return g_strdup_printf (ngettext ("%s rate is removed", "%s rates are removed",
                                      self->rates->len),
                            number);
  return g_strdup_printf (ngettext ("%s rate is stored", "%s rates are stored", self->rates->len),
                          number);
}

static RungsPageWork
undoing (RungsRateChange *self)
{
  return (RungsPageWork) {
    .func = take_back,
    .data = rungs_rate_change_ref (self),
    .data_free = (GDestroyNotify) rungs_rate_change_unref,
    .done = _ ("The rates are as they were"),
    .failed = _ ("The Rates Could Not Be Changed Back"),
  };
}

void
rungs_rate_change_run (RungsRateChange *self,
                       RungsPage       *page)
{
  g_autofree char *done = done_words (self);
  RungsPageWork work = {
    .func = rungs_rate_change_do,
    .data = rungs_rate_change_ref (self),
    .data_free = (GDestroyNotify) rungs_rate_change_unref,
    .done = done,
    .failed = _ ("The Rates Could Not Be Changed"),
  };
  RungsPageWork undo = undoing (self);

  rungs_page_do (page, &work, &undo);
}

void
rungs_rate_change_offer_undo (RungsRateChange *self,
                              RungsPage       *page)
{
  g_autofree char *done = done_words (self);
  RungsPageWork undo = undoing (self);

  rungs_page_offer_undo (page, done, &undo);
}

/* ---- words */

char *
rungs_rate_words (const RungsExchangeRate *rate)
{
  g_autofree char *statement = rungs_exchange_rate_dup_statement (rate);
  g_autoptr (GString) words = g_string_new (statement);

  g_string_replace (words, ".", localeconv ()->decimal_point, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
