/* rungs-business.c: opens the file of a business with its followers.
 *
 * The followers run in this order: scores are counted, segments say who came and went, sequences
 * react to that and to facts and may ask for tasks, orders are credited to partners, what was
 * ordered is delivered, process makes the tasks, staff are to be told of who is new, and it is
 * counted how soon somebody was in touch with whom. What they add to the timeline they find
 * themselves, for each reads until no event is left, and they go round until there is none for
 * any. */

#include "engine/rungs-business.h"

#include "base/rungs-error.h"
#include "engine/rungs-erasure-file.h"
#include "insights/rungs-first-contact-store.h"
#include "ladder/rungs-next-offer-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-score-store.h"
#include "mail/rungs-account-store.h"
#include "partners/rungs-partners-follow.h"
#include "process/rungs-delivery-follow.h"
#include "process/rungs-notice-store.h"
#include "process/rungs-process-follow.h"
#include "segments/rungs-segments-follow.h"
#include "sequences/rungs-sequences-follow.h"

/* More than ever happen; what is left then is followed at the next commit. */
#define MAX_ROUNDS 20

static gboolean
follow (RungsDb *db,
        gpointer data,
        GError **error)
{
  gint64 now = rungs_clock_now (data);

  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      gboolean behind = FALSE;

      if (!rungs_scores_follow (db, now, error) || !rungs_segments_follow (db, now, error)
          || !rungs_sequences_follow (db, now, error) || !rungs_partners_follow (db, now, error)
          || !rungs_deliveries_follow (db, now, error)
          || !rungs_process_follow (db, now, error) || !rungs_notices_follow (db, now, error)
          || !rungs_first_contacts_follow (db, error)
          || !rungs_segments_are_behind (db, &behind, error))
        return FALSE;
      if (!behind)
        return TRUE;
    }
  return TRUE;
}

/* Whom an older copy brought back is erased again; a file that is just being made knows nobody. */
static gboolean
erase_again (RungsDb *db,
             gint64   now,
             GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (rungs_erasure_file_reconcile (db, now, NULL, &failure)
      || g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
rungs_business_follow (RungsDb    *db,
                       RungsClock *clock,
                       GError    **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), FALSE);

  if (!rungs_next_offer_add_table (db, error))
    return FALSE;
  rungs_db_set_follower (db, follow, g_object_ref (clock), g_object_unref);
  return TRUE;
}

RungsDb *
rungs_business_open_at (const char *path,
                        RungsDbMode mode,
                        RungsClock *clock,
                        GError    **error)
{
  g_autoptr (RungsDb) db = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), NULL);

  db = rungs_db_open (path, mode, error);
  if (db == NULL || !rungs_business_follow (db, clock, error))
    return NULL;
  if (mode != RUNGS_DB_READ && !erase_again (db, rungs_clock_now (clock), error))
    return NULL;
  return g_steal_pointer (&db);
}

RungsDb *
rungs_business_open (const char *path,
                     RungsDbMode mode,
                     GError    **error)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();

  return rungs_business_open_at (path, mode, clock, error);
}

typedef struct
{
  const char *name;
  const char *currency;
  const char *zone;
  gint64 now;
} Creation;

static gboolean
add_practice_account (RungsDb    *db,
                      const char *name,
                      gint64      now,
                      GError    **error)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_PRACTICE);

  g_free (account->name);
  g_free (account->from_name);
  g_free (account->from_email);
  account->name = g_strdup ("Practice");
  account->from_name = g_strdup (name);
  account->from_email = g_strdup ("practice@business.example");
  return rungs_account_add (db, account, now, error);
}

static gboolean
create (RungsDb *db,
        gpointer data,
        GError **error)
{
  Creation *creation = data;
  g_autoptr (RungsBusiness) business = NULL;

  if (!rungs_business_init (db, FALSE, creation->now, error)
      || !(business = rungs_business_load (db, error)))
    return FALSE;
  g_free (business->name);
  g_free (business->zone);
  business->name = g_strdup (creation->name);
  business->zone = g_strdup (creation->zone);
  g_strlcpy (business->currency, creation->currency, sizeof business->currency);
  return rungs_business_save (db, business, error)
         && add_practice_account (db, creation->name, creation->now, error);
}

RungsDb *
rungs_business_create (const char *path,
                       const char *name,
                       const char *currency,
                       const char *zone,
                       RungsClock *clock,
                       GError    **error)
{
  g_autoptr (RungsDb) db = NULL;
  Creation creation = { name, currency, zone, 0 };

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (name != NULL && currency != NULL && zone != NULL, NULL);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), NULL);

  creation.now = rungs_clock_now (clock);
  db = rungs_business_open_at (path, RUNGS_DB_CREATE, clock, error);
  if (db == NULL || !rungs_db_write (db, create, &creation, error))
    return NULL;
  return g_steal_pointer (&db);
}

char *
rungs_business_get_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "rungs", "rungs.db", NULL);
}
