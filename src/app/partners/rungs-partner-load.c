/* rungs-partner-load.c: what is shown and done of partners, for the threads of the store. */

#include "rungs-partner-load.h"

#include "base/rungs-error.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-source-link-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-payee-store.h"
#include "rungs-partner-flags.h"
#include "web/rungs-web-relay-store.h"

/* So many of the newest are shown, and so many messages and arrivals. */
#define SHOWN 10
#define AT_A_GLANCE 5

void
rungs_partner_sale_free (RungsPartnerSale *self)
{
  g_clear_pointer (&self->referral, rungs_referral_free);
  g_clear_pointer (&self->order, rungs_order_row_free);
  g_clear_pointer (&self->earns, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerSale, rungs_partner_sale_free)

void
rungs_partner_award_free (RungsPartnerAward *self)
{
  g_clear_pointer (&self->award, rungs_award_free);
  g_free (self->lead);
  g_free (self);
}

void
rungs_partner_touch_free (RungsPartnerTouch *self)
{
  g_clear_pointer (&self->touch, rungs_touch_free);
  g_free (self->lead);
  g_free (self);
}

void
rungs_partner_details_free (RungsPartnerDetails *self)
{
  g_clear_pointer (&self->billing, rungs_billing_free);
  g_clear_pointer (&self->row, rungs_partner_row_free);
  g_clear_pointer (&self->lead, rungs_lead_free);
  g_clear_pointer (&self->talk, rungs_happened_free);
  g_clear_pointer (&self->touches, g_ptr_array_unref);
  g_free (self->source);
  g_free (self->recruiter);
  g_strfreev (self->recruits);
  g_free (self->link);
  g_strfreev (self->coupons);
  g_clear_pointer (&self->sales, g_ptr_array_unref);
  g_clear_pointer (&self->awards, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->flags, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->payouts, g_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  rungs_partner_page_place_free (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerDetails, rungs_partner_details_free)

/* ---- the way to it */

static gboolean
load_link (RungsDb             *db,
           RungsPartnerDetails *details,
           GError             **error)
{
  gint64 id = details->row->partner->source;
  g_autoptr (RungsSource) source = rungs_source_load (db, id, error);
  g_autoptr (GPtrArray) links = source != NULL ? rungs_source_link_list (db, error) : NULL;
  g_autoptr (RungsWebRelay) relay = NULL;

  if (links == NULL)
    return FALSE;
  details->source = g_strdup (source->name);
  relay = rungs_web_relay_load (db, NULL);
  for (guint i = 0; i < links->len; i++)
    {
      const RungsSourceLink *link = links->pdata[i];

      if (link->source == id)
        details->link
            = g_strconcat (relay != NULL ? relay->address : "", "/r/", link->code, NULL);
    }
  return TRUE;
}

static gboolean
load_recruits (RungsDb             *db,
               RungsPartnerDetails *details,
               GError             **error)
{
  const RungsPartner *partner = details->row->partner;
  g_autoptr (RungsPartner) recruiter = NULL;

  if (partner->recruited_by != 0)
    {
      recruiter = rungs_partner_load (db, partner->recruited_by, error);
      if (recruiter == NULL)
        return FALSE;
      details->recruiter = g_strdup (recruiter->name);
    }
  details->recruits = rungs_partner_list_recruits (db, partner->id, error);
  return details->recruits != NULL;
}

static gboolean
load_currency (RungsDb             *db,
               RungsPartnerDetails *details,
               GError             **error)
{
  const char *own = details->row->partner->currency;
  g_autofree char *currency = rungs_award_dup_bonus_currency (db, own, error);

  if (currency == NULL)
    return FALSE;
  g_strlcpy (details->bonus_currency, currency, sizeof details->bonus_currency);
  return TRUE;
}

static gboolean
load_page (RungsDb             *db,
           RungsPartnerDetails *details,
           GError             **error)
{
  g_autoptr (GError) failure = NULL;

  details->page = rungs_partner_page_load (db, details->row->partner->id, &failure);
  if (details->page != NULL || g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* ---- who it is */

static gboolean
load_lead (RungsDb             *db,
           RungsPartnerDetails *details,
           GError             **error)
{
  const RungsHappenedQuery query = { .lead = details->row->partner->lead,
                                     .groups = RUNGS_EVENTS_MESSAGES,
                                     .limit = AT_A_GLANCE };

  if (query.lead == 0)
    return TRUE;
  details->lead = rungs_lead_load (db, query.lead, error);
  details->talk = details->lead != NULL ? rungs_happened_load (db, &query, error) : NULL;
  return details->talk != NULL;
}

/* ---- what it brought */

static gboolean
load_touches (RungsDb             *db,
              RungsPartnerDetails *details,
              GError             **error)
{
  gint64 source = details->row->partner->source;
  g_autoptr (GPtrArray) touches = rungs_touch_list_of_source (db, source, AT_A_GLANCE, error);

  details->touches = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_touch_free);
  while (touches != NULL && touches->len > 0)
    {
      RungsPartnerTouch *touch = g_new0 (RungsPartnerTouch, 1);
      g_autoptr (RungsLead) lead = NULL;

      touch->touch = g_ptr_array_steal_index (touches, 0);
      g_ptr_array_add (details->touches, touch);
      lead = rungs_lead_load (db, touch->touch->lead, error);
      if (lead == NULL)
        return FALSE;
      touch->lead = rungs_lead_dup_name (lead);
    }
  return touches != NULL && rungs_touch_count_of_source (db, source, &details->n_touches, error);
}

static gboolean
add_names (RungsDb             *db,
           RungsPartnerDetails *details,
           GArray              *saw,
           GError             **error)
{
  for (guint i = 0; i < saw->len; i++)
    {
      gint64 id = g_array_index (saw, RungsAttributionLine, i).partner;
      g_autoptr (RungsPartner) partner = NULL;

      if (id == 0 || g_hash_table_contains (details->names, &id))
        continue;
      partner = rungs_partner_load (db, id, error);
      if (partner == NULL)
        return FALSE;
      g_hash_table_insert (details->names, g_memdup2 (&id, sizeof id), g_strdup (partner->name));
    }
  return TRUE;
}

static RungsMoney
commission_of (GPtrArray *entries,
               gint64     partner)
{
  RungsMoney sum = { 0 };

  for (guint i = 0; i < entries->len; i++)
    {
      const RungsLedgerEntry *entry = entries->pdata[i];

      for (guint k = 0; k < entry->postings->len; k++)
        {
          const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, k);

          if (posting->partner == partner && posting->state == RUNGS_LEDGER_EXPENSE)
            sum = rungs_money (sum.minor + posting->amount, entry->currency);
        }
    }
  return sum;
}

static gboolean
add_sale (RungsDb             *db,
          RungsPartnerDetails *details,
          gint64               order,
          GError             **error)
{
  g_autoptr (RungsPartnerSale) sale = g_new0 (RungsPartnerSale, 1);
  g_autoptr (GPtrArray) entries = rungs_ledger_list_of_order (db, order, error);

  if (entries == NULL || (sale->referral = rungs_referral_load (db, order, error)) == NULL
      || !add_names (db, details, sale->referral->saw, error)
      || (sale->earns = rungs_commission_told_list (db, order, error)) == NULL)
    return FALSE;
  sale->order = rungs_order_row_load (db, order, NULL);
  sale->commission = commission_of (entries, details->row->partner->id);
  g_ptr_array_add (details->sales, g_steal_pointer (&sale));
  return TRUE;
}

static gboolean
load_sales (RungsDb             *db,
            RungsPartnerDetails *details,
            GError             **error)
{
  g_autoptr (GArray) orders
      = rungs_partner_list_orders (db, details->row->partner->id, SHOWN, error);

  details->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  details->sales = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_sale_free);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    if (!add_sale (db, details, g_array_index (orders, gint64, i), error))
      return FALSE;
  return orders != NULL;
}

static gboolean
load_awards (RungsDb             *db,
             RungsPartnerDetails *details,
             GError             **error)
{
  g_autoptr (GPtrArray) awards
      = rungs_award_list (db, details->row->partner->id, SHOWN, error);

  details->awards = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_award_free);
  if (awards != NULL)
    g_ptr_array_set_free_func (awards, NULL);
  for (guint i = 0; awards != NULL && i < awards->len; i++)
    {
      RungsPartnerAward *award = g_new0 (RungsPartnerAward, 1);
      g_autoptr (RungsLead) lead = NULL;

      award->award = awards->pdata[i];
      g_ptr_array_add (details->awards, award);
      lead = award->award->lead != 0 ? rungs_lead_load (db, award->award->lead, NULL) : NULL;
      award->lead = lead != NULL ? rungs_lead_dup_name (lead) : NULL;
    }
  return awards != NULL;
}

gpointer
rungs_partner_load_details (RungsDb      *db,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autoptr (RungsPartnerDetails) details = g_new0 (RungsPartnerDetails, 1);
  gint64 id = *(gint64 *) data;

  details->row = rungs_partner_row_load (db, id, g_get_real_time () / 1000, error);
  if (details->row == NULL || !load_link (db, details, error)
      || !load_recruits (db, details, error) || !load_sales (db, details, error)
      || !load_awards (db, details, error))
    return NULL;
  if (!load_currency (db, details, error) || !load_page (db, details, error)
      || !load_lead (db, details, error) || !load_touches (db, details, error)
      || !rungs_payee_is_there (db, id, &details->payee_there, error)
      || (details->billing = rungs_billing_read (db, id, error)) == NULL)
    return NULL;
  details->coupons = rungs_partner_list_coupons (db, id, error);
  details->entries
      = details->coupons != NULL ? rungs_partner_list_entries (db, id, SHOWN, error) : NULL;
  details->payouts
      = details->entries != NULL ? rungs_partner_list_payouts (db, id, SHOWN, error) : NULL;
  details->words = details->payouts != NULL ? rungs_partner_list_words (db, id, error) : NULL;
  details->documents
      = details->words != NULL ? rungs_partner_document_list (db, id, error) : NULL;
  details->flags = details->documents != NULL
                       ? rungs_partner_flags_load (db, id, g_get_real_time () / 1000, error)
                       : NULL;
  return details->flags != NULL ? g_steal_pointer (&details) : NULL;
}

/* ---- whether it earns */

RungsPartnerSaying *
rungs_partner_saying_new (gint64             partner,
                          RungsPartnerStatus status)
{
  RungsPartnerSaying *self = g_new0 (RungsPartnerSaying, 1);

  self->partner = partner;
  self->status = status;
  return self;
}

gpointer
rungs_partner_do_set_status (RungsDb      *db,
                             gpointer      data,
                             GCancellable *cancellable,
                             GError      **error)
{
  const RungsPartnerSaying *saying = data;

  rungs_partner_set_status (db, saying->partner, saying->status, NULL, g_get_real_time () / 1000,
                            error);
  return NULL;
}

gpointer
rungs_partner_undo_set_status (RungsDb      *db,
                               gpointer      data,
                               GCancellable *cancellable,
                               GError      **error)
{
  const RungsPartnerSaying *saying = data;

  rungs_partner_take_back_status (db, saying->partner, saying->status, g_get_real_time () / 1000,
                                  error);
  return NULL;
}

/* ---- awards */

static gpointer
set_approved (RungsDb *db,
              gint64   id,
              gboolean approves,
              GError **error)
{
  g_autoptr (RungsAward) award = rungs_award_load (db, id, error);

  if (award != NULL)
    rungs_commission_approve (db, rungs_award_line (id), award->partner, approves,
                              g_get_real_time () / 1000, error);
  return NULL;
}

gpointer
rungs_partner_do_approve (RungsDb      *db,
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error)
{
  return set_approved (db, *(gint64 *) data, TRUE, error);
}

gpointer
rungs_partner_undo_approve (RungsDb      *db,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error)
{
  return set_approved (db, *(gint64 *) data, FALSE, error);
}

gpointer
rungs_partner_do_give_again (RungsDb      *db,
                             gpointer      data,
                             GCancellable *cancellable,
                             GError      **error)
{
  rungs_award_give_again (db, *(gint64 *) data, g_get_real_time () / 1000, error);
  return NULL;
}
