/* rungs-lead-order-store.c: how the leads of a list are put in order.
 *
 * The columns that every lead has are in order in an index. The values of the business's own
 * fields are not: an index of them all would make every import slower and the file bigger for what
 * few ever sort by. They are sorted when they are asked for, by one walk over the values: at a
 * million leads 0.2 s for the first rows and some two seconds for all, after which whoever asks
 * keeps the list (rungs-lead-list.h). Numbers
 * and money are sorted as numbers, choices as they stand in the field, dates and yes or no as they
 * are stored; long texts, and several choices at once, have no order. */

#include "leads/rungs-lead-order-store.h"

#define FEW_LEADS "SELECT l.id, " /* whether there is nothing in the column */
#define OF_FEW " FROM json_each (:ids) j CROSS JOIN lead l ON l.id = j.value "

/* The values of a field, and of some leads with or without one. */
#define CHOICE " LEFT JOIN field_choice c ON c.field = v.field AND c.key = v.value "
#define OF_FIELD(MORE, KEY, WAY)                                                                   \
  "SELECT v.lead FROM lead_value v" MORE                                                           \
  " WHERE v.field = :field ORDER BY " KEY WAY ", v.lead" WAY " LIMIT :limit"
#define FEW_OF_FIELD(MORE, KEY, WAY, LAST)                                                         \
  FEW_LEADS "v.value IS NULL" OF_FEW                                                               \
  "LEFT JOIN lead_value v ON v.lead = l.id AND v.field = :field " MORE                             \
  "ORDER BY 2, " KEY WAY ", " LAST " LIMIT :limit"
#define BY_FIELD(MORE, KEY)                                                                        \
  {                                                                                                \
    OF_FIELD (MORE, KEY, ""), OF_FIELD (MORE, KEY, " DESC"),                                       \
        "SELECT l.id FROM lead l"                                                                  \
        " WHERE NOT EXISTS (SELECT 1 FROM lead_value v"                                            \
        "                    WHERE v.lead = l.id AND v.field = :field)"                            \
        " ORDER BY l.id LIMIT :limit",                                                             \
        FEW_OF_FIELD (MORE, KEY, "", "l.id"),                                                      \
        FEW_OF_FIELD (MORE, KEY, " DESC", "iif (v.value IS NULL, l.id, -l.id)"),                   \
  }

static const RungsLeadOrder ORDERS[] = {
  [RUNGS_LEAD_SORT_CREATED] = {
    "SELECT id FROM lead ORDER BY created_at, id LIMIT :limit",
    "SELECT id FROM lead ORDER BY created_at DESC, id DESC LIMIT :limit",
    NULL,
    FEW_LEADS "0" OF_FEW "ORDER BY l.created_at, l.id LIMIT :limit",
    FEW_LEADS "0" OF_FEW "ORDER BY l.created_at DESC, l.id DESC LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_NAME] = {
    "SELECT id FROM lead WHERE last_name <> '' OR first_name <> ''"
    " ORDER BY last_name COLLATE NOCASE, first_name COLLATE NOCASE, id LIMIT :limit",
    "SELECT id FROM lead WHERE last_name <> '' OR first_name <> ''"
    " ORDER BY last_name COLLATE NOCASE DESC, first_name COLLATE NOCASE DESC, id DESC LIMIT :limit",
    "SELECT id FROM lead"
    " WHERE last_name = '' COLLATE NOCASE AND first_name = '' COLLATE NOCASE"
    " ORDER BY id LIMIT :limit",
    FEW_LEADS "l.last_name = '' AND l.first_name = ''" OF_FEW
    "ORDER BY 2, l.last_name COLLATE NOCASE, l.first_name COLLATE NOCASE, l.id LIMIT :limit",
    FEW_LEADS "l.last_name = '' AND l.first_name = ''" OF_FEW
    "ORDER BY 2, l.last_name COLLATE NOCASE DESC, l.first_name COLLATE NOCASE DESC,"
    " iif (l.last_name = '' AND l.first_name = '', l.id, -l.id) LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_EMAIL] = {
    "SELECT id FROM lead WHERE email_key IS NOT NULL ORDER BY email_key LIMIT :limit",
    "SELECT id FROM lead WHERE email_key IS NOT NULL ORDER BY email_key DESC LIMIT :limit",
    "SELECT id FROM lead WHERE email_key IS NULL ORDER BY id LIMIT :limit",
    FEW_LEADS "l.email_key IS NULL" OF_FEW "ORDER BY 2, l.email_key, l.id LIMIT :limit",
    FEW_LEADS "l.email_key IS NULL" OF_FEW "ORDER BY 2, l.email_key DESC, l.id LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_COMPANY] = {
    "SELECT id FROM lead WHERE company > '' COLLATE NOCASE"
    " ORDER BY company COLLATE NOCASE, id LIMIT :limit",
    "SELECT id FROM lead WHERE company > '' COLLATE NOCASE"
    " ORDER BY company COLLATE NOCASE DESC, id DESC LIMIT :limit",
    "SELECT id FROM lead WHERE company = '' COLLATE NOCASE ORDER BY id LIMIT :limit",
    FEW_LEADS "l.company = ''" OF_FEW "ORDER BY 2, l.company COLLATE NOCASE, l.id LIMIT :limit",
    FEW_LEADS "l.company = ''" OF_FEW
    "ORDER BY 2, l.company COLLATE NOCASE DESC, iif (l.company = '', l.id, -l.id) LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_CITY] = {
    "SELECT id FROM lead WHERE city > '' COLLATE NOCASE"
    " ORDER BY city COLLATE NOCASE, id LIMIT :limit",
    "SELECT id FROM lead WHERE city > '' COLLATE NOCASE"
    " ORDER BY city COLLATE NOCASE DESC, id DESC LIMIT :limit",
    "SELECT id FROM lead WHERE city = '' COLLATE NOCASE ORDER BY id LIMIT :limit",
    FEW_LEADS "l.city = ''" OF_FEW "ORDER BY 2, l.city COLLATE NOCASE, l.id LIMIT :limit",
    FEW_LEADS "l.city = ''" OF_FEW
    "ORDER BY 2, l.city COLLATE NOCASE DESC, iif (l.city = '', l.id, -l.id) LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_SCORE] = {
    "SELECT id FROM lead ORDER BY score, id LIMIT :limit",
    "SELECT id FROM lead ORDER BY score DESC, id DESC LIMIT :limit",
    NULL,
    FEW_LEADS "0" OF_FEW "ORDER BY l.score, l.id LIMIT :limit",
    FEW_LEADS "0" OF_FEW "ORDER BY l.score DESC, l.id DESC LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_TEXTS] = BY_FIELD ("", "v.value COLLATE NOCASE"),
  [RUNGS_LEAD_SORT_NUMBERS] = BY_FIELD ("", "CAST (v.value AS REAL)"),
  [RUNGS_LEAD_SORT_CHOICES] = BY_FIELD (CHOICE, "c.position"),
};

const RungsLeadOrder *
rungs_lead_order_of (RungsLeadSort sort)
{
  g_return_val_if_fail (sort < G_N_ELEMENTS (ORDERS), NULL);

  return &ORDERS[sort];
}
