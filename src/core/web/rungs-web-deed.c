/* rungs-web-deed.c: what a delivery says that happened. */

#include "web/rungs-web-deed.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "base/rungs-names.h"
#include "web/rungs-web-answers.h"
#include "web/rungs-web-lines.h"
#include "wire/rungs-wire-json.h"

#define MOST_DEEDS 5000

/* A clock that is a day ahead is wrong. */
#define MOST_AHEAD (24 * G_GINT64_CONSTANT (3600000))

static const char *const KINDS[]
    = { "form",   "order",   "refund",    "dispute",     "dispute_won", "lapse",
        "bounce", "blocked", "complaint", "unsubscribe", "note" };

void
rungs_web_deed_free (RungsWebDeed *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    g_free (self->person[i]);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->same);
  g_ptr_array_unref (self->refs);
  g_ptr_array_unref (self->lines);
  g_free (self->form);
  g_free (self->page);
  g_free (self->number);
  g_free (self->reversal);
  g_free (self->coupon);
  g_free (self->reason);
  g_free (self->message);
  g_free (self->words);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebDeed, rungs_web_deed_free)

static char *
read_value (const RungsWebReading *self,
            const char    *member)
{
  return rungs_web_reader_read_member (self->reader, self->rule, member);
}

/* ---- money */

static gboolean
read_currency (const RungsWebReading  *self,
               GError                **error)
{
  g_autofree char *text = read_value (self, "currency");
  g_autofree char *code = text != NULL ? g_ascii_strup (text, -1) : NULL;

  if (code == NULL)
    return TRUE;
  if (!rungs_currency_is_valid (code))
    return rungs_error_refuse (error, _ ("The currency in it is none."));
  g_strlcpy (self->deed->currency, code, sizeof self->deed->currency);
  return TRUE;
}

/* ---- orders */

static gboolean
is_listed (JsonObject *rule,
           const char *member,
           const char *text)
{
  JsonArray *words = rungs_wire_json_array (rule, member);

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    if (g_strcmp0 (json_array_get_string_element (words, i), text) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_order (const RungsWebReading  *self,
            GError                **error)
{
  RungsWebDeed *deed = self->deed;
  g_autofree char *agreed = read_value (self, "agreed");

  g_ptr_array_unref (deed->same);
  g_ptr_array_unref (deed->refs);
  deed->number = read_value (self, "number");
  deed->same = rungs_web_reader_read_all (self->reader, self->rule, "same");
  deed->refs = rungs_web_reader_read_all (self->reader, self->rule, "refs");
  deed->coupon = read_value (self, "coupon");
  deed->paid_until = rungs_web_reader_read_time (self->reader, self->rule, "paid_until");
  deed->agreed = agreed != NULL && is_listed (self->rule, "agreed_is", agreed);
  deed->refused = agreed != NULL && is_listed (self->rule, "refused_is", agreed);
  if (deed->number == NULL)
    return rungs_error_refuse (error, _ ("The order in it has no number."));
  return read_currency (self, error)
         && rungs_web_amount_read (self, self->rule, "total", &deed->total, error)
         && rungs_web_lines_read (self, error);
}

/* ---- refunds */

/* A sum of nothing is nothing, not all. */
static gboolean
read_back (const RungsWebReading  *self,
           GError                **error)
{
  RungsWebDeed *deed = self->deed;

  if (!json_object_has_member (self->rule, "sum"))
    return rungs_web_amount_read (self, self->rule, deed->is_so_far ? "so_far" : "amount",
                                  &deed->amount, error);
  if (!rungs_web_amount_read (self, self->rule, "sum", &deed->amount, error))
    return FALSE;
  deed->amount = MAX (deed->amount, 0);
  return TRUE;
}

/* Also a dispute that was won. */
static gboolean
read_refund (const RungsWebReading  *self,
             GError                **error)
{
  RungsWebDeed *deed = self->deed;

  g_ptr_array_unref (deed->refs);
  deed->refs = rungs_web_reader_read_all (self->reader, self->rule, "order");
  deed->number = read_value (self, "number");
  deed->reversal = read_value (self, "reversal");
  deed->reason = read_value (self, "reason");
  deed->is_so_far = json_object_has_member (self->rule, "so_far");
  if (deed->refs->len == 0 && (deed->kind != RUNGS_WEB_DISPUTE_WON || deed->number == NULL))
    return rungs_error_refuse (error, _ ("It does not say which order it is about."));
  return read_back (self, error);
}

/* ---- people and mail */

/* "Ann <ann@example.com>" is ann@example.com. */
static void
strip_name (char *address)
{
  const char *open = address != NULL ? strrchr (address, '<') : NULL;

  if (open != NULL)
    {
      memmove (address, open + 1, strlen (open));
      address[strcspn (address, ">")] = '\0';
    }
}

static void
read_person (const RungsWebReading *self)
{
  for (guint i = RUNGS_IMPORT_EMAIL; i <= RUNGS_IMPORT_NOTES; i++)
    self->deed->person[i] = read_value (self, rungs_import_target_get_name (i));
  strip_name (self->deed->person[RUNGS_IMPORT_EMAIL]);
}

static gboolean
read_mail (const RungsWebReading  *self,
           GError                **error)
{
  self->deed->message = read_value (self, "message");
  self->deed->words = read_value (self, "words");
  strip_name (self->deed->message);
  return self->deed->person[RUNGS_IMPORT_EMAIL] != NULL || self->deed->message != NULL
         || rungs_error_refuse (error, _ ("It names neither an address nor a message."));
}

/* ---- a deed */

static gboolean
read_kind (const RungsWebReading  *self,
           GError                **error)
{
  switch (self->deed->kind)
    {
    case RUNGS_WEB_FORM:
      self->deed->page = read_value (self, "page");
      rungs_web_answers_read (self->reader, rungs_wire_json_array (self->rule, "answers"),
                              self->deed->answers);
      return TRUE;
    case RUNGS_WEB_ORDER:
      return read_order (self, error);
    case RUNGS_WEB_REFUND:
    case RUNGS_WEB_DISPUTE:
    case RUNGS_WEB_DISPUTE_WON:
    case RUNGS_WEB_LAPSE:
      return read_refund (self, error);
    case RUNGS_WEB_NOTE:
      self->deed->words = read_value (self, "text");
      return TRUE;
    case RUNGS_WEB_BOUNCE:
    case RUNGS_WEB_BLOCKED:
    case RUNGS_WEB_COMPLAINT:
    case RUNGS_WEB_UNSUBSCRIBE:
    default:
      return read_mail (self, error);
    }
}

static RungsWebDeed *
deed_new (RungsWebDeedKind kind)
{
  RungsWebDeed *deed = g_new0 (RungsWebDeed, 1);

  deed->kind = kind;
  deed->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_web_answer_free);
  deed->same = g_ptr_array_new_with_free_func (g_free);
  deed->refs = g_ptr_array_new_with_free_func (g_free);
  deed->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_web_line_free);
  deed->total = -1;
  deed->amount = -1;
  return deed;
}

static gboolean
add_deed (GPtrArray         *deeds,
          RungsWebReader    *reader,
          JsonObject        *rule,
          RungsWebDeedKind   kind,
          gint64             received_at,
          GError           **error)
{
  RungsWebDeed *deed = deed_new (kind);
  RungsWebReading reading = { reader, rule, deed, FALSE };

  g_ptr_array_add (deeds, deed);
  if (deeds->len > MOST_DEEDS)
    return rungs_error_refuse (error, _ ("It holds too many things at once."));
  reading.is_decimal = g_strcmp0 (rungs_wire_json_text (rule, "money"), "decimal") == 0;
  deed->at = rungs_web_reader_read_time (reader, rule, "at");
  if (deed->at <= 0 || deed->at > received_at + MOST_AHEAD)
    deed->at = received_at;
  deed->form = read_value (&reading, "form");
  read_person (&reading);
  return read_kind (&reading, error);
}

static gboolean
find_kind (JsonObject       *rule,
           RungsWebDeedKind *kind)
{
  const char *name = rungs_wire_json_text (rule, "do");

  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), name, kind);
}

/* One of which this program can only say what a person must do. */
static gboolean
read_other (RungsWebReader  *reader,
            JsonObject      *rule,
            GError         **error)
{
  const char *name = rungs_wire_json_text (rule, "do");
  g_autofree char *address = rungs_web_reader_read_member (reader, rule, "address");

  if (g_strcmp0 (name, "confirm") == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("The provider asks whether it may send: open this address once: %s"),
                 address != NULL ? address : "");
  else if (g_strcmp0 (name, "fetch") == 0)
    rungs_error_refuse (error, _ ("It only says that there are answers, which must be fetched from"
                                  " the provider."));
  else
    rungs_error_refuse (error, _ ("The provider's file says to do something that is not known."));
  return FALSE;
}

static gboolean
read_rule (GPtrArray       *deeds,
           RungsWebReader  *reader,
           JsonObject      *rule,
           gint64           received_at,
           GError         **error)
{
  RungsWebDeedKind kind;

  if (!rungs_web_reader_holds (reader, rungs_wire_json_object (rule, "if")))
    return TRUE;
  return find_kind (rule, &kind) ? add_deed (deeds, reader, rule, kind, received_at, error)
                                 : read_other (reader, rule, error);
}

/* "if" is about the whole, unless "each" is: then each element is asked, where the whole does not
 * say it. */
static gboolean
read_each (GPtrArray       *deeds,
           RungsWebReader  *reader,
           JsonObject      *rule,
           const char      *each,
           gint64           received_at,
           GError         **error)
{
  JsonNode *list = rungs_web_reader_find (reader, each);
  JsonObject *condition = rungs_wire_json_object (rule, "if");
  gboolean of_whole = *each != '\0' && rungs_web_reader_holds (reader, condition);
  gboolean is_read = TRUE;
  JsonArray *array;
  RungsWebDeedKind kind;

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list) || !find_kind (rule, &kind))
    return TRUE;
  array = json_node_get_array (list);
  for (guint i = 0; is_read && i < json_array_get_length (array); i++)
    {
      rungs_web_reader_enter (reader, json_array_get_element (array, i));
      if (of_whole || (*each == '\0' && rungs_web_reader_holds (reader, condition)))
        is_read = add_deed (deeds, reader, rule, kind, received_at, error);
      rungs_web_reader_enter (reader, NULL);
    }
  return is_read;
}

GPtrArray *
rungs_web_deeds_read (JsonObject      *receive,
                      RungsWebReader  *reader,
                      gint64           received_at,
                      GError         **error)
{
  g_autoptr (GPtrArray) deeds
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_web_deed_free);
  JsonArray *rules;

  g_return_val_if_fail (receive != NULL && reader != NULL, NULL);

  rules = rungs_wire_json_array (receive, "deeds");
  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      JsonNode *node = json_array_get_element (rules, i);
      JsonObject *rule = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *each = rungs_wire_json_text (rule, "each");

      if (rule == NULL)
        continue;
      if (!(each != NULL ? read_each (deeds, reader, rule, each, received_at, error)
                         : read_rule (deeds, reader, rule, received_at, error)))
        return NULL;
    }
  return g_steal_pointer (&deeds);
}
