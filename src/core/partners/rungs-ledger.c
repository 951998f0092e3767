/* rungs-ledger.c: an entry of the book of commissions. */

#include "partners/rungs-ledger.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"

static const char *const STATES[]
    = { "expense", "held", "approved", "payable", "paid", "carried" };
static const char *const KINDS[] = { "accrual", "reversal", "release", "hold", "payout", "set-off",
                                     "paid", "failed", "returned", "bonus", "cleared" };

const char *
rungs_ledger_state_to_text (RungsLedgerState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (STATES), NULL);

  return STATES[state];
}

gboolean
rungs_ledger_state_from_text (const char       *text,
                              RungsLedgerState *state)
{
  return rungs_names_find (STATES, G_N_ELEMENTS (STATES), text, state);
}

const char *
rungs_ledger_kind_to_text (RungsLedgerKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (KINDS), NULL);

  return KINDS[kind];
}

gboolean
rungs_ledger_kind_from_text (const char      *text,
                             RungsLedgerKind *kind)
{
  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), text, kind);
}

RungsLedgerEntry *
rungs_ledger_entry_new (RungsLedgerKind kind,
                        gint64          at,
                        const char     *currency)
{
  RungsLedgerEntry *self = g_new0 (RungsLedgerEntry, 1);

  self->kind = kind;
  self->at = at;
  g_strlcpy (self->currency, currency, sizeof self->currency);
  self->base = RUNGS_LEDGER_NO_BASE;
  self->rate = RUNGS_LEDGER_NO_RATE;
  self->words = g_strdup ("");
  self->postings = g_array_new (FALSE, FALSE, sizeof (RungsPosting));
  return self;
}

void
rungs_ledger_entry_free (RungsLedgerEntry *self)
{
  g_free (self->words);
  g_array_unref (self->postings);
  g_free (self);
}

const char *
rungs_ledger_entry_get_base_currency (const RungsLedgerEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->exchange.rate != 0
             ? rungs_exchange_rate_get_other (&self->exchange, self->currency)
             : self->currency;
}

static RungsPosting *
get_posting (const RungsLedgerEntry *self,
             guint                   i)
{
  return &g_array_index (self->postings, RungsPosting, i);
}

/* Where the account stands among the postings, or would. */
static guint
place_of (const RungsLedgerEntry *self,
          gint64                  partner,
          RungsLedgerState        state)
{
  guint i = 0;

  while (i < self->postings->len
         && (get_posting (self, i)->partner < partner
             || (get_posting (self, i)->partner == partner
                 && get_posting (self, i)->state < state)))
    i++;
  return i;
}

gboolean
rungs_ledger_entry_post (RungsLedgerEntry *self,
                         gint64            partner,
                         RungsLedgerState  state,
                         gint64            amount,
                         GError          **error)
{
  RungsPosting posting = { partner, state, amount, 0 };
  RungsPosting *there;
  guint place;

  g_return_val_if_fail (self != NULL && partner > 0, FALSE);

  place = place_of (self, partner, state);
  there = place < self->postings->len ? get_posting (self, place) : NULL;
  if (there == NULL || there->partner != partner || there->state != state)
    {
      if (amount != 0)
        g_array_insert_val (self->postings, place, posting);
      return TRUE;
    }
  if (__builtin_add_overflow (there->amount, amount, &there->amount))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
      return FALSE;
    }
  if (there->amount == 0)
    g_array_remove_index (self->postings, place);
  return TRUE;
}

gboolean
rungs_ledger_entry_move (RungsLedgerEntry *self,
                         gint64            partner,
                         RungsLedgerState  debit,
                         RungsLedgerState  credit,
                         gint64            amount,
                         GError          **error)
{
  g_return_val_if_fail (amount >= 0, FALSE);

  return rungs_ledger_entry_post (self, partner, debit, amount, error)
         && rungs_ledger_entry_post (self, partner, credit, -amount, error);
}

gboolean
rungs_ledger_entry_check (const RungsLedgerEntry *self,
                          GError                **error)
{
  gint64 sum = 0;
  gboolean fits = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->postings->len && fits; i++)
    fits = !__builtin_add_overflow (sum, get_posting (self, i)->amount, &sum);
  if (fits && sum == 0 && self->postings->len >= 2)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("the entry of the ledger does not balance"));
  return FALSE;
}

/* ---- the hash */

/* As "%" G_GINT64_FORMAT has it, for a fraction of its time: a long book is hashed whole. */
static void
add_digits (GString *text,
            gint64   number)
{
  char digits[20];
  gsize n = sizeof digits;
  guint64 rest = number < 0 ? -(guint64) number : (guint64) number;

  do
    digits[--n] = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0)
    g_string_append_c (text, '-');
  g_string_append_len (text, digits + n, (gssize) (sizeof digits - n));
}

static void
add_number (GString    *text,
            const char *name,
            gint64      number)
{
  g_string_append (text, name);
  g_string_append_c (text, ' ');
  add_digits (text, number);
  g_string_append_c (text, '\n');
}

static void
add_word (GString    *text,
          const char *name,
          const char *word)
{
  g_string_append (text, name);
  g_string_append_c (text, ' ');
  g_string_append (text, word);
  g_string_append_c (text, '\n');
}

static void
add_exchange (GString                 *text,
              const RungsExchangeRate *exchange)
{
  g_string_append_printf (text, "exchange %" G_GINT64_FORMAT " %s %s %s\n", exchange->rate,
                          exchange->base, exchange->quote, exchange->day);
}

static void
add_postings (GString                *text,
              const RungsLedgerEntry *self)
{
  for (guint i = 0; i < self->postings->len; i++)
    {
      const RungsPosting *posting = get_posting (self, i);

      g_string_append (text, "posting ");
      add_digits (text, posting->partner);
      g_string_append_c (text, ' ');
      g_string_append (text, STATES[posting->state]);
      g_string_append_c (text, ' ');
      add_digits (text, posting->amount);
      g_string_append_c (text, ' ');
      add_digits (text, posting->balance);
      g_string_append_c (text, '\n');
    }
}

static void
add_hex (GString      *text,
         const guint8 *bytes)
{
  static const char DIGITS[] = "0123456789abcdef";

  for (guint i = 0; i < RUNGS_LEDGER_HASH_BYTES; i++)
    {
      g_string_append_c (text, DIGITS[bytes[i] >> 4]);
      g_string_append_c (text, DIGITS[bytes[i] & 15]);
    }
}

char *
rungs_ledger_entry_dup_text (const RungsLedgerEntry *self,
                             const guint8           *before)
{
  const struct
  {
    const char *name;
    gint64 number;
  } numbers[] = {
    { "order", self->order },   { "line", self->order_line }, { "terms", self->terms },
    { "touch", self->touch },   { "payout", self->payout },   { "reverses", self->reverses },
  };
  GString *text = g_string_new ("rungs ledger 1\n");

  add_number (text, "id", self->id);
  add_word (text, "kind", KINDS[self->kind]);
  add_number (text, "at", self->at);
  add_number (text, "booked", self->booked_at);
  add_word (text, "currency", self->currency);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (text, numbers[i].name, numbers[i].number);
  if (self->base != RUNGS_LEDGER_NO_BASE)
    add_number (text, "base", self->base);
  if (self->rate != RUNGS_LEDGER_NO_RATE)
    add_number (text, "rate", self->rate);
  if (self->exchange.rate != 0)
    add_exchange (text, &self->exchange);
  add_postings (text, self);
  add_number (text, "words", (gint64) strlen (self->words));
  g_string_append (text, self->words);
  g_string_append (text, "\nbefore ");
  add_hex (text, before);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

void
rungs_ledger_entry_hash (const RungsLedgerEntry *self,
                         const guint8           *before,
                         guint8                 *hash)
{
  g_autofree char *text = rungs_ledger_entry_dup_text (self, before);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = RUNGS_LEDGER_HASH_BYTES;

  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (sum, hash, &length);
}
