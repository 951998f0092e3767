/* rungs-rehearsal-limits.c: how many messages the mail accounts may send on each day of a
 * rehearsal. */

#include "engine/rungs-rehearsal-limits.h"

#include "base/rungs-time.h"
#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-warm-up.h"

static gboolean
is_named (GPtrArray *rules,
          gint64     account)
{
  for (guint i = 0; i < rules->len; i++)
    if (((RungsAccountRule *) rules->pdata[i])->account == account)
      return TRUE;
  return FALSE;
}

GPtrArray *
rungs_rehearsal_load_accounts (RungsDb *db,
                               GError **error)
{
  g_autoptr (GPtrArray) accounts = rungs_account_list (db, error);
  g_autoptr (GPtrArray) rules = accounts ? rungs_account_rule_list (db, error) : NULL;
  guint i = 0;

  if (rules == NULL)
    return NULL;
  while (i < accounts->len)
    {
      const RungsAccount *account = accounts->pdata[i];

      if (account->is_default || is_named (rules, account->id))
        i++;
      else
        g_ptr_array_remove_index (accounts, i);
    }
  return g_steal_pointer (&accounts);
}

/* The days before `day` on which the account sent while it warmed up. */
static gint64
days_before (const RungsAccount *account,
             const char         *day)
{
  if (account->warm_day == NULL)
    return 0;
  return account->warm_days + (g_strcmp0 (account->warm_day, day) < 0);
}

/* Adds the days on which one account sends to `limits`. A limit of 0 stays: there is none. */
static void
add_limits (const RungsAccount *account,
            GArray             *mails,
            GTimeZone          *zone,
            gint64              from,
            GArray             *limits)
{
  g_autofree char *today = rungs_time_format_day (from, zone);
  gint64 days = days_before (account, today);
  /* it may have sent today before: then tomorrow that day counts, whatever is rehearsed */
  gboolean sent = g_strcmp0 (account->warm_day, today) == 0;
  guint next = 0;

  for (guint i = 0; i < limits->len; i++)
    {
      gint64 *limit = &g_array_index (limits, gint64, i);
      gint64 own
        = rungs_warm_up_limit (account->warm_start, account->warm_growth, days, account->per_day);
      gint64 end = rungs_time_day_start (from, zone, (int) i + 1);

      *limit = *limit < 0 || own == 0 ? -1 : *limit + own;
      for (; next < mails->len; next++)
        {
          const RungsRehearsalMail *mail = &g_array_index (mails, RungsRehearsalMail, next);

          if (mail->left_at >= end)
            break;
          sent |= mail->account == account->id;
        }
      days += sent;
      sent = FALSE;
    }
}

GArray *
rungs_rehearsal_count_limits (GPtrArray *accounts,
                              GArray    *mails,
                              GTimeZone *zone,
                              gint64     from,
                              gint64     until)
{
  GArray *limits = g_array_new (FALSE, TRUE, sizeof (gint64));

  g_return_val_if_fail (accounts != NULL && mails != NULL, limits);

  while (rungs_time_day_start (from, zone, (int) limits->len) <= until)
    g_array_set_size (limits, limits->len + 1);
  for (guint i = 0; i < accounts->len; i++)
    add_limits (accounts->pdata[i], mails, zone, from, limits);
  for (guint i = 0; i < limits->len; i++)
    g_array_index (limits, gint64, i) = MAX (0, g_array_index (limits, gint64, i));
  return limits;
}
