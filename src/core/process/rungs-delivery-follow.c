/* rungs-delivery-follow.c: what happens after an order: its products are delivered.
 *
 * Of each line of an order the product and, where it is a bundle, each of its parts is delivered,
 * as the product says: the address of a download or a message goes out as a transactional message,
 * at once; a parcel or an appointment becomes a task for the person who acts, due in a day. Where
 * there is no address to write to, or nothing to be sent, a task says so, so that nobody waits in
 * vain.
 *
 * Only what is ordered now is delivered: not what an import brings, not orders of more than
 * AT_MOST_DAYS ago that are entered later, and not the renewal of a subscription, which is an event
 * of its own kind.
 *
 * A refund of a whole line before the delivery withdraws it: open tasks go, and messages that wait
 * are withheld. What was delivered stays delivered. Where the refund is taken back, what was
 * withdrawn is asked for again.
 *
 * What was asked for can be found: the task's event has the line as its ref, the message's step is
 * 'delivery:LINE'. The cursor sees to it that an order is delivered once. */

#include "process/rungs-delivery-follow.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "mail/rungs-outbox-store.h"
#include "process/rungs-delivery-message.h"
#include "process/rungs-delivery-store.h"

#define AT_MOST_DAYS 3
#define DUE_DAYS 1

/* A product that is being delivered. */
typedef struct
{
  RungsDb *db;
  gint64 now;
  RungsLead *lead;       /* (owned) */
  gint64 line;
  gint64 quantity;
  RungsProduct *product; /* (owned) (nullable) */
} Delivery;

/* ---- by a person */

static gboolean
ask_for (Delivery    *self,
         const char  *title,
         GError     **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *detail = NULL;

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "title", title);
  rungs_json_add_number (builder, "days", DUE_DAYS);
  rungs_json_add_flag (builder, "delivery", TRUE);
  json_builder_end_object (builder);
  detail = rungs_json_dup (builder);
  return rungs_event_add (self->db, self->lead->id, RUNGS_EVENT_TASK_ASKED, self->now, self->line,
                          detail, error)
         != 0;
}

/* "2 × Home Starter Kit". */
static char *
dup_what (const Delivery *self)
{
  return self->quantity == 1
           ? g_strdup (self->product->name)
           : g_strdup_printf ("%" G_GINT64_FORMAT " × %s", self->quantity, self->product->name);
}

static gboolean
ask_person (Delivery    *self,
            const char  *format,
            GError     **error)
{
  const char *who = self->product->delivery_by;
  g_autofree char *what = dup_what (self);
  g_autofree char *job = g_strdup_printf (format, what);
  /* Translators: who is to do something, and what: "Declan: Send Home Starter Kit". */
  g_autofree char *title = *who != '\0' ? g_strdup_printf (_ ("%s: %s"), who, job)
                                        : g_strdup (job);

  return ask_for (self, title, error);
}

/* ---- by a message */

static gboolean
send_message (Delivery  *self,
              gint64     message,
              GError   **error)
{
  g_autofree char *step = g_strdup_printf ("delivery:%" G_GINT64_FORMAT, self->line);
  const RungsOutboxPlan plan = {
    .lead = self->lead->id,
    .message = message,
    .step = step,
    .due_at = self->now,
  };

  return rungs_outbox_plan (self->db, &plan, self->now, error) != 0;
}

/* What cannot be written is a person's to write: an order is not refused for it. */
static gboolean
send_link (Delivery  *self,
           GError   **error)
{
  g_autoptr (GError) fault = NULL;
  gint64 message = 0;

  if (rungs_delivery_ensure_message (self->db, self->product, self->now, &message, &fault))
    return send_message (self, message, error);
  if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    return ask_person (self, _ ("Deliver %s: its message cannot be written"), error);
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static gboolean
deliver_by_message (Delivery  *self,
                    GError   **error)
{
  gboolean is_link = self->product->delivery_kind == RUNGS_DELIVERY_LINK;
  gint64 message = self->product->delivery_message;

  if (self->lead->email == NULL || *self->lead->email == '\0')
    return ask_person (self, _ ("Deliver %s: there is no e-mail address"), error);
  if (message == 0 && (!is_link || *self->product->delivery_link == '\0'))
    return ask_person (self, _ ("Deliver %s: nothing was said about how"), error);
  return message != 0 ? send_message (self, message, error) : send_link (self, error);
}

/* ---- orders and refunds */

static gboolean
deliver (Delivery  *self,
         GError   **error)
{
  switch (self->product->delivery_kind)
    {
    case RUNGS_DELIVERY_LINK:
    case RUNGS_DELIVERY_MESSAGE:
      return deliver_by_message (self, error);
    case RUNGS_DELIVERY_SHIPPING:
      return ask_person (self, _ ("Send %s"), error);
    case RUNGS_DELIVERY_APPOINTMENT:
      return ask_person (self, _ ("Agree a day for %s"), error);
    case RUNGS_DELIVERY_NONE:
    default:
      return TRUE;
    }
}

static gboolean
deliver_line (Delivery              *self,
              const RungsOrderLine  *line,
              GError               **error)
{
  g_autoptr (GArray) products = rungs_delivery_products (self->db, line->product, error);

  self->line = line->id;
  self->quantity = line->quantity;
  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      gint64 id = g_array_index (products, gint64, i);
      gboolean done;

      self->product = rungs_product_load (self->db, id, error);
      done = self->product != NULL && deliver (self, error);
      g_clear_pointer (&self->product, rungs_product_free);
      if (!done)
        return FALSE;
    }
  return products != NULL;
}

/* An order that is no longer there has nothing to deliver, and nothing to withdraw. */
static gboolean
find_order (RungsDb     *db,
            gint64       id,
            RungsOrder **order,
            GError     **error)
{
  g_autoptr (GError) fault = NULL;

  *order = rungs_order_load (db, id, &fault);
  if (*order != NULL || g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static gboolean
placed (RungsDb           *db,
        const RungsEvent  *event,
        gint64             now,
        GError           **error)
{
  g_autoptr (RungsOrder) order = NULL;
  g_autoptr (RungsLead) lead = NULL;
  Delivery delivery = { .db = db, .now = now };

  if (event->run != 0 || event->at < now - AT_MOST_DAYS * RUNGS_DAY)
    return TRUE;
  if (!find_order (db, event->ref, &order, error))
    return FALSE;
  lead = order != NULL ? rungs_lead_load (db, order->lead, error) : NULL;
  delivery.lead = lead;
  for (guint i = 0; lead != NULL && i < order->lines->len; i++)
    {
      const RungsOrderLine *line = order->lines->pdata[i];
      gboolean back;

      if (!rungs_delivery_is_given_back (db, line->id, &back, error)
          || (!back && !deliver_line (&delivery, line, error)))
        return FALSE;
    }
  return order == NULL || lead != NULL;
}

/* What was given back whole is not delivered any more; what is owned again, is. */
static gboolean
settle (RungsDb  *db,
        gint64    id,
        gint64    now,
        GError  **error)
{
  g_autoptr (RungsOrder) order = NULL;

  if (!find_order (db, id, &order, error))
    return FALSE;
  for (guint i = 0; order != NULL && i < order->lines->len; i++)
    {
      const RungsOrderLine *line = order->lines->pdata[i];
      gboolean back;

      if (!rungs_delivery_is_given_back (db, line->id, &back, error)
          || !(back ? rungs_delivery_withdraw : rungs_delivery_ask_again) (db, order->lead,
                                                                           line->id, now, error))
        return FALSE;
    }
  return TRUE;
}

/* Which order was refunded stands in the detail. */
static gboolean
refunded (RungsDb           *db,
          const RungsEvent  *event,
          gint64             now,
          GError           **error)
{
  g_autoptr (JsonNode) node = json_from_string (event->detail, NULL);
  JsonObject *detail
    = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return detail == NULL
         || settle (db, json_object_get_int_member_with_default (detail, "order", 0), now, error);
}

static gboolean
event_cb (RungsDb           *db,
          const RungsEvent  *event,
          gpointer           data,
          GError           **error)
{
  gint64 now = *(gint64 *) data;

  if (g_str_equal (event->kind, RUNGS_EVENT_ORDER_PLACED))
    return placed (db, event, now, error);
  return g_str_equal (event->kind, RUNGS_EVENT_ORDER_REFUNDED)
           ? refunded (db, event, now, error)
           : settle (db, event->ref, now, error);
}

gboolean
rungs_deliveries_follow (RungsDb  *db,
                         gint64    now,
                         GError  **error)
{
  static const char *const KINDS[] = { RUNGS_EVENT_ORDER_PLACED, RUNGS_EVENT_ORDER_REFUNDED,
                                       RUNGS_EVENT_ORDER_UNREFUNDED, NULL };

  return rungs_event_follow (db, "deliveries", KINDS, event_cb, &now, error);
}
