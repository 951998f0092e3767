/* rungs-lead-facts.c: the facts of a lead in groups, each edited where it stands. */

#include "rungs-lead-facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-field-store.h"
#include "rungs-lead-check.h"
#include "rungs-lead-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-field-words.h"
#include "widgets/rungs-keyed-rows.h"
#include "widgets/rungs-rows.h"

/* Custom fields have their id as key, the others, which have none, one below 0. */
#define KEY_OF_COLUMN(i) (-100 + (gint64) (i))
#define KEY_EMAIL -1000
#define KEY_SINCE 1

/* In the first part, and in the rest. */
typedef enum
{
  GROUP_PERSON,
  GROUP_NOTES,
  N_FIRST,
  GROUP_ADDRESS = N_FIRST,
  GROUP_MORE,
  GROUP_OWN,
  N_GROUPS,
} Group;

static const char *const TITLES[N_GROUPS] = {
  NULL, NULL, N_ ("Name and Address"), N_ ("More"), N_ ("Fields of Your Own"),
};

/* The columns, but for the address, which stands alone. */
static const struct
{
  const char *column;
  Group group;
  gboolean always; /* shown where it is empty, too */
} COLUMNS[] = {
  { "first_name", GROUP_ADDRESS, FALSE },
  { "last_name", GROUP_ADDRESS, FALSE },
  { "phone", GROUP_PERSON, TRUE },
  { "company", GROUP_PERSON, TRUE },
  { "street", GROUP_ADDRESS, FALSE },
  { "postcode", GROUP_ADDRESS, FALSE },
  { "city", GROUP_ADDRESS, FALSE },
  { "region", GROUP_ADDRESS, FALSE },
  { "country", GROUP_ADDRESS, FALSE },
  { "language", GROUP_MORE, FALSE },
  { "zone", GROUP_MORE, FALSE },
  { "notes", GROUP_NOTES, TRUE },
};

struct _RungsLeadFacts
{
  GtkWidget parent_instance;

  gboolean first;
  GtkWidget *groups[N_GROUPS]; /* (nullable): of another part */
  GtkWidget *rows[N_GROUPS];   /* (nullable) */
  GtkWidget *known;            /* (nullable): what cannot be edited */
  GtkWidget *all;              /* (nullable): a GtkToggleButton */
};

enum
{
  PROP_PART = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RungsLeadFacts, rungs_lead_facts, GTK_TYPE_WIDGET)

/* ---- what is known */

static RungsField *
new_field (const char     *column,
           RungsFieldKind  kind)
{
  RungsField *field = g_new0 (RungsField, 1);

  field->key = g_strdup (column);
  field->label = g_strdup (rungs_lead_column_words (column));
  field->kind = kind;
  field->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  return field;
}

static char *
link_of (const char *column,
         const char *text)
{
  g_autoptr (GString) link = g_string_new ("tel:");

  if (strcmp (column, "phone") != 0 || *text == '\0')
    return NULL;
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text) || *text == '+')
      g_string_append_c (link, *text);
  return g_strdup (link->str);
}

static RungsLeadFactItem *
new_column (const RungsLeadView *view,
            gint64               key,
            const char          *column)
{
  const char *text = rungs_lead_get (view->lead, column);
  RungsFieldKind kind = strcmp (column, "notes") == 0 ? RUNGS_FIELD_LONG : RUNGS_FIELD_TEXT;
  gboolean language = strcmp (column, "language") == 0;
  RungsLeadFactItem *item
    = rungs_lead_fact_item_new (key, view->lead->id, column, new_field (column, kind),
                                g_strdup (text),
                                language ? rungs_lead_check_language_words (text) : NULL,
                                link_of (column, text));

  item->country = rungs_country_find (view->lead->country);
  return item;
}

RungsLeadFactItem *
rungs_lead_facts_new_email (const RungsLeadView *view)
{
  g_return_val_if_fail (view != NULL, NULL);

  return new_column (view, KEY_EMAIL, "email");
}

static const RungsFieldValue *
find_value (const RungsLeadView *view,
            const RungsField    *field)
{
  for (guint i = 0; i < view->values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (view->values, i);

      if (value->field == field->id)
        return value;
    }
  return NULL;
}

static RungsLeadFactItem *
new_own (const RungsLeadView *view,
         const RungsField    *field)
{
  const RungsFieldValue *value = find_value (view, field);
  g_autofree char *name = g_strconcat ("field:", field->key, NULL);

  return rungs_lead_fact_item_new (field->id, view->lead->id, name, rungs_field_copy (field),
                                   value != NULL ? g_strdup (value->text) : NULL,
                                   value != NULL ? rungs_field_value_words (value) : NULL,
                                   value != NULL ? rungs_field_value_dup_link (value) : NULL);
}

/* ---- what is shown of it */

/* Whether the row of that key is being edited: what is typed there must not go. */
static gboolean
is_edited (GtkWidget *rows,
           gint64     key)
{
  for (GtkWidget *row = gtk_widget_get_first_child (rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      const RungsLeadFactItem *item = rungs_lead_fact_get_item (RUNGS_LEAD_FACT (row));

      if (item != NULL && item->key == key && rungs_lead_fact_is_edited (RUNGS_LEAD_FACT (row)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
shows_all (RungsLeadFacts *self)
{
  return self->all != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->all));
}

/* Takes `item`. */
static void
add_item (RungsLeadFacts    *self,
          GPtrArray        **items,
          Group              group,
          gboolean           always,
          RungsLeadFactItem *item)
{
  if (self->rows[group] != NULL
      && (always || *item->text != '\0'
          || shows_all (self)
          || is_edited (self->rows[group], item->key)))
    g_ptr_array_add (items[group], item);
  else
    rungs_lead_fact_item_free (item);
}

static gint64
item_key (gconstpointer item)
{
  return ((const RungsLeadFactItem *) item)->key;
}

static void
show_item (GtkWidget     *row,
           gconstpointer  item)
{
  rungs_lead_fact_show (RUNGS_LEAD_FACT (row), item);
}

static GtkWidget *
new_wide (void)
{
  return g_object_new (RUNGS_TYPE_LEAD_FACT, "wide", TRUE, NULL);
}

static void
show_groups (RungsLeadFacts  *self,
             GPtrArray      **items)
{
  static const RungsKeyedRows lines = { item_key, rungs_lead_fact_new, show_item };
  static const RungsKeyedRows wide = { item_key, new_wide, show_item };

  for (guint i = 0; i < N_GROUPS; i++)
    {
      if (self->rows[i] == NULL)
        continue;
      rungs_keyed_rows_update (self->rows[i], i == GROUP_NOTES ? &wide : &lines, items[i]);
      gtk_widget_set_visible (self->groups[i], items[i]->len > 0);
    }
}

static void
show_known (RungsLeadFacts      *self,
            const RungsLeadView *view)
{
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, KEY_SINCE, _ ("Known since"),
                   rungs_display_day (view->lead->created_at));
  rungs_facts_show (self->known, facts);
}

void
rungs_lead_facts_show (RungsLeadFacts      *self,
                       const RungsLeadView *view)
{
  GPtrArray *items[N_GROUPS];

  g_return_if_fail (RUNGS_IS_LEAD_FACTS (self));
  g_return_if_fail (view != NULL);

  for (guint i = 0; i < N_GROUPS; i++)
    items[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_fact_item_free);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    add_item (self, items, COLUMNS[i].group, COLUMNS[i].always,
              new_column (view, KEY_OF_COLUMN (i), COLUMNS[i].column));
  for (guint i = 0; i < view->fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (view->fields, i);

      if (field->retired_at == 0 || find_value (view, field) != NULL)
        add_item (self, items, GROUP_OWN, FALSE, new_own (view, field));
    }
  show_groups (self, items);
  if (self->known != NULL)
    show_known (self, view);
  for (guint i = 0; i < N_GROUPS; i++)
    g_ptr_array_unref (items[i]);
}

/* ---- the widget */

static void
add_group (RungsLeadFacts *self,
           Group           group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (TITLES[group] != NULL)
    {
      GtkWidget *title = gtk_label_new (_ (TITLES[group]));

      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_widget_add_css_class (title, "caption-heading");
      gtk_widget_add_css_class (title, "dim-label");
      gtk_widget_set_margin_bottom (title, 3);
      gtk_box_append (GTK_BOX (box), title);
    }
  self->groups[group] = box;
  self->rows[group] = g_object_new (RUNGS_TYPE_ROWS, NULL);
  gtk_box_append (GTK_BOX (box), self->rows[group]);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
rungs_lead_facts_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_lead_facts_parent_class)->dispose (object);
}

/* All facts, or those that are known: "lead.show-again" of the details shows them anew. */
static void
all_toggled_cb (GtkToggleButton *all,
                gpointer         data)
{
  gtk_button_set_label (GTK_BUTTON (all), gtk_toggle_button_get_active (all)
                                            ? _ ("Show Fewer Facts")
                                            : _ ("Show All Facts"));
  gtk_widget_activate_action (data, "lead.show-again", NULL);
}

static void
add_rest (RungsLeadFacts *self)
{
  for (guint i = N_FIRST; i < N_GROUPS; i++)
    add_group (self, i);
  self->known = g_object_new (RUNGS_TYPE_ROWS, "spacing", 3, NULL);
  gtk_widget_set_parent (self->known, GTK_WIDGET (self));
  self->all = gtk_toggle_button_new_with_label (_ ("Show All Facts"));
  gtk_widget_add_css_class (self->all, "small-button");
  gtk_widget_set_halign (self->all, GTK_ALIGN_START);
  g_signal_connect (self->all, "toggled", G_CALLBACK (all_toggled_cb), self);
  gtk_widget_set_parent (self->all, GTK_WIDGET (self));
}

static void
rungs_lead_facts_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  RungsLeadFacts *self = RUNGS_LEAD_FACTS (object);

  switch (id)
    {
    case PROP_PART:
      self->first = g_strcmp0 (g_value_get_string (value), "first") == 0;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rungs_lead_facts_constructed (GObject *object)
{
  RungsLeadFacts *self = RUNGS_LEAD_FACTS (object);

  G_OBJECT_CLASS (rungs_lead_facts_parent_class)->constructed (object);
  if (!self->first)
    add_rest (self);
  for (guint i = 0; self->first && i < N_FIRST; i++)
    add_group (self, i);
}

static void
rungs_lead_facts_class_init (RungsLeadFactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = rungs_lead_facts_constructed;
  object_class->dispose = rungs_lead_facts_dispose;
  object_class->set_property = rungs_lead_facts_set_property;
  properties[PROP_PART] = g_param_spec_string (
    "part", NULL, NULL, NULL,
    G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
rungs_lead_facts_init (RungsLeadFacts *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
}
