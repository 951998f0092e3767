/* rungs-lead-work.c: what the leads page does to leads, for the writing thread of the store. */

#include "rungs-lead-work.h"

#include "base/rungs-error.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"

/* Leads between two looks at whether to go on. */
#define BATCH 200

RungsLeadWork *
rungs_lead_work_new (GArray     *leads,
                     gint64      ref,
                     const char *text)
{
  RungsLeadWork *self = g_new0 (RungsLeadWork, 1);

  self->leads = leads;
  self->ref = ref;
  self->text = g_strdup (text ? text : "");
  return self;
}

RungsLeadWork *
rungs_lead_work_new_for_one (gint64      lead,
                             gint64      ref,
                             const char *text)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (leads, lead);
  return rungs_lead_work_new (leads, ref, text);
}

void
rungs_lead_work_free (RungsLeadWork *self)
{
  g_array_unref (self->leads);
  g_free (self->text);
  g_clear_pointer (&self->progress, rungs_progress_unref);
  g_free (self);
}

static gint64
now_of_the_machine (void)
{
  return g_get_real_time () / 1000;
}

static gint64
first_lead (const RungsLeadWork *work)
{
  return g_array_index (work->leads, gint64, 0);
}

/* Does something to one lead. */
typedef gboolean (*DoOne) (RungsDb        *db,
                           gint64          lead,
                           RungsLeadWork  *work,
                           gpointer        data,
                           GError        **error);

static gboolean
do_each (RungsDb        *db,
         RungsLeadWork  *work,
         DoOne           do_one,
         gpointer        data,
         GCancellable   *cancellable,
         GError        **error)
{
  for (guint i = 0; i < work->leads->len; i++)
    {
      if (i % BATCH == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (i % BATCH == 0 && work->progress != NULL)
        rungs_progress_set (work->progress, i, work->leads->len);
      if (!do_one (db, g_array_index (work->leads, gint64, i), work, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tag_one (RungsDb        *db,
         gint64          lead,
         RungsLeadWork  *work,
         gpointer        data,
         GError        **error)
{
  return rungs_lead_add_tag (db, lead, *(gint64 *) data, now_of_the_machine (), error);
}

gpointer
rungs_lead_work_add_tag (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  RungsLeadWork *work = data;
  gint64 tag = rungs_tag_ensure (db, work->text, error);

  if (tag != 0)
    do_each (db, work, tag_one, &tag, cancellable, error);
  return NULL;
}

static gboolean
untag_one (RungsDb        *db,
           gint64          lead,
           RungsLeadWork  *work,
           gpointer        data,
           GError        **error)
{
  return rungs_lead_remove_tag (db, lead, work->ref, now_of_the_machine (), error);
}

gpointer
rungs_lead_work_remove_tag (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  do_each (db, data, untag_one, NULL, cancellable, error);
  return NULL;
}

gpointer
rungs_lead_work_stop (RungsDb       *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const RungsLeadWork *work = data;

  rungs_enrolment_stop (db, first_lead (work), work->ref, "by hand", now_of_the_machine (), NULL,
                        error);
  return NULL;
}

gpointer
rungs_lead_work_consent (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  const RungsLeadWork *work = data;

  rungs_consent_give (db, first_lead (work), RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                      now_of_the_machine (), "by hand", work->text, error);
  return NULL;
}

gpointer
rungs_lead_work_withdraw (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  const RungsLeadWork *work = data;

  rungs_consent_withdraw (db, first_lead (work), RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                          now_of_the_machine (), work->text, error);
  return NULL;
}

gpointer
rungs_lead_work_refund (RungsDb       *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  const RungsLeadWork *work = data;
  gint64 now = now_of_the_machine ();

  rungs_refund_add (db, work->ref, 0, work->amount, work->text, now, now, error);
  return NULL;
}

/* A tab or line end in a value would part it. */
static void
append_cell (GString    *text,
             const char *value,
             gboolean    last)
{
  for (const char *c = value ? value : ""; *c != '\0'; c++)
    g_string_append_c (text, *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c);
  g_string_append_c (text, last ? '\n' : '\t');
}

static gboolean
write_one (RungsDb        *db,
           gint64          id,
           RungsLeadWork  *work,
           gpointer        data,
           GError        **error)
{
  static const char *const columns[] = { "first_name", "last_name", "email", "phone", "company",
                                         "street", "postcode", "city", "country" };
  g_autoptr (GError) missing = NULL;
  g_autoptr (RungsLead) lead = rungs_lead_load (db, id, &missing);

  if (lead == NULL && !g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  for (guint i = 0; lead != NULL && i < G_N_ELEMENTS (columns); i++)
    append_cell (data, rungs_lead_get (lead, columns[i]), i + 1 == G_N_ELEMENTS (columns));
  return TRUE;
}

gpointer
rungs_lead_work_to_text (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!do_each (db, data, write_one, text, cancellable, error))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
