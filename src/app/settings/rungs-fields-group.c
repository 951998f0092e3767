/* rungs-fields-group.c: the fields of the business's own, and what can be done with each.
 *
 * The rows stand in the order of forms. They are dragged by their handles, and moved by Alt+Up and
 * Alt+Down or by their menus; those that are retired stand folded behind the others. */

#include "rungs-fields-group.h"

#include <glib/gi18n.h>

#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "settings/rungs-field-dialog.h"
#include "settings/rungs-field-work.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-field-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-movable-row.h"
#include "widgets/rungs-row-menu.h"

struct _RungsFieldsGroup
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *none_row;
  AdwExpanderRow *retired_row;

  RungsPage *page;      /* (weak) (nullable): holds this */
  GPtrArray *fields;    /* (owned) (nullable) (element-type RungsField) */
  GHashTable *counts;   /* (owned) (nullable): id -> how many leads have a value */
  char currency[4];     /* of the business */
  GPtrArray *rows;      /* (owned): of the fields in use, not owned */
  GPtrArray *put_away;  /* (owned): of the retired ones, not owned */
  gint64 to_focus;      /* the field whose row has the focus once they are shown anew; 0: none */
};

G_DEFINE_FINAL_TYPE (RungsFieldsGroup, rungs_fields_group, ADW_TYPE_BIN)

/* What is read in one go. */
typedef struct
{
  GPtrArray *fields;
  GHashTable *counts;
  char currency[4];
} Fields;

static void
fields_free (gpointer data)
{
  Fields *fields = data;

  g_clear_pointer (&fields->fields, g_ptr_array_unref);
  g_clear_pointer (&fields->counts, g_hash_table_unref);
  g_free (fields);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fields, fields_free)

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (Fields) fields = g_new0 (Fields, 1);

  if (business == NULL)
    return NULL;
  g_strlcpy (fields->currency, business->currency, sizeof fields->currency);
  fields->fields = rungs_field_list (db, error);
  fields->counts = fields->fields != NULL ? rungs_field_count_all (db, error) : NULL;
  return fields->counts != NULL ? g_steal_pointer (&fields) : NULL;
}

static const RungsField *
find_field (RungsFieldsGroup *self,
            gint64            id)
{
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    if (((RungsField *) g_ptr_array_index (self->fields, i))->id == id)
      return g_ptr_array_index (self->fields, i);
  return NULL;
}

/* Where it stands among those in use. */
static guint
place_of (RungsFieldsGroup *self,
          gint64            id)
{
  guint place = 0;

  while (place < self->rows->len
         && ((RungsField *) g_ptr_array_index (self->fields, place))->id != id)
    place++;
  return place;
}

static gint64
leads_of (RungsFieldsGroup *self,
          gint64            id)
{
  const gint64 *count = self->counts ? g_hash_table_lookup (self->counts, &id) : NULL;

  return count != NULL ? *count : 0;
}

/* ---- what is done */

static void
move (RungsFieldsGroup *self,
      gint64            field,
      int               place)
{
  if (self->page == NULL || place < 0 || place >= (int) self->rows->len
      || place == (int) place_of (self, field))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->to_focus = field;
  rungs_field_work_move (self->page, field, (guint) place);
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  RungsFieldsGroup *self = RUNGS_FIELDS_GROUP (widget);

  if (self->page != NULL && self->fields != NULL)
    rungs_field_dialog_open (self->page, NULL, self->currency);
}

/* The actions on one field, by what follows "fields.". */
static void
field_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  RungsFieldsGroup *self = RUNGS_FIELDS_GROUP (widget);
  const RungsField *field = find_field (self, g_variant_get_int64 (parameter));
  int place;

  if (field == NULL || self->page == NULL)
    return;
  place = (int) place_of (self, field->id);
  self->to_focus = field->id;
  if (g_str_equal (action, "fields.edit"))
    rungs_field_dialog_open (self->page, field, self->currency);
  else if (g_str_equal (action, "fields.up"))
    move (self, field->id, place - 1);
  else if (g_str_equal (action, "fields.down"))
    move (self, field->id, place + 1);
  else if (g_str_equal (action, "fields.retire"))
    rungs_field_work_retire (self->page, field->id, field->label);
  else if (g_str_equal (action, "fields.bring-back"))
    rungs_field_work_bring_back (self->page, field->id, field->label);
  else if (g_str_equal (action, "fields.delete"))
    rungs_field_work_delete (self->page, field->id, field->label);
}

static int
find_row (gpointer owner,
          gint64   field)
{
  RungsFieldsGroup *self = owner;
  guint place = place_of (self, field);

  return place < self->rows->len ? (int) place : -1;
}

static void
move_row (gpointer owner,
          gint64   field,
          int      place)
{
  move (owner, field, place);
}

static const RungsRowMoves MOVES = { find_row, move_row };

/* ---- the rows */

static GMenu *
new_menu (RungsFieldsGroup *self,
          const RungsField *field)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) moves = g_menu_new ();
  g_autoptr (GMenu) ends = g_menu_new ();

  rungs_row_menu_append (menu, _ ("_Edit…"), "fields.edit", field->id);
  if (field->retired_at == 0)
    {
      rungs_row_menu_append (moves, _ ("Move _Up"), "fields.up", field->id);
      rungs_row_menu_append (moves, _ ("Move _Down"), "fields.down", field->id);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (moves));
      rungs_row_menu_append (ends, _ ("_Retire"), "fields.retire", field->id);
    }
  else
    rungs_row_menu_append (ends, _ ("_Bring Back"), "fields.bring-back", field->id);
  rungs_row_menu_append (
    ends, leads_of (self, field->id) > 0 ? _ ("_Delete with All Values") : _ ("_Delete"),
    "fields.delete", field->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ends));
  return menu;
}

/* "Money (EUR) · 1,204 leads have a value" */
static char *
describe (RungsFieldsGroup *self,
          const RungsField *field)
{
  gint64 count = leads_of (self, field->id);
  g_autofree char *number = rungs_display_number (count);
  g_autofree char *leads
    = count == 0 ? g_strdup (_ ("no lead has a value"))
                 : g_strdup_printf (ngettext ("%s lead has a value", "%s leads have a value",
                                              (gulong) count),
                                    number);
  g_autoptr (GString) words = g_string_new (rungs_field_kind_words (field->kind));

  if (field->currency != NULL)
    g_string_append_printf (words, " (%s)", field->currency);
  g_string_append_printf (words, " · %s", leads);
  return g_strdup (words->str);
}

static GtkWidget *
new_row (RungsFieldsGroup *self,
         const RungsField *field)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GMenu) menu = new_menu (self, field);
  g_autofree char *subtitle = describe (self, field);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), rungs_row_menu_button_new (menu, field->label));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", field->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "fields.edit");
  return row;
}

static void
clear_rows (RungsFieldsGroup *self)
{
  rungs_focus_close_popovers (GTK_WIDGET (self->group));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  for (guint i = 0; i < self->put_away->len; i++)
    adw_expander_row_remove (self->retired_row, g_ptr_array_index (self->put_away, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->put_away, 0);
}

static void
add_row (RungsFieldsGroup *self,
         const RungsField *field)
{
  GtkWidget *row = new_row (self, field);

  if (field->retired_at == 0)
    {
      rungs_movable_row_make (ADW_ACTION_ROW (row), field->id, &MOVES, self);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  else
    {
      adw_expander_row_add_row (self->retired_row, row);
      g_ptr_array_add (self->put_away, row);
    }
}

static void
show_fields (RungsFieldsGroup *self)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  clear_rows (self);
  g_object_ref (self->retired_row);
  adw_preferences_group_remove (self->group, GTK_WIDGET (self->retired_row));
  for (guint i = 0; i < self->fields->len; i++)
    add_row (self, g_ptr_array_index (self->fields, i));
  adw_preferences_group_add (self->group, GTK_WIDGET (self->retired_row));
  g_object_unref (self->retired_row);
  gtk_widget_set_visible (GTK_WIDGET (self->none_row), self->fields->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->retired_row), self->put_away->len > 0);
  for (guint i = 0; focused && i < self->rows->len; i++)
    if (rungs_movable_row_get_id (g_ptr_array_index (self->rows, i)) == self->to_focus)
      gtk_widget_grab_focus (g_ptr_array_index (self->rows, i));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsFieldsGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Fields) fields = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL)
    return;
  if (fields == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Fields Could Not Be Read"), error);
      return;
    }
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  self->fields = g_steal_pointer (&fields->fields);
  self->counts = g_steal_pointer (&fields->counts);
  g_strlcpy (self->currency, fields->currency, sizeof self->currency);
  show_fields (self);
}

static void
rungs_fields_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&RUNGS_FIELDS_GROUP (object)->page);

  G_OBJECT_CLASS (rungs_fields_group_parent_class)->dispose (object);
}

static void
rungs_fields_group_finalize (GObject *object)
{
  RungsFieldsGroup *self = RUNGS_FIELDS_GROUP (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->put_away);

  G_OBJECT_CLASS (rungs_fields_group_parent_class)->finalize (object);
}

static void
rungs_fields_group_class_init (RungsFieldsGroupClass *klass)
{
  static const char *const ACTIONS[] = { "fields.edit",   "fields.up",         "fields.down",
                                         "fields.retire", "fields.bring-back", "fields.delete" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_fields_group_dispose;
  object_class->finalize = rungs_fields_group_finalize;

  gtk_widget_class_install_action (widget_class, "fields.add", NULL, add_action);
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (widget_class, ACTIONS[i], "x", field_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-fields-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFieldsGroup, group);
  gtk_widget_class_bind_template_child (widget_class, RungsFieldsGroup, none_row);
  gtk_widget_class_bind_template_child (widget_class, RungsFieldsGroup, retired_row);
}

static void
rungs_fields_group_init (RungsFieldsGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->put_away = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_fields_group_refresh (RungsFieldsGroup *self,
                            RungsPage        *page)
{
  g_return_if_fail (RUNGS_IS_FIELDS_GROUP (self));
  g_return_if_fail (RUNGS_IS_PAGE (page));

  g_set_weak_pointer (&self->page, page);
  rungs_store_read_async (rungs_page_get_store (page), load, NULL, NULL, fields_free, NULL,
                          loaded_cb, g_object_ref (self));
}
