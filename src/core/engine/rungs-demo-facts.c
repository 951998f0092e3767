/* rungs-demo-facts.c: reads the lines of the demo business that say what happened. */

#include "engine/rungs-demo-private.h"
#include "engine/rungs-demo-store.h"
#include "ladder/rungs-coupon-given-store.h"
#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "process/rungs-task-store.h"

static gint64
lead_of (RungsDemo  *demo,
         JsonObject *line)
{
  return rungs_demo_numbered (demo->leads, line, "lead");
}

static gint64
at_of (RungsDemo  *demo,
       JsonObject *line)
{
  return rungs_demo_at (demo, line, "at");
}

static gboolean
read_lead (RungsDemo   *demo,
           JsonObject  *line,
           GError     **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  gint64 id = 0;

  for (const char *const *column = rungs_lead_columns (); *column != NULL; column++)
    if (json_object_has_member (line, *column))
      rungs_lead_set (lead, *column, rungs_demo_text (line, *column));

  id = rungs_lead_add (demo->db, lead, "demo", at_of (demo, line), error);
  rungs_demo_number_is (demo->leads, rungs_demo_number (line, "number", 0), id);
  return id != 0;
}

static gboolean
read_touch (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  RungsPath path = RUNGS_PATH_DIRECT;

  rungs_path_from_text (rungs_demo_text (line, "path"), &path);
  return rungs_touch_add (demo->db, lead_of (demo, line),
                          rungs_demo_find (demo->sources, rungs_demo_text (line, "source")), path,
                          at_of (demo, line), rungs_demo_text (line, "detail"), error)
         != 0;
}

static gboolean
read_consent (RungsDemo   *demo,
              JsonObject  *line,
              GError     **error)
{
  return rungs_consent_give (demo->db, lead_of (demo, line), RUNGS_PURPOSE_MARKETING,
                             RUNGS_CHANNEL_EMAIL, at_of (demo, line),
                             rungs_demo_text (line, "origin"), rungs_demo_text (line, "wording"),
                             error)
         != 0;
}

static gboolean
read_tag (RungsDemo   *demo,
          JsonObject  *line,
          GError     **error)
{
  const char *name = rungs_demo_text (line, "tag");
  gint64 tag = rungs_demo_find (demo->tags, name);

  if (tag == 0)
    {
      tag = rungs_tag_ensure (demo->db, name, error);
      if (tag == 0)
        return FALSE;
      rungs_demo_remember (demo->tags, name, tag);
    }
  return rungs_lead_add_tag (demo->db, lead_of (demo, line), tag, at_of (demo, line), error);
}

static gboolean
read_value (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  return rungs_field_set_value (demo->db, lead_of (demo, line),
                                rungs_demo_find (demo->fields, rungs_demo_text (line, "field")),
                                rungs_demo_text (line, "value"), at_of (demo, line), error);
}

static gboolean
read_score (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  return rungs_lead_add_score (demo->db, lead_of (demo, line),
                               rungs_demo_number (line, "points", 0),
                               rungs_demo_text (line, "why"), at_of (demo, line), error);
}

static gboolean
read_order (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  gint64 at = at_of (demo, line);
  g_autoptr (RungsOrder) order = rungs_order_new (lead_of (demo, line), at);
  gint64 id = 0;

  g_free (order->origin);
  order->origin = g_strdup (rungs_demo_text (line, "origin"));
  g_free (order->coupon);
  order->coupon = g_strdup (rungs_demo_text (line, "coupon"));
  order->anyway = TRUE;
  rungs_order_add_line (order, rungs_demo_find (demo->products, rungs_demo_text (line, "sku")), 1,
                        rungs_demo_number (line, "amount", RUNGS_AMOUNT_DEFAULT));
  g_strlcpy (order->currency, demo->currency, sizeof order->currency);

  id = rungs_order_add (demo->db, order, at, error);
  rungs_demo_number_is (demo->orders, rungs_demo_number (line, "number", 0), id);
  return id != 0 && rungs_demo_settle (demo, at, error);
}

static gboolean
read_given (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  g_autoptr (RungsCoupon) coupon
      = rungs_coupon_load_by_code (demo->db, rungs_demo_text (line, "coupon"), error);
  g_autoptr (RungsCouponGiven) given = NULL;
  gint64 at = at_of (demo, line);

  if (coupon == NULL)
    return FALSE;
  given = rungs_coupon_given_new (lead_of (demo, line), coupon->id, at);
  rungs_coupon_set (&given->who, rungs_demo_text (line, "who"));
  return rungs_coupon_give (demo->db, given, at, error) != 0;
}

static gboolean
read_refund (RungsDemo   *demo,
             JsonObject  *line,
             GError     **error)
{
  gint64 at = at_of (demo, line);

  return rungs_refund_add (demo->db, rungs_demo_numbered (demo->orders, line, "order"), 0,
                           rungs_demo_number (line, "amount", RUNGS_AMOUNT_DEFAULT),
                           rungs_demo_text (line, "reason"), at, at, error)
             != 0
         && rungs_demo_settle (demo, at, error);
}

static gboolean
read_task (RungsDemo   *demo,
           JsonObject  *line,
           GError     **error)
{
  gint64 id = rungs_task_add (demo->db, lead_of (demo, line), rungs_demo_text (line, "title"),
                              rungs_demo_instant (demo, rungs_demo_number (line, "due", 0)),
                              at_of (demo, line), error);

  rungs_demo_number_is (demo->tasks, rungs_demo_number (line, "number", 0), id);
  return id != 0;
}

static gboolean
read_done (RungsDemo   *demo,
           JsonObject  *line,
           GError     **error)
{
  return rungs_task_set_done (demo->db, rungs_demo_numbered (demo->tasks, line, "task"),
                              at_of (demo, line), error);
}

static gboolean
read_unsubscribe (RungsDemo   *demo,
                  JsonObject  *line,
                  GError     **error)
{
  gint64 at = at_of (demo, line);
  g_autoptr (RungsLead) lead = rungs_lead_load (demo->db, lead_of (demo, line), error);

  return lead != NULL
         && rungs_consent_withdraw (demo->db, lead->id, RUNGS_PURPOSE_MARKETING,
                                    RUNGS_CHANNEL_EMAIL, at, "unsubscribe link", error)
                != 0
         && rungs_suppression_add (demo->db, lead->email, RUNGS_SUPPRESSED_UNSUBSCRIBED, NULL, at,
                                   error);
}

static gboolean
read_bounce (RungsDemo   *demo,
             JsonObject  *line,
             GError     **error)
{
  return rungs_lead_set_bounced (demo->db, lead_of (demo, line), at_of (demo, line), error);
}

static gboolean
add_steps (RungsDemo   *demo,
           JsonObject  *line,
           gint64       enrolment,
           GError     **error)
{
  JsonArray *steps = json_object_get_array_member (line, "steps");

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonArray *step = json_array_get_array_element (steps, i);

      if (!rungs_demo_add_step (demo->db, enrolment, i + 1, json_array_get_string_element (step, 0),
                                rungs_demo_instant (demo, json_array_get_int_element (step, 1)),
                                json_array_get_string_element (step, 2), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_enrolment (RungsDemo   *demo,
                JsonObject  *line,
                GError     **error)
{
  const char *name = rungs_demo_text (line, "sequence");
  gboolean waits = !json_object_get_null_member (line, "due");
  RungsDemoEnrolment enrolment = {
    .lead = lead_of (demo, line),
    .sequence = rungs_demo_find (demo->sequences, name),
    .version = rungs_demo_find (demo->versions, name),
    .sequence_name = name,
    .why = rungs_demo_text (line, "why"),
    .step = rungs_demo_text (line, "step"),
    .visit = json_array_get_length (json_object_get_array_member (line, "steps")),
    .due_at = waits ? rungs_demo_instant (demo, rungs_demo_number (line, "due", 0)) : 0,
    .entered_at = at_of (demo, line),
    .arrived_at = rungs_demo_at (demo, line, "arrived"),
  };
  gint64 id = rungs_demo_add_enrolment (demo->db, &enrolment, error);

  rungs_demo_number_is (demo->enrolments, rungs_demo_number (line, "number", 0), id);
  return id != 0 && add_steps (demo, line, id, error);
}

static gboolean
read_end (RungsDemo   *demo,
          JsonObject  *line,
          GError     **error)
{
  gint64 enrolment = rungs_demo_numbered (demo->enrolments, line, "enrolment");

  return rungs_demo_end_enrolment (demo->db, enrolment, lead_of (demo, line),
                                   rungs_demo_text (line, "outcome"),
                                   rungs_demo_text (line, "why"), at_of (demo, line), error);
}

static gboolean
read_mail (RungsDemo   *demo,
           JsonObject  *line,
           GError     **error)
{
  const char *name = rungs_demo_text (line, "message");
  gboolean planned = g_str_equal (rungs_demo_text (line, "state"), "planned");
  gint64 due = rungs_demo_instant (demo, rungs_demo_number (line, "due", 0));
  RungsDemoMail mail = {
    .lead = lead_of (demo, line),
    .message = rungs_demo_find (demo->messages, name),
    .message_name = name,
    .account = demo->account,
    .enrolment = rungs_demo_numbered (demo->enrolments, line, "enrolment"),
    .step = rungs_demo_text (line, "step"),
    .visit = rungs_demo_number (line, "visit", 0),
    .state = rungs_demo_text (line, "state"),
    .due_at = planned ? due : MIN (due, demo->now),
    .at = at_of (demo, line),
    .reason = rungs_demo_text (line, "reason"),
    .reply = rungs_demo_text (line, "reply"),
  };

  return rungs_demo_add_mail (demo->db, &mail, error);
}

RungsDemoReader
rungs_demo_fact_reader (const char *is)
{
  static const struct
  {
    const char *is;
    RungsDemoReader read;
  } READERS[] = {
    { "mail", read_mail },
    { "touch", read_touch },
    { "tag", read_tag },
    { "lead", read_lead },
    { "value", read_value },
    { "order", read_order },
    { "score", read_score },
    { "consent", read_consent },
    { "enrolment", read_enrolment },
    { "end", read_end },
    { "task", read_task },
    { "done", read_done },
    { "unsubscribe", read_unsubscribe },
    { "bounce", read_bounce },
    { "refund", read_refund },
    { "given", read_given },
  };

  for (guint i = 0; i < G_N_ELEMENTS (READERS); i++)
    if (g_str_equal (READERS[i].is, is))
      return READERS[i].read;
  return NULL;
}
