/* rungs-import-value.h: what the words in an exported row mean. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsImportStatus:
 * @RUNGS_STATUS_UNKNOWN: the row does not say
 * @RUNGS_STATUS_SUBSCRIBED: agreed to be written to
 * @RUNGS_STATUS_NOT_SUBSCRIBED: never agreed, or has not confirmed
 * @RUNGS_STATUS_UNSUBSCRIBED: took it back: nothing more may be sent
 * @RUNGS_STATUS_BOUNCED: the address does not exist
 * @RUNGS_STATUS_COMPLAINED: called a message spam
 *
 * In rising order of how much it forbids: where two columns of a row differ, the greater one holds.
 */
typedef enum
{
  RUNGS_STATUS_UNKNOWN,
  RUNGS_STATUS_SUBSCRIBED,
  RUNGS_STATUS_NOT_SUBSCRIBED,
  RUNGS_STATUS_UNSUBSCRIBED,
  RUNGS_STATUS_BOUNCED,
  RUNGS_STATUS_COMPLAINED,
} RungsImportStatus;

/* Of a column that says whether a person is subscribed: "yes", "Subscribed", "cleaned",
 * "Abgemeldet" … */
RungsImportStatus rungs_import_status_parse (const char *text);

/* Of a column that says whether, or when, something undesired happened: anything but nothing, "no"
 * and an empty date means that it did. */
gboolean rungs_import_flag_parse (const char *text);

/* What the name of the file says of all its rows, as Mailchimp names its files ("unsubscribed_…",
 * "cleaned_…", "nonsubscribed_…"). */
RungsImportStatus rungs_import_status_of_file (const char *file_name);

/* Parts a whole name: "Anna Maria Müller", "Müller, Anna", "Ludwig van Beethoven", "Frau Ada
 * Lovelace". A single word is a first name. Either part may be empty, not NULL. */
void rungs_import_split_name (const char  *name,
                              char       **first_name,
                              char       **last_name);

/* Puts the next tag of a list into `tag` and moves `at` behind it; FALSE at the end. Tags are
 * parted by commas, semicolons, bars, line ends, or Google's ":::"; quotes around them are left
 * out, as are Google's own groups ("* myContacts"). */
gboolean rungs_import_next_tag (const char **at,
                                GString     *tag);

G_END_DECLS
