/* rungs-field-work.c: what the settings write about fields, and how it is taken back. */

#include "rungs-field-work.h"

#include <glib/gi18n.h>

#include "leads/rungs-field-choice-store.h"
#include "leads/rungs-field-kind-store.h"
#include "leads/rungs-field-snapshot-store.h"
#include "leads/rungs-field-store.h"
#include "segments/rungs-rule-uses-store.h"

/* Shared by what is written and by what takes it back, which happens after it: on the one thread
 * that writes. */
struct _RungsFieldEdit
{
  RungsField *field;          /* (owned) (nullable): of an edit */
  gint64 id;
  guint place;                /* of a move */
  gboolean fresh;
  RungsFieldSnapshot *before; /* (owned) (nullable) */
  RungsFieldSnapshot *after;  /* (owned) (nullable) */
};

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
clear (gpointer data)
{
  RungsFieldEdit *self = data;

  g_clear_pointer (&self->field, rungs_field_free);
  g_clear_pointer (&self->before, rungs_field_snapshot_free);
  g_clear_pointer (&self->after, rungs_field_snapshot_free);
}

RungsFieldEdit *
rungs_field_edit_ref (RungsFieldEdit *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rungs_field_edit_unref (RungsFieldEdit *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

RungsFieldEdit *
rungs_field_edit_new (const RungsField *field)
{
  RungsFieldEdit *self = g_atomic_rc_box_new0 (RungsFieldEdit);

  self->field = rungs_field_copy (field);
  self->id = field->id;
  self->fresh = field->id == 0;
  return self;
}

static RungsFieldEdit *
edit_of (gint64 id)
{
  RungsFieldEdit *self = g_atomic_rc_box_new0 (RungsFieldEdit);

  self->id = id;
  return self;
}

/* ---- on the store's writing thread */

/* What it is now, as what it was before the change or after it. */
static gboolean
take (RungsFieldEdit      *self,
      RungsDb             *db,
      RungsFieldSnapshot **snapshot,
      gboolean             values,
      GError             **error)
{
  g_clear_pointer (snapshot, rungs_field_snapshot_free);
  *snapshot = rungs_field_snapshot_new (db, self->id, values, error);
  return *snapshot != NULL;
}

static gboolean
store_choices (RungsFieldEdit *self,
               RungsDb        *db,
               GError        **error)
{
  return !rungs_field_kind_has_choices (self->field->kind)
         || rungs_field_choices_store (db, self->id, self->field->choices, error);
}

static gboolean
add (RungsFieldEdit *self,
     RungsDb        *db,
     GError        **error)
{
  const RungsField *field = self->field;

  self->id = rungs_field_add_with (db, NULL, field->label, field->kind, field->currency, now_ms (),
                                   error);
  return self->id != 0 && store_choices (self, db, error);
}

/* Choices that were made of what leads have stand first; those of the form follow, but for what is
 * there already. */
static gboolean
add_to_made (RungsFieldEdit *self,
             RungsDb        *db,
             GError        **error)
{
  g_autoptr (RungsField) made = rungs_field_load (db, self->id, error);
  g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (made == NULL)
    return FALSE;
  for (guint i = 0; i < made->choices->len; i++)
    g_hash_table_add (labels, g_utf8_casefold (
                                ((RungsFieldChoice *) g_ptr_array_index (made->choices, i))->label,
                                -1));
  for (guint i = 0; i < self->field->choices->len; i++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (self->field->choices, i);

      if (g_hash_table_add (labels, g_utf8_casefold (choice->label, -1)))
        g_ptr_array_add (made->choices, rungs_field_choice_copy (choice));
    }
  return !rungs_field_kind_has_choices (made->kind)
         || rungs_field_choices_store (db, self->id, made->choices, error);
}

static gboolean
change (RungsFieldEdit *self,
        RungsDb        *db,
        GError        **error)
{
  g_autoptr (RungsField) stored = rungs_field_load (db, self->id, error);
  gboolean other;
  gboolean made;

  if (stored == NULL)
    return FALSE;
  other = stored->kind != self->field->kind;
  made = other && !rungs_field_kind_has_choices (stored->kind);
  return take (self, db, &self->before, other, error)
         && rungs_field_rename (db, self->id, self->field->label, error)
         && (!other
             || rungs_field_change_kind (db, self->id, self->field->kind, self->field->currency,
                                         error))
         && (made ? add_to_made (self, db, error) : store_choices (self, db, error))
         && take (self, db, &self->after, other, error);
}

gpointer
rungs_field_edit_store (RungsDb       *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  RungsFieldEdit *self = data;
  gboolean good = self->fresh ? add (self, db, error) : change (self, db, error);

  return good ? g_memdup2 (&self->id, sizeof self->id) : NULL;
}

static gpointer
revert (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  RungsFieldEdit *self = data;

  return GINT_TO_POINTER (rungs_field_revert (db, self->before, self->after, error));
}

static gpointer
retire (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  RungsFieldEdit *self = data;

  return GINT_TO_POINTER (take (self, db, &self->before, FALSE, error)
                          && rungs_field_retire (db, self->id, now_ms (), error)
                          && take (self, db, &self->after, FALSE, error));
}

static gpointer
bring_back (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  RungsFieldEdit *self = data;

  return GINT_TO_POINTER (take (self, db, &self->before, FALSE, error)
                          && rungs_field_retire (db, self->id, 0, error)
                          && take (self, db, &self->after, FALSE, error));
}

/* `place` becomes the one that it had, for the way back. */
static gpointer
move (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  RungsFieldEdit *self = data;
  g_autoptr (GPtrArray) fields = rungs_field_list_in_use (db, error);
  guint before = 0;

  if (fields == NULL)
    return NULL;
  while (before < fields->len
         && ((RungsField *) g_ptr_array_index (fields, before))->id != self->id)
    before++;
  if (!rungs_field_move (db, self->id, self->place, error))
    return NULL;
  self->place = before;
  return GINT_TO_POINTER (TRUE);
}

static gpointer
delete_field (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  RungsFieldEdit *self = data;

  g_clear_pointer (&self->before, rungs_field_snapshot_free);
  self->before = rungs_field_snapshot_delete (db, self->id, error);
  return GINT_TO_POINTER (self->before != NULL);
}

static gpointer
restore (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  RungsFieldEdit *self = data;

  return GINT_TO_POINTER (rungs_field_restore (db, self->before, error));
}

/* ---- on the page */

/* Takes `edit`. */
static RungsPageWork
work_of (RungsFieldEdit *edit,
         RungsStoreFunc  func,
         const char     *done)
{
  return (RungsPageWork) {
    .func = func,
    .data = edit,
    .data_free = (GDestroyNotify) rungs_field_edit_unref,
    .done = done,
    .failed = _ ("The Field Could Not Be Changed"),
  };
}

/* Takes `edit`. */
static void
write_both (RungsPage      *page,
            RungsFieldEdit *edit,
            RungsStoreFunc  func,
            const char     *done,
            RungsStoreFunc  undo_func,
            const char     *undone)
{
  RungsPageWork undo = work_of (rungs_field_edit_ref (edit), undo_func, undone);
  RungsPageWork work = work_of (edit, func, done);

  rungs_page_do (page, &work, &undo);
}

void
rungs_field_edit_offer_undo (RungsFieldEdit *edit,
                             RungsPage      *page)
{
  g_autofree char *done = NULL;
  RungsPageWork undo;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  done = g_strdup_printf (edit->fresh ? _ ("“%s” is a field of every lead now")
                                      : _ ("“%s” is changed"),
                          edit->field->label);
  undo = edit->fresh ? work_of (edit, delete_field, _ ("The field is gone"))
                     : work_of (edit, revert, _ ("The field is as it was"));
  rungs_page_offer_undo (page, done, &undo);
}

void
rungs_field_work_move (RungsPage *page,
                       gint64     field,
                       guint      place)
{
  RungsFieldEdit *edit = edit_of (field);

  edit->place = place;
  write_both (page, edit, move, _ ("The field stands there now"), move,
              _ ("The field stands where it stood"));
}

void
rungs_field_work_retire (RungsPage  *page,
                         gint64      field,
                         const char *label)
{
  g_autofree char *done = g_strdup_printf (_ ("“%s” is retired; its values stay"), label);

  write_both (page, edit_of (field), retire, done, revert, _ ("The field is as it was"));
}

void
rungs_field_work_bring_back (RungsPage  *page,
                             gint64      field,
                             const char *label)
{
  g_autofree char *done = g_strdup_printf (_ ("“%s” is offered again"), label);

  write_both (page, edit_of (field), bring_back, done, revert, _ ("The field is as it was"));
}

/* A field that is to be deleted. */
typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 field;
  char *label; /* (owned) */
} Deletion;

static void
deletion_free (Deletion *self)
{
  g_object_unref (self->page);
  g_free (self->label);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static gpointer
read_uses (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return rungs_rule_uses_of_field (db, *(gint64 *) data, error);
}

/* Rules that ask for it hold for nobody from then on: whoever deletes it is told whose they are. */
static void
uses_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Deletion) deletion = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) uses = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *rules = uses != NULL ? rungs_rule_uses_to_text (uses) : NULL;
  g_autofree char *done = NULL;

  if (uses == NULL)
    {
      rungs_page_notify_error (deletion->page, error);
      return;
    }
  done = uses->len > 0
           ? g_strdup_printf (_ ("“%s” is deleted. It is still asked for by %s"), deletion->label,
                              rules)
           : g_strdup_printf (_ ("“%s” is deleted"), deletion->label);
  write_both (deletion->page, edit_of (deletion->field), delete_field, done, restore,
              _ ("The field is back"));
}

void
rungs_field_work_delete (RungsPage  *page,
                         gint64      field,
                         const char *label)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->page = g_object_ref (page);
  deletion->field = field;
  deletion->label = g_strdup (label);
  rungs_store_read_async (rungs_page_get_store (page), read_uses,
                          g_memdup2 (&field, sizeof field), g_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, uses_read_cb, deletion);
}
