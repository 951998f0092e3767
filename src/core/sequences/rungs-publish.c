/* rungs-publish.c: which ways the leads inside can go when a new version comes into use.
 *
 * What follows a removed step is looked for in the version that the leads walk, for only that says
 * where they would have gone: its arrows are followed past all steps that were removed too, up to
 * those that are in the new version. If that gives one step, it is the way. A step that waits, is
 * new, and leads straight to that one from where leads came to the removed one took its place: then
 * they wait there. */

#include "sequences/rungs-publish-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "sequences/rungs-wait.h"

static const char *const FATES[] = { NULL, "continue", "again", "go", "end", "keep" };

static const char *const CHANGES[] = { "same", "changed", "no-wait", "removed" };

const char *
rungs_publish_fate_to_text (RungsPublishFate fate)
{
  g_return_val_if_fail ((guint) fate < G_N_ELEMENTS (FATES), NULL);

  return FATES[fate];
}

const char *
rungs_publish_change_to_text (RungsPublishChange change)
{
  g_return_val_if_fail ((guint) change < G_N_ELEMENTS (CHANGES), NULL);

  return CHANGES[change];
}

static void
way_free (gpointer data)
{
  g_free (((RungsPublishWay *) data)->target);
  g_free (data);
}

static void
group_free (gpointer data)
{
  RungsPublishGroup *group = data;

  g_ptr_array_unref (group->ways);
  g_free (group->step);
  g_free (group);
}

static void
mail_free (gpointer data)
{
  RungsPublishMail *mail = data;

  g_free (mail->step);
  g_free (mail->stands);
  g_free (mail);
}

RungsPublishGroup *
rungs_publish_group_new (void)
{
  RungsPublishGroup *group = g_new0 (RungsPublishGroup, 1);

  group->ways = g_ptr_array_new_with_free_func (way_free);
  return group;
}

static void
add_way (RungsPublishGroup *group,
         RungsPublishFate   fate,
         const char        *target)
{
  RungsPublishWay *way = g_new0 (RungsPublishWay, 1);

  way->fate = fate;
  way->target = g_strdup (target);
  g_ptr_array_add (group->ways, way);
}

RungsPublishPlan *
rungs_publish_plan_new (void)
{
  RungsPublishPlan *self = g_new0 (RungsPublishPlan, 1);

  self->problems = rungs_graph_problems_new ();
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->mails = g_ptr_array_new_with_free_func (mail_free);
  self->graphs = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_graph_unref);
  return self;
}

RungsPublishPlan *
rungs_publish_plan_copy (const RungsPublishPlan *self)
{
  RungsPublishPlan *copy = rungs_publish_plan_new ();

  g_return_val_if_fail (self != NULL, NULL);

  copy->sequence = self->sequence;
  copy->version = self->version;
  copy->draft = g_strdup (self->draft);
  for (guint i = 0; i < self->groups->len; i++)
    {
      const RungsPublishGroup *group = g_ptr_array_index (self->groups, i);
      RungsPublishGroup *twin = rungs_publish_group_new ();

      twin->version = group->version;
      twin->place = group->place;
      twin->step = g_strdup (group->step);
      twin->chosen = group->chosen;
      for (guint j = 0; j < group->ways->len; j++)
        {
          const RungsPublishWay *way = g_ptr_array_index (group->ways, j);

          add_way (twin, way->fate, way->target);
        }
      g_ptr_array_add (copy->groups, twin);
    }
  return copy;
}

void
rungs_publish_plan_free (RungsPublishPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->mails);
  g_ptr_array_unref (self->graphs);
  g_ptr_array_unref (self->problems);
  g_clear_pointer (&self->graph, rungs_graph_unref);
  g_free (self->draft);
  g_free (self->name);
  g_free (self);
}

/* ---- two versions of a step */

static gboolean
waits (const RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_WAIT || step->kind == RUNGS_GRAPH_WAIT_UNTIL;
}

/* The step without its arrows. */
static JsonNode *
dup_without_arrows (const RungsPublishSide *side,
                    const char             *id)
{
  const RungsGraphStep *step = rungs_graph_find (side->graph, id);
  JsonObject *whole = json_object_get_object_member (side->steps, id);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (GList) members = json_object_get_members (whole);

  for (GList *at = members; at != NULL; at = at->next)
    json_object_set_member (object, at->data, json_node_copy (json_object_get_member (whole,
                                                                                      at->data)));
  for (guint i = 0; i < step->branches->len; i++)
    json_object_remove_member (object,
                               ((RungsGraphBranch *) g_ptr_array_index (step->branches, i))->label);
  json_object_unref (object);
  return node;
}

static RungsPublishChange
find_change (const RungsPublishSide *old,
             const RungsPublishSide *new,
             const char             *id)
{
  const RungsGraphStep *now = rungs_graph_find (new->graph, id);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;

  if (now == NULL)
    return RUNGS_PUBLISH_REMOVED;
  if (!waits (now))
    return RUNGS_PUBLISH_NO_WAIT;
  before = dup_without_arrows (old, id);
  after = dup_without_arrows (new, id);
  return json_node_equal (before, after) ? RUNGS_PUBLISH_SAME : RUNGS_PUBLISH_CHANGED;
}

/* ---- what follows */

static void
add_target (GPtrArray  *targets,
            const char *target)
{
  for (guint i = 0; i < targets->len; i++)
    if (g_strcmp0 (g_ptr_array_index (targets, i), target) == 0)
      return;
  g_ptr_array_add (targets, (gpointer) target);
}

static void
follow (const RungsPublishSide *old,
        const RungsPublishSide *new,
        const RungsGraphStep   *step,
        GHashTable             *seen,
        GPtrArray              *targets)
{
  if (!g_hash_table_add (seen, (gpointer) step))
    return;
  if (step->branches->len == 0) /* a goal or an exit: the walk ended there */
    add_target (targets, NULL);
  for (guint i = 0; i < step->branches->len; i++)
    {
      const char *target = ((RungsGraphBranch *) g_ptr_array_index (step->branches, i))->target;

      if (target == NULL || rungs_graph_find (new->graph, target) != NULL)
        add_target (targets, target);
      else
        follow (old, new, rungs_graph_find (old->graph, target), seen, targets);
    }
}

/* Returns: (element-type utf8): the steps of the new version that follow the one that was removed;
 * NULL among them is the end. */
static GPtrArray *
find_followers (const RungsPublishSide *old,
                const RungsPublishSide *new,
                const char             *id)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  const RungsGraphStep *step = rungs_graph_find (old->graph, id);

  if (step != NULL)
    follow (old, new, step, seen, targets);
  return g_steal_pointer (&targets);
}

static gboolean
leads_to (const RungsGraphStep *step,
          const char           *target)
{
  for (guint i = 0; i < step->branches->len; i++)
    if (g_strcmp0 (((RungsGraphBranch *) g_ptr_array_index (step->branches, i))->target, target)
        == 0)
      return TRUE;
  return FALSE;
}

/* ---- ways */

static void
add_ways_on (RungsPublishGroup    *group,
             const RungsGraphStep *step)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();

  for (guint i = 0; i < step->branches->len; i++)
    add_target (targets, ((RungsGraphBranch *) g_ptr_array_index (step->branches, i))->target);
  for (guint i = 0; i < targets->len; i++)
    add_way (group, RUNGS_PUBLISH_GO, g_ptr_array_index (targets, i));
}

static gboolean
leads_to_one_of (const RungsGraphStep *step,
                 GPtrArray            *targets)
{
  for (guint i = 0; i < targets->len; i++)
    if (leads_to (step, g_ptr_array_index (targets, i)))
      return TRUE;
  return FALSE;
}

/* Whether leads come to the step from where they came to the one that was removed. */
static gboolean
is_entered_alike (const RungsPublishSide *old,
                  const RungsPublishSide *new,
                  const char             *removed,
                  const RungsGraphStep   *step)
{
  if (g_str_equal (old->graph->start, removed) && g_str_equal (new->graph->start, step->id))
    return TRUE;
  for (guint i = 0; i < old->graph->steps->len; i++)
    {
      const RungsGraphStep *before = g_ptr_array_index (old->graph->steps, i);
      const RungsGraphStep *now = rungs_graph_find (new->graph, before->id);

      if (now != NULL && leads_to (before, removed) && leads_to (now, step->id))
        return TRUE;
    }
  return FALSE;
}

/* Adds the steps that took the place of the one that was removed. Returns: how many. */
static guint
add_replacements (RungsPublishGroup      *group,
                  const RungsPublishSide *old,
                  const RungsPublishSide *new,
                  GPtrArray              *followers)
{
  guint found = 0;

  for (guint i = 0; i < new->graph->steps->len; i++)
    {
      const RungsGraphStep *step = g_ptr_array_index (new->graph->steps, i);

      if (!waits (step) || rungs_graph_find (old->graph, step->id) != NULL
          || !leads_to_one_of (step, followers)
          || !is_entered_alike (old, new, group->step, step))
        continue;
      add_way (group, RUNGS_PUBLISH_CONTINUE, step->id);
      add_way (group, RUNGS_PUBLISH_AGAIN, step->id);
      found++;
    }
  return found;
}

static void
add_ways_past (RungsPublishGroup      *group,
               const RungsPublishSide *old,
               const RungsPublishSide *new)
{
  g_autoptr (GPtrArray) followers = find_followers (old, new, group->step);
  guint found = 0;

  if (group->place == RUNGS_PUBLISH_AT)
    found = add_replacements (group, old, new, followers);
  if (found > 1 || (found == 0 && followers->len != 1))
    group->chosen = -1;
  for (guint i = 0; i < followers->len; i++)
    add_way (group, RUNGS_PUBLISH_GO, g_ptr_array_index (followers, i));
}

static void
add_ways_in (RungsPublishGroup      *group,
             const RungsPublishSide *new)
{
  const RungsGraphStep *step = rungs_graph_find (new->graph, group->step);

  if (group->place == RUNGS_PUBLISH_BEFORE || group->change == RUNGS_PUBLISH_NO_WAIT)
    {
      add_way (group, RUNGS_PUBLISH_GO, group->step);
      return;
    }
  add_way (group, RUNGS_PUBLISH_CONTINUE, group->step);
  add_way (group, RUNGS_PUBLISH_AGAIN, group->step);
  add_ways_on (group, step);
}

void
rungs_publish_group_compare (RungsPublishGroup      *group,
                             const RungsPublishSide *old,
                             const RungsPublishSide *new,
                             gboolean                in_use)
{
  if (old->graph == NULL) /* nobody can read where they would have gone */
    {
      group->change = RUNGS_PUBLISH_REMOVED;
      add_way (group, RUNGS_PUBLISH_KEEP, NULL);
      return;
    }
  group->change = find_change (old, new, group->step);
  if (group->place == RUNGS_PUBLISH_NOT_BEGUN)
    add_way (group, RUNGS_PUBLISH_CONTINUE, new->graph->start);
  else if (group->change == RUNGS_PUBLISH_REMOVED)
    add_ways_past (group, old, new);
  else
    add_ways_in (group, new);
  add_way (group, RUNGS_PUBLISH_END, NULL);
  add_way (group, RUNGS_PUBLISH_KEEP, NULL);
  if (!in_use)
    group->chosen = (int) group->ways->len - 1;
}

char *
rungs_publish_way_to_text (const RungsPublishWay *way)
{
  const char *fate = rungs_publish_fate_to_text (way->fate);

  return way->target != NULL ? g_strconcat (fate, ":", way->target, NULL) : g_strdup (fate);
}

RungsPublishWay *
rungs_publish_group_get_way (const RungsPublishGroup *group)
{
  g_return_val_if_fail (group != NULL, NULL);

  return group->chosen >= 0 ? g_ptr_array_index (group->ways, group->chosen) : NULL;
}

/* The first of the group's ways that the text can mean; -1: it can go none such. */
static int
find_way (const RungsPublishGroup *group,
          const char              *text)
{
  for (guint i = 0; i < group->ways->len; i++)
    {
      const RungsPublishWay *way = g_ptr_array_index (group->ways, i);
      g_autofree char *exact = rungs_publish_way_to_text (way);

      if (g_str_equal (text, exact) || g_str_equal (text, rungs_publish_fate_to_text (way->fate)))
        return (int) i;
    }
  return -1;
}

/* Whether "go", say, could mean several steps. */
static gboolean
is_unclear (const RungsPublishGroup *group,
            const char              *text)
{
  guint means = 0;

  for (guint i = 0; i < group->ways->len; i++)
    {
      const RungsPublishWay *way = g_ptr_array_index (group->ways, i);

      means += g_str_equal (text, rungs_publish_fate_to_text (way->fate))
               && way->fate <= RUNGS_PUBLISH_GO;
    }
  return means > 1;
}

static char *
list_ways (const RungsPublishGroup *group)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < group->ways->len; i++)
    {
      g_autofree char *way = rungs_publish_way_to_text (g_ptr_array_index (group->ways, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", way);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
choose_in_group (RungsPublishGroup  *group,
                 const char         *text,
                 GError            **error)
{
  int way = is_unclear (group, text) ? -1 : find_way (group, text);
  g_autofree char *ways = way < 0 ? list_ways (group) : NULL;

  if (way < 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("Those who stand at “%s” cannot go “%s”, but: %s"), group->step, text, ways);
  else
    group->chosen = way;
  return way >= 0;
}

gboolean
rungs_publish_plan_choose (RungsPublishPlan  *self,
                           const char        *step,
                           const char        *way,
                           GError           **error)
{
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL && step != NULL && way != NULL, FALSE);

  for (guint i = 0; i < self->groups->len; i++)
    {
      RungsPublishGroup *group = g_ptr_array_index (self->groups, i);

      if (!g_str_equal (group->step, step))
        continue;
      if (!choose_in_group (group, way, error))
        return FALSE;
      found = TRUE;
    }
  if (!found)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("Nobody stands at “%s”"), step);
  return found;
}

static gboolean
goes_over (const RungsPublishPlan *self,
           const RungsPublishMail *mail)
{
  if (mail->stands == NULL)
    return mail->version == self->version;
  for (guint i = 0; i < self->groups->len; i++)
    {
      const RungsPublishGroup *group = g_ptr_array_index (self->groups, i);
      const RungsPublishWay *way = rungs_publish_group_get_way (group);

      if (group->version == mail->version && group->place == mail->place
          && g_str_equal (group->step, mail->stands))
        return way == NULL
               || (way->fate != RUNGS_PUBLISH_KEEP && way->fate != RUNGS_PUBLISH_END);
    }
  return FALSE;
}

gint64
rungs_publish_plan_count_withheld (const RungsPublishPlan *self)
{
  gint64 messages = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->mails->len; i++)
    {
      const RungsPublishMail *mail = g_ptr_array_index (self->mails, i);

      messages += goes_over (self, mail) ? mail->messages : 0;
    }
  return messages;
}

static gboolean
check_choices (const RungsPublishPlan  *self,
               GError                 **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->groups->len; i++)
    {
      const RungsPublishGroup *group = g_ptr_array_index (self->groups, i);
      g_autofree char *ways = group->chosen < 0 ? list_ways (group) : NULL;

      if (group->chosen >= 0)
        continue;
      g_string_append_printf (text, text->len > 0 ? "\n" : "");
      g_string_append_printf (
        text, _ ("Step “%s” was removed, and leads stand there: choose where they go: %s"),
        group->step, ways);
    }
  if (text->len > 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, text->str);
  return text->len == 0;
}

gboolean
rungs_publish_plan_check (const RungsPublishPlan  *self,
                          GError                 **error)
{
  g_autofree char *problems = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (rungs_graph_problems_are_fatal (self->problems))
    {
      problems = rungs_graph_problems_describe (self->problems);
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, problems);
      return FALSE;
    }
  if (self->same)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("The draft of “%s” is what is in use already"), self->name);
      return FALSE;
    }
  return check_choices (self, error);
}

/* ---- waiting */

gint64
rungs_publish_wait_due (RungsPublishWait *self,
                        gint64            due_at,
                        gint64            arrived_at,
                        gboolean          woken,
                        const char       *zone)
{
  gboolean from_now = self->again
                      || (self->step->kind == RUNGS_GRAPH_WAIT_UNTIL
                          && self->step->until == RUNGS_GRAPH_UNTIL_TIME);
  gint64 since = from_now ? self->now : arrived_at;
  RungsWaitFrom from = {
    .due_at = since,
    .now = since,
    .lead_zone = rungs_zones_get (self->zones, zone)->zone,
    .business_zone = rungs_zones_get (self->zones, "")->zone,
  };

  if (!self->again && (self->same || woken))
    return due_at;
  if (rungs_publish_step_looks (self->step))
    return self->now;
  return MAX (rungs_wait_end (self->step, &from), self->now);
}

gboolean
rungs_publish_step_looks (const RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_WAIT_UNTIL && step->until == RUNGS_GRAPH_UNTIL_LEAD_DATE;
}

gboolean
rungs_publish_step_wakes (const RungsGraphStep *step)
{
  return step != NULL && step->kind == RUNGS_GRAPH_WAIT_UNTIL
         && step->until == RUNGS_GRAPH_UNTIL_EVENT;
}

char *
rungs_publish_message_steps (RungsGraph *graph)
{
  g_autoptr (JsonArray) steps = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < graph->steps->len; i++)
    {
      const RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      if (step->kind == RUNGS_GRAPH_MESSAGE)
        json_array_add_string_element (steps, step->id);
    }
  json_node_set_array (node, steps);
  return json_to_string (node, FALSE);
}
