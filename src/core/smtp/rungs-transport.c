/* rungs-transport.c: a way out for messages. */

#include "smtp/rungs-transport.h"

#include <string.h>

G_DEFINE_ABSTRACT_TYPE (RungsTransport, rungs_transport, G_TYPE_OBJECT)

static void
rungs_transport_class_init (RungsTransportClass *class)
{
}

static void
rungs_transport_init (RungsTransport *self)
{
}

void
rungs_delivery_clear (RungsDelivery *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->reply);
  *self = (RungsDelivery){ 0 };
}

const char *
rungs_delivery_outcome_get_name (RungsDeliveryOutcome outcome)
{
  switch (outcome)
    {
    case RUNGS_DELIVERY_ACCEPTED:
      return "accepted";
    case RUNGS_DELIVERY_TEMPORARY:
      return "temporary";
    case RUNGS_DELIVERY_PERMANENT:
      return "permanent";
    case RUNGS_DELIVERY_IN_DOUBT:
      return "in doubt";
    case RUNGS_DELIVERY_ACCOUNT_TROUBLE:
      return "account trouble";
    case RUNGS_DELIVERY_CANCELLED:
      return "cancelled";
    default:
      g_return_val_if_reached ("");
    }
}

char *
rungs_transport_clean_line (const char *bytes,
                            gssize      length,
                            gsize       limit)
{
  g_autofree char *text = g_utf8_make_valid (bytes, length);
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      gboolean blank = !g_unichar_isprint (character) || g_unichar_isspace (character);

      if (line->len + 6 > limit)
        break;
      if (!blank)
        g_string_append_unichar (line, character);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }
  return g_strchomp (g_string_free (g_steal_pointer (&line), FALSE));
}

void
rungs_transport_connect (RungsTransport *self,
                         GCancellable   *cancellable,
                         RungsDelivery  *delivery)
{
  g_return_if_fail (RUNGS_IS_TRANSPORT (self));
  g_return_if_fail (delivery != NULL);

  *delivery = (RungsDelivery){ .outcome = RUNGS_DELIVERY_ACCEPTED };
  if (RUNGS_TRANSPORT_GET_CLASS (self)->connect != NULL)
    RUNGS_TRANSPORT_GET_CLASS (self)->connect (self, cancellable, delivery);
  if (delivery->reply == NULL)
    delivery->reply = g_strdup ("");
}

void
rungs_transport_send (RungsTransport      *self,
                      const RungsEnvelope *envelope,
                      GBytes              *message,
                      GCancellable        *cancellable,
                      RungsDelivery       *delivery)
{
  g_return_if_fail (RUNGS_IS_TRANSPORT (self));
  g_return_if_fail (envelope != NULL && envelope->from != NULL && envelope->to != NULL);
  g_return_if_fail (envelope->message_id != NULL);
  g_return_if_fail (message != NULL);
  g_return_if_fail (delivery != NULL);

  *delivery = (RungsDelivery){ 0 };
  RUNGS_TRANSPORT_GET_CLASS (self)->send (self, envelope, message, cancellable, delivery);
  if (delivery->reply == NULL)
    delivery->reply = g_strdup ("");
}

void
rungs_transport_disconnect (RungsTransport *self)
{
  g_return_if_fail (RUNGS_IS_TRANSPORT (self));

  if (RUNGS_TRANSPORT_GET_CLASS (self)->disconnect != NULL)
    RUNGS_TRANSPORT_GET_CLASS (self)->disconnect (self);
}

gboolean
rungs_transport_recall (RungsTransport *self,
                        const char     *message_id,
                        GCancellable   *cancellable)
{
  g_return_val_if_fail (RUNGS_IS_TRANSPORT (self), FALSE);
  g_return_val_if_fail (message_id != NULL, FALSE);

  return RUNGS_TRANSPORT_GET_CLASS (self)->recall != NULL
         && RUNGS_TRANSPORT_GET_CLASS (self)->recall (self, message_id, cancellable);
}
