/* rungs-erasure-store.c: forgets a person who asks for it.
 *
 * A lead without orders is deleted with all its rows. Of one with orders the row stays, for the
 * orders need it, with every text emptied; so do its touches, which the figures of the sources
 * count, without what they tell, and that its orders used coupons. Everything else that hangs on
 * it goes: timeline, messages, walks, tasks, consents, tags, values, which coupons it was given,
 * and what imports wrote down about it. Of merges it was in, what they kept so that they could be
 * undone goes too. Where texts about others name the person, the
 * name is blanked, and a tag that is called like the person goes with the last lead who has it. */

#include "leads/rungs-erasure-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "leads/rungs-erasure-mention-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"

static const char SQL_COUNT_ORDERS[] = "SELECT count(*) FROM sales_order WHERE lead = :id";

static const char SQL_IS_WRITTEN_TO[]
    = "SELECT EXISTS (SELECT 1 FROM outbox WHERE lead = :id AND state = 'claimed')";

static const char SQL_FORGET_RETURNED[]
    = "UPDATE mail_return SET raw = NULL"
      " WHERE raw IS NOT NULL AND instr (lower (CAST (raw AS TEXT)), :key) > 0";

/* Deliveries of forms, shops and mail providers that are about the lead … */
static const char SQL_FORGET_SAID[]
    = "DELETE FROM web_value WHERE delivery IN (SELECT id FROM web_delivery WHERE lead = :id)";

static const char SQL_FORGET_CLICKS[]
    = "DELETE FROM web_click WHERE delivery IN (SELECT id FROM web_delivery WHERE lead = :id)";

static const char SQL_FORGET_ANSWERS[]
    = "DELETE FROM opt_in_answer"
      " WHERE delivery IN (SELECT id FROM web_delivery WHERE lead = :id)";

static const char SQL_FORGET_CLAIMS[]
    = "DELETE FROM opt_in_claim WHERE delivery IN (SELECT id FROM web_delivery WHERE lead = :id)";

static const char SQL_FORGET_DELIVERIES[]
    = "DELETE FROM web_raw WHERE delivery IN (SELECT id FROM web_delivery WHERE lead = :id)";

/* … and those that only name an address of theirs. */
static const char SQL_FORGET_NAMED[]
    = "DELETE FROM web_raw"
      " WHERE instr (replace (lower (CAST (body AS TEXT)), '%40', '@'), :key) > 0"
      "    OR instr (replace (lower (path), '%40', '@'), :key) > 0"
      "    OR instr (lower (headers), :key) > 0";

static const char SQL_UNUSED_TAGS[]
    = "SELECT id, name FROM tag"
      " WHERE NOT EXISTS (SELECT 1 FROM lead_tag t WHERE t.tag = tag.id)";

static const char SQL_DELETE_TAG[] = "DELETE FROM tag WHERE id = :id";

/* A lead without orders takes the rest with it. */
static const char *const SQL_DELETE[] = {
  "DELETE FROM outbox WHERE lead = :id",
  "DELETE FROM lead WHERE id = :id",
};

/* What goes from a lead whose orders stay; its messages first, for they name its walks. */
static const char *const SQL_STRIP[] = {
  "DELETE FROM outbox WHERE lead = :id",
  "DELETE FROM broadcast_lead WHERE lead = :id",
  "DELETE FROM enrolment WHERE lead = :id",
  "DELETE FROM task WHERE lead = :id",
  "DELETE FROM coupon_given WHERE lead = :id",
  "DELETE FROM touch_tag WHERE touch IN (SELECT id FROM touch WHERE lead = :id)",
  "UPDATE web_delivery SET lead = NULL WHERE lead = :id",
  "DELETE FROM opt_in_pending WHERE lead = :id",
  "DELETE FROM notice WHERE lead = :id",
  "DELETE FROM first_contact WHERE lead = :id",
  "DELETE FROM partner_lead WHERE lead = :id",
  "UPDATE award SET lead = NULL WHERE lead = :id",
  "DELETE FROM event WHERE lead = :id",
  "DELETE FROM consent WHERE lead = :id",
  "DELETE FROM lead_tag WHERE lead = :id",
  "DELETE FROM lead_value WHERE lead = :id",
  "DELETE FROM segment_member WHERE lead = :id",
  "DELETE FROM lead_different WHERE lead = :id OR other = :id",
  "UPDATE lead_merge SET lead = NULL WHERE lead = :id",
  "DELETE FROM import_change WHERE lead = :id",
  "DELETE FROM import_lead WHERE lead = :id",
  "UPDATE touch SET detail = '' WHERE lead = :id",
  "UPDATE refund SET reason = ''"
  " WHERE sales_order IN (SELECT id FROM sales_order WHERE lead = :id)",
  "UPDATE lead SET email = NULL, email_key = NULL, first_name = '', last_name = '', company = '',"
  "       phone = '', street = '', postcode = '', city = '', region = '', country = '',"
  "       language = '', zone = '', notes = '', score = 0, points = 0,"
  "       rescore_at = NULL, bounced_at = NULL, quiet_until = NULL"
  " WHERE id = :id",
};

static gboolean
run_all (RungsDb           *db,
         const char *const *statements,
         gsize              n,
         gint64             lead,
         GError           **error)
{
  for (gsize i = 0; i < n; i++)
    if (!rungs_record_run (db, statements[i], lead, error))
      return FALSE;
  return TRUE;
}

static gboolean
remove_rows (RungsDb *db,
             gint64   lead,
             gboolean ordered,
             gint64   now,
             GError **error)
{
  if (!ordered)
    return run_all (db, SQL_DELETE, G_N_ELEMENTS (SQL_DELETE), lead, error)
           && rungs_event_add (db, 0, RUNGS_EVENT_LEAD_ERASED, now, lead, NULL, error) != 0;
  return run_all (db, SQL_STRIP, G_N_ELEMENTS (SQL_STRIP), lead, error)
         && rungs_lead_search_add (db, lead, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_LEAD_ERASED, now, lead, NULL, error) != 0;
}

/* Who asked, or nobody. */
typedef struct
{
  gboolean asked;    /* no: the addresses are suppressed only where they were */
  gboolean nameless; /* the row stays, orders or not */
} Manner;

static const Manner ASKED = { .asked = TRUE };

/* Every address that the person ever had. */
static gboolean
suppress (RungsDb      *db,
          const Manner *manner,
          GPtrArray    *email_keys,
          gint64        now,
          GError      **error)
{
  for (guint i = 0; i < email_keys->len; i++)
    {
      const char *key = g_ptr_array_index (email_keys, i);
      RungsSuppressed before = RUNGS_SUPPRESSED_NOT;

      if (!manner->asked && !rungs_suppression_check (db, key, &before, error))
        return FALSE;
      if ((manner->asked || before != RUNGS_SUPPRESSED_NOT)
          && !rungs_suppression_add (db, key, RUNGS_SUPPRESSED_ERASED, NULL, now, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_tags (RungsDb          *db,
             RungsPersonWords *words,
             GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_UNUSED_TAGS, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (rungs_person_words_are_in (words, rungs_statement_get_text (query, 1))
        && !rungs_record_run (db, SQL_DELETE_TAG, rungs_statement_get_int64 (query, 0), error))
      return FALSE;
  return rungs_statement_done (query, error);
}

/* Tells in `erasure` what it did. */
/* Mails that wait for a person and name an address that the person ever had. */
static gboolean
forget_returned_mail (RungsDb   *db,
                      GPtrArray *email_keys,
                      GError   **error)
{
  for (guint i = 0; i < email_keys->len; i++)
    {
      g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_FORGET_RETURNED, error);

      if (update == NULL)
        return FALSE;
      rungs_statement_bind_text (update, ":key", g_ptr_array_index (email_keys, i));
      if (!rungs_statement_run (update, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_deliveries (RungsDb   *db,
                   gint64     lead,
                   GPtrArray *email_keys,
                   GError   **error)
{
  if (!rungs_record_run (db, SQL_FORGET_SAID, lead, error)
      || !rungs_record_run (db, SQL_FORGET_CLICKS, lead, error)
      || !rungs_record_run (db, SQL_FORGET_ANSWERS, lead, error)
      || !rungs_record_run (db, SQL_FORGET_CLAIMS, lead, error)
      || !rungs_record_run (db, SQL_FORGET_DELIVERIES, lead, error))
    return FALSE;
  for (guint i = 0; i < email_keys->len; i++)
    {
      g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_FORGET_NAMED, error);

      if (delete == NULL)
        return FALSE;
      rungs_statement_bind_text (delete, ":key", g_ptr_array_index (email_keys, i));
      if (!rungs_statement_run (delete, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget (RungsDb          *db,
        const RungsLead  *lead,
        RungsPersonWords *words,
        const Manner     *manner,
        gint64            now,
        RungsErasure     *erasure,
        GError          **error)
{
  gint64 orders;

  if (!rungs_record_ask (db, SQL_COUNT_ORDERS, lead->id, 0, &orders, error))
    return FALSE;
  erasure->orders_kept = orders > 0;
  return suppress (db, manner, rungs_person_words_get_email_keys (words), now, error)
         && forget_returned_mail (db, rungs_person_words_get_email_keys (words), error)
         && forget_deliveries (db, lead->id, rungs_person_words_get_email_keys (words), error)
         && rungs_lead_search_forget (db, lead->id, error)
         && remove_rows (db, lead->id, orders > 0 || manner->nameless, now, error)
         && rungs_erasure_blank_mentions (db, lead->id, words, &erasure->mentions, error)
         && delete_tags (db, words, error);
}

static gboolean
may_be_erased (RungsDb *db,
               gint64   lead,
               GError **error)
{
  gint64 written;

  if (!rungs_record_ask (db, SQL_IS_WRITTEN_TO, lead, 0, &written, error))
    return FALSE;
  if (written != 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                         _ ("a message to this lead is being sent just now"));
  return written == 0;
}

void
rungs_erasure_preview_free (RungsErasurePreview *self)
{
  g_clear_pointer (&self->mentions, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_free (self);
}

RungsErasurePreview *
rungs_erasure_preview (RungsDb *db,
                       gint64   lead,
                       GError **error)
{
  g_autoptr (RungsPersonWords) words = rungs_person_words_load (db, lead, error);
  g_autoptr (RungsErasurePreview) self = g_new0 (RungsErasurePreview, 1);

  if (words == NULL || !rungs_record_ask (db, SQL_COUNT_ORDERS, lead, 0, &self->orders, error))
    return NULL;
  self->mentions = rungs_erasure_find_mentions (db, lead, words, error);
  self->kept = self->mentions ? rungs_erasure_find_kept (db, lead, words, error) : NULL;
  return self->kept ? g_steal_pointer (&self) : NULL;
}

static char *
blank_reason (RungsPersonWords *words,
              const char       *reason)
{
  g_autofree char *stripped = g_strstrip (g_strdup (reason ? reason : ""));
  char *blanked = rungs_person_words_blank (words, stripped);

  return blanked ? blanked : g_steal_pointer (&stripped);
}

static RungsErasure *
erase (RungsDb      *db,
       gint64        lead,
       const Manner *manner,
       const char   *reason,
       gint64        now,
       GError      **error)
{
  g_autoptr (RungsErasure) erasure = rungs_erasure_new (now);
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);
  g_autoptr (RungsPersonWords) words = NULL;

  if (stored == NULL || !may_be_erased (db, lead, error)
      || !(words = rungs_person_words_load (db, lead, error)))
    return NULL;
  g_free (erasure->reason);
  erasure->reason = blank_reason (words, reason);
  erasure->known_since = MIN (stored->created_at, now);
  if (!rungs_erasure_take_prints (erasure, db, stored, rungs_person_words_get_email_keys (words),
                                  error)
      || !forget (db, stored, words, manner, now, erasure, error)
      || !rungs_erasure_add (db, erasure, error))
    return NULL;
  return g_steal_pointer (&erasure);
}

RungsErasure *
rungs_lead_erase (RungsDb    *db,
                  gint64      lead,
                  const char *reason,
                  gint64      now,
                  GError    **error)
{
  return erase (db, lead, &ASKED, reason, now, error);
}

RungsErasure *
rungs_lead_forget_idle (RungsDb    *db,
                        gint64      lead,
                        gboolean    nameless,
                        const char *reason,
                        gint64      now,
                        GError    **error)
{
  const Manner manner = { .nameless = nameless };

  return erase (db, lead, &manner, reason, now, error);
}

/* ---- in an older copy */

/* Those of `known` of which the register does not tell. */
static GPtrArray *
find_unknown (RungsDb   *db,
              GPtrArray *known,
              GError   **error)
{
  g_autoptr (GPtrArray) here = rungs_erasure_list (db, error);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();

  if (here == NULL)
    return NULL;
  for (guint i = 0; i < here->len; i++)
    g_hash_table_add (names, ((RungsErasure *) g_ptr_array_index (here, i))->uuid);
  for (guint i = 0; i < known->len; i++)
    if (!g_hash_table_contains (names, ((RungsErasure *) g_ptr_array_index (known, i))->uuid))
      g_ptr_array_add (unknown, g_ptr_array_index (known, i));
  return g_steal_pointer (&unknown);
}

static gboolean
forget_again (RungsDb *db,
              gint64   lead,
              gint64   now,
              GError **error)
{
  g_autoptr (RungsErasure) erasure = rungs_erasure_new (now);
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);
  g_autoptr (RungsPersonWords) words = stored ? rungs_person_words_load (db, lead, error) : NULL;

  return words != NULL && forget (db, stored, words, &ASKED, now, erasure, error);
}

static gboolean
forget_all_again (RungsDb   *db,
                  GPtrArray *unknown,
                  gint64     now,
                  gint64    *again,
                  GError   **error)
{
  g_autoptr (GHashTable) prints = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) leads = NULL;

  for (guint i = 0; i < unknown->len; i++)
    {
      RungsErasure *erasure = g_ptr_array_index (unknown, i);

      for (guint n = 0; n < erasure->prints->len; n++)
        g_hash_table_add (prints, g_ptr_array_index (erasure->prints, n));
    }
  leads = rungs_erasure_find_leads (db, prints, error);
  if (leads == NULL)
    return FALSE;
  for (guint i = 0; i < leads->len; i++)
    if (!forget_again (db, g_array_index (leads, gint64, i), now, error))
      return FALSE;
  *again += leads->len;
  return TRUE;
}

gboolean
rungs_leads_erase_again (RungsDb   *db,
                         GPtrArray *known,
                         gint64     now,
                         gint64    *again,
                         GError   **error)
{
  g_autoptr (GPtrArray) unknown = NULL;
  gint64 count = 0;

  g_return_val_if_fail (known != NULL, FALSE);

  unknown = find_unknown (db, known, error);
  if (unknown == NULL || (unknown->len > 0 && !forget_all_again (db, unknown, now, &count, error)))
    return FALSE;
  for (guint i = 0; i < unknown->len; i++)
    if (!rungs_erasure_add (db, g_ptr_array_index (unknown, i), error))
      return FALSE;
  if (again != NULL)
    *again = count;
  return TRUE;
}
