/* rungs-next-offer-command.c: the product to offer a lead now, and why. */

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-offer-reason.h"
#include "rungs-term.h"
#include "rungs-text-width.h"

static const char *const SIDES[] = { "for", "against", "beside" };

static JsonObject *
reason_to_row (const RungsReason *reason,
               GTimeZone         *zone)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = rungs_offer_reason_to_words (reason, zone);

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
  rungs_row_set_money (row, "margin", candidate->expected.margin);
  rungs_row_set_number (row, "conversion", candidate->expected.conversion);
  rungs_row_set_number (row, "cases", candidate->expected.cases);
  rungs_row_set_money (row, "expected", candidate->expected.value);
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
    "{lead, email, offer, candidates: [offer, kind, sku, name, price, chosen, margin, conversion, "
    "cases, expected, reasons: [code, side, deciding, ref, at, number, text, words]], sku, name}" },
  { NULL },
};
