/* rungs-relay-proof.c: that somebody took the trouble to fill in a form. */

#include "rungs-relay-proof.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/rungs-clock.h"
#include "wire/rungs-base64url.h"
#include "wire/rungs-link.h"

#define HEAD_BYTES 17
#define TOKEN_BYTES (HEAD_BYTES + RUNGS_LINK_SEAL_BYTES)
#define TOKEN_LETTERS 44
#define WORK_DIGITS 10
#define TOKEN_COUNTS RUNGS_DAY

/* Whoever presses a button has seen it first. */
#define STEP_SECONDS 1

/* So many are remembered; the oldest are forgotten first, and could count once more. */
#define SPENT_MOST 50000

const char *
rungs_relay_proof_to_text (RungsRelayProof proof)
{
  const char *const words[] = { "none", "time", "work", "step" };

  g_return_val_if_fail (proof < G_N_ELEMENTS (words), NULL);

  return words[proof];
}

/* ---- tokens */

/* What is sealed: "form", the head, the form's slug; no other seal is over something that begins
 * so. */
static GByteArray *
sealed_of (const guint8 *head,
           const char   *slug)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "form", 4);
  g_byte_array_append (bytes, head, HEAD_BYTES);
  g_byte_array_append (bytes, (const guint8 *) slug, (guint) strlen (slug));
  return bytes;
}

char *
rungs_relay_token_new (GPtrArray          *seals,
                       RungsRelayTokenKind kind,
                       const char         *slug,
                       gint64              now)
{
  guint8 token[TOKEN_BYTES] = { (guint8) kind };
  g_autoptr (GByteArray) sealed = NULL;

  for (guint i = 0; i < 8; i++)
    token[1 + i] = (guint8) (now >> (56 - 8 * i) & 255);
  if (getentropy (token + 9, 8) != 0)
    g_error ("the system gives no random numbers: %s", g_strerror (errno));
  sealed = sealed_of (token, slug);
  rungs_link_seal (seals->pdata[0], sealed->data, sealed->len, token + HEAD_BYTES);
  return rungs_base64url_encode (token, sizeof token);
}

/* Whether it is one of ours; then what it is of, and when it was made. */
static gboolean
read_token (GPtrArray           *seals,
            const char          *slug,
            const char          *token,
            RungsRelayTokenKind *kind,
            gint64              *made_at)
{
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GByteArray) sealed = NULL;
  guint64 at = 0;
  gsize length = 0;

  if (token == NULL || strnlen (token, TOKEN_LETTERS + 1) != TOKEN_LETTERS)
    return FALSE;
  bytes = rungs_base64url_decode (token, &length);
  if (bytes == NULL || length != TOKEN_BYTES)
    return FALSE;
  sealed = sealed_of (bytes, slug);
  if (!rungs_link_is_sealed (seals, sealed->data, sealed->len, bytes + HEAD_BYTES))
    return FALSE;
  for (guint i = 0; i < 8; i++)
    at = at << 8 | bytes[1 + i];
  *kind = bytes[0];
  *made_at = (gint64) at;
  return TRUE;
}

/* ---- work */

static guint
zero_bits (const guint8 *hash,
           gsize         length)
{
  guint bits = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (hash[i] != 0)
        return bits + 8 - g_bit_storage (hash[i]);
      bits += 8;
    }
  return bits;
}

static gboolean
is_work (const char *token,
         const char *work,
         guint       bits)
{
  gsize digits = strnlen (work, WORK_DIGITS + 1);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 hash[32];
  gsize length = sizeof hash;

  if (digits == 0 || digits > WORK_DIGITS || strspn (work, G_CSET_DIGITS) != digits)
    return FALSE;
  g_checksum_update (checksum, (const guchar *) token, -1);
  g_checksum_update (checksum, (const guchar *) ".", 1);
  g_checksum_update (checksum, (const guchar *) work, -1);
  g_checksum_get_digest (checksum, hash, &length);
  return zero_bits (hash, length) >= bits;
}

RungsRelayProof
rungs_relay_proof_check (GPtrArray  *seals,
                         const char *slug,
                         const char *token,
                         const char *work,
                         guint       seconds,
                         guint       bits,
                         gint64      now)
{
  RungsRelayTokenKind kind = RUNGS_RELAY_TOKEN_TIME;
  gint64 made_at = 0;
  gint64 least;

  if (!read_token (seals, slug, token, &kind, &made_at))
    return RUNGS_RELAY_PROOF_NONE;
  least = (kind == RUNGS_RELAY_TOKEN_STEP ? STEP_SECONDS : seconds) * RUNGS_SECOND;
  if (now - made_at < least || now - made_at > TOKEN_COUNTS)
    return RUNGS_RELAY_PROOF_NONE;
  if (kind == RUNGS_RELAY_TOKEN_STEP)
    return RUNGS_RELAY_PROOF_STEP;
  if (work == NULL || *work == '\0')
    return RUNGS_RELAY_PROOF_TIME;
  return is_work (token, work, bits) ? RUNGS_RELAY_PROOF_WORK : RUNGS_RELAY_PROOF_NONE;
}

/* ---- what has counted */

struct _RungsRelaySpent
{
  GHashTable *bodies; /* (owned): token (owned) -> hash of the body (owned) */
  GQueue order;       /* of its keys, the oldest first */
};

RungsRelaySpent *
rungs_relay_spent_new (void)
{
  RungsRelaySpent *self = g_new0 (RungsRelaySpent, 1);

  self->bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->order);
  return self;
}

void
rungs_relay_spent_free (RungsRelaySpent *self)
{
  g_queue_clear (&self->order);
  g_hash_table_unref (self->bodies);
  g_free (self);
}

gboolean
rungs_relay_spent_take (RungsRelaySpent *self,
                        const char      *token,
                        GBytes          *body)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  const char *before = g_hash_table_lookup (self->bodies, token);
  char *key;

  if (before != NULL)
    return strcmp (before, hash) == 0;
  key = g_strdup (token);
  g_hash_table_insert (self->bodies, key, g_steal_pointer (&hash));
  g_queue_push_tail (&self->order, key);
  if (self->order.length > SPENT_MOST)
    g_hash_table_remove (self->bodies, g_queue_pop_head (&self->order));
  return TRUE;
}
