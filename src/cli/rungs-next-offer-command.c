/* rungs-next-offer-command.c: the product to offer a lead now, and why. */

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-term.h"
#include "rungs-text-width.h"

static const char *const SIDES[] = { "for", "against", "beside" };

/* What people read of a reason; %1$s is its text, %2$s its day, %3$s its number. */
static const char *
reason_format (RungsReasonCode code)
{
  switch (code)
    {
    case RUNGS_REASON_OWNS_FROM:
      return _ ("owns %1$s since %2$s");
    case RUNGS_REASON_OWNS_NOTHING:
      return _ ("owns nothing yet");
    case RUNGS_REASON_WAITED:
      return _ ("the delay of %3$s days is over");
    case RUNGS_REASON_CONDITION_MET:
      return _ ("meets the condition: %1$s");
    case RUNGS_REASON_IN_SEQUENCE:
      return _ ("the sequence “%1$s” is selling it now");
    case RUNGS_REASON_FIRST:
      return _ ("nothing that can be offered comes before it");
    case RUNGS_REASON_RETIRED:
      return _ ("is no longer sold");
    case RUNGS_REASON_OWNED:
      return _ ("is owned already, since %2$s");
    case RUNGS_REASON_OWNED_IN_BUNDLE:
      return _ ("is owned already, in %1$s");
    case RUNGS_REASON_PARTS_OWNED:
      return _ ("everything in it is owned already");
    case RUNGS_REASON_WAITING:
      return _ ("waits %3$s more days, until %2$s");
    case RUNGS_REASON_CONDITION_NOT_MET:
      return _ ("does not meet the condition: %1$s");
    case RUNGS_REASON_CONDITION_BROKEN:
      return _ ("its condition cannot be asked: %1$s");
    case RUNGS_REASON_NOT_DECLINED:
      return _ ("waits until %1$s was not bought");
    case RUNGS_REASON_DECLINED:
      return _ ("weighs less: a sequence that sold it ended on %2$s without a sale");
    case RUNGS_REASON_OUTRANKED:
      return _ ("%1$s comes first");
    case RUNGS_REASON_NO_CONSENT:
      return _ ("has not agreed to marketing by e-mail");
    default:
      return "%1$s";
    }
}

/* Puts the text in the place of %1$s, and so on; the format is a translation, and trusted to
 * name these. */
static char *
reason_to_words (const RungsReason *reason,
                 GTimeZone         *zone)
{
  g_autofree char *day = reason->at != 0 ? rungs_time_format_day (reason->at, zone) : g_strdup ("");
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, reason->number);
  g_autofree char *text = rungs_text_dup_line (reason->text);
  const char *values[] = { text, day, number };
  GString *words = g_string_new (NULL);

  for (const char *p = reason_format (reason->code); *p != '\0'; p++)
    if (p[0] == '%' && p[1] >= '1' && p[1] <= '3' && p[2] == '$' && p[3] == 's')
      {
        g_string_append (words, values[p[1] - '1']);
        p += 3;
      }
    else
      g_string_append_c (words, *p);
  return g_string_free (words, FALSE);
}

static JsonObject *
reason_to_row (const RungsReason *reason,
               GTimeZone         *zone)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = reason_to_words (reason, zone);

  rungs_row_set_text (row, "code", rungs_reason_code_to_text (reason->code));
  rungs_row_set_text (row, "side", SIDES[rungs_reason_code_get_side (reason->code)]);
  rungs_row_set_flag (row, "deciding", reason->deciding);
  rungs_row_set_id (row, "ref", reason->ref);
  rungs_row_set_time (row, "at", reason->at);
  rungs_row_set_number (row, "number", reason->number);
  rungs_row_set_text (row, "text", reason->text);
  rungs_row_set_text (row, "words", words);
  return row;
}

static JsonObject *
candidate_to_row (RungsDb               *db,
                  const RungsCandidate  *candidate,
                  GTimeZone             *zone,
                  GError               **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, candidate->product, error);
  JsonObject *row;
  JsonArray *reasons;

  if (product == NULL)
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_number (row, "offer", candidate->offer);
  rungs_row_set_text (row, "kind", rungs_offer_kind_to_text (candidate->kind));
  rungs_row_set_text (row, "sku", product->sku);
  rungs_row_set_text (row, "name", candidate->name);
  rungs_row_set_money (row, "price", product->price);
  rungs_row_set_flag (row, "chosen", candidate->chosen);
  reasons = rungs_row_set_array (row, "reasons");
  for (guint i = 0; i < candidate->reasons->len; i++)
    json_array_add_object_element (reasons,
                                   reason_to_row (g_ptr_array_index (candidate->reasons, i), zone));
  return row;
}

/* The candidates, and which of them is `chosen` (nullable, lent by the row). */
static JsonObject *
next_to_row (RungsDb *db,
             const RungsLead *lead,
             const RungsNextOffer *next,
             GTimeZone *zone,
             JsonObject **chosen,
             GError **error)
{
  g_autoptr (JsonObject) row = rungs_row_new ();
  JsonArray *candidates;

  *chosen = NULL;
  rungs_row_set_number (row, "lead", lead->id);
  rungs_row_set_text (row, "email", lead->email);
  rungs_row_set_id (row, "offer", next->offer);
  candidates = rungs_row_set_array (row, "candidates");
  for (guint i = 0; i < next->candidates->len; i++)
    {
      const RungsCandidate *candidate = g_ptr_array_index (next->candidates, i);
      JsonObject *object = candidate_to_row (db, candidate, zone, error);

      if (object == NULL)
        return NULL;
      if (candidate->chosen)
        *chosen = object;
      json_array_add_object_element (candidates, object);
    }
  rungs_row_set_text (row, "sku", *chosen ? json_object_get_string_member (*chosen, "sku") : NULL);
  rungs_row_set_text (row, "name", next->name);
  return g_steal_pointer (&row);
}

static void
put_candidate (RungsOutput *output,
               JsonObject  *candidate)
{
  JsonArray *reasons = json_object_get_array_member (candidate, "reasons");
  g_autofree char *name = rungs_text_dup_line (json_object_get_string_member (candidate, "name"));

  rungs_output_printf (output, "\n%s %s (%s, %s)\n",
                       json_object_get_boolean_member (candidate, "chosen") ? "→" : " ", name,
                       json_object_get_string_member (candidate, "sku"),
                       rungs_term (json_object_get_string_member (candidate, "kind")));
  for (guint i = 0; i < json_array_get_length (reasons); i++)
    {
      JsonObject *reason = json_array_get_object_element (reasons, i);
      const char *side = json_object_get_string_member (reason, "side");

      rungs_output_printf (output, "    %s %s%s\n",
                           *side == 'f'   ? "+"
                           : *side == 'a' ? "−"
                                          : "·",
                           json_object_get_string_member (reason, "words"),
                           json_object_get_boolean_member (reason, "deciding") ? " *" : "");
    }
}

static void
put_answer (RungsInvocation *call,
            const RungsLead *lead,
            JsonObject      *row,
            JsonObject      *chosen)
{
  RungsOutput *output = rungs_invocation_get_output (call);
  JsonArray *candidates = json_object_get_array_member (row, "candidates");
  g_autofree char *title = rungs_lead_dup_title (lead);
  g_autofree char *sentence =
      chosen ? g_strdup_printf (_ ("Offer %s: %s (%s)."), title,
                                json_object_get_string_member (chosen, "name"),
                                json_object_get_string_member (chosen, "sku"))
             : g_strdup_printf (_ ("There is nothing to offer %s now."), title);
  g_autofree char *line = rungs_text_dup_line (sentence);

  rungs_output_printf (output, "%s\n", line);
  if (!rungs_invocation_has (call, "why"))
    return;
  for (guint i = 0; i < json_array_get_length (candidates); i++)
    put_candidate (output, json_array_get_object_element (candidates, i));
  if (json_array_get_length (candidates) > 0)
    rungs_output_printf (output, "\n%s\n", _ ("* decided"));
}

static gboolean
show_next_offer (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (RungsNextOffer) next =
      lead ? rungs_next_offer (db, lead->id, rungs_invocation_get_now (call), error) : NULL;
  JsonObject *chosen = NULL;
  g_autoptr (JsonObject) row =
      next ? next_to_row (db, lead, next, rungs_invocation_get_zone (call), &chosen, error) : NULL;

  if (row == NULL)
    return FALSE;
  if (rungs_invocation_wants_json (call))
    rungs_column_show (call, NULL, g_steal_pointer (&row));
  else
    put_answer (call, lead, row, chosen);
  return TRUE;
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_FLAG ("why", N_ ("Tell what speaks for and against each")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_NEXT_OFFER_COMMANDS[] = {
  { "next-offer", "EMAIL", N_ ("Say which product to offer a lead now"), RUNGS_COMMAND_READS,
    show_next_offer, OPTIONS, NULL,
    "{lead, email, offer, candidates: [offer, kind, sku, name, price, chosen, reasons: "
    "[code, side, deciding, ref, at, number, text, words]], sku, name}" },
  { NULL },
};
