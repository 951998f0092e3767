/* fuzz-orders.c: any bytes as a file of orders: its shape recognised, its columns sent elsewhere,
 * its rows read as orders and refunds. */

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/rungs-money.h"
#include "base/rungs-time.h"
#include "ladder/rungs-order-reader.h"

/* 2033-05-18: what lies after it is refused. */
#define NOW G_GINT64_CONSTANT (2000000000000)

static void
check_texts (const RungsOrderDraft *draft)
{
  g_assert (g_utf8_validate (draft->number, -1, NULL));
  g_assert (g_utf8_validate (draft->external, -1, NULL));
  g_assert (g_utf8_validate (draft->coupon, -1, NULL));
  g_assert (draft->problem == NULL || g_utf8_validate (draft->problem, -1, NULL));
  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    g_assert (draft->texts[i] == NULL || g_utf8_validate (draft->texts[i], -1, NULL));
}

static void
check_lines (const RungsOrderDraft *draft)
{
  for (guint i = 0; i < draft->lines->len; i++)
    {
      const RungsOrderDraftLine *line = g_ptr_array_index (draft->lines, i);

      g_assert (line->quantity >= 1 && line->amount >= 0);
      g_assert (g_utf8_validate (line->sku, -1, NULL) && g_utf8_validate (line->name, -1, NULL));
    }
}

/* What is not refused can be stored as it is. */
static void
check_draft (const RungsOrderDraft *draft)
{
  check_texts (draft);
  g_assert (draft->rows->len > 0);
  if (draft->problem != NULL || draft->kind == RUNGS_DRAFT_OTHER)
    return;
  g_assert (draft->at <= NOW && rungs_currency_is_valid (draft->currency));
  g_assert (strchr (draft->external, ':') != NULL);
  for (guint i = 0; i < draft->refunds->len; i++)
    g_assert (((RungsOrderDraftRefund *) draft->refunds->pdata[i])->amount >= 0);
  if (draft->kind == RUNGS_DRAFT_REFUND)
    {
      g_assert (draft->refunds->len == 1 && *draft->refers != '\0');
      return;
    }
  g_assert (draft->email_key != NULL && *draft->number != '\0' && draft->lines->len > 0);
  check_lines (draft);
  g_assert (rungs_order_draft_sum (draft) < G_MAXINT64);
}

static void
read_orders (const char        *path,
             const char *const *assignments)
{
  const RungsTableOptions options = { NULL };
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  g_autoptr (RungsOrderReader) reader = NULL;
  const RungsOrderDraft *draft;
  gint64 drafts = 0;

  rungs_order_file_is_known (path, NULL);
  reader = rungs_order_reader_open (path, &options, assignments, NULL);
  if (reader == NULL)
    return;
  rungs_order_reader_set_business (reader, zone, "EUR", NOW);
  for (; (draft = rungs_order_reader_next (reader, NULL, NULL)) != NULL; drafts++)
    check_draft (draft);
  g_assert (drafts <= rungs_order_reader_get_rows (reader));
}

/* The first byte says whether columns are sent elsewhere. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char *const ASSIGNMENTS[][5] = {
    { NULL },
    { "a=number", "b=email", "c=date", "d=line_amount", NULL },
    { "Name=product", "Email=ignore", NULL },
  };
  int fd = memfd_create ("orders", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  if (size > 0)
    {
      g_assert (write (fd, data + 1, size - 1) == (gssize) size - 1);
      read_orders (path, ASSIGNMENTS[data[0] % G_N_ELEMENTS (ASSIGNMENTS)]);
    }
  close (fd);
  return 0;
}
