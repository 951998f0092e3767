/* rungs-lead-view.c: all that the details of a lead show, read at one moment. */

#include "rungs-lead-view.h"

#include "base/rungs-error.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "process/rungs-notice-store.h"
#include "sequences/rungs-sequence-store.h"

/* How much of what happened last is shown at a glance. */
#define LATEST 3

void
rungs_lead_view_free (RungsLeadView *self)
{
  g_clear_pointer (&self->lead, rungs_lead_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->last_consent, rungs_consent_free);
  g_clear_pointer (&self->evidence, rungs_lead_evidence_free);
  g_clear_pointer (&self->owned, g_ptr_array_unref);
  g_clear_pointer (&self->next, rungs_next_offer_free);
  g_free (self->next_fault);
  g_clear_pointer (&self->walks, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->latest, rungs_happened_free);
  g_clear_pointer (&self->contact, rungs_first_contact_free);
  g_clear_pointer (&self->partner, rungs_partner_free);
  g_free (self);
}

static void
walk_free (RungsLeadWalk *self)
{
  rungs_enrolment_free (self->enrolment);
  g_free (self->message);
  rungs_sequence_why_free (self->why);
  g_free (self);
}

/* Of several walks through a sequence the last comes first. */
static gboolean
is_last_of_sequence (RungsLeadView  *self,
                     RungsEnrolment *enrolment)
{
  for (guint i = 0; i + 1 < self->walks->len; i++)
    if (((RungsLeadWalk *) g_ptr_array_index (self->walks, i))->enrolment->sequence
        == enrolment->sequence)
      return FALSE;
  return TRUE;
}

/* A version that can no longer be read explains nothing. */
static gboolean
explain_walk (RungsLeadWalk  *walk,
              RungsDb        *db,
              GError        **error)
{
  g_autoptr (GError) fault = NULL;

  walk->why = rungs_sequence_why (db, walk->enrolment->lead, walk->enrolment->sequence,
                                  g_get_real_time () / 1000, &fault);
  if (walk->why != NULL || g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* Takes the enrolment. A version that can no longer be read foretells nothing. */
static gboolean
add_walk (RungsLeadView   *self,
          RungsDb         *db,
          RungsEnrolment  *enrolment,
          GError         **error)
{
  RungsLeadWalk *walk = g_new0 (RungsLeadWalk, 1);
  g_autoptr (RungsGraph) graph = NULL;
  g_autoptr (GError) fault = NULL;

  walk->enrolment = enrolment;
  g_ptr_array_add (self->walks, walk);
  if (is_last_of_sequence (self, enrolment) && !explain_walk (walk, db, &fault))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  g_clear_error (&fault);
  if (enrolment->outcome != NULL)
    return TRUE;
  graph = rungs_sequence_load_graph (db, enrolment->version, &fault);
  if (graph != NULL)
    walk->message = g_strdup (rungs_graph_next_message (graph, enrolment->step));
  else if (!g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_walks (RungsLeadView  *self,
            RungsDb        *db,
            GError        **error)
{
  g_autoptr (GPtrArray) enrolments = rungs_enrolment_list_of_lead (db, self->lead->id, error);

  if (enrolments == NULL)
    return FALSE;
  self->walks = g_ptr_array_new_with_free_func ((GDestroyNotify) walk_free);
  while (enrolments->len > 0)
    if (!add_walk (self, db, g_ptr_array_steal_index (enrolments, 0), error))
      return FALSE;
  return TRUE;
}

static gboolean
load_lists (RungsLeadView  *self,
            RungsDb        *db,
            gint64          now,
            GError        **error)
{
  gint64 lead = self->lead->id;

  return (self->fields = rungs_field_list (db, error)) != NULL
         && (self->evidence = rungs_lead_evidence_load (db, lead, error)) != NULL
         && (self->values = rungs_field_values (db, lead, error)) != NULL
         && (self->tags = rungs_tag_list_of_lead (db, lead, error)) != NULL
         && (self->owned = rungs_ownership_list (db, lead, now, error)) != NULL
         && load_walks (self, db, error)
         && (self->orders = rungs_order_list_of_lead (db, lead, error)) != NULL;
}

static gboolean
is_about_email (const RungsConsent *row)
{
  return g_str_equal (row->purpose, RUNGS_PURPOSE_MARKETING)
         && g_str_equal (row->channel, RUNGS_CHANNEL_EMAIL)
         && (g_str_equal (row->action, "given") || g_str_equal (row->action, "withdrawn"));
}

/* The row that decides: the last one that is not annulled. */
static gboolean
load_consent (RungsLeadView  *self,
              RungsDb        *db,
              GError        **error)
{
  g_autoptr (GPtrArray) rows = rungs_consent_list (db, self->lead->id, error);
  g_autoptr (GHashTable) annulled = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (rows == NULL
      || !rungs_consent_state (db, self->lead->id, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                               &self->consent, error))
    return FALSE;
  for (guint i = rows->len; i > 0 && self->last_consent == NULL; i--)
    {
      RungsConsent *row = g_ptr_array_index (rows, i - 1);

      if (row->annuls != 0)
        g_hash_table_add (annulled, &row->annuls);
      else if (is_about_email (row) && !g_hash_table_contains (annulled, &row->id))
        {
          self->last_consent = g_memdup2 (row, sizeof *row);
          self->last_consent->purpose = g_strdup (row->purpose);
          self->last_consent->channel = g_strdup (row->channel);
          self->last_consent->action = g_strdup (row->action);
          self->last_consent->origin = g_strdup (row->origin);
          self->last_consent->wording = g_strdup (row->wording);
        }
    }
  return self->lead->email == NULL
         || rungs_suppression_check (db, self->lead->email, &self->suppressed, error);
}

/* An offer whose condition is no rule is a fault of the ladder, not of the lead. */
static gboolean
load_next_offer (RungsLeadView  *self,
                 RungsDb        *db,
                 gint64          now,
                 GError        **error)
{
  g_autoptr (GError) fault = NULL;

  self->next = rungs_next_offer (db, self->lead->id, now, &fault);
  if (self->next == NULL && !g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  if (fault != NULL)
    self->next_fault = g_strdup (fault->message);
  return TRUE;
}

static gboolean
load_latest (RungsLeadView  *self,
             RungsDb        *db,
             GError        **error)
{
  const RungsHappenedQuery query = {
    .lead = self->lead->id,
    .groups = RUNGS_EVENTS_ALL & ~(guint) RUNGS_EVENTS_CHANGES,
    .limit = LATEST,
  };

  self->latest = rungs_happened_load (db, &query, error);
  return self->latest != NULL;
}

gpointer
rungs_lead_view_load (RungsDb       *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  gint64 lead = *(gint64 *) data;
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (RungsLeadView) self = g_new0 (RungsLeadView, 1);

  self->lead = rungs_lead_load (db, lead, error);
  if (self->lead == NULL || !load_lists (self, db, now, error) || !load_consent (self, db, error)
      || !load_next_offer (self, db, now, error)
      || !load_latest (self, db, error)
      || !rungs_first_contact_load (db, lead, &self->contact, error)
      || !rungs_partner_find_of_lead (db, lead, &self->partner, error)
      || !rungs_notice_is_unseen (db, lead, &self->is_unseen, error))
    return NULL;
  return g_steal_pointer (&self);
}
