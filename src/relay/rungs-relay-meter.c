/* rungs-relay-meter.c: how often one address may do something. */

#include "rungs-relay-meter.h"

#include <string.h>

/* So many addresses are remembered; then those whose buckets are full are forgotten, which changes
 * nothing, and if there are none, all. */
#define REMEMBERED 50000

struct _RungsRelayMeter
{
  double per_second;
  double burst;
  GHashTable *buckets; /* (owned): host -> Bucket */
};

typedef struct
{
  double tokens;
  gint64 filled_at;
} Bucket;

RungsRelayMeter *
rungs_relay_meter_new (double per_second,
                       double burst)
{
  RungsRelayMeter *self = g_new0 (RungsRelayMeter, 1);

  self->per_second = per_second;
  self->burst = burst;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rungs_relay_meter_free (RungsRelayMeter *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static void
fill (RungsRelayMeter *self,
      Bucket          *bucket,
      gint64           now)
{
  double seconds = (double) (now - bucket->filled_at) / G_USEC_PER_SEC;

  bucket->tokens = MIN (self->burst, bucket->tokens + seconds * self->per_second);
  bucket->filled_at = now;
}

static void
forget_full (RungsRelayMeter *self,
             gint64           now)
{
  GHashTableIter buckets;
  gpointer value;

  g_hash_table_iter_init (&buckets, self->buckets);
  while (g_hash_table_iter_next (&buckets, NULL, &value))
    {
      fill (self, value, now);
      if (((Bucket *) value)->tokens >= self->burst)
        g_hash_table_iter_remove (&buckets);
    }
  if (g_hash_table_size (self->buckets) >= REMEMBERED)
    g_hash_table_remove_all (self->buckets);
}

static Bucket *
bucket_of (RungsRelayMeter *self,
           const char      *host,
           gint64           now)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, host);

  if (bucket != NULL)
    {
      fill (self, bucket, now);
      return bucket;
    }
  if (g_hash_table_size (self->buckets) >= REMEMBERED)
    forget_full (self, now);
  bucket = g_new0 (Bucket, 1);
  bucket->tokens = self->burst;
  bucket->filled_at = now;
  g_hash_table_insert (self->buckets, g_strdup (host), bucket);
  return bucket;
}

gboolean
rungs_relay_meter_has (RungsRelayMeter *self,
                       const char      *host,
                       gint64           now)
{
  g_return_val_if_fail (self != NULL && host != NULL, FALSE);

  return bucket_of (self, host, now)->tokens >= 1;
}

gboolean
rungs_relay_meter_take (RungsRelayMeter *self,
                        const char      *host,
                        gint64           now)
{
  Bucket *bucket;

  g_return_val_if_fail (self != NULL && host != NULL, FALSE);

  bucket = bucket_of (self, host, now);
  if (bucket->tokens < 1)
    return FALSE;
  bucket->tokens -= 1;
  return TRUE;
}

static char *
host_of (GInetAddress *address)
{
  const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff }; /* ::ffff:0:0/96, RFC 4291 */
  guint8 bytes[16];
  g_autoptr (GInetAddress) network = NULL;

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_inet_address_to_string (address);
  memcpy (bytes, g_inet_address_to_bytes (address), sizeof bytes);
  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    {
      network = g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);
      return g_inet_address_to_string (network);
    }
  memset (bytes + 8, 0, 8);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (network);
}

char *
rungs_relay_host_of (GSocketAddress *address)
{
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("");
  return host_of (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

char *
rungs_relay_host_of_text (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL ? host_of (address) : NULL;
}
