/* rungs-lead-set.c: a set of leads, one bit each: quick to ask and to combine. */

#include "leads/rungs-lead-set.h"

#define BITS 64

struct _RungsLeadSet
{
  gatomicrefcount ref_count;
  gint64 highest;
  gsize n;
  guint64 *words; /* (owned): bit id % 64 of word id / 64 */
};

RungsLeadSet *
rungs_lead_set_new (gint64 highest)
{
  gsize n = (gsize) highest / BITS + 1;
  guint64 *words;
  RungsLeadSet *self;

  g_return_val_if_fail (highest >= 0, NULL);

  words = g_try_new0 (guint64, n);
  if (words == NULL)
    return NULL;
  self = g_new0 (RungsLeadSet, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->highest = highest;
  self->n = n;
  self->words = words;
  return self;
}

RungsLeadSet *
rungs_lead_set_ref (RungsLeadSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rungs_lead_set_unref (RungsLeadSet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->words);
  g_free (self);
}

void
rungs_lead_set_add (RungsLeadSet *self,
                    gint64        lead)
{
  if (lead > 0 && lead <= self->highest)
    self->words[lead / BITS] |= G_GUINT64_CONSTANT (1) << (lead % BITS);
}

gboolean
rungs_lead_set_has (const RungsLeadSet *self,
                    gint64              lead)
{
  return lead > 0 && lead <= self->highest && (self->words[lead / BITS] >> (lead % BITS) & 1) != 0;
}

void
rungs_lead_set_keep (RungsLeadSet       *self,
                     const RungsLeadSet *other)
{
  for (gsize i = 0; i < self->n; i++)
    self->words[i] &= i < other->n ? other->words[i] : 0;
}

guint
rungs_lead_set_count (const RungsLeadSet *self)
{
  guint count = 0;

  for (gsize i = 0; i < self->n; i++)
    count += __builtin_popcountll (self->words[i]);
  return count;
}

char *
rungs_lead_set_to_json (const RungsLeadSet *self)
{
  GString *json = g_string_new ("[");

  for (gsize i = 0; i < self->n; i++)
    for (guint64 rest = self->words[i]; rest != 0; rest &= rest - 1)
      g_string_append_printf (json, "%s%" G_GSIZE_FORMAT, json->len > 1 ? "," : "",
                              i * BITS + __builtin_ctzll (rest));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}
