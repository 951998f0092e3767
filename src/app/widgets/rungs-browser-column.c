/* rungs-browser-column.c: the definition of a column, for as long as a table or a cell needs it. */

#include "rungs-browser-column.h"

#include <glib/gi18n.h>

RungsBrowserColumn *
rungs_browser_column_copy (const RungsBrowserColumn *column)
{
  RungsBrowserColumn *self;

  g_return_val_if_fail (column != NULL, NULL);

  self = g_atomic_rc_box_alloc (sizeof *self);
  *self = *column;
  self->id = g_strdup (column->id);
  self->title = g_strdup (column->title);
  self->help = g_strdup (column->help);
  return self;
}

RungsBrowserColumn *
rungs_browser_column_acquire (RungsBrowserColumn *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RungsBrowserColumn *self = data;

  g_free ((char *) self->id);
  g_free ((char *) self->title);
  g_free ((char *) self->help);
}

void
rungs_browser_column_release (RungsBrowserColumn *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const char *
rungs_browser_column_get_title (const RungsBrowserColumn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ref != 0 ? self->title : _ (self->title);
}

char *
rungs_browser_column_dup_text (const RungsBrowserColumn *self,
                               gpointer                  row)
{
  g_return_val_if_fail (self != NULL && row != NULL, NULL);

  return self->text_of != NULL ? self->text_of (row, self->ref) : self->text (row);
}

gboolean
rungs_browser_column_equal (const RungsBrowserColumn *a,
                            const RungsBrowserColumn *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_str_equal (a->id, b->id) && g_str_equal (a->title, b->title) && a->flags == b->flags
         && a->ref == b->ref && a->text == b->text && a->text_of == b->text_of;
}
