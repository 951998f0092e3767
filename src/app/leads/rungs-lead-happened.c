/* rungs-lead-happened.c: what happened to a lead, read for its timeline. */

#include "rungs-lead-happened.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-note-store.h"
#include "leads/rungs-touch-store.h"
#include "mail/rungs-broadcast-store.h"
#include "rungs-timeline-words.h"
#include "sequences/rungs-enrolment-store.h"

/* Where what the events of a kind are about is shown, and what it is called there. */
static const struct
{
  const char *beginning;
  const char *page;
  const char *target;
} PLACES[] = {
  { "mail.", "messages", "outbox" },
  { "sequence.", "sequences", "sequence" },
  { "segment.", "segments", "segment" },
  { "order.", "ladder", "order" },
  { RUNGS_EVENT_LEAD_IMPORTED, "leads", "import" },
  { RUNGS_EVENT_TAG_ADDED, "leads", "tag" },
  { "task.", "today", "task" },
  { RUNGS_EVENT_TOUCH_MADE, "leads", "source" },
};

/* What rows are made from besides their events. */
typedef struct
{
  GPtrArray *enrolments; /* (owned) (nullable) (element-type RungsEnrolment) */
  GPtrArray *fields;     /* (owned) (nullable) (element-type RungsField) */
  GPtrArray *touches;    /* (owned) (nullable) (element-type RungsTouch) */
} Names;

static void
names_clear (Names *self)
{
  g_clear_pointer (&self->enrolments, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->touches, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

void
rungs_timeline_row_free (RungsTimelineRow *self)
{
  rungs_event_free (self->event);
  g_clear_pointer (&self->note, rungs_note_free);
  g_free (self->words);
  g_free (self->broadcast);
  g_free (self->target);
  g_free (self);
}

void
rungs_happened_free (RungsHappened *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static const RungsEnrolment *
find_enrolment (const Names *names,
                gint64       id)
{
  for (guint i = 0; i < names->enrolments->len; i++)
    {
      const RungsEnrolment *enrolment = g_ptr_array_index (names->enrolments, i);

      if (enrolment->id == id)
        return enrolment;
    }
  return NULL;
}

static const char *
name_of_ref (const Names      *names,
             const RungsEvent *event)
{
  const RungsEnrolment *enrolment;

  if (g_str_equal (event->kind, RUNGS_EVENT_SEQUENCE_LEFT))
    {
      enrolment = find_enrolment (names, event->ref);
      return enrolment != NULL ? enrolment->sequence_name : NULL;
    }
  if (!g_str_equal (event->kind, RUNGS_EVENT_FIELD_CHANGED))
    return NULL;
  for (guint i = 0; i < names->fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (names->fields, i);

      if (field->id == event->ref)
        return field->label;
    }
  return NULL;
}

static gint64
source_of_touch (const Names *names,
                 gint64       touch)
{
  for (guint i = 0; i < names->touches->len; i++)
    {
      const RungsTouch *one = g_ptr_array_index (names->touches, i);

      if (one->id == touch)
        return one->source;
    }
  return 0;
}

/* A refund's event names its order. */
static gint64
order_of (const RungsEvent *event)
{
  g_autoptr (JsonNode) node = NULL;

  if (!g_str_equal (event->kind, RUNGS_EVENT_ORDER_REFUNDED))
    return event->ref;
  node = json_from_string (event->detail, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return 0;
  return json_object_get_int_member_with_default (json_node_get_object (node), "order", 0);
}

/* The id of what a page shows of it: of a walk its sequence, of an arrival its source, of a refund
 * its order; 0: none. */
static gint64
find_shown (const RungsEvent *event,
            const char       *target,
            const Names      *names)
{
  const RungsEnrolment *enrolment;

  if (g_str_equal (target, "source"))
    return source_of_touch (names, event->ref);
  if (g_str_equal (target, "order"))
    return order_of (event);
  if (!g_str_equal (target, "sequence"))
    return event->ref;
  enrolment = find_enrolment (names, event->ref);
  return enrolment != NULL ? enrolment->sequence : 0;
}

/* What the row is about, if that is shown anywhere. */
static void
find_place (RungsTimelineRow *row,
            const Names      *names)
{
  gint64 ref = row->event->ref;

  for (guint i = 0; i < G_N_ELEMENTS (PLACES) && ref != 0; i++)
    {
      if (!g_str_has_prefix (row->event->kind, PLACES[i].beginning))
        continue;
      ref = find_shown (row->event, PLACES[i].target, names);
      if (ref == 0)
        return;
      row->page = PLACES[i].page;
      row->target = g_strdup_printf ("%s:%" G_GINT64_FORMAT, PLACES[i].target, ref);
      return;
    }
}

/* Takes `event`. */
static RungsTimelineRow *
new_row (RungsDb      *db,
         RungsEvent   *event,
         const Names  *names,
         GError      **error)
{
  RungsTimelineRow *row = g_new0 (RungsTimelineRow, 1);
  RungsNoteKind kind;

  row->event = event;
  row->words = rungs_timeline_words (event, name_of_ref (names, event));
  find_place (row, names);
  if (g_str_has_prefix (event->kind, "mail.")
      && !rungs_broadcast_name_of_mail (db, event->ref, &row->broadcast, error))
    {
      rungs_timeline_row_free (row);
      return NULL;
    }
  if (!rungs_note_kind_from_event (event->kind, &kind)
      || (row->note = rungs_note_load (db, event->id, error)) != NULL)
    return row;
  rungs_timeline_row_free (row);
  return NULL;
}

RungsHappened *
rungs_happened_load (RungsDb                   *db,
                     const RungsHappenedQuery  *query,
                     GError                   **error)
{
  const RungsEvent after = { .id = query->after_id, .at = query->after_at };
  g_autoptr (RungsHappened) self = g_new0 (RungsHappened, 1);
  g_auto (Names) names = { NULL, NULL, NULL };
  g_autoptr (GPtrArray) events = rungs_timeline_page_of (
    db, query->lead, query->groups, query->after_id != 0 ? &after : NULL, query->limit + 1, error);

  if (events == NULL
      || !(names.enrolments = rungs_enrolment_list_of_lead (db, query->lead, error))
      || !(names.fields = rungs_field_list (db, error))
      || !(names.touches = rungs_touch_list (db, query->lead, error)))
    return NULL;
  self->lead = query->lead;
  self->groups = query->groups;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_timeline_row_free);
  self->whole = events->len <= query->limit;
  g_ptr_array_set_size (events, MIN (events->len, query->limit));
  g_ptr_array_set_free_func (events, NULL);
  for (guint i = 0; i < events->len; i++)
    {
      RungsTimelineRow *row = new_row (db, g_ptr_array_index (events, i), &names, error);

      if (row == NULL)
        {
          for (guint j = i + 1; j < events->len; j++)
            rungs_event_free (g_ptr_array_index (events, j));
          return NULL;
        }
      g_ptr_array_add (self->rows, row);
    }
  return g_steal_pointer (&self);
}

gpointer
rungs_happened_read (RungsDb       *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return rungs_happened_load (db, data, error);
}
