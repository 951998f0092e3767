/* rungs-lead-list.c: which leads the browser shows, in which order.
 *
 * The leads that have nothing in the column stand at the end in either direction: turning a list
 * around turns the two parts around, each by itself. */

#include "leads/rungs-lead-list.h"

struct _RungsLeadList
{
  gatomicrefcount ref_count;
  GArray *ids; /* (owned) (element-type gint64) */
  guint blank; /* how many of them, at the end, have nothing in the column */
  RungsLeadSort sort;
  gint64 field;
  gboolean descending;
};

gboolean
rungs_lead_sort_of_kind (RungsFieldKind kind,
                         RungsLeadSort *sort)
{
  switch (kind)
    {
    case RUNGS_FIELD_NUMBER:
    case RUNGS_FIELD_MONEY:
      *sort = RUNGS_LEAD_SORT_NUMBERS;
      return TRUE;
    case RUNGS_FIELD_ONE:
      *sort = RUNGS_LEAD_SORT_CHOICES;
      return TRUE;
    case RUNGS_FIELD_LONG:
    case RUNGS_FIELD_SEVERAL:
      return FALSE;
    case RUNGS_FIELD_TEXT:
    case RUNGS_FIELD_DATE:
    case RUNGS_FIELD_YESNO:
    case RUNGS_FIELD_PHONE:
    case RUNGS_FIELD_LINK:
    default:
      *sort = RUNGS_LEAD_SORT_TEXTS;
      return TRUE;
    }
}

RungsLeadQuery *
rungs_lead_query_copy (const RungsLeadQuery *query)
{
  RungsLeadQuery *copy;

  g_return_val_if_fail (query != NULL, NULL);

  copy = g_memdup2 (query, sizeof *query);
  copy->words = g_strdup (query->words);
  if (copy->within != NULL)
    rungs_lead_set_ref (copy->within);
  return copy;
}

void
rungs_lead_query_free (RungsLeadQuery *query)
{
  g_free (query->words);
  g_clear_pointer (&query->within, rungs_lead_set_unref);
  g_free (query);
}

RungsLeadList *
rungs_lead_list_new (GArray               *ids,
                     guint                 blank,
                     const RungsLeadQuery *query)
{
  RungsLeadList *self;

  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail (blank <= ids->len, NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_new0 (RungsLeadList, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->ids = ids;
  self->blank = blank;
  self->sort = query->sort;
  self->field = query->field;
  self->descending = query->descending;
  return self;
}

RungsLeadList *
rungs_lead_list_ref (RungsLeadList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rungs_lead_list_unref (RungsLeadList *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->ids);
  g_free (self);
}

guint
rungs_lead_list_get_count (RungsLeadList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->ids->len;
}

gint64
rungs_lead_list_get_id (RungsLeadList *self,
                        guint          position)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (position < self->ids->len, 0);

  return g_array_index (self->ids, gint64, position);
}

gint64
rungs_lead_list_get_id_towards (RungsLeadList *self,
                                gboolean       descending,
                                guint          position,
                                gboolean      *blank)
{
  guint n_filled;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (position < self->ids->len, 0);

  n_filled = self->ids->len - self->blank;
  if (blank != NULL)
    *blank = position >= n_filled;
  if (descending != self->descending && position < n_filled)
    position = n_filled - 1 - position;
  return g_array_index (self->ids, gint64, position);
}

gboolean
rungs_lead_list_find (RungsLeadList *self,
                      gint64         lead,
                      guint         *position)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == lead)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
rungs_lead_list_is_by (RungsLeadList        *self,
                       const RungsLeadQuery *query)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (query != NULL, FALSE);

  return self->sort == query->sort && self->field == query->field;
}

/* Appends those of the `n` ids at `from`, walked by `step`, that are in `set`, up to `limit` in
 * all. */
static void
append_matching (GArray             *found,
                 const gint64       *from,
                 guint               n,
                 int                 step,
                 const RungsLeadSet *set,
                 guint               limit)
{
  for (guint i = 0; i < n && found->len < limit; i++, from += step)
    if (set == NULL || rungs_lead_set_has (set, *from))
      g_array_append_vals (found, from, 1);
}

RungsLeadList *
rungs_lead_list_filter (RungsLeadList      *self,
                        const RungsLeadSet *set,
                        gboolean            descending,
                        guint               limit)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 *ids;
  guint n_filled;
  guint filled;
  guint blank;

  g_return_val_if_fail (self != NULL, NULL);

  ids = (const gint64 *) (gpointer) self->ids->data;
  n_filled = self->ids->len - self->blank;
  if (limit == 0)
    limit = G_MAXUINT;
  if (descending != self->descending && n_filled > 0)
    append_matching (found, ids + n_filled - 1, n_filled, -1, set, limit);
  else
    append_matching (found, ids, n_filled, 1, set, limit);
  filled = found->len;
  append_matching (found, ids + n_filled, self->blank, 1, set, limit);
  blank = found->len - filled;
  return rungs_lead_list_new (g_steal_pointer (&found), blank,
                              &(RungsLeadQuery) { .sort = self->sort,
                                                  .field = self->field,
                                                  .descending = descending });
}
