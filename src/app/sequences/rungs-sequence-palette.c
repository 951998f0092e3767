/* rungs-sequence-palette.c: what can be put into a sequence. */

#include "rungs-sequence-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-step-words.h"
#include "sequences/rungs-graph-path.h"
#include "widgets/rungs-canvas-palette.h"

static const struct
{
  const char *item;
  RungsGraphKind kind;
  const char *name;
  const char *step; /* JSON */
} STEPS[] = {
  { "add:message", RUNGS_GRAPH_MESSAGE, N_ ("Message"), "{\"kind\": \"message\"}" },
  { "add:wait", RUNGS_GRAPH_WAIT, N_ ("Wait"), "{\"kind\": \"wait\", \"days\": 1}" },
  { "add:wait_until", RUNGS_GRAPH_WAIT_UNTIL, N_ ("Wait until"),
    "{\"kind\": \"wait_until\", \"time\": \"09:00\"}" },
  { "add:condition", RUNGS_GRAPH_CONDITION, N_ ("Condition"), "{\"kind\": \"condition\"}" },
  { "add:split", RUNGS_GRAPH_SPLIT, N_ ("Split"),
    "{\"kind\": \"split\", \"branches\": [{\"weight\": 50}, {\"weight\": 50}]}" },
  { "add:action", RUNGS_GRAPH_ACTION, N_ ("Action"),
    "{\"kind\": \"action\", \"add_tag\": null}" },
  { "add:goal", RUNGS_GRAPH_GOAL, N_ ("Goal"), "{\"kind\": \"goal\"}" },
  { "add:exit", RUNGS_GRAPH_EXIT, N_ ("Exit"), "{\"kind\": \"exit\"}" },
};

static const struct
{
  const char *item;
  const char *name;
  const char *icon;
} TRIGGERS[] = {
  { "trigger:tag", N_ ("Gets a tag"), "bookmark-new-symbolic" },
  { "trigger:form", N_ ("Sends a form"), "document-send-symbolic" },
  { "trigger:import", N_ ("Is imported"), "document-open-symbolic" },
  { "trigger:order", N_ ("Orders"), "emblem-ok-symbolic" },
  { "trigger:segment", N_ ("Comes into a segment"), "system-users-symbolic" },
  { "trigger:event", N_ ("Something else happens"), "starred-symbolic" },
};

void
rungs_sequence_palette_fill (GtkWidget   *palette,
                             RungsCanvas *canvas)
{
  RungsCanvasPalette *self = RUNGS_CANVAS_PALETTE (palette);

  rungs_canvas_palette_set_canvas (self, canvas);
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    rungs_canvas_palette_add (self, STEPS[i].item, _ ("Steps, onto a +"),
                              rungs_step_icon (STEPS[i].kind), _ (STEPS[i].name), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TRIGGERS); i++)
    rungs_canvas_palette_add (self, TRIGGERS[i].item, _ ("Triggers, onto the way in"),
                              TRIGGERS[i].icon, _ (TRIGGERS[i].name), NULL);
}

gboolean
rungs_sequence_palette_get (guint        place,
                            const char **item,
                            const char **name)
{
  if (place >= G_N_ELEMENTS (STEPS))
    return FALSE;
  *item = STEPS[place].item;
  *name = _ (STEPS[place].name);
  return TRUE;
}

gboolean
rungs_sequence_palette_get_kind (const char     *item,
                                 RungsGraphKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (strcmp (STEPS[i].item, item) == 0)
      {
        *kind = STEPS[i].kind;
        return TRUE;
      }
  return FALSE;
}

char *
rungs_sequence_palette_make_step (const char *item,
                                  const char *sells)
{
  g_autofree char *sku = sells ? rungs_graph_path_quote (sells) : NULL;

  if (strcmp (item, RUNGS_FLOW_GOALS) == 0)
    return sku ? g_strdup_printf (
                   "{\"kind\": \"goal\", \"event\": {\"on\": \"order\", \"sku\": %s}}", sku)
               : g_strdup ("{\"kind\": \"goal\", \"event\": {\"on\": \"order\"}}");
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (strcmp (STEPS[i].item, item) == 0)
      return g_strdup (STEPS[i].step);
  return NULL;
}
