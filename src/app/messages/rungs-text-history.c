/* rungs-text-history.c: undo and redo of one text without limit. */

#include "rungs-text-history.h"

/* Pauses in typing that are no pauses. */
#define MERGE_MS 1000

struct _RungsTextHistory
{
  GPtrArray *texts; /* (owned) (element-type utf8): from first to last */
  guint at;         /* the one that is shown */
  char *place;      /* (owned) (nullable): where the last change was */
  gint64 pushed_at;
};

RungsTextHistory *
rungs_text_history_new (const char *text)
{
  RungsTextHistory *self = g_new0 (RungsTextHistory, 1);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->texts, g_strdup (text));
  return self;
}

void
rungs_text_history_free (RungsTextHistory *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self->place);
  g_free (self);
}

void
rungs_text_history_push (RungsTextHistory *self,
                         const char       *text,
                         const char       *place,
                         gint64            now)
{
  gboolean merges;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  if (g_str_equal (text, g_ptr_array_index (self->texts, self->at)))
    return;
  merges = place != NULL && g_strcmp0 (place, self->place) == 0 && now - self->pushed_at < MERGE_MS
           && self->at + 1 == self->texts->len && self->at > 0;
  g_ptr_array_set_size (self->texts, (int) self->at + (merges ? 0 : 1));
  g_ptr_array_add (self->texts, g_strdup (text));
  self->at = self->texts->len - 1;
  g_free (self->place);
  self->place = g_strdup (place);
  self->pushed_at = now;
}

const char *
rungs_text_history_undo (RungsTextHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_clear_pointer (&self->place, g_free);
  return self->at > 0 ? g_ptr_array_index (self->texts, --self->at) : NULL;
}

const char *
rungs_text_history_redo (RungsTextHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_clear_pointer (&self->place, g_free);
  return self->at + 1 < self->texts->len ? g_ptr_array_index (self->texts, ++self->at) : NULL;
}

gboolean
rungs_text_history_can_undo (RungsTextHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->at > 0;
}

gboolean
rungs_text_history_can_redo (RungsTextHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->at + 1 < self->texts->len;
}
