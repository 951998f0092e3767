/* rungs-merge-data.h: what a message can say of a lead.
 *
 *   * lead.first_name, last_name, name, email, company, phone, street, postcode, city, region,
 *     country, language, score;
 *   * lead.fields.KEY: the business's own fields: numbers as numbers, yes and no as true and false,
 *     money as “49.00 EUR”, a choice as its label, several as a list of labels (for `join`), dates
 *     as “2026-11-21” (for `date`), all others as text;
 *   * lead.tags: their names; lead.products: what the lead owns, each with name, sku, since;
 *   * product: what the message sells: name, sku, price (“49.00 EUR”), amount (minor units),
 *     currency, period_months; nil where it sells nothing;
 *   * next_offer: the same of the product to offer next; nil where there is none;
 *   * business.name, business.address; today and now, for the filter `date`;
 *   * preferences_link: where the lead says no to more, or how much;
 *   * confirm_link: where the lead confirms what was asked with this message;
 *   * form_link_SLUG: an opt-in form, which asks this lead only what is not known of it; "-" of
 *     the slug is "_".
 *
 * There is no lead.notes: what is noted about a person is not for the person. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-liquid.h"

G_BEGIN_DECLS

/* What takes a question of its own to find out; a message asks only for what it uses. */
typedef enum
{
  RUNGS_MERGE_FIELDS = 1 << 0,
  RUNGS_MERGE_TAGS = 1 << 1,
  RUNGS_MERGE_PRODUCTS = 1 << 2,
  RUNGS_MERGE_NEXT_OFFER = 1 << 3,
  RUNGS_MERGE_ALL = (1 << 4) - 1,
} RungsMergeParts;

/* The names of links that rungs_merge_data_set_link() sets. */
#define RUNGS_MERGE_PREFERENCES "preferences_link"
#define RUNGS_MERGE_CONFIRM "confirm_link"

/* What the names of links to forms begin with. */
#define RUNGS_MERGE_FORM "form_link_"

/* What the variables (element-type RungsLiquidVariable) of a message need. */
RungsMergeParts rungs_merge_parts_of (GPtrArray *variables);

typedef struct _RungsMergeData RungsMergeData;

/* `sells` 0: nothing. Errors: NOT_FOUND (no such lead or product). */
RungsMergeData *rungs_merge_data_new (RungsDb          *db,
                                      gint64            lead,
                                      gint64            sells,
                                      RungsMergeParts   parts,
                                      gint64            now,
                                      GError          **error);

/* Data of an invented lead, for a preview or a test message. */
RungsMergeData *
rungs_merge_data_new_example (RungsDb  *db,
                              gint64    sells,
                              gint64    now,
                              GError  **error);
/* Data of somebody of whom nothing is known but the language and, "" where it is not, the first
 * name. */
RungsMergeData *rungs_merge_data_new_stranger (RungsDb     *db,
                                               const char  *language,
                                               const char  *first_name,
                                               gint64       now,
                                               GError     **error);
void rungs_merge_data_free (RungsMergeData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMergeData, rungs_merge_data_free)

/* What a name that stands by itself leads to. */
void rungs_merge_data_set_link (RungsMergeData *self,
                                const char     *name,
                                const char     *link);

/* The map for rungs_liquid_render(), and the zone of the business; both live as long as `self`. */
RungsLiquidValue rungs_merge_data_get_values (const RungsMergeData *self);
GTimeZone *rungs_merge_data_get_zone (const RungsMergeData *self);

/* Whether its lead is invented. */
gboolean rungs_merge_data_is_example (const RungsMergeData *self);

/* Whose message it is, and the lead's name as the header To has it; lent. */
const RungsBusiness *rungs_merge_data_get_business (const RungsMergeData *self);
const char *rungs_merge_data_get_lead_name (const RungsMergeData *self);

/* The lead's language (BCP 47); empty where it is not known. Lent. */
const char *rungs_merge_data_get_language (const RungsMergeData *self);

/* Whether messages know that path (rungs_liquid_list_variables()); custom fields are looked up. */
gboolean rungs_merge_data_knows (RungsDb     *db,
                                 const char  *path,
                                 gboolean    *knows,
                                 GError     **error);

G_END_DECLS
