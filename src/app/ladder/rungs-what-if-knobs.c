/* rungs-what-if-knobs.c: the list of what can be supposed otherwise: a foldable list for each
 * product, with the arrows that lead to it, and one for the spend of the sources. What is in a list
 * is made when it is first unfolded: there may be a thousand. */

#include "ladder/rungs-what-if-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "insights/rungs-what-if-words.h"
#include "ladder/rungs-what-if-knob.h"

#define SPEND "spend"

/* ---- names */

/* "conversion product:3>product:4", "price product:3>product:3". */
static char *
name_change (const RungsWhatIfChange *change)
{
  g_autofree char *at = rungs_ladder_place_to_text (change->at);
  g_autofree char *to = rungs_ladder_place_to_text (change->to);

  return g_strdup_printf ("%s %s>%s", rungs_what_if_kind_to_text (change->kind), at, to);
}

/* The list in which it stands: "product:3", SPEND. */
static char *
name_list (const RungsWhatIfChange *change)
{
  if (change->kind == RUNGS_WHAT_IF_SPEND)
    return g_strdup (SPEND);
  return rungs_ladder_place_to_text (change->to);
}

/* ---- knobs */

static void
typed_cb (RungsWhatIfView *self,
          RungsWhatIfKnob *knob)
{
  RungsWhatIfChange change;

  if (rungs_what_if_knob_get (knob, &change))
    rungs_what_if_changes_set (self->changes, &change);
  else
    rungs_what_if_changes_unset (self->changes, &change);
  rungs_what_if_view_reckon (self);
}

static void
settled_cb (RungsWhatIfView *self,
            RungsWhatIfKnob *knob)
{
  rungs_what_if_view_settle (self);
}

static void
add_knob (RungsWhatIfView         *self,
          AdwExpanderRow          *list,
          const RungsWhatIfChange *about)
{
  GtkWidget *knob = rungs_what_if_knob_new (self->what_if, about);

  rungs_what_if_knob_set (RUNGS_WHAT_IF_KNOB (knob),
                          rungs_what_if_changes_find (self->changes, about));
  g_signal_connect_object (knob, "typed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (knob, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->knobs, name_change (about), knob);
  adw_expander_row_add_row (list, knob);
}

/* Makes what is in the list, once. */
static void
fill_list (RungsWhatIfView *self,
           AdwExpanderRow  *list)
{
  g_autoptr (GArray) abouts = g_object_steal_data (G_OBJECT (list), "abouts");

  for (guint i = 0; abouts != NULL && i < abouts->len; i++)
    add_knob (self, list, &g_array_index (abouts, RungsWhatIfChange, i));
}

static void
unfolded_cb (RungsWhatIfView *self,
             GParamSpec      *property,
             AdwExpanderRow  *list)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (list));

  if (!adw_expander_row_get_expanded (list))
    {
      g_hash_table_remove (self->unfolded, name);
      return;
    }
  g_hash_table_add (self->unfolded, g_strdup (name));
  fill_list (self, list);
}

/* ---- lists */

static AdwExpanderRow *
find_list (RungsWhatIfView *self,
           const char      *name)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self->lists));

  for (GtkWidget *row = box != NULL ? gtk_widget_get_first_child (box) : NULL; row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (gtk_widget_get_name (row), name))
      return ADW_EXPANDER_ROW (row);
  return NULL;
}

static AdwExpanderRow *
add_list (RungsWhatIfView *self,
          const char      *name,
          const char      *title)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self->lists));
  GtkWidget *list = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (list), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (list), title);
  gtk_widget_set_name (list, name);
  g_object_set_data_full (G_OBJECT (list), "abouts", rungs_what_if_changes_new (),
                          (GDestroyNotify) g_array_unref);
  g_signal_connect_object (list, "notify::expanded", G_CALLBACK (unfolded_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (box), list);
  return ADW_EXPANDER_ROW (list);
}

static void
add_about (RungsWhatIfView         *self,
           const RungsWhatIfChange *about)
{
  g_autofree char *name = name_list (about);
  g_autofree char *title = about->kind == RUNGS_WHAT_IF_SPEND
                               ? g_strdup (_ ("Spend a month"))
                               : rungs_what_if_name_place (self->what_if->basis, about->to);
  AdwExpanderRow *list = find_list (self, name);

  if (list == NULL)
    list = add_list (self, name, title);
  g_array_append_vals (g_object_get_data (G_OBJECT (list), "abouts"), about, 1);
}

/* "2 changed", beneath the name of each list. */
static void
show_changed (RungsWhatIfView *self,
              AdwExpanderRow  *list)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (list));
  g_autofree char *words = NULL;
  guint n = 0;

  for (guint i = 0; i < self->changes->len; i++)
    {
      g_autofree char *other
          = name_list (&g_array_index (self->changes, RungsWhatIfChange, i));

      n += g_str_equal (other, name);
    }
  words = n > 0 ? g_strdup_printf (ngettext ("%u changed", "%u changed", n), n) : g_strdup ("");
  adw_expander_row_set_subtitle (list, words);
}

static void
show_all_changed (RungsWhatIfView *self)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self->lists));

  for (GtkWidget *row = box != NULL ? gtk_widget_get_first_child (box) : NULL; row != NULL;
       row = gtk_widget_get_next_sibling (row))
    show_changed (self, ADW_EXPANDER_ROW (row));
}

/* ---- public */

void
rungs_what_if_knobs_update (RungsWhatIfView *self)
{
  GHashTableIter iter;
  gpointer knob;

  g_hash_table_iter_init (&iter, self->knobs);
  while (g_hash_table_iter_next (&iter, NULL, &knob))
    {
      RungsWhatIfChange about;

      rungs_what_if_knob_get (knob, &about);
      rungs_what_if_knob_set (knob, rungs_what_if_changes_find (self->changes, &about));
    }
  show_all_changed (self);
}

void
rungs_what_if_knobs_show (RungsWhatIfView *self)
{
  g_autoptr (GArray) abouts = rungs_what_if_list (self->what_if);
  g_autoptr (GList) unfolded = g_hash_table_get_keys (self->unfolded);
  GtkWidget *old = gtk_widget_get_first_child (GTK_WIDGET (self->lists));
  GtkWidget *box = gtk_list_box_new ();

  g_hash_table_remove_all (self->knobs);
  if (old != NULL)
    gtk_box_remove (self->lists, old);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (box), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (box, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What can be changed"), -1);
  gtk_box_append (self->lists, box);
  for (guint i = 0; i < abouts->len; i++)
    add_about (self, &g_array_index (abouts, RungsWhatIfChange, i));
  for (GList *l = unfolded; l != NULL; l = l->next)
    {
      AdwExpanderRow *list = find_list (self, l->data);

      if (list != NULL)
        adw_expander_row_set_expanded (list, TRUE);
    }
  show_all_changed (self);
}

/* Of a product its price, of a source its spend, of an arrow its conversion. */
void
rungs_what_if_knobs_begin (RungsWhatIfView *self,
                           const char      *wanted)
{
  const char *arrow = strchr (wanted, '>');
  gboolean source = g_str_has_prefix (wanted, "source:") && arrow == NULL;
  g_autofree char *name = NULL;
  AdwExpanderRow *list = find_list (self, source ? SPEND : arrow != NULL ? arrow + 1 : wanted);
  RungsWhatIfKnob *knob;

  if (arrow != NULL)
    name = g_strdup_printf ("conversion %s", wanted);
  else
    name = g_strdup_printf ("%s %s>%s", source ? "spend" : "price", wanted, wanted);
  if (list == NULL)
    return;
  adw_expander_row_set_expanded (list, TRUE);
  knob = g_hash_table_lookup (self->knobs, name);
  if (knob != NULL)
    rungs_what_if_knob_focus (knob);
}
