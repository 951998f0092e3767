/* rungs-form-outline.c: the parts of an opt-in form one below the other.
 *
 * The rows are made anew when there are other fields, or in another order; else what they say is
 * brought up to date. */

#include "rungs-form-outline.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-form-fields.h"
#include "rungs-form-rows.h"
#include "rungs-form-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-movable-row.h"

#define PART "rungs-form-part"
#define MARK "rungs-form-mark"

struct _RungsFormOutline
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkBox *adding;
  GtkListBox *fields;
  GtkListBox *parts;
  GtkWidget *add;

  RungsFormDocument *document; /* (owned) (nullable) */
  char *part;                  /* (owned) */
  char *shape;                 /* (owned) (nullable): of the rows of fields that are there */
  gboolean filling;            /* the program selects, nobody else */
  guint move_source;           /* 0: no move waits */
  gint64 moved;                /* the id of the row that is to be moved, */
  int place;                   /* and where to */
};

G_DEFINE_FINAL_TYPE (RungsFormOutline, rungs_form_outline, GTK_TYPE_WIDGET)

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const PARTS[] = { "texts", "consent", "then", "guard", "look", "languages" };

static const char *
part_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), PART);
}

static GtkListBoxRow *
find_row (RungsFormOutline *self,
          const char       *part)
{
  GtkListBox *const lists[] = { self->fields, self->parts };
  GtkListBoxRow *row;

  for (gsize l = 0; l < G_N_ELEMENTS (lists); l++)
    for (int i = 0; (row = gtk_list_box_get_row_at_index (lists[l], i)) != NULL; i++)
      if (g_str_equal (part_of (row), part))
        return row;
  return NULL;
}

/* ---- moving */

static int
find_place (gpointer owner,
            gint64   id)
{
  RungsFormOutline *self = owner;
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);

  return id >= 1 && id <= (gint64) opt_in->fields->len ? (int) id - 1 : -1;
}

static gboolean
move_due_cb (gpointer data)
{
  RungsFormOutline *self = data;
  JsonNode *root = rungs_form_document_begin (self->document);
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  int from = find_place (self, self->moved);

  self->move_source = 0;
  if (from >= 0 && self->place >= 0 && self->place < (int) opt_in->fields->len)
    rungs_form_json_move (root, "fields", (guint) from, (guint) self->place);
  rungs_form_document_end (self->document, _ ("move of a field"), NULL, root);
  return G_SOURCE_REMOVE;
}

/* A moment later: the row that is dragged, or has the key, must not go while it is at it. */
static void
move_to (gpointer owner,
         gint64   id,
         int      place)
{
  RungsFormOutline *self = owner;

  self->moved = id;
  self->place = place;
  if (self->move_source == 0)
    self->move_source = g_idle_add (move_due_cb, self);
}

static const RungsRowMoves MOVES = { find_place, move_to };

/* ---- rows */

static GtkWidget *
row_new (const char *part)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_set_visible (mark, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  g_object_set_data_full (G_OBJECT (row), PART, g_strdup (part), g_free);
  g_object_set_data (G_OBJECT (row), MARK, mark);
  return row;
}

/* What is wrong with the part; NULL: nothing. `blocks` (out). */
static const char *
find_problem (RungsFormOutline *self,
              const char       *part,
              gboolean         *blocks)
{
  GPtrArray *problems = rungs_draft_get_problems (RUNGS_DRAFT (self->document));
  const char *first = NULL;

  *blocks = FALSE;
  for (guint i = 0; i < problems->len; i++)
    {
      const RungsOptInProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char *where = rungs_form_rows_dup_part (problem->where);

      if (!g_str_equal (where, part) || (first != NULL && !problem->blocks))
        continue;
      first = rungs_form_problem_words (problem);
      *blocks = problem->blocks;
      if (*blocks)
        break;
    }
  return first;
}

static char *
dup_subtitle (RungsFormOutline *self,
              const char       *part)
{
  const RungsOptInField *field
    = g_str_has_prefix (part, "fields.")
        ? rungs_opt_in_find_field (rungs_form_document_get_opt_in (self->document),
                                   part + strlen ("fields."))
        : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (field == NULL)
    return g_strdup ("");
  g_string_append (words, g_str_has_prefix (field->key, "question:")
                            ? rungs_form_kind_words (field->kind)
                            : rungs_form_field_words (field));
  if (field->required)
    g_string_append_printf (words, " · %s", _ ("required"));
  if (field->profile)
    g_string_append_printf (words, " · %s", _ ("if not known"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_row (RungsFormOutline *self,
          GtkListBoxRow    *row)
{
  GtkWidget *mark = g_object_get_data (G_OBJECT (row), MARK);
  g_autofree char *title = rungs_form_rows_dup_title (self->document, part_of (row));
  g_autofree char *subtitle = dup_subtitle (self, part_of (row));
  gboolean blocks;
  const char *problem = find_problem (self, part_of (row), &blocks);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_visible (mark, problem != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), problem);
  gtk_widget_set_css_classes (mark, (const char *[]){ blocks ? "error" : "warning", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
}

static void
show_rows (RungsFormOutline *self)
{
  GtkListBox *const lists[] = { self->fields, self->parts };
  GtkListBoxRow *row;

  for (gsize l = 0; l < G_N_ELEMENTS (lists); l++)
    for (int i = 0; (row = gtk_list_box_get_row_at_index (lists[l], i)) != NULL; i++)
      show_row (self, row);
}

static void
make_rows (RungsFormOutline *self)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->fields, 0)) != NULL)
    gtk_list_box_remove (self->fields, GTK_WIDGET (row));
  for (guint i = 0; i < opt_in->fields->len; i++)
    {
      const RungsOptInField *field = g_ptr_array_index (opt_in->fields, i);
      g_autofree char *part = g_strdup_printf ("fields.%s", field->key);
      GtkWidget *made = row_new (part);

      rungs_movable_row_make (ADW_ACTION_ROW (made), (gint64) i + 1, &MOVES, self);
      gtk_list_box_append (self->fields, made);
    }
}

static char *
dup_shape (RungsFormOutline *self)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  g_autoptr (GString) shape = g_string_new (NULL);

  for (guint i = 0; i < opt_in->fields->len; i++)
    g_string_append_printf (shape, "%s ",
                            ((RungsOptInField *) opt_in->fields->pdata[i])->key);
  return g_string_free (g_steal_pointer (&shape), FALSE);
}

/* ---- what is selected */

static void
select_row (RungsFormOutline *self)
{
  GtkListBoxRow *row = find_row (self, self->part);
  gboolean is_field = row != NULL && gtk_widget_get_parent (GTK_WIDGET (row))
                                       == GTK_WIDGET (self->fields);

  self->filling = TRUE;
  gtk_list_box_select_row (self->fields, is_field ? row : NULL);
  gtk_list_box_select_row (self->parts, is_field ? NULL : row);
  self->filling = FALSE;
}

static void
selected_cb (RungsFormOutline *self,
             GtkListBoxRow    *row)
{
  if (self->filling || row == NULL || g_str_equal (part_of (row), self->part))
    return;
  g_free (self->part);
  self->part = g_strdup (part_of (row));
  select_row (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
activated_cb (RungsFormOutline *self,
              GtkListBoxRow    *row)
{
  selected_cb (self, row);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* From the last field down to the other parts, and back. */
static gboolean
keynav_cb (GtkListBox       *list,
           GtkDirectionType  direction,
           RungsFormOutline *self)
{
  gboolean down = direction == GTK_DIR_DOWN && list == self->fields;
  gboolean up = direction == GTK_DIR_UP && list == self->parts;
  GtkListBoxRow *row = NULL;

  if (down)
    row = gtk_list_box_get_row_at_index (self->parts, 0);
  for (int i = 0; up && gtk_list_box_get_row_at_index (self->fields, i) != NULL; i++)
    row = gtk_list_box_get_row_at_index (self->fields, i);
  if (row == NULL)
    return FALSE;
  selected_cb (self, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}

/* ---- all of it */

static void
set_picks (RungsFormOutline *self)
{
  g_autoptr (GPtrArray) picks = rungs_form_fields_picks (self->document);

  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (self->add), picks);
}

static void
show (RungsFormOutline *self)
{
  g_autofree char *shape = NULL;
  gboolean focused = rungs_focus_is_in (GTK_WIDGET (self->fields));

  if (self->document == NULL || rungs_form_document_get_facts (self->document) == NULL)
    return;
  shape = dup_shape (self);
  if (g_strcmp0 (shape, self->shape) != 0)
    {
      g_free (self->shape);
      self->shape = g_steal_pointer (&shape);
      self->filling = TRUE;
      make_rows (self);
      self->filling = FALSE;
    }
  set_picks (self);
  show_rows (self);
  if (find_row (self, self->part) == NULL)
    {
      g_free (self->part);
      self->part = g_strdup (gtk_list_box_get_row_at_index (self->fields, 0) != NULL
                               ? part_of (gtk_list_box_get_row_at_index (self->fields, 0))
                               : "texts");
      select_row (self);
      g_signal_emit (self, signals[SELECTED], 0);
    }
  select_row (self);
  if (focused)
    rungs_form_outline_focus (self);
}

static void
picked_cb (RungsFormOutline *self,
           const char       *value)
{
  rungs_pick_button_set_value (RUNGS_PICK_BUTTON (self->add), NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "form.add-field", "s", value);
}

/* ---- the class */

static void
rungs_form_outline_dispose (GObject *object)
{
  RungsFormOutline *self = RUNGS_FORM_OUTLINE (object);

  g_clear_handle_id (&self->move_source, g_source_remove);
  if (self->box != NULL) /* that the rows go is no choice of the user's */
    {
      g_signal_handlers_disconnect_by_data (self->fields, self);
      g_signal_handlers_disconnect_by_data (self->parts, self);
    }
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (rungs_form_outline_parent_class)->dispose (object);
}

static void
rungs_form_outline_finalize (GObject *object)
{
  g_free (RUNGS_FORM_OUTLINE (object)->part);
  g_free (RUNGS_FORM_OUTLINE (object)->shape);
  G_OBJECT_CLASS (rungs_form_outline_parent_class)->finalize (object);
}

static void
rungs_form_outline_class_init (RungsFormOutlineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_form_outline_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_form_outline_finalize;
  signals[SELECTED] = g_signal_new ("selected", RUNGS_TYPE_FORM_OUTLINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", RUNGS_TYPE_FORM_OUTLINE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-form-outline.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "form.delete", NULL);
  gtk_widget_class_bind_template_child (widget_class, RungsFormOutline, box);
  gtk_widget_class_bind_template_child (widget_class, RungsFormOutline, adding);
  gtk_widget_class_bind_template_child (widget_class, RungsFormOutline, fields);
  gtk_widget_class_bind_template_child (widget_class, RungsFormOutline, parts);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rungs_form_outline_init (RungsFormOutline *self)
{
  self->part = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->add = rungs_pick_button_new (_ ("Add a field"), "");
  rungs_pick_button_set_icon (RUNGS_PICK_BUTTON (self->add), "list-add-symbolic",
                              _ ("Add a field (Insert)"));
  gtk_box_append (self->adding, self->add);
  g_signal_connect_swapped (self->add, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect (self->fields, "keynav-failed", G_CALLBACK (keynav_cb), self);
  g_signal_connect (self->parts, "keynav-failed", G_CALLBACK (keynav_cb), self);
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    gtk_list_box_append (self->parts, row_new (PARTS[i]));
}

void
rungs_form_outline_set_document (RungsFormOutline  *self,
                                 RungsFormDocument *document)
{
  g_return_if_fail (RUNGS_IS_FORM_OUTLINE (self));

  g_clear_handle_id (&self->move_source, g_source_remove);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_pointer (&self->shape, g_free);
  g_free (self->part);
  self->part = g_strdup ("");
  g_set_object (&self->document, document);
  if (document != NULL)
    g_signal_connect_object (document, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

const char *
rungs_form_outline_get_part (RungsFormOutline *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_OUTLINE (self), NULL);

  return self->part;
}

void
rungs_form_outline_select (RungsFormOutline *self,
                           const char       *part)
{
  g_return_if_fail (RUNGS_IS_FORM_OUTLINE (self));
  g_return_if_fail (part != NULL);

  if (g_str_equal (part, self->part) || find_row (self, part) == NULL)
    return;
  g_free (self->part);
  self->part = g_strdup (part);
  select_row (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

gboolean
rungs_form_outline_focus (RungsFormOutline *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (RUNGS_IS_FORM_OUTLINE (self), FALSE);

  row = find_row (self, self->part);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
rungs_form_outline_open_list (RungsFormOutline *self)
{
  g_return_if_fail (RUNGS_IS_FORM_OUTLINE (self));

  rungs_pick_button_open_list (RUNGS_PICK_BUTTON (self->add));
}
