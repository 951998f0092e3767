/* rungs-message-check.h: what is wrong with a message, before anybody gets it. */

#pragma once

#include "mail/rungs-message-store.h"

G_BEGIN_DECLS

/**
 * RungsMessageProblemCode:
 * @RUNGS_MESSAGE_PROBLEM_NO_NAME: error: it has no name
 * @RUNGS_MESSAGE_PROBLEM_NO_PURPOSE: error: it does not say what it is for
 * @RUNGS_MESSAGE_PROBLEM_NO_VALUE: error: it does not say what the reader gets
 * @RUNGS_MESSAGE_PROBLEM_NO_SUBJECT: error: it has no subject
 * @RUNGS_MESSAGE_PROBLEM_NO_TEXT: error: it has no text
 * @RUNGS_MESSAGE_PROBLEM_TEMPLATE: error: `detail` says what is wrong, and where
 * @RUNGS_MESSAGE_PROBLEM_NO_ALT: error: the picture of the block `detail` says nothing to those
 *   who do not see it, and is not marked as decoration
 * @RUNGS_MESSAGE_PROBLEM_TOO_LARGE: error: the HTML has `detail` kB, and Gmail cuts off what is
 *   over 102, the way out among it
 * @RUNGS_MESSAGE_PROBLEM_VARIABLE: warning: nothing is known by the name `detail`
 * @RUNGS_MESSAGE_PROBLEM_NO_PREVIEW: warning: mail programs show the beginning of the text instead
 * @RUNGS_MESSAGE_PROBLEM_LONG_SUBJECT: warning: more than 78 characters, of which phones show half
 * @RUNGS_MESSAGE_PROBLEM_HTML: warning: HTML is shown as it is typed
 * @RUNGS_MESSAGE_PROBLEM_NO_ADDRESS: warning: marketing, and the business has no postal address
 * @RUNGS_MESSAGE_PROBLEM_NO_LETTER: warning: the product `detail` has no sales letter for readers
 *   of messages, and so its button is not shown
 * @RUNGS_MESSAGE_PROBLEM_NO_SIGNATURE: warning: it shows the signature, and the business has none
 * @RUNGS_MESSAGE_PROBLEM_HEAVY: warning: its pictures have `detail` kB, which takes long on a
 *   telephone
 */
typedef enum
{
  RUNGS_MESSAGE_PROBLEM_NO_NAME,
  RUNGS_MESSAGE_PROBLEM_NO_PURPOSE,
  RUNGS_MESSAGE_PROBLEM_NO_VALUE,
  RUNGS_MESSAGE_PROBLEM_NO_SUBJECT,
  RUNGS_MESSAGE_PROBLEM_NO_TEXT,
  RUNGS_MESSAGE_PROBLEM_TEMPLATE,
  RUNGS_MESSAGE_PROBLEM_NO_ALT,
  RUNGS_MESSAGE_PROBLEM_TOO_LARGE,
  RUNGS_MESSAGE_PROBLEM_VARIABLE,
  RUNGS_MESSAGE_PROBLEM_NO_PREVIEW,
  RUNGS_MESSAGE_PROBLEM_LONG_SUBJECT,
  RUNGS_MESSAGE_PROBLEM_HTML,
  RUNGS_MESSAGE_PROBLEM_NO_ADDRESS,
  RUNGS_MESSAGE_PROBLEM_NO_LETTER,
  RUNGS_MESSAGE_PROBLEM_NO_SIGNATURE,
  RUNGS_MESSAGE_PROBLEM_HEAVY,
} RungsMessageProblemCode;

typedef struct
{
  RungsMessageProblemCode code;
  gboolean is_error; /* it cannot be sent as it is */
  char *detail;      /* (owned) never NULL */
} RungsMessageProblem;

void rungs_message_problem_free (RungsMessageProblem *self);

/* "no-purpose", "variable", …: for --json and logs. */
const char *rungs_message_problem_code_to_text (RungsMessageProblemCode code);

/* Returns: (transfer full) (element-type RungsMessageProblem): errors first; empty where all is
 * well. NULL with an error only where the file cannot be read. */
GPtrArray *rungs_message_check (RungsDb             *db,
                                const RungsMessage  *message,
                                GError             **error);

G_END_DECLS
