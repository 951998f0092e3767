/* rungs-lead-fact-work.c: stores one fact of a lead, unless somebody else has changed it. */

#include "rungs-lead-fact-work.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"

#define FIELD_PREFIX "field:"

RungsLeadFactWork *
rungs_lead_fact_work_new (gint64      lead,
                          const char *name,
                          const char *before,
                          const char *after)
{
  RungsLeadFactWork *self = g_atomic_rc_box_new0 (RungsLeadFactWork);

  self->lead = lead;
  self->name = g_strdup (name);
  self->before = g_strdup (before);
  self->after = g_strdup (after);
  return self;
}

RungsLeadFactWork *
rungs_lead_fact_work_ref (RungsLeadFactWork *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RungsLeadFactWork *self = data;

  g_free (self->name);
  g_free (self->before);
  g_free (self->after);
  g_free (self->meanwhile);
}

void
rungs_lead_fact_work_unref (RungsLeadFactWork *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static char *
load_value (RungsDb                  *db,
            const RungsLeadFactWork  *self,
            GError                  **error)
{
  g_autoptr (GPtrArray) values = rungs_field_values (db, self->lead, error);
  const char *key = self->name + strlen (FIELD_PREFIX);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (values, i);

      if (strcmp (value->key, key) == 0)
        return g_strdup (value->text);
    }
  return values != NULL ? g_strdup ("") : NULL;
}

/* What it is now; "" for nothing. */
static char *
load_now (RungsDb                  *db,
          const RungsLeadFactWork  *self,
          GError                  **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_load (db, self->lead, error);

  if (lead == NULL)
    return NULL;
  return g_str_has_prefix (self->name, FIELD_PREFIX) ? load_value (db, self, error)
                                                     : g_strdup (rungs_lead_get (lead, self->name));
}

/* Whoever has the address already. */
static void
find_other (RungsDb            *db,
            RungsLeadFactWork  *self,
            const GError       *failure)
{
  if (strcmp (self->name, "email") != 0
      || !g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT)
      || !rungs_lead_find (db, self->after, &self->other, NULL))
    self->other = 0;
}

gpointer
rungs_lead_fact_work (RungsDb       *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  RungsLeadFactWork *self = data;
  g_autofree char *now = load_now (db, self, error);
  g_autoptr (GError) failure = NULL;

  if (now == NULL)
    return NULL;
  if (strcmp (now, self->before) != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("by now this is “%s”"), now);
      self->meanwhile = g_steal_pointer (&now);
      return NULL;
    }
  if (rungs_lead_set_text (db, self->lead, self->name, self->after, g_get_real_time () / 1000,
                           &failure))
    return load_now (db, self, error);
  find_other (db, self, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
