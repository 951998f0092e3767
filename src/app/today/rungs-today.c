/* rungs-today.c: what the page Today shows, read in one go. */

#include "rungs-today.h"

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "ladder/rungs-exchange-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-import-run-store.h"
#include "mail/rungs-account-pull-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-broadcast-store.h"
#include "mail/rungs-mailbox-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-return-store.h"
#include "partners/rungs-approval-store.h"
#include "partners/rungs-partner-look-store.h"
#include "process/rungs-notice-store.h"
#include "process/rungs-task-store.h"
#include "web/rungs-web-delivery-store.h"
#include "web/rungs-web-pull-store.h"

#define TASKS 12
#define IMPORTS 5
#define UNCLEAR 5
#define CONTACTS 6

static gint64
month_start (gint64     now,
             GTimeZone *zone)
{
  g_autoptr (GDateTime) time = rungs_time_in_zone (now, zone);

  return rungs_time_day_start (now, zone, 1 - g_date_time_get_day_of_month (time));
}

static gboolean
load_waiting (RungsDb     *db,
              gint64       day_end,
              RungsToday  *today,
              GError     **error)
{
  if (!rungs_outbox_count (db, today->outbox, error)
      || !rungs_outbox_next_due (db, &today->next_due, error)
      || !rungs_task_count_due (db, day_end, &today->n_tasks, error))
    return FALSE;

  today->tasks = rungs_task_list_due (db, day_end, TASKS, error);
  if (today->tasks == NULL)
    return FALSE;
  today->accounts = rungs_account_list (db, error);
  today->mailboxes = today->accounts ? rungs_mailbox_list (db, error) : NULL;
  today->unclear = today->mailboxes ? rungs_return_list_unclear (db, UNCLEAR, error) : NULL;
  today->broadcasts = today->unclear ? rungs_broadcast_list_asking (db, error) : NULL;
  return today->broadcasts != NULL;
}

static gboolean
load_contacts (RungsDb     *db,
               gint64       now,
               RungsToday  *today,
               GError     **error)
{
  gint64 since = now - RUNGS_FIRST_CONTACT_DAYS * RUNGS_DAY;
  const RungsContactQuery asked = { .since = since, .on_today = TRUE };

  today->contacts = rungs_first_contact_list_waiting (db, &asked, CONTACTS, error);
  today->figures = today->contacts != NULL
                     ? rungs_contact_figures_load (db, since, now + 1, now, error)
                     : NULL;
  return today->figures != NULL && (today->unseen = rungs_notice_list_unseen (db, error)) != NULL
         && rungs_first_contact_count_waiting (db, &asked, &today->n_waiting, error);
}

static void
pull_free (gpointer data)
{
  RungsTodayPull *pull = data;

  g_free (pull->name);
  g_free (pull->trouble);
  g_free (pull);
}

/* Of each account the first of its questions that failed. */
static gboolean
load_pull (RungsDb             *db,
           const RungsAccount  *account,
           RungsToday          *today,
           GError             **error)
{
  g_autoptr (GPtrArray) asked = rungs_account_pull_list (db, account->id, error);

  for (guint i = 0; asked != NULL && i < asked->len; i++)
    {
      const RungsAccountPull *pull = asked->pdata[i];
      RungsTodayPull *found;

      if (*pull->trouble == '\0')
        continue;
      found = g_new0 (RungsTodayPull, 1);
      found->account = account->id;
      found->name = g_strdup (account->name);
      found->trouble = g_strdup (pull->trouble);
      g_ptr_array_add (today->pulls, found);
      break;
    }
  return asked != NULL;
}

/* What fails where things come in. */
static gboolean
load_troubles (RungsDb     *db,
               RungsToday  *today,
               GError     **error)
{
  g_autoptr (GError) missing = NULL;
  gint64 counts[RUNGS_WEB_STATES] = { 0 };

  if (!rungs_web_delivery_count (db, counts, error)
      || !rungs_partner_flags_count (db, &today->n_flagged, &today->flagged, error))
    return FALSE;
  if (!rungs_approval_count_waiting (db, &today->n_approvals, error))
    return FALSE;
  today->n_quarantine = counts[RUNGS_WEB_QUARANTINE];
  today->relay = rungs_web_relay_load (db, &missing);
  if (missing != NULL && !g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  today->pulls = g_ptr_array_new_with_free_func (pull_free);
  for (guint i = 0; i < today->accounts->len; i++)
    if (!load_pull (db, today->accounts->pdata[i], today, error))
      return FALSE;
  today->unheard = rungs_web_pull_trouble_list (db, error);
  return today->unheard != NULL;
}

/* The newest imports since `day_start` that stand. */
static gboolean
load_imports (RungsDb     *db,
              gint64       day_start,
              RungsToday  *today,
              GError     **error)
{
  today->imports = rungs_import_run_list (db, IMPORTS, error);
  if (today->imports == NULL)
    return FALSE;
  for (guint i = today->imports->len; i > 0; i--)
    {
      const RungsImportRun *run = g_ptr_array_index (today->imports, i - 1);

      if (run->started_at < day_start || run->undone_at != 0)
        g_ptr_array_remove_index (today->imports, i - 1);
    }
  return TRUE;
}

void
rungs_today_free (RungsToday *self)
{
  g_clear_pointer (&self->day, rungs_period_free);
  g_clear_pointer (&self->month, rungs_period_free);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  g_clear_pointer (&self->unclear, g_ptr_array_unref);
  g_clear_pointer (&self->broadcasts, g_ptr_array_unref);
  g_clear_pointer (&self->imports, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  g_clear_pointer (&self->unseen, g_array_unref);
  g_clear_pointer (&self->relay, rungs_web_relay_free);
  g_clear_pointer (&self->pulls, g_ptr_array_unref);
  g_clear_pointer (&self->unheard, g_ptr_array_unref);
  g_free (self);
}

RungsToday *
rungs_today_load (RungsDb  *db,
                  gint64    now,
                  GError  **error)
{
  g_autoptr (RungsToday) today = g_new0 (RungsToday, 1);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (RungsExchange) exchange = NULL;
  gint64 day_end = 0;

  if (business == NULL || !rungs_exchange_load (db, NULL, &exchange, error))
    return NULL;

  zone = rungs_time_zone (business->zone);
  day_end = rungs_time_day_start (now, zone, 1);
  memcpy (today->currency, exchange ? business->report_currency : business->currency,
          sizeof today->currency);
  today->no_address = *business->address == '\0';
  today->day = rungs_period_load (db, rungs_time_day_start (now, zone, 0), day_end, exchange,
                                  error);
  if (today->day == NULL)
    return NULL;
  today->month = rungs_period_load (db, month_start (now, zone), day_end, exchange, error);
  if (today->month == NULL || !rungs_extent_load (db, &today->extent, error)
      || !load_waiting (db, day_end, today, error)
      || !load_contacts (db, now, today, error) || !load_troubles (db, today, error)
      || !load_imports (db, rungs_time_day_start (now, zone, 0), today, error))
    return NULL;
  return g_steal_pointer (&today);
}

guint
rungs_today_count_waiting (const RungsToday *self)
{
  guint n = self->outbox[RUNGS_OUTBOX_DOUBT] + self->n_tasks + self->no_address
            + self->unclear->len + self->broadcasts->len + self->unseen->len + self->n_quarantine
            + self->n_approvals + self->n_flagged
            + self->pulls->len + self->unheard->len
            + (self->relay != NULL && *self->relay->trouble != '\0');

  for (guint i = 0; i < self->accounts->len; i++)
    {
      const RungsAccount *account = g_ptr_array_index (self->accounts, i);

      n += account->paused_at != 0;
    }
  for (guint i = 0; i < self->mailboxes->len; i++)
    n += *((RungsMailbox *) self->mailboxes->pdata[i])->trouble != '\0';
  return n;
}
