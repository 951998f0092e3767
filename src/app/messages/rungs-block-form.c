/* rungs-block-form.c: the fields of one block.
 *
 * Each field knows which text of the block it holds, by its offset in RungsBlock. */

#include "rungs-block-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-columns-field.h"
#include "rungs-picture-field.h"
#include "rungs-product-field.h"
#include "rungs-rich-text.h"
#include "rungs-signature-view.h"
#include "widgets/rungs-drop-down.h"

#define TEXT_OF(self, field) G_STRUCT_MEMBER (char *, (self)->block, (field)->offset)

/* A field with a text. */
typedef struct
{
  GtkWidget *widget; /* RungsRichText, GtkTextView or a GtkEditable */
  gsize offset;      /* of the text in RungsBlock */
} Field;

struct _RungsBlockForm
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *picture; /* (nullable) a RungsPictureField */
  GtkWidget *alt;     /* (nullable) the entry of its words */
  RungsStore *store;  /* (owned) (nullable) */
  RungsBlock *block;  /* (unowned) */
  GArray *fields;     /* (owned) of Field */
  gboolean filling;   /* the fields change because of us */
};

G_DEFINE_FINAL_TYPE (RungsBlockForm, rungs_block_form, GTK_TYPE_WIDGET)

/* ---- changes */

static void
tell_changed (RungsBlockForm *self,
              gconstpointer   place)
{
  g_autofree char *name = g_strdup_printf ("%p", place);

  if (!self->filling)
    gtk_widget_activate_action (GTK_WIDGET (self), "blocks.changed", "s", name);
}

static char *
dup_text (GtkWidget *widget)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer;

  if (RUNGS_IS_RICH_TEXT (widget))
    return rungs_rich_view_dup_markdown (rungs_rich_text_get_view (RUNGS_RICH_TEXT (widget)));
  if (GTK_IS_EDITABLE (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
show_text (GtkWidget  *widget,
           const char *text)
{
  if (RUNGS_IS_RICH_TEXT (widget))
    rungs_rich_view_set_markdown (rungs_rich_text_get_view (RUNGS_RICH_TEXT (widget)), text);
  else if (GTK_IS_EDITABLE (widget))
    gtk_editable_set_text (GTK_EDITABLE (widget), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), text, -1);
}

static Field *
field_of (RungsBlockForm *self,
          GtkWidget      *widget)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_array_index (self->fields, Field, i).widget == widget)
      return &g_array_index (self->fields, Field, i);
  return NULL;
}

static void
edited_cb (RungsBlockForm *self,
           GtkWidget      *widget)
{
  Field *field = field_of (self, widget);
  char **text = &TEXT_OF (self, field);

  if (self->filling)
    return;
  g_free (*text);
  *text = dup_text (widget);
  tell_changed (self, widget);
}

static void
buffer_changed_cb (GtkTextBuffer  *buffer,
                   RungsBlockForm *self)
{
  edited_cb (self, g_object_get_data (G_OBJECT (buffer), "view"));
}

/* ---- fields */

static void
add_field (RungsBlockForm *self,
           GtkWidget      *widget,
           gsize           offset)
{
  Field field = { widget, offset };

  g_array_append_val (self->fields, field);
  self->filling = TRUE;
  show_text (widget, TEXT_OF (self, &field));
  self->filling = FALSE;
}

/* `label` over the field, unless it is NULL; `name` for screen readers. */
static GtkWidget *
add_labelled (RungsBlockForm *self,
              GtkWidget      *widget,
              const char     *label)
{
  if (label != NULL)
    {
      GtkWidget *over = gtk_label_new (label);

      gtk_label_set_xalign (GTK_LABEL (over), 0);
      gtk_widget_add_css_class (over, "caption");
      gtk_widget_add_css_class (over, "dim-label");
      gtk_box_append (GTK_BOX (self->box), over);
    }
  gtk_box_append (GTK_BOX (self->box), widget);
  return widget;
}

static GtkWidget *
add_rich (RungsBlockForm *self,
          RungsRichMode   mode,
          gsize           offset,
          const char     *label,
          const char     *name)
{
  GtkWidget *text = rungs_rich_text_new (mode, name);

  add_labelled (self, text, label);
  add_field (self, text, offset);
  g_signal_connect_object (text, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return text;
}

static GtkWidget *
add_entry (RungsBlockForm *self,
           gsize           offset,
           const char     *label,
           const char     *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  add_labelled (self, entry, label);
  add_field (self, entry, offset);
  g_signal_connect_object (entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

/* ---- headings */

static void
level_changed_cb (GtkDropDown    *levels,
                  GParamSpec     *property,
                  RungsBlockForm *self)
{
  self->block->level = (int) gtk_drop_down_get_selected (levels) + 1;
  tell_changed (self, NULL);
}

static void
add_heading (RungsBlockForm *self)
{
  const char *const names[] = { _ ("Large"), _ ("Small"), NULL };
  GtkWidget *levels = gtk_drop_down_new_from_strings (names);
  GtkWidget *text = add_rich (self, RUNGS_RICH_MODE_LINE, G_STRUCT_OFFSET (RungsBlock, text), NULL,
                              _ ("Heading"));

  gtk_widget_add_css_class (text, self->block->level == 1 ? "title-2" : "title-4");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (levels), self->block->level == 1 ? 0 : 1);
  rungs_drop_down_set_label (GTK_DROP_DOWN (levels), _ ("Size"));
  gtk_widget_set_halign (levels, GTK_ALIGN_START);
  g_signal_connect_object (levels, "notify::selected", G_CALLBACK (level_changed_cb), self, 0);
  gtk_box_append (GTK_BOX (self->box), levels);
}

/* ---- pictures */

static void
show_alt (RungsBlockForm *self)
{
  gboolean is_missing = *self->block->alt == '\0' && !self->block->decorative;

  gtk_widget_set_sensitive (self->alt, !self->block->decorative);
  if (is_missing)
    gtk_widget_add_css_class (self->alt, "warning");
  else
    gtk_widget_remove_css_class (self->alt, "warning");
}

static void
decorative_toggled_cb (GtkCheckButton *button,
                       RungsBlockForm *self)
{
  self->block->decorative = gtk_check_button_get_active (button);
  show_alt (self);
  tell_changed (self, NULL);
}

static void
width_changed_cb (GtkSpinButton  *spin,
                  RungsBlockForm *self)
{
  self->block->width = gtk_spin_button_get_value_as_int (spin);
  tell_changed (self, spin);
}

static void
picture_picked_cb (RungsBlockForm *self,
                   const char     *key)
{
  g_free (self->block->picture);
  self->block->picture = g_strdup (key);
  tell_changed (self, NULL);
  if (*self->block->alt == '\0')
    gtk_widget_grab_focus (self->alt);
}

static void
add_picture (RungsBlockForm *self)
{
  GtkWidget *decorative = gtk_check_button_new_with_mnemonic (_ ("It only _decorates"));
  GtkWidget *width = gtk_spin_button_new_with_range (0, 1200, 10);

  self->picture = rungs_picture_field_new (self->store, self->block->picture);
  g_signal_connect_object (self->picture, "picked", G_CALLBACK (picture_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->picture);
  self->alt = add_entry (self, G_STRUCT_OFFSET (RungsBlock, alt), _ ("What it shows, in words"),
                         _ ("for those who do not see it"));
  g_signal_connect_object (self->alt, "changed", G_CALLBACK (show_alt), self, G_CONNECT_SWAPPED);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (decorative), self->block->decorative);
  g_signal_connect_object (decorative, "toggled", G_CALLBACK (decorative_toggled_cb), self, 0);
  gtk_box_append (GTK_BOX (self->box), decorative);
  add_entry (self, G_STRUCT_OFFSET (RungsBlock, link), _ ("Where it leads"), "https://…");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (width), self->block->width);
  gtk_accessible_update_property (GTK_ACCESSIBLE (width), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Width in pixels; 0: its own"), -1);
  gtk_widget_set_halign (width, GTK_ALIGN_START);
  add_labelled (self, width, _ ("Width in pixels; 0: its own"));
  g_signal_connect_object (width, "value-changed", G_CALLBACK (width_changed_cb), self, 0);
  show_alt (self);
}

/* ---- the others */

static void
product_picked_cb (RungsBlockForm *self,
                   const char     *sku)
{
  g_free (self->block->sku);
  self->block->sku = g_strdup (sku);
  tell_changed (self, NULL);
}

static void
add_product (RungsBlockForm *self)
{
  GtkWidget *product = rungs_product_field_new (self->store, self->block->sku);

  g_signal_connect_object (product, "picked", G_CALLBACK (product_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), product);
  add_rich (self, RUNGS_RICH_MODE_TEXT, G_STRUCT_OFFSET (RungsBlock, text),
            _ ("What you say about it"), _ ("What you say about it"));
  add_rich (self, RUNGS_RICH_MODE_PLAIN, G_STRUCT_OFFSET (RungsBlock, button),
            _ ("What its button says; empty: it has none"), _ ("What its button says"));
}

static void
add_button (RungsBlockForm *self)
{
  add_rich (self, RUNGS_RICH_MODE_PLAIN, G_STRUCT_OFFSET (RungsBlock, text), _ ("What it says"),
            _ ("What it says"));
  add_entry (self, G_STRUCT_OFFSET (RungsBlock, link), _ ("Where it leads"), "https://…");
}

static void
add_html (RungsBlockForm *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_widget_add_css_class (view, "block-source");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "HTML",
                                  -1);
  gtk_box_append (GTK_BOX (self->box), view);
  add_field (self, view, G_STRUCT_OFFSET (RungsBlock, html));
  g_object_set_data (G_OBJECT (buffer), "view", view);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (buffer_changed_cb), self, 0);
}

static void
add_fields (RungsBlockForm *self)
{
  switch (self->block->type)
    {
    case RUNGS_BLOCK_TEXT:
      add_rich (self, RUNGS_RICH_MODE_TEXT, G_STRUCT_OFFSET (RungsBlock, text), NULL, _ ("Text"));
      break;
    case RUNGS_BLOCK_HEADING:
      add_heading (self);
      break;
    case RUNGS_BLOCK_BUTTON:
      add_button (self);
      break;
    case RUNGS_BLOCK_PICTURE:
      add_picture (self);
      break;
    case RUNGS_BLOCK_PRODUCT:
      add_product (self);
      break;
    case RUNGS_BLOCK_COLUMNS:
      gtk_box_append (GTK_BOX (self->box), rungs_columns_field_new (self->store, self->block));
      break;
    case RUNGS_BLOCK_DIVIDER:
      gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      break;
    case RUNGS_BLOCK_SIGNATURE:
      gtk_box_append (GTK_BOX (self->box), rungs_signature_view_new (self->store));
      break;
    case RUNGS_BLOCK_HTML:
      add_html (self);
      break;
    default:
      break;
    }
}

/* ---- the class */

static void
rungs_block_form_dispose (GObject *object)
{
  RungsBlockForm *self = RUNGS_BLOCK_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_block_form_parent_class)->dispose (object);
}

static void
rungs_block_form_finalize (GObject *object)
{
  g_array_unref (RUNGS_BLOCK_FORM (object)->fields);
  G_OBJECT_CLASS (rungs_block_form_parent_class)->finalize (object);
}

static void
rungs_block_form_class_init (RungsBlockFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_block_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_block_form_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_block_form_init (RungsBlockForm *self)
{
  self->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rungs_block_form_new (RungsStore *store,
                      RungsBlock *block)
{
  RungsBlockForm *self;

  g_return_val_if_fail (block != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_BLOCK_FORM, NULL);
  g_set_object (&self->store, store);
  self->block = block;
  add_fields (self);
  return GTK_WIDGET (self);
}

/* The block as JSON, with the texts of our fields taken from `texts`. */
static char *
json_with (RungsBlockForm   *self,
           const RungsBlock *block,
           const RungsBlock *texts)
{
  g_autoptr (GPtrArray) one = rungs_blocks_new ();
  RungsBlock *copy = rungs_block_copy (block);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = &g_array_index (self->fields, Field, i);
      char **text = &G_STRUCT_MEMBER (char *, copy, field->offset);

      g_free (*text);
      *text = g_strdup (G_STRUCT_MEMBER (char *, texts, field->offset));
    }
  g_ptr_array_add (one, copy);
  return rungs_blocks_to_json (one);
}

gboolean
rungs_block_form_take_text (RungsBlockForm   *self,
                            const RungsBlock *block)
{
  g_autofree char *mine = NULL;
  g_autofree char *other = NULL;

  g_return_val_if_fail (RUNGS_IS_BLOCK_FORM (self), FALSE);

  if (self->block->type != block->type)
    return FALSE;
  mine = json_with (self, self->block, block);
  other = json_with (self, block, block);
  if (!g_str_equal (mine, other))
    return FALSE;
  self->filling = TRUE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = &g_array_index (self->fields, Field, i);
      const char *text = G_STRUCT_MEMBER (char *, block, field->offset);

      if (g_str_equal (TEXT_OF (self, field), text))
        continue;
      g_free (TEXT_OF (self, field));
      TEXT_OF (self, field) = g_strdup (text);
      show_text (field->widget, text);
      gtk_widget_grab_focus (field->widget);
    }
  self->filling = FALSE;
  return TRUE;
}

void
rungs_block_form_take_file (RungsBlockForm *self,
                            GFile          *file)
{
  g_return_if_fail (RUNGS_IS_BLOCK_FORM (self));

  if (self->picture != NULL)
    rungs_picture_field_take_file (RUNGS_PICTURE_FIELD (self->picture), file);
}

gboolean
rungs_block_form_enter (RungsBlockForm *self)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_FORM (self), FALSE);

  return gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}
