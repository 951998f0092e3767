/* rungs-letter-group.c: the sales letters of a product, by path. */

#include "rungs-letter-group.h"

#include <glib/gi18n.h>

#include "ladder/rungs-sales-letter-store.h"
#include "rungs-letter-dialog.h"

struct _RungsLetterGroup
{
  GtkWidget parent_instance;

  GtkWidget *group;          /* an AdwPreferencesGroup */
  RungsLadderWriter *writer; /* (owned) (nullable) */
  GPtrArray *letters;        /* (owned) (nullable) (element-type RungsSalesLetter) */
  GPtrArray *rows;           /* (owned) (element-type GtkWidget) */
  gint64 product;
};

G_DEFINE_FINAL_TYPE (RungsLetterGroup, rungs_letter_group, GTK_TYPE_WIDGET)

static GtkWindow *
window_of (RungsLetterGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
row_activated_cb (RungsLetterGroup *self,
                  GtkWidget        *row)
{
  guint i;

  if (g_ptr_array_find (self->rows, row, &i) && i < self->letters->len)
    rungs_letter_dialog_present (window_of (self), self->writer, self->letters->pdata[i]);
}

void
rungs_letter_group_add (RungsLetterGroup *self)
{
  g_autoptr (RungsSalesLetter) letter = NULL;

  g_return_if_fail (RUNGS_IS_LETTER_GROUP (self));

  if (self->product == 0)
    return;
  letter = rungs_sales_letter_new (self->product, RUNGS_LETTER_EMAIL);
  rungs_letter_dialog_present (window_of (self), self->writer, letter);
}

static void
rungs_letter_group_dispose (GObject *object)
{
  RungsLetterGroup *self = RUNGS_LETTER_GROUP (object);

  g_clear_object (&self->writer);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_letter_group_parent_class)->dispose (object);
}

static void
rungs_letter_group_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_LETTER_GROUP (object)->rows);
  G_OBJECT_CLASS (rungs_letter_group_parent_class)->finalize (object);
}

static void
rungs_letter_group_class_init (RungsLetterGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_letter_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_letter_group_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_letter_group_init (RungsLetterGroup *self)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("Sales Letters"));
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, _ ("Add a sales letter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a sales letter"), -1);
  g_signal_connect_object (add, "clicked", G_CALLBACK (rungs_letter_group_add), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->group), add);
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
}

void
rungs_letter_group_set_writer (RungsLetterGroup  *self,
                               RungsLadderWriter *writer)
{
  g_return_if_fail (RUNGS_IS_LETTER_GROUP (self));

  self->writer = g_object_ref (writer);
}

static void
add_row (RungsLetterGroup *self,
         const char       *title,
         const char       *subtitle,
         gboolean          activatable)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), activatable);
  if (activatable)
    {
      g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                               G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_letter (RungsLetterGroup       *self,
            const RungsSalesLetter *letter)
{
  const char *hint = rungs_letter_hint_to_words (rungs_sales_letter_get_hint (letter));
  const char *more = letter->retired_at != 0 ? _ ("no longer used") : hint;
  g_autofree char *subtitle
    = more != NULL ? g_strdup_printf ("%s\n%s", rungs_letter_path_words (letter->path), more)
                   : g_strdup (rungs_letter_path_words (letter->path));

  add_row (self, letter->name, subtitle, TRUE);
  if (letter->retired_at != 0)
    gtk_widget_add_css_class (self->rows->pdata[self->rows->len - 1], "dim-label");
}

void
rungs_letter_group_show (RungsLetterGroup *self,
                         gint64            product,
                         GPtrArray        *letters)
{
  g_return_if_fail (RUNGS_IS_LETTER_GROUP (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  self->letters = g_ptr_array_ref (letters);
  self->product = product;
  for (guint i = 0; i < letters->len; i++)
    add_letter (self, g_ptr_array_index (letters, i));
  if (letters->len == 0)
    add_row (self, _ ("None yet"),
             _ ("A page for messages, one for advertisements, a script for the telephone"), FALSE);
}
