/* rungs-timeline-words.c: what happened to a lead, in the user's words.
 *
 * Which kinds there are, and what stands in their detail, says leads/rungs-event.h. Each kind has a
 * row in KINDS: its icon, its sentence, and how its detail becomes the words that the sentence has
 * a place for. */

#include "rungs-timeline-words.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-time.h"
#include "ladder/rungs-coupon-words.h"
#include "rungs-lead-words.h"
#include "widgets/rungs-display.h"

/* Returns: what stands in the place of %s; NULL: the sentence without its place. */
typedef char *(*DetailFunc) (const RungsEvent *event,
                             const char       *name);

typedef struct
{
  const char *kind;
  const char *icon;
  const char *sentence; /* with one %s where `detail` is set */
  DetailFunc detail;
} Kind;

static char *
as_it_is (const RungsEvent *event,
          const char       *name)
{
  return g_strdup (event->detail);
}

/* ---- details that are JSON */

static JsonObject *
parse_object (const char  *text,
              JsonNode   **node)
{
  *node = json_from_string (text, NULL);
  return *node != NULL && JSON_NODE_HOLDS_OBJECT (*node) ? json_node_get_object (*node) : NULL;
}

static const char *
change_part (JsonArray *change,
             guint      i)
{
  JsonNode *part = json_array_get_length (change) > i ? json_array_get_element (change, i) : NULL;
  const char *text = part != NULL && JSON_NODE_HOLDS_VALUE (part) ? json_node_get_string (part)
                                                                  : NULL;

  return text != NULL && *text != '\0' ? text : "–";
}

static void
append_change (GString    *words,
               const char *what,
               JsonNode   *node)
{
  JsonArray *change = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", what);
  if (change != NULL)
    g_string_append_printf (words, " %s → %s", change_part (change, 0), change_part (change, 1));
}

static char *
lead_changes (const RungsEvent *event,
              const char       *name)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = parse_object (event->detail, &node);
  g_autoptr (GList) columns = object != NULL ? json_object_get_members (object) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (GList *column = columns; column != NULL; column = column->next)
    append_change (words, rungs_lead_column_words (column->data),
                   json_object_get_member (object, column->data));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
field_change (const RungsEvent *event,
              const char       *name)
{
  g_autoptr (JsonNode) node = json_from_string (event->detail, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  if (node == NULL)
    return g_strdup (name ? name : "");
  append_change (words, name ? name : _ ("a field"), node);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
score_change (const RungsEvent *event,
              const char       *name)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = parse_object (event->detail, &node);
  const char *why;

  if (object == NULL)
    return g_strdup ("");
  why = json_object_get_string_member_with_default (object, "why", "");
  return g_strdup_printf ("%" G_GINT64_FORMAT " → %" G_GINT64_FORMAT "%s%s",
                          json_object_get_int_member_with_default (object, "from", 0),
                          json_object_get_int_member_with_default (object, "to", 0),
                          *why != '\0' ? ", " : "", why);
}

static char *
money_of (JsonObject *object)
{
  return rungs_display_money (
    rungs_money (json_object_get_int_member_with_default (object, "amount", 0),
                 json_object_get_string_member_with_default (object, "currency", "EUR")));
}

/* "Ring me · by phone · Mairéad"; of a use "Ring me · accepted although …". */
static char *
coupon_event (const RungsEvent *event,
              const char       *name)
{
  static const char *const TEXTS[] = { "who", "note" };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = parse_object (event->detail, &node);
  g_autoptr (GString) words = g_string_new (NULL);
  RungsCouponHow how;
  const char *against;

  if (object == NULL)
    return g_strdup (event->detail);
  g_string_append (words, json_object_get_string_member_with_default (object, "code", ""));
  if (rungs_coupon_how_from_text (
          json_object_get_string_member_with_default (object, "how", ""), &how))
    g_string_append_printf (words, " · %s", rungs_coupon_how_words (how));
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *text = json_object_get_string_member_with_default (object, TEXTS[i], "");

      if (*text != '\0')
        g_string_append_printf (words, " · %s", text);
    }
  against = rungs_coupon_against_words (rungs_coupon_verdict_from_text (
      json_object_get_string_member_with_default (object, "against", "")));
  if (against != NULL)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("accepted although %s"), against);
    }
  return g_strdup (words->str);
}

static char *
order_placed (const RungsEvent *event,
              const char       *name)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = parse_object (event->detail, &node);
  JsonNode *products = object != NULL ? json_object_get_member (object, "products") : NULL;
  JsonArray *list = products && JSON_NODE_HOLDS_ARRAY (products) ? json_node_get_array (products)
                                                                 : NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *money = NULL;
  const char *coupon;

  if (object == NULL)
    return g_strdup ("");
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (list, i));
  money = money_of (object);
  coupon = json_object_get_string_member_with_default (object, "coupon", "");
  g_string_append_printf (words, " · %s", money);
  if (*coupon != '\0')
    g_string_append_printf (words, " · %s", coupon);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
order_refunded (const RungsEvent *event,
                const char       *name)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = parse_object (event->detail, &node);
  g_autofree char *money = NULL;
  const char *reason;

  if (object == NULL)
    return g_strdup ("");
  money = money_of (object);
  reason = json_object_get_string_member_with_default (object, "reason", "");
  return g_strdup_printf ("%s%s%s", money, *reason != '\0' ? " · " : "", reason);
}

static char *
task_asked (const RungsEvent *event,
            const char       *name)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = parse_object (event->detail, &node);

  return g_strdup (object ? json_object_get_string_member_with_default (object, "title", "") : "");
}

/* ---- details that are words of the program */

/* Looks a word up in a table of word, translation; a word that is not there stays as it is. */
static char *
translate (const char *const (*table)[2],
           guint                n,
           const char          *word)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (table[i][0], word))
      return g_strdup (_ (table[i][1]));
  return g_strdup (word);
}

static char *
origin (const RungsEvent *event,
        const char       *name)
{
  static const char *const table[][2] = {
    { "by hand", N_ ("entered by hand") },
    { "form", N_ ("filled in a form") },
    { "demo", N_ ("part of the demo business") },
    { "order", N_ ("ordered") },
  };

  return translate (table, G_N_ELEMENTS (table), event->detail);
}

static char *
note_kind (const RungsEvent *event,
           const char       *name)
{
  static const char *const table[][2] = {
    { RUNGS_EVENT_NOTE_ADDED, N_ ("a note") },
    { RUNGS_EVENT_CALL_LOGGED, N_ ("a call") },
    { RUNGS_EVENT_MEETING_LOGGED, N_ ("a meeting") },
  };

  return translate (table, G_N_ELEMENTS (table), event->detail);
}

/* "KIND:NAME" */
static char *
touch_source (const RungsEvent *event,
              const char       *name)
{
  const char *colon = strchr (event->detail, ':');

  return g_strdup (colon != NULL ? colon + 1 : event->detail);
}

/* "PURPOSE/CHANNEL" */
static char *
consent (const RungsEvent *event,
         const char       *name)
{
  static const char *const table[][2] = {
    { "marketing/email", N_ ("marketing by e-mail") },
    { "marketing/phone", N_ ("marketing by telephone") },
    { "marketing/post", N_ ("marketing by post") },
    { "marketing/sms", N_ ("marketing by text message") },
  };

  return translate (table, G_N_ELEMENTS (table), event->detail);
}

static char *
suppressed (const RungsEvent *event,
            const char       *name)
{
  return g_strdup (rungs_suppressed_words (rungs_suppressed_from_text (event->detail)));
}

static char *
withheld (const RungsEvent *event,
          const char       *name)
{
  static const char *const table[][2] = {
    { "no-address", N_ ("there is no address that works") },
    { "bounced", N_ ("the address was refused before") },
    { "suppressed", N_ ("the address is on the do-not-send list") },
    { "no-consent", N_ ("no agreement to marketing by e-mail") },
    { "quiet", N_ ("the lead asked for a pause") },
    { "owned", N_ ("what it sells is owned already") },
    { "left", N_ ("the lead has left the sequence") },
    { "merged", N_ ("two leads were merged, and as the other one they get it") },
    { "cancelled", N_ ("the broadcast was cancelled") },
    { "no-text", N_ ("the message has no text that can be sent") },
  };

  return translate (table, G_N_ELEMENTS (table), event->detail);
}

static char *
quiet (const RungsEvent *event,
       const char       *name)
{
  gint64 until = 0;
  g_autofree char *day = NULL;

  if (!rungs_time_parse (event->detail, NULL, &until, NULL))
    return g_strdup (_ ("it is over"));
  day = rungs_time_format_day (until, NULL);
  return g_strdup_printf (_ ("until %s"), day);
}

static char *
sequence_left (const RungsEvent *event,
               const char       *name)
{
  const char *outcome = rungs_outcome_words (event->detail);

  return name != NULL ? g_strdup_printf ("“%s”: %s", name, outcome) : g_strdup (outcome);
}

/* ---- the kinds */

static const Kind KINDS[] = {
  { RUNGS_EVENT_LEAD_CREATED, "contact-new-symbolic", N_ ("Became known: %s"), origin },
  { RUNGS_EVENT_LEAD_CHANGED, "document-edit-symbolic", N_ ("Changed: %s"), lead_changes },
  { RUNGS_EVENT_LEAD_RESTORED, "edit-undo-symbolic", N_ ("Was deleted and put back"), NULL },
  { RUNGS_EVENT_LEAD_MERGED, "object-select-symbolic", N_ ("Merged with %s"), as_it_is },
  { RUNGS_EVENT_LEAD_UNMERGED, "edit-undo-symbolic", N_ ("A merge was undone"), NULL },
  { RUNGS_EVENT_LEAD_IMPORTED, "document-open-symbolic", N_ ("Was in the import of %s"), as_it_is },
  { RUNGS_EVENT_FIELD_CHANGED, "document-edit-symbolic", N_ ("Changed: %s"), field_change },
  { RUNGS_EVENT_SCORE_CHANGED, "starred-symbolic", N_ ("Score %s"), score_change },
  { RUNGS_EVENT_NOTE_ADDED, "user-available-symbolic", N_ ("Note: %s"), as_it_is },
  { RUNGS_EVENT_CALL_LOGGED, "call-start-symbolic", N_ ("Call: %s"), as_it_is },
  { RUNGS_EVENT_MEETING_LOGGED, "system-users-symbolic", N_ ("Meeting: %s"), as_it_is },
  { RUNGS_EVENT_NOTE_CHANGED, "document-edit-symbolic", N_ ("Corrected: %s"), note_kind },
  { RUNGS_EVENT_NOTE_DELETED, "user-trash-symbolic", N_ ("Deleted: %s"), note_kind },
  { RUNGS_EVENT_NOTE_RESTORED, "edit-undo-symbolic", N_ ("Put back: %s"), note_kind },
  { RUNGS_EVENT_TAG_ADDED, "list-add-symbolic", N_ ("Got the tag “%s”"), as_it_is },
  { RUNGS_EVENT_TAG_REMOVED, "list-remove-symbolic", N_ ("Lost the tag “%s”"), as_it_is },
  { RUNGS_EVENT_TOUCH_MADE, "go-jump-symbolic", N_ ("Came from %s"), touch_source },
  { RUNGS_EVENT_CONSENT_GIVEN, "object-select-symbolic", N_ ("Agreed to %s"), consent },
  { RUNGS_EVENT_CONSENT_WITHDRAWN, "action-unavailable-symbolic", N_ ("Wants no more %s"),
    consent },
  { RUNGS_EVENT_CONSENT_ANNULLED, "edit-undo-symbolic", N_ ("An entry about %s was taken back"),
    consent },
  { RUNGS_EVENT_CONSENT_PAUSED, "appointment-soon-symbolic", N_ ("Wants a pause: %s"), quiet },
  { RUNGS_EVENT_LEAD_SUPPRESSED, "action-unavailable-symbolic",
    N_ ("Put on the do-not-send list: %s"), suppressed },
  { RUNGS_EVENT_LEAD_UNSUPPRESSED, "object-select-symbolic", N_ ("Taken off the do-not-send list"),
    NULL },
  { RUNGS_EVENT_FORM_SUBMITTED, "document-edit-symbolic", N_ ("Filled in the form “%s”"),
    as_it_is },
  { RUNGS_EVENT_ORDER_PLACED, "object-select-symbolic", N_ ("Ordered %s"), order_placed },
  { RUNGS_EVENT_COUPON_GIVEN, "starred-symbolic", N_ ("Was given the coupon %s"), coupon_event },
  { RUNGS_EVENT_COUPON_REDEEMED, "starred-symbolic", N_ ("Used the coupon %s"), coupon_event },
  { RUNGS_EVENT_COUPON_UNDONE, "edit-undo-symbolic", N_ ("Taken back: the coupon %s"), as_it_is },
  { RUNGS_EVENT_ORDER_RENEWED, "view-refresh-symbolic", N_ ("Renewed %s"), order_placed },
  { RUNGS_EVENT_SUBSCRIPTION_LAPSED, "action-unavailable-symbolic",
    N_ ("The subscription “%s” lapsed"), as_it_is },
  { RUNGS_EVENT_ORDER_REFUNDED, "edit-undo-symbolic", N_ ("Got money back: %s"), order_refunded },
  { RUNGS_EVENT_ORDER_UNREFUNDED, "edit-undo-symbolic", N_ ("A refund was taken back"), NULL },
  { RUNGS_EVENT_MAIL_PLANNED, "mail-unread-symbolic", N_ ("“%s” is due"), as_it_is },
  { RUNGS_EVENT_MAIL_SENT, "mail-send-symbolic", N_ ("“%s” was sent"), as_it_is },
  { RUNGS_EVENT_MAIL_FAILED, "dialog-warning-symbolic", N_ ("A message was refused: %s"),
    as_it_is },
  { RUNGS_EVENT_MAIL_WITHHELD, "action-unavailable-symbolic", N_ ("A message was not sent: %s"),
    withheld },
  { RUNGS_EVENT_MAIL_DOUBT, "dialog-question-symbolic",
    N_ ("A message may or may not have arrived"), NULL },
  { RUNGS_EVENT_MAIL_BOUNCED, "dialog-warning-symbolic",
    N_ ("The address was refused for good: %s"), as_it_is },
  { RUNGS_EVENT_MAIL_BLOCKED, "dialog-warning-symbolic", N_ ("A message was turned away: %s"),
    as_it_is },
  { RUNGS_EVENT_MAIL_COMPLAINED, "action-unavailable-symbolic", N_ ("Called a message spam"),
    NULL },
  { RUNGS_EVENT_MAIL_REPLIED, "mail-reply-sender-symbolic", N_ ("Replied: %s"), as_it_is },
  { RUNGS_EVENT_MAIL_ABSENT, "computer-symbolic", N_ ("A machine replied: %s"), as_it_is },
  { RUNGS_EVENT_MAIL_CLICKED, "go-jump-symbolic", N_ ("Followed a link: %s"), as_it_is },
  { RUNGS_EVENT_MAIL_SCANNED, "computer-symbolic", N_ ("A machine looked at a link: %s"),
    as_it_is },
  { RUNGS_EVENT_SEQUENCE_ENTERED, "media-playback-start-symbolic", N_ ("Entered the sequence “%s”"),
    as_it_is },
  { RUNGS_EVENT_SEQUENCE_LEFT, "media-playback-stop-symbolic", N_ ("Left the sequence %s"),
    sequence_left },
  { RUNGS_EVENT_SEQUENCE_MOVED, "document-edit-symbolic",
    N_ ("The sequence “%s” was edited, and goes on otherwise"), as_it_is },
  { RUNGS_EVENT_SEQUENCE_HELD, "media-playback-pause-symbolic",
    N_ ("The sequence “%s” waits until the reply is answered"), as_it_is },
  { RUNGS_EVENT_SEQUENCE_RESUMED, "media-playback-start-symbolic",
    N_ ("The reply is answered: the sequence “%s” goes on"), as_it_is },
  { RUNGS_EVENT_SEGMENT_ENTERED, "list-add-symbolic", N_ ("Came into the segment “%s”"), as_it_is },
  { RUNGS_EVENT_SEGMENT_LEFT, "list-remove-symbolic", N_ ("Left the segment “%s”"), as_it_is },
  { RUNGS_EVENT_TASK_ASKED, "checkbox-symbolic", N_ ("To do: %s"), task_asked },
  { RUNGS_EVENT_TASK_ADDED, "checkbox-symbolic", N_ ("To do: %s"), as_it_is },
  { RUNGS_EVENT_TASK_DONE, "checkbox-checked-symbolic", N_ ("Done: %s"), as_it_is },
  { RUNGS_EVENT_TASK_REOPENED, "rungs-task-symbolic", N_ ("Not done after all: %s"), as_it_is },
};

static const Kind *
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_equal (KINDS[i].kind, kind))
      return &KINDS[i];
  return NULL;
}

char *
rungs_timeline_words (const RungsEvent *event,
                      const char       *name)
{
  const Kind *kind = NULL;
  g_autofree char *detail = NULL;
  g_auto (GStrv) around = NULL;

  g_return_val_if_fail (event != NULL, NULL);

  kind = find_kind (event->kind);
  if (kind == NULL)
    return g_strdup (event->kind);
  if (kind->detail == NULL)
    return g_strdup (_ (kind->sentence));
  detail = kind->detail (event, name);
  around = g_strsplit (_ (kind->sentence), "%s", 2);
  return g_strjoinv (detail, around);
}

const char *
rungs_timeline_icon (const char *kind)
{
  const Kind *found = find_kind (kind);

  return found != NULL ? found->icon : "content-loading-symbolic";
}

const char *
rungs_outcome_words (const char *outcome)
{
  static const char *const table[][2] = {
    { "finished", N_ ("walked to the end") },   { "bought", N_ ("bought") },
    { "goal", N_ ("reached the goal") },        { "exit", N_ ("left") },
    { "stopped", N_ ("was stopped") },          { "error", N_ ("could not go on") },
  };

  for (guint i = 0; outcome != NULL && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i][0], outcome))
      return _ (table[i][1]);
  return outcome != NULL ? outcome : _ ("in it now");
}
