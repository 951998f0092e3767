/* rungs-practice-transport.h: writes messages to a folder instead of sending them.
 *
 * The default way out, so that nothing leaves the machine until an owner connects a real account.
 * Each message is one .eml file, named after its Message-ID: the same message written twice is one
 * file. */

#pragma once

#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRACTICE_TRANSPORT (rungs_practice_transport_get_type ())

G_DECLARE_FINAL_TYPE (RungsPracticeTransport, rungs_practice_transport, RUNGS, PRACTICE_TRANSPORT,
                      RungsTransport)

/* `folder` is made (mode 0700) when the first message is written. */
RungsTransport *rungs_practice_transport_new (const char *folder);

/* The folder of the business file at `path`: "FILE-practice" beside it. */
char *rungs_practice_get_folder (const char *path);

/* The name of the file, without its folder, that a message with this Message-ID is written to. */
char *rungs_practice_file_name (const char *message_id);

/* Whether the message is there, whole. */
gboolean rungs_practice_has (const char *folder,
                             const char *message_id);

G_END_DECLS
