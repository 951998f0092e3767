/* rungs-merge-chip.c: a value of the reader in a text, as a chip. */

#include "rungs-merge-chip.h"

#include <glib/gi18n.h>

#include "rungs-merge-words.h"

struct _RungsMergeChip
{
  GtkWidget parent_instance;

  GtkWidget *button; /* a GtkMenuButton */
  GtkWidget *entry;  /* what stands in */
  char *path;        /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsMergeChip, rungs_merge_chip, GTK_TYPE_WIDGET)

static guint changed_signal;
static guint removed_signal;

static void
show_words (RungsMergeChip *self)
{
  const char *label = rungs_merge_words_label (self->path);
  const char *fallback = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  /* Translators: a value of the reader, and what stands there if it is not known. */
  g_autofree char *tip = *fallback != '\0' ? g_strdup_printf (_ ("%s, or “%s”"), label, fallback)
                                           : g_strdup_printf (_ ("%s, or nothing"), label);

  gtk_widget_set_tooltip_text (self->button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tip, -1);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (self->button)), GTK_ACCESSIBLE_PROPERTY_LABEL, tip,
    -1);
}

static void
entry_changed_cb (RungsMergeChip *self)
{
  show_words (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
close_popover (RungsMergeChip *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
remove_clicked_cb (RungsMergeChip *self)
{
  close_popover (self);
  g_signal_emit (self, removed_signal, 0);
}

static GtkWidget *
new_popover (RungsMergeChip *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("If it is not known, _write"));
  GtkWidget *remove = gtk_button_new_with_mnemonic (_ ("_Remove"));

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->entry);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("nothing"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("If it is not known, write"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entry_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (close_popover), self);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
rungs_merge_chip_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_MERGE_CHIP (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_merge_chip_parent_class)->dispose (object);
}

static void
rungs_merge_chip_finalize (GObject *object)
{
  g_free (RUNGS_MERGE_CHIP (object)->path);
  G_OBJECT_CLASS (rungs_merge_chip_parent_class)->finalize (object);
}

static void
rungs_merge_chip_class_init (RungsMergeChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_merge_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_merge_chip_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mergechip");
  changed_signal = g_signal_new ("changed", RUNGS_TYPE_MERGE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  removed_signal = g_signal_new ("removed", RUNGS_TYPE_MERGE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_merge_chip_init (RungsMergeChip *self)
{
  self->button = gtk_menu_button_new ();
  self->entry = gtk_entry_new ();
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
rungs_merge_chip_new (const char *path,
                      const char *fallback)
{
  RungsMergeChip *self;

  g_return_val_if_fail (path != NULL && fallback != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_MERGE_CHIP, NULL);
  self->path = g_strdup (path);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), fallback);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button),
                             gtk_label_new (rungs_merge_words_label (path)));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), new_popover (self));
  show_words (self);
  return GTK_WIDGET (self);
}

char *
rungs_merge_chip_dup_liquid (RungsMergeChip *self)
{
  g_autofree char *fallback = NULL;

  g_return_val_if_fail (RUNGS_IS_MERGE_CHIP (self), NULL);

  fallback = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  return rungs_merge_words_write (self->path, fallback);
}

void
rungs_merge_chip_open (RungsMergeChip *self)
{
  g_return_if_fail (RUNGS_IS_MERGE_CHIP (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
