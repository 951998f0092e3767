/* rungs-mapping-window.c: where the answers of a form go.
 *
 * At the left the answers of the delivery, in the middle the fields of a lead, at the right the
 * lead that would come of it: made by the code that does deliveries, in a transaction of which
 * nothing stays, each time that something is moved. */

#include "rungs-mapping-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-field.h"
#include "rungs-delivery-replay.h"
#include "rungs-delivery-words.h"
#include "rungs-leaf-list.h"
#include "rungs-mapping-load.h"
#include "rungs-page-opening.h"
#include "rungs-place-list.h"
#include "rungs-rehearsal-pane.h"
#include "widgets/rungs-error-words.h"

#define RUNGS_TYPE_MAPPING_WINDOW (rungs_mapping_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsMappingWindow, rungs_mapping_window, RUNGS, MAPPING_WINDOW, AdwWindow)

struct _RungsMappingWindow
{
  AdwWindow parent_instance;

  RungsLeafList *answers;
  RungsPlaceList *places;
  RungsRehearsalPane *pane;
  GtkWidget *save;
  GtkWidget *no_answers;

  RungsPage *page;          /* (owned) (nullable) */
  RungsMappingFacts *facts; /* (owned) (nullable) */
  JsonNode *mapping;        /* (owned) (nullable) what is said now */
  GPtrArray *shown;         /* (owned) (nullable) (element-type RungsWebPlace) of the last answer */
};

G_DEFINE_FINAL_TYPE (RungsMappingWindow, rungs_mapping_window, ADW_TYPE_WINDOW)

static const char *const PLACES[]
    = { "email",   "first_name", "last_name", "full_name", "company",  "phone",
        "street",  "postcode",   "city",      "region",    "country",  "language",
        "notes",   "tags",       "consent",   "ignore" };

static JsonObject *
get_mapping (RungsMappingWindow *self)
{
  return json_node_get_object (self->mapping);
}

/* ---- what would come of it */

static const char *
get_title (RungsMappingWindow *self,
           const char         *place)
{
  for (guint i = 0; g_str_has_prefix (place, "field:") && i < self->facts->fields->len; i++)
    {
      const RungsField *field = self->facts->fields->pdata[i];

      if (g_strcmp0 (field->key, place + strlen ("field:")) == 0)
        return field->label;
    }
  return NULL;
}

static char *
dup_title (RungsMappingWindow *self,
           const char         *place)
{
  const char *label = get_title (self, place);

  return label != NULL ? g_strdup (label) : rungs_delivery_field_words (place);
}

/* Which answers go to a place. */
static void
show_place (RungsMappingWindow *self,
            const char         *place,
            GPtrArray          *answers)
{
  GString *text = g_string_new (NULL);
  gboolean said = FALSE;

  for (guint i = 0; i < answers->len; i++)
    {
      const RungsWebPlace *answer = answers->pdata[i];

      if (g_strcmp0 (answer->place, place) != 0)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", answer->label);
      said |= answer->said;
    }
  rungs_place_list_set_content (self->places, place, text->str, said);
  g_string_free (text, TRUE);
}

static void
show_answers (RungsMappingWindow *self,
              GPtrArray          *answers)
{
  gboolean is_first = self->shown == NULL;

  for (guint i = 0; i < answers->len; i++)
    {
      const RungsWebPlace *answer = answers->pdata[i];
      g_autofree char *mark = answer->place != NULL ? dup_title (self, answer->place) : NULL;

      if (is_first)
        rungs_leaf_list_add (self->answers, answer->key, answer->label, answer->value, mark);
      else
        rungs_leaf_list_set_mark (self->answers, answer->key, mark);
    }
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    show_place (self, PLACES[i], answers);
  for (guint i = 0; i < self->facts->fields->len; i++)
    {
      const RungsField *field = self->facts->fields->pdata[i];
      g_autofree char *place = g_strconcat ("field:", field->key, NULL);

      show_place (self, place, answers);
    }
  gtk_widget_set_visible (self->no_answers, answers->len == 0);
  if (is_first)
    rungs_leaf_list_focus (self->answers);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (answers);
}

static void
answered_cb (RungsMappingWindow *self,
             RungsWebRehearsal  *rehearsal)
{
  show_answers (self, rehearsal->answers);
  gtk_widget_set_sensitive (self->save, TRUE);
}

static RungsMappingQuestion *
new_question (RungsMappingWindow *self)
{
  g_free (self->facts->endpoint->mapping);
  self->facts->endpoint->mapping = json_to_string (self->mapping, FALSE);
  return rungs_mapping_question_new (self->facts->endpoint, self->facts->raw, NULL);
}

static void
ask (RungsMappingWindow *self)
{
  rungs_rehearsal_pane_ask (self->pane, rungs_page_get_store (self->page), new_question (self));
}

/* ---- moving answers */

static const RungsWebPlace *
find_answer (RungsMappingWindow *self,
             const char         *key)
{
  for (guint i = 0; self->shown != NULL && i < self->shown->len; i++)
    if (g_strcmp0 (((RungsWebPlace *) self->shown->pdata[i])->key, key) == 0)
      return self->shown->pdata[i];
  return NULL;
}

/* What was said before may have been said by its label. */
static void
forget (RungsMappingWindow  *self,
        const RungsWebPlace *answer)
{
  json_object_remove_member (get_mapping (self), answer->key);
  json_object_remove_member (get_mapping (self), answer->label);
}

static void
taken_cb (RungsMappingWindow *self,
          const char         *place,
          const char         *key)
{
  const RungsWebPlace *answer = find_answer (self, key);

  if (answer == NULL)
    return;
  forget (self, answer);
  json_object_set_string_member (get_mapping (self), key, place);
  ask (self);
}

static void
emptied_cb (RungsMappingWindow *self,
            const char         *place)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      const RungsWebPlace *answer = self->shown->pdata[i];

      if (answer->said && g_strcmp0 (answer->place, place) == 0)
        forget (self, answer);
    }
  ask (self);
}

/* Enter on an answer leads to the places, of which Enter takes one. */
static void
chosen_cb (RungsMappingWindow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->places), GTK_DIR_TAB_FORWARD);
}

/* ---- storing */

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsMappingWindow) self = data;
  g_autoptr (GError) error = NULL;
  RungsPage *page = self->page;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (page == NULL)
    return;
  if (error != NULL)
    {
      gtk_widget_set_sensitive (self->save, TRUE);
      rungs_error_tell (GTK_WIDGET (self), _ ("It Could Not Be Stored"), error);
      return;
    }
  rungs_delivery_replay (page, NULL, self->facts->id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_cb (RungsMappingWindow *self)
{
  if (self->facts == NULL)
    return;
  gtk_widget_set_sensitive (self->save, FALSE);
  rungs_store_write_async (rungs_page_get_store (self->page), rungs_mapping_store,
                           new_question (self), (GDestroyNotify) rungs_mapping_question_free, NULL,
                           NULL, stored_cb, g_object_ref (self));
}

/* ---- the window */

static void
rungs_mapping_window_dispose (GObject *object)
{
  RungsMappingWindow *self = RUNGS_MAPPING_WINDOW (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->facts, rungs_mapping_facts_free);
  g_clear_pointer (&self->mapping, json_node_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_mapping_window_parent_class)->dispose (object);
}

static void
rungs_mapping_window_class_init (RungsMappingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_mapping_window_dispose;
  g_type_ensure (RUNGS_TYPE_LEAF_LIST);
  g_type_ensure (RUNGS_TYPE_PLACE_LIST);
  g_type_ensure (RUNGS_TYPE_REHEARSAL_PANE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-mapping-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMappingWindow, answers);
  gtk_widget_class_bind_template_child (widget_class, RungsMappingWindow, places);
  gtk_widget_class_bind_template_child (widget_class, RungsMappingWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, RungsMappingWindow, save);
  gtk_widget_class_bind_template_child (widget_class, RungsMappingWindow, no_answers);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, emptied_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
rungs_mapping_window_init (RungsMappingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_leaf_list_set_draggable (self->answers, TRUE);
  rungs_place_list_set_leaves (self->places, self->answers);
}

static void
fill (RungsMappingWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *title = rungs_delivery_field_words (PLACES[i]);

      rungs_place_list_add (self->places, PLACES[i], title);
    }
  for (guint i = 0; i < self->facts->fields->len; i++)
    {
      const RungsField *field = self->facts->fields->pdata[i];
      g_autofree char *place = g_strconcat ("field:", field->key, NULL);

      rungs_place_list_add (self->places, place, field->label);
    }
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  RungsMappingWindow *self
    = g_object_new (RUNGS_TYPE_MAPPING_WINDOW, "transient-for", parent, NULL);
  g_autofree char *title = NULL;

  self->page = g_object_ref (page);
  self->facts = facts;
  self->mapping = json_from_string (self->facts->endpoint->mapping, NULL);
  title = g_strdup_printf (_ ("Answers of “%s”"), self->facts->endpoint->name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  fill (self);
  ask (self);
  gtk_window_present (GTK_WINDOW (self));
}

void
rungs_mapping_window_open (RungsPage *page,
                           gint64     endpoint,
                           gint64     delivery)
{
  rungs_page_open_with (page, rungs_mapping_load, rungs_mapping_facts_new (endpoint, delivery),
                        (GDestroyNotify) rungs_mapping_facts_free, show);
}
