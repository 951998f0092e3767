/* rungs-erased-group.c: who was erased, and which backups still hold them. */

#include "rungs-erased-group.h"

#include <glib/gi18n.h>

#include "db/rungs-backup.h"
#include "leads/rungs-erasure-register-store.h"
#include "widgets/rungs-display.h"

struct _RungsErasedGroup
{
  RungsSettingsGroup parent_instance;

  GtkWidget *none_row;
  AdwExpanderRow *register_row;
  AdwExpanderRow *copies_row;

  GPtrArray *rows;  /* (owned): of the register, not owned */
  GPtrArray *files; /* (owned): rows of the copies, not owned */
};

G_DEFINE_FINAL_TYPE (RungsErasedGroup, rungs_erased_group, RUNGS_TYPE_SETTINGS_GROUP)

/* What is read in one go. */
typedef struct
{
  GPtrArray *erasures;
  GPtrArray *copies;
} Erased;

static void
erased_free (gpointer data)
{
  Erased *erased = data;

  g_clear_pointer (&erased->erasures, g_ptr_array_unref);
  g_clear_pointer (&erased->copies, g_ptr_array_unref);
  g_free (erased);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Erased, erased_free)

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  return row;
}

/* How many copies hold the person. `until`: when the last is removed; 0: when somebody does. */
static guint
count_copies (const RungsErasure *erasure,
              const GPtrArray    *copies,
              gint64             *until)
{
  guint held = 0;
  gboolean for_ever = FALSE;

  *until = 0;
  for (guint i = 0; i < copies->len; i++)
    {
      const RungsBackupCopy *copy = g_ptr_array_index (copies, i);

      if (!rungs_erasure_is_held_by (erasure, copy->written_at))
        continue;
      held++;
      for_ever |= copy->kept_until == 0;
      *until = MAX (*until, copy->kept_until);
    }
  if (for_ever)
    *until = 0;
  return held;
}

static char *
describe_copies (const RungsErasure *erasure,
                 const GPtrArray    *copies)
{
  gint64 until;
  guint held = count_copies (erasure, copies, &until);
  g_autofree char *day = rungs_display_day (until);

  if (held == 0)
    return g_strdup (_ ("no backup holds the person any more"));
  if (until == 0)
    return g_strdup_printf (ngettext ("%u backup holds the person, until you remove it",
                                      "%u backups hold the person, one until you remove it", held),
                            held);
  /* Translators: %s is a day. */
  return g_strdup_printf (ngettext ("%u backup holds the person, until %s",
                                    "%u backups hold the person, the last until %s", held),
                          held, day);
}

static char *
describe_erasure (const RungsErasure *erasure,
                  const GPtrArray    *copies)
{
  g_autoptr (GString) words = g_string_new (erasure->reason);
  g_autofree char *held = describe_copies (erasure, copies);

  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, erasure->wiped_at != 0
                              ? _ ("no byte is left in the file")
                              : _ ("the last traces are being removed from the file"));
  g_string_append_printf (words, " · %s", held);
  if (erasure->orders_kept)
    g_string_append_printf (words, " · %s", _ ("orders stay, without a name"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
fill (AdwExpanderRow *expander,
      GPtrArray      *rows,
      GPtrArray      *new_rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_remove (expander, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
  for (guint i = 0; i < new_rows->len; i++)
    {
      adw_expander_row_add_row (expander, g_ptr_array_index (new_rows, i));
      g_ptr_array_add (rows, g_ptr_array_index (new_rows, i));
    }
  gtk_widget_set_visible (GTK_WIDGET (expander), rows->len > 0);
}

static void
show_register (RungsErasedGroup *self,
               const Erased     *erased)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *title
      = g_strdup_printf (ngettext ("%u Person", "%u Persons", erased->erasures->len),
                         erased->erasures->len);

  for (guint i = 0; i < erased->erasures->len; i++)
    {
      const RungsErasure *erasure = g_ptr_array_index (erased->erasures, i);
      g_autofree char *when = rungs_display_time (erasure->at);
      g_autofree char *words = describe_erasure (erasure, erased->copies);

      g_ptr_array_add (rows, new_row (when, words));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->register_row), title);
  fill (self->register_row, self->rows, rows);
}

static guint
count_persons (const RungsBackupCopy *copy,
               const GPtrArray       *erasures)
{
  guint persons = 0;

  for (guint i = 0; i < erasures->len; i++)
    persons += rungs_erasure_is_held_by (g_ptr_array_index (erasures, i), copy->written_at);
  return persons;
}

static char *
describe_copy (const RungsBackupCopy *copy,
               guint                  persons)
{
  g_autofree char *day = rungs_display_day (copy->kept_until);
  g_autofree char *held
      = g_strdup_printf (ngettext ("holds %u of them", "holds %u of them", persons), persons);

  if (copy->kept_until != 0)
    /* Translators: "holds 3 of them, until 12 March 2027". */
    return g_strdup_printf (_ ("%s, until %s"), held, day);
  if (copy->kind == RUNGS_BACKUP_OWN)
    /* Translators: %s: "holds 3 of them". */
    return g_strdup_printf (_ ("%s: a copy of your own, kept until you remove it"), held);
  /* Translators: %s: "holds 3 of them". */
  return g_strdup_printf (_ ("%s: what a backup replaced, kept until you remove it"), held);
}

static void
show_copies (RungsErasedGroup *self,
             const Erased     *erased)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *title = NULL;

  for (guint i = 0; i < erased->copies->len; i++)
    {
      const RungsBackupCopy *copy = g_ptr_array_index (erased->copies, i);
      guint persons = count_persons (copy, erased->erasures);
      g_autofree char *name = g_path_get_basename (copy->path);
      g_autofree char *words = describe_copy (copy, persons);

      if (persons > 0)
        g_ptr_array_add (rows, new_row (name, words));
    }
  title = g_strdup_printf (ngettext ("%u Backup Still Holds Some of Them",
                                     "%u Backups Still Hold Some of Them", rows->len), rows->len);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->copies_row), title);
  fill (self->copies_row, self->files, rows);
}

/* On a reading thread of the store. */
static gpointer
load (RungsDb      *db,
      gpointer      data,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (Erased) erased = g_new0 (Erased, 1);

  erased->erasures = rungs_erasure_list (db, error);
  if (erased->erasures == NULL)
    return NULL;
  erased->copies = rungs_backup_list_copies (rungs_db_get_path (db), rungs_display_now ());
  return g_steal_pointer (&erased);
}

static void
show (RungsSettingsGroup *group,
      gpointer            data)
{
  RungsErasedGroup *self = RUNGS_ERASED_GROUP (group);
  const Erased *erased = data;

  gtk_widget_set_visible (self->none_row, erased->erasures->len == 0);
  show_register (self, erased);
  show_copies (self, erased);
}

static void
rungs_erased_group_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_ERASED_GROUP (object)->rows);
  g_ptr_array_unref (RUNGS_ERASED_GROUP (object)->files);

  G_OBJECT_CLASS (rungs_erased_group_parent_class)->finalize (object);
}

static void
rungs_erased_group_class_init (RungsErasedGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsSettingsGroupClass *group_class = RUNGS_SETTINGS_GROUP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_erased_group_finalize;
  group_class->load = load;
  group_class->found_free = erased_free;
  group_class->show = show;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/settings/rungs-erased-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsErasedGroup, none_row);
  gtk_widget_class_bind_template_child (widget_class, RungsErasedGroup, register_row);
  gtk_widget_class_bind_template_child (widget_class, RungsErasedGroup, copies_row);
}

static void
rungs_erased_group_init (RungsErasedGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->files = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_erased_group_unfold (RungsErasedGroup *self)
{
  g_return_if_fail (RUNGS_IS_ERASED_GROUP (self));

  adw_expander_row_set_expanded (self->register_row, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
