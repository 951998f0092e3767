/* rungs-lead-fact.c: a fact of a lead that is edited where it stands. */

#include "rungs-lead-fact.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "rungs-lead-check.h"
#include "rungs-lead-fact-work.h"
#include "rungs-merge-window.h"
#include "rungs-page.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-field-editor.h"
#include "widgets/rungs-wrapping-label.h"

/* The width of the column of the titles; a longer one wraps. */
#define TITLE_CHARS 12
/* What the button around the text of a fact adds above it. */
#define VALUE_ABOVE 4

struct _RungsLeadFact
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *title;
  GtkWidget *value;     /* the button that begins editing */
  GtkLabel *label;      /* in it */
  GtkWidget *link;      /* opens what it names */
  GtkWidget *trouble;   /* what is wrong, and what can be done */
  GtkLabel *fault;
  GtkWidget *others;    /* the buttons about the other lead */
  GtkWidget *hint;      /* writes the telephone number in the international form */
  GtkWidget *editor;    /* (nullable): while it is edited */
  GtkWidget *languages; /* (nullable): beside the editor of the language */

  RungsLeadFactItem *item; /* (owned) (nullable): what is shown */
  gint64 lead;             /* whose is edited */
  char *before;            /* (owned) (nullable): what the person saw when editing began */
  gboolean writing;
  gint64 other;            /* the lead that has the address */
  gboolean wide;
};

G_DEFINE_FINAL_TYPE (RungsLeadFact, rungs_lead_fact, GTK_TYPE_WIDGET)

enum
{
  PROP_WIDE = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

/* ---- what is shown */

RungsLeadFactItem *
rungs_lead_fact_item_new (gint64      key,
                          gint64      lead,
                          const char *name,
                          RungsField *field,
                          char       *text,
                          char       *words,
                          char       *link)
{
  RungsLeadFactItem *self = g_new0 (RungsLeadFactItem, 1);

  self->key = key;
  self->lead = lead;
  self->name = g_strdup (name);
  self->field = field;
  self->text = text != NULL ? text : g_strdup ("");
  self->words = words != NULL ? words : g_strdup (self->text);
  self->link = link;
  return self;
}

void
rungs_lead_fact_item_free (RungsLeadFactItem *self)
{
  g_free (self->name);
  g_free (self->text);
  g_free (self->words);
  g_free (self->link);
  rungs_field_free (self->field);
  g_free (self);
}

static RungsLeadFactItem *
copy_item (const RungsLeadFactItem *item)
{
  RungsLeadFactItem *copy = rungs_lead_fact_item_new (
    item->key, item->lead, item->name, rungs_field_copy (item->field), g_strdup (item->text),
    g_strdup (item->words), g_strdup (item->link));

  copy->country = item->country;
  return copy;
}

static void
show_words (RungsLeadFact *self)
{
  const RungsLeadFactItem *item = self->item;
  gboolean empty = *item->words == '\0';
  g_autofree char *hint = g_strdup_printf (_ ("Add %s…"), item->field->label);
  g_autofree char *said = NULL;

  gtk_label_set_label (GTK_LABEL (self->title), item->field->label);
  gtk_label_set_label (self->label, !empty ? item->words : self->wide ? hint : "–");
  if (empty)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  said = g_strdup_printf ("%s: %s", item->field->label, empty ? _ ("not known") : item->words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->value), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  said, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("Edit"), -1);
  gtk_widget_set_visible (self->link, item->link != NULL && self->editor == NULL);
  if (item->link == NULL)
    return;
  gtk_widget_set_tooltip_text (self->link, item->link);
  gtk_button_set_icon_name (GTK_BUTTON (self->link), g_str_has_prefix (item->link, "tel:")
                                                       ? "call-start-symbolic"
                                                       : "web-browser-symbolic");
}

static void
show_trouble (RungsLeadFact *self,
              const char    *words,
              gint64         other)
{
  self->other = other;
  gtk_label_set_label (self->fault, words != NULL ? words : "");
  gtk_widget_set_visible (self->others, other != 0);
  gtk_widget_set_visible (self->trouble, words != NULL);
  if (self->editor != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words ? words : "", -1);
}

/* ---- editing */

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Ends editing; what is shown is what is known. */
static void
end_editing (RungsLeadFact *self)
{
  GtkWidget *editor = g_steal_pointer (&self->editor);
  gboolean focused;

  if (editor == NULL)
    return;
  focused = has_focus (GTK_WIDGET (self));
  gtk_widget_set_visible (self->value, TRUE);
  if (focused)
    gtk_widget_grab_focus (self->value);
  gtk_grid_remove (GTK_GRID (self->grid), editor);
  if (self->languages != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), g_steal_pointer (&self->languages));
  gtk_widget_set_visible (self->hint, FALSE);
  g_clear_pointer (&self->before, g_free);
  show_trouble (self, NULL, 0);
  if (self->item != NULL)
    show_words (self);
}

/* What can be told without asking the file; NULL: nothing is wrong. */
static char *
dup_fault (RungsLeadFact *self,
           const char    *text)
{
  const char *fault = rungs_lead_check_fault (self->item->name, text);

  if (fault != NULL)
    return g_strdup (fault);
  return rungs_field_editor_dup_fault (RUNGS_FIELD_EDITOR (self->editor));
}

static void
offer_undo (RungsPage               *page,
            const RungsLeadFactWork *work,
            const char              *title,
            const char              *stored)
{
  g_autofree char *done = g_strdup_printf (_ ("%s was changed"), title);
  const RungsPageWork undo = {
    .func = rungs_lead_fact_work,
    .data = rungs_lead_fact_work_new (work->lead, work->name, stored, work->before),
    .data_free = (GDestroyNotify) rungs_lead_fact_work_unref,
    .result_free = g_free,
    .failed = _ ("The Change Could Not Be Taken Back"),
  };

  rungs_page_offer_undo (page, done, &undo);
}

/* A write under way. */
typedef struct
{
  RungsLeadFact *fact;     /* (owned) */
  RungsPage *page;         /* (owned) */
  RungsLeadFactWork *work; /* (owned) */
  char *title;             /* (owned) */
} Writing;

static void
writing_free (Writing *self)
{
  g_object_unref (self->fact);
  g_object_unref (self->page);
  rungs_lead_fact_work_unref (self->work);
  g_free (self->title);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static void
show_failure (RungsLeadFact           *self,
              const RungsLeadFactWork *work,
              const GError            *error)
{
  g_autofree char *words = NULL;

  if (work->meanwhile == NULL)
    words = rungs_error_words (error);
  else if (*work->meanwhile == '\0')
    words = g_strdup (_ ("Meanwhile somebody took it away. Enter keeps yours, Escape leaves it."));
  else
    words = g_strdup_printf (_ ("Meanwhile somebody made it “%s”. Enter keeps yours, Escape leaves"
                                " theirs."),
                             work->meanwhile);
  if (work->meanwhile != NULL)
    {
      g_free (self->before);
      self->before = g_strdup (work->meanwhile);
    }
  show_trouble (self, words, work->other);
}

/* Until the lead is read again. */
static void
take_stored (RungsLeadFact *self,
             const char    *stored)
{
  g_free (self->item->text);
  g_free (self->item->words);
  self->item->text = g_strdup (stored);
  self->item->words = g_strdup (stored);
  end_editing (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Writing) writing = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  RungsLeadFact *self = writing->fact;
  gboolean here = self->editor != NULL && self->lead == writing->work->lead;

  self->writing = FALSE;
  if (stored != NULL)
    {
      if (gtk_widget_get_root (GTK_WIDGET (writing->page)) != NULL)
        offer_undo (writing->page, writing->work, writing->title, stored);
      if (here)
        take_stored (self, stored);
    }
  else if (here)
    show_failure (self, writing->work, error);
  else if (gtk_widget_get_root (GTK_WIDGET (writing->page)) != NULL)
    rungs_error_tell (GTK_WIDGET (writing->page), _ ("The Lead Could Not Be Changed"), error);
}

static void
write_down (RungsLeadFact *self,
            const char    *text)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE);
  RungsStore *store = page != NULL ? rungs_page_get_store (RUNGS_PAGE (page)) : NULL;
  Writing *writing;

  if (store == NULL)
    return;
  writing = g_new0 (Writing, 1);
  writing->fact = g_object_ref (self);
  writing->page = g_object_ref (RUNGS_PAGE (page));
  writing->title = g_strdup (self->item->field->label);
  writing->work = rungs_lead_fact_work_new (self->lead, self->item->name, self->before, text);
  self->writing = TRUE;
  rungs_store_write_async (store, rungs_lead_fact_work, rungs_lead_fact_work_ref (writing->work),
                           (GDestroyNotify) rungs_lead_fact_work_unref, g_free, NULL, written_cb,
                           writing);
}

/* Stores what was typed, if it can be. */
static void
keep (RungsLeadFact *self)
{
  g_autofree char *text = NULL;
  g_autofree char *fault = NULL;

  if (self->editor == NULL || self->writing)
    return;
  text = rungs_field_editor_dup_text (RUNGS_FIELD_EDITOR (self->editor));
  g_strstrip (text);
  if (strcmp (text, self->before) == 0)
    {
      end_editing (self);
      return;
    }
  fault = dup_fault (self, text);
  show_trouble (self, fault, 0);
  if (fault == NULL)
    write_down (self, text);
}

static gboolean
keep_if_left_cb (gpointer data)
{
  RungsLeadFact *self = data;

  if (self->editor != NULL && !has_focus (GTK_WIDGET (self)))
    keep (self);
  return G_SOURCE_REMOVE;
}

/* When the focus has arrived elsewhere: it may come back. */
static void
left_cb (RungsLeadFact *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, keep_if_left_cb, g_object_ref (self), g_object_unref);
}

static gboolean
key_pressed_cb (RungsLeadFact         *self,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  if (key == GDK_KEY_Escape && self->editor != NULL)
    end_editing (self);
  else if (key == GDK_KEY_F2 && self->editor == NULL)
    rungs_lead_fact_edit (self);
  else
    return FALSE;
  return TRUE;
}

/* ---- what helps to write it */

static gboolean
keep_cb (gpointer self)
{
  keep (self);
  return G_SOURCE_REMOVE;
}

/* What is picked is kept, when its list is gone. */
static void
language_picked_cb (RungsLeadFact *self,
                    const char    *tag)
{
  if (self->editor == NULL)
    return;
  rungs_field_editor_write_line (RUNGS_FIELD_EDITOR (self->editor), tag);
  g_idle_add_full (G_PRIORITY_DEFAULT, keep_cb, g_object_ref (self), g_object_unref);
}

static char *
dup_international (RungsLeadFact *self)
{
  g_autofree char *text = rungs_field_editor_dup_text (RUNGS_FIELD_EDITOR (self->editor));

  return self->item->country != NULL ? rungs_phone_dup_international (text, self->item->country)
                                     : NULL;
}

static void
show_hint (RungsLeadFact *self)
{
  g_autofree char *number = dup_international (self);
  g_autofree char *words = number ? g_strdup_printf (_ ("From abroad: %s"), number) : NULL;

  gtk_widget_set_visible (self->hint, words != NULL);
  gtk_button_set_label (GTK_BUTTON (self->hint), words != NULL ? words : "");
}

static void
hint_clicked_cb (RungsLeadFact *self)
{
  g_autofree char *number = self->editor != NULL ? dup_international (self) : NULL;

  if (number == NULL)
    return;
  gtk_widget_child_focus (self->editor, GTK_DIR_TAB_FORWARD);
  rungs_field_editor_write_line (RUNGS_FIELD_EDITOR (self->editor), number);
}

static void
add_help (RungsLeadFact *self)
{
  if (strcmp (self->item->name, "phone") == 0)
    {
      g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (show_hint), self);
      show_hint (self);
    }
  if (strcmp (self->item->name, "language") != 0)
    return;
  self->languages = rungs_lead_check_new_languages (self->before);
  g_signal_connect_swapped (self->languages, "picked", G_CALLBACK (language_picked_cb), self);
  gtk_grid_attach (GTK_GRID (self->grid), self->languages, 2, 0, 1, 1);
}

void
rungs_lead_fact_edit (RungsLeadFact *self)
{
  g_return_if_fail (RUNGS_IS_LEAD_FACT (self));

  if (self->editor != NULL || self->item == NULL)
    return;
  self->lead = self->item->lead;
  self->before = g_strdup (self->item->text);
  self->editor = rungs_field_editor_new (self->item->field, self->before);
  g_signal_connect_swapped (self->editor, "agreed", G_CALLBACK (keep), self);
  gtk_widget_set_hexpand (self->editor, TRUE);
  gtk_grid_attach (GTK_GRID (self->grid), self->editor, 1, 0, 1, 1);
  add_help (self);
  gtk_widget_set_visible (self->value, FALSE);
  gtk_widget_set_visible (self->link, FALSE);
  gtk_widget_child_focus (self->editor, GTK_DIR_TAB_FORWARD);
}

/* ---- the other lead, who has the address */

static void
show_other_cb (RungsLeadFact *self)
{
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, self->other);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE);

  end_editing (self);
  rungs_page_show_target (RUNGS_PAGE (page), target);
}

static void
merge_cb (RungsLeadFact *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE);
  GArray *both = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (both, self->lead);
  g_array_append_val (both, self->other);
  end_editing (self);
  rungs_merge_open (RUNGS_PAGE (page), both);
}

static void
open_link_cb (RungsLeadFact *self)
{
  g_app_info_launch_default_for_uri_async (self->item->link, NULL, NULL, NULL, NULL);
}

/* ---- the widget */

static void
add_title (RungsLeadFact *self)
{
  self->title = rungs_wrapping_label_new ();
  gtk_widget_add_css_class (self->title, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (self->title), TITLE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (self->title), TITLE_CHARS);
  gtk_widget_set_valign (self->title, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->title, VALUE_ABOVE);
  gtk_grid_attach (GTK_GRID (self->grid), self->title, 0, 0, 1, 1);
}

static void
add_value (RungsLeadFact *self)
{
  self->label = GTK_LABEL (rungs_wrapping_label_new ());
  self->value = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->value), GTK_WIDGET (self->label));
  gtk_widget_add_css_class (self->value, "flat");
  gtk_widget_set_hexpand (self->value, TRUE);
  gtk_widget_set_tooltip_text (self->value, _ ("Edit"));
  g_signal_connect_swapped (self->value, "clicked", G_CALLBACK (rungs_lead_fact_edit), self);
  gtk_grid_attach (GTK_GRID (self->grid), self->value, 1, 0, 1, 1);
  self->link = gtk_button_new ();
  gtk_widget_add_css_class (self->link, "flat");
  gtk_widget_add_css_class (self->link, "small-button");
  gtk_widget_set_valign (self->link, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->link), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Open"), -1);
  g_signal_connect_swapped (self->link, "clicked", G_CALLBACK (open_link_cb), self);
  gtk_grid_attach (GTK_GRID (self->grid), self->link, 2, 0, 1, 1);
}

static GtkWidget *
new_small_button (RungsLeadFact *self,
                  const char    *label,
                  GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "small-button");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
add_trouble (RungsLeadFact *self)
{
  self->trouble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->others = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->fault = GTK_LABEL (rungs_wrapping_label_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->fault), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->fault), "caption");
  gtk_box_append (GTK_BOX (self->others),
                  new_small_button (self, _ ("Show Lead"), G_CALLBACK (show_other_cb)));
  gtk_box_append (GTK_BOX (self->others),
                  new_small_button (self, _ ("Merge…"), G_CALLBACK (merge_cb)));
  gtk_box_append (GTK_BOX (self->trouble), GTK_WIDGET (self->fault));
  gtk_box_append (GTK_BOX (self->trouble), self->others);
  gtk_widget_set_visible (self->trouble, FALSE);
  gtk_grid_attach (GTK_GRID (self->grid), self->trouble, 1, 1, 1, 1);
}

static void
add_hint (RungsLeadFact *self)
{
  self->hint = new_small_button (self, "", G_CALLBACK (hint_clicked_cb));
  gtk_widget_set_halign (self->hint, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->hint, _ ("Write it in the international form"));
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_grid_attach (GTK_GRID (self->grid), self->hint, 1, 2, 1, 1);
}

static void
rungs_lead_fact_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  RungsLeadFact *self = RUNGS_LEAD_FACT (object);

  switch (id)
    {
    case PROP_WIDE:
      self->wide = g_value_get_boolean (value);
      gtk_widget_set_visible (self->title, !self->wide);
      if (self->wide)
        gtk_widget_add_css_class (GTK_WIDGET (self), "wide");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rungs_lead_fact_dispose (GObject *object)
{
  RungsLeadFact *self = RUNGS_LEAD_FACT (object);

  self->editor = NULL;
  self->languages = NULL;
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->item, rungs_lead_fact_item_free);
  g_clear_pointer (&self->before, g_free);
  G_OBJECT_CLASS (rungs_lead_fact_parent_class)->dispose (object);
}

static void
rungs_lead_fact_class_init (RungsLeadFactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_lead_fact_dispose;
  object_class->set_property = rungs_lead_fact_set_property;
  properties[PROP_WIDE] = g_param_spec_boolean (
    "wide", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "leadfact");
}

static void
rungs_lead_fact_init (RungsLeadFact *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 6);
  add_title (self);
  add_value (self);
  add_trouble (self);
  add_hint (self);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
rungs_lead_fact_new (void)
{
  return g_object_new (RUNGS_TYPE_LEAD_FACT, NULL);
}

gboolean
rungs_lead_fact_is_edited (RungsLeadFact *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAD_FACT (self), FALSE);

  return self->editor != NULL;
}

const RungsLeadFactItem *
rungs_lead_fact_get_item (RungsLeadFact *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAD_FACT (self), NULL);

  return self->item;
}

GtkLabel *
rungs_lead_fact_get_label (RungsLeadFact *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAD_FACT (self), NULL);

  return self->label;
}

/* What somebody else made of it while it is edited; our own write is no news. */
static void
tell_meanwhile (RungsLeadFact           *self,
                const RungsLeadFactItem *item)
{
  g_autofree char *words = NULL;

  if (self->writing || strcmp (item->text, self->before) == 0)
    return;
  words = *item->text != '\0'
            ? g_strdup_printf (_ ("Meanwhile somebody made it “%s”. Enter keeps yours, Escape"
                                  " leaves theirs."),
                               item->words)
            : g_strdup (_ ("Meanwhile somebody took it away. Enter keeps yours, Escape leaves"
                           " it."));
  g_free (self->before);
  self->before = g_strdup (item->text);
  show_trouble (self, words, 0);
}

void
rungs_lead_fact_show (RungsLeadFact           *self,
                      const RungsLeadFactItem *item)
{
  g_return_if_fail (RUNGS_IS_LEAD_FACT (self));
  g_return_if_fail (item != NULL);

  if (self->editor != NULL && self->lead != item->lead)
    {
      keep (self);
      end_editing (self);
    }
  g_clear_pointer (&self->item, rungs_lead_fact_item_free);
  self->item = copy_item (item);
  if (self->editor != NULL)
    tell_meanwhile (self, item);
  show_words (self);
}
