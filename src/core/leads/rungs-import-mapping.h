/* rungs-import-mapping.h: which column of a file goes to which field of a lead. */

#pragma once

#include "leads/rungs-field.h"

G_BEGIN_DECLS

/**
 * RungsImportTarget:
 * @RUNGS_IMPORT_IGNORE: nowhere
 * @RUNGS_IMPORT_FIELD: a field of the business's own; it is made when a row has a value for it
 * @RUNGS_IMPORT_FULL_NAME: split where the row has neither first nor last name
 * @RUNGS_IMPORT_STREET_2: a second line of the street
 * @RUNGS_IMPORT_CREATED_AT: since when the person is known; where it is not said, when they agreed
 * @RUNGS_IMPORT_CONSENT_AT: when they agreed; where it is not said, since when they are known
 * @RUNGS_IMPORT_STATUS: whether the person agreed to be written to, see rungs_import_status_parse()
 * @RUNGS_IMPORT_UNSUBSCRIBED: yes, or when, the person took it back
 * @RUNGS_IMPORT_BOUNCED: yes, or when, the address was refused for good
 */
typedef enum
{
  RUNGS_IMPORT_IGNORE,
  RUNGS_IMPORT_FIELD,
  RUNGS_IMPORT_EMAIL,
  RUNGS_IMPORT_FIRST_NAME,
  RUNGS_IMPORT_LAST_NAME,
  RUNGS_IMPORT_FULL_NAME,
  RUNGS_IMPORT_COMPANY,
  RUNGS_IMPORT_PHONE,
  RUNGS_IMPORT_STREET,
  RUNGS_IMPORT_STREET_2,
  RUNGS_IMPORT_POSTCODE,
  RUNGS_IMPORT_CITY,
  RUNGS_IMPORT_REGION,
  RUNGS_IMPORT_COUNTRY,
  RUNGS_IMPORT_LANGUAGE,
  RUNGS_IMPORT_ZONE,
  RUNGS_IMPORT_NOTES,
  RUNGS_IMPORT_TAGS,
  RUNGS_IMPORT_CREATED_AT,
  RUNGS_IMPORT_CONSENT_AT,
  RUNGS_IMPORT_STATUS,
  RUNGS_IMPORT_UNSUBSCRIBED,
  RUNGS_IMPORT_BOUNCED,
} RungsImportTarget;

#define RUNGS_IMPORT_N_TARGETS (RUNGS_IMPORT_BOUNCED + 1)

typedef struct
{
  char *heading;            /* (owned) as the file has it */
  RungsImportTarget target;
  char *field_key;          /* (owned) (nullable) of RUNGS_IMPORT_FIELD, and what it would be */
  RungsFieldKind kind;      /* of a field that is made for it; a field that is there has its own */
} RungsImportColumn;

typedef struct _RungsImportMapping RungsImportMapping;

/* Guesses from what Mailchimp, HubSpot, ActiveCampaign, Google Contacts, Outlook (English and
 * German), Brevo, Shopify, WooCommerce and people write as headings. Headings that mean nothing
 * here become fields of the business's own; numbers and codes of the exporter are ignored, and so
 * are the columns that Rungs adds to a file of refused rows. Where several columns want to be one
 * field, the usual one gets it, but one that has values goes before one that has none: `filled`
 * (nullable) is how many of the first rows have a value in each column. The others become fields of
 * their own. After 200 such columns the rest is ignored: that is no list of people. */
RungsImportMapping *rungs_import_mapping_guess (const char *const *headings,
                                                guint              n_headings,
                                                const guint       *filled);

RungsImportMapping *rungs_import_mapping_copy (const RungsImportMapping *self);
void rungs_import_mapping_free (RungsImportMapping *self);

guint rungs_import_mapping_get_n_columns (const RungsImportMapping *self);
const RungsImportColumn *rungs_import_mapping_get_column (const RungsImportMapping *self,
                                                          guint                     column);

/* The column that goes to `target`; -1: none. Not for FIELD and IGNORE. */
int rungs_import_mapping_find (const RungsImportMapping *self,
                               RungsImportTarget         target);

/* Whether the last two columns are those that Rungs adds to a file of refused rows, see
 * rungs-import-rejects.h. */
gboolean rungs_import_mapping_has_reject_columns (const RungsImportMapping *self);

/* Sends a column to another field, by its name (see below). A column that went there before becomes
 * a field of the business's own, except where a target takes several columns (tags, status).
 * Errors: INVALID, no such field. */
gboolean rungs_import_mapping_set (RungsImportMapping *self,
                                   guint               column,
                                   const char         *field,
                                   GError            **error);

/* What a field that is made for the column holds. */
void rungs_import_mapping_set_kind (RungsImportMapping *self,
                                    guint               column,
                                    RungsFieldKind      kind);

/* The same by "HEADING=FIELD", as the command line has it. The heading may be written in other
 * case. Errors: NOT_FOUND, the file has no such heading; INVALID. */
gboolean rungs_import_mapping_set_by_heading (RungsImportMapping *self,
                                              const char         *assignment,
                                              GError            **error);

/* Whether leads can be made of it: something must tell one person from another, an e-mail address
 * or a telephone number. Errors: INVALID. */
gboolean rungs_import_mapping_check (const RungsImportMapping *self,
                                     GError                  **error);

/* How a target is named in a mapping: "email", "first_name", …, "ignore"; "field" needs ":KEY"
 * after it, and can have ":KIND" after that ("field:age:number"). */
const char *rungs_import_target_get_name (RungsImportTarget target);

/* Returns: (transfer full): "email", "field:KEY", "field:KEY:KIND" (where it is no text), … of a
 * column. */
char *rungs_import_column_dup_field (const RungsImportColumn *column);

/* Returns: (transfer full): JSON, an array of ["HEADING", "FIELD"] in the order of the columns,
 * ignored ones left out. */
char *rungs_import_mapping_to_json (const RungsImportMapping *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImportMapping, rungs_import_mapping_free)

G_END_DECLS
