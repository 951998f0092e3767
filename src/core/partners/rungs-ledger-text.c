/* rungs-ledger-text.c: the book of commissions for other programs of bookkeeping. */

#include "partners/rungs-ledger-text.h"

#include <string.h>

#include "base/rungs-money.h"
#include "base/rungs-time.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-store.h"

#define AT_ONCE 1000

static const char *const ACCOUNTS[] = {
  [RUNGS_LEDGER_EXPENSE] = "Expenses:Commissions",
  [RUNGS_LEDGER_HELD] = "Liabilities:Commissions:Held",
  [RUNGS_LEDGER_APPROVED] = "Liabilities:Commissions:Approved",
  [RUNGS_LEDGER_PAYABLE] = "Liabilities:Commissions:Payable",
  [RUNGS_LEDGER_PAID] = "Assets:Payouts",
  [RUNGS_LEDGER_CARRIED] = "Assets:Commissions:Carried",
};

typedef struct
{
  RungsDb *db;
  RungsLedgerFormat format;
  GTimeZone *zone;
  GHashTable *names;  /* id of a partner -> how accounts call it */
  GHashTable *opened; /* accounts that beancount was told of */
  GString *text;
} Writer;

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->opened, g_hash_table_unref);
  g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

/* ---- names */

/* "Anna-Berg-12": what all three programs take as a part of an account, and no other has. Beancount
 * takes letters, digits and "-", and wants a capital letter or a digit first; so a letter that has
 * no capital, and all else, follows an "X". */
static char *
name_of (const char *name,
         gint64      id)
{
  GString *text = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (text, text->len == 0 ? g_unichar_toupper (g_utf8_get_char (at))
                                                    : g_utf8_get_char (at));
    else if (text->len > 0 && text->str[text->len - 1] != '-')
      g_string_append_c (text, '-');
  if (text->len == 0
      || !(g_unichar_isupper (g_utf8_get_char (text->str)) || g_ascii_isdigit (*text->str)))
    g_string_prepend (text, "X");
  if (text->str[text->len - 1] != '-')
    g_string_append_c (text, '-');
  g_string_append_printf (text, "%" G_GINT64_FORMAT, id);
  return g_string_free (text, FALSE);
}

static const char *
find_name (Writer *self,
           gint64  partner,
           GError **error)
{
  char *name = g_hash_table_lookup (self->names, &partner);
  g_autoptr (RungsPartner) there = NULL;

  if (name != NULL)
    return name;
  there = rungs_partner_load (self->db, partner, error);
  if (there == NULL)
    return NULL;
  name = name_of (there->name, partner);
  g_hash_table_insert (self->names, g_memdup2 (&partner, sizeof partner), name);
  return name;
}

/* ---- entries */

static char *
amount_of (const RungsLedgerEntry *entry,
           gint64                  minor)
{
  return rungs_money_format (rungs_money (minor, entry->currency));
}

/* In one line, without what ends it or begins a comment. */
static char *
words_of (const RungsLedgerEntry *entry)
{
  char *words = g_strdup (entry->words);

  for (char *at = words; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) || strchr (";|\"\\", *at) != NULL)
      *at = ' ';
  return g_strstrip (words);
}

/* Beancount wants to be told of an account before it is used. */
static void
open_account (Writer     *self,
              const char *account)
{
  if (self->format == RUNGS_LEDGER_FORMAT_BEANCOUNT
      && g_hash_table_add (self->opened, g_strdup (account)))
    g_string_append_printf (self->text, "1970-01-01 open %s\n\n", account);
}

static void
add_head (Writer                 *self,
          const RungsLedgerEntry *entry,
          const char             *day)
{
  g_autofree char *words = words_of (entry);
  const char *kind = rungs_ledger_kind_to_text (entry->kind);

  if (self->format == RUNGS_LEDGER_FORMAT_BEANCOUNT)
    g_string_append_printf (self->text, "%s * \"%s\" \"%s\"\n  entry: \"%" G_GINT64_FORMAT "\"\n",
                            day, kind, words, entry->id);
  else
    g_string_append_printf (self->text, "%s * (%" G_GINT64_FORMAT ") %s%s%s\n", day, entry->id,
                            kind, *words != '\0' ? ": " : "", words);
}

static gboolean
add_entry (Writer                 *self,
           const RungsLedgerEntry *entry,
           GError                **error)
{
  g_autofree char *day = rungs_time_format_day (entry->at, self->zone);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, i);
      const char *name = find_name (self, posting->partner, error);
      g_autofree char *account = NULL, *amount = NULL;

      if (name == NULL)
        return FALSE;
      account = g_strconcat (ACCOUNTS[posting->state], ":", name, NULL);
      amount = amount_of (entry, posting->amount);
      open_account (self, account);
      g_string_append_printf (lines, "  %s  %s\n", account, amount);
    }
  add_head (self, entry, day);
  g_string_append_printf (self->text, "%s\n", lines->str);
  return TRUE;
}

static gboolean
write_page (Writer         *self,
            GPtrArray      *page,
            GOutputStream  *stream,
            GCancellable   *cancellable,
            GError        **error)
{
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < page->len; i++)
    if (!add_entry (self, g_ptr_array_index (page, i), error))
      return FALSE;
  return g_output_stream_write_all (stream, self->text->str, self->text->len, NULL, cancellable,
                                    error);
}

gboolean
rungs_ledger_write (RungsDb           *db,
                    RungsLedgerFormat  format,
                    GTimeZone         *zone,
                    GOutputStream     *stream,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_auto (Writer) self = { .db = db, .format = format, .zone = zone };
  gint64 after = 0;
  guint found = AT_ONCE;

  g_return_val_if_fail (db != NULL && zone != NULL && stream != NULL, FALSE);

  self.names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self.opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.text = g_string_new (NULL);
  while (found == AT_ONCE)
    {
      g_autoptr (GPtrArray) page = rungs_ledger_list (db, after, AT_ONCE, error);

      if (page == NULL || !write_page (&self, page, stream, cancellable, error))
        return FALSE;
      found = page->len;
      after += found;
    }
  return TRUE;
}
