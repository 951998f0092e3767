/* rungs-relay-mail.h: the account by which the relay sends, where the owner has given it one.
 *
 * It lies in a file of its own beside the relay's, readable by the relay's user only, with its
 * password as it is: a program that signs in by itself must have it. Whoever can read that user's
 * files can read it. Taken back, the file is gone. */

#pragma once

#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/* Never changes. Counted references, from any thread. */
typedef struct
{
  char *stamp;    /* (owned) what the desktop knows it by */
  char *address;  /* (owned) "https://relay.example": where links lead */
  char *from;     /* (owned) as SMTP wants it */
  guint per_hour; /* messages to anybody */
  RungsSmtpSettings *settings; /* (owned) */
} RungsRelayMail;

/* Reads what wire/rungs-relay-protocol.h describes. Errors: INVALID: it is none, or the way to the
 * server is not encrypted and leads off this machine. */
RungsRelayMail *rungs_relay_mail_parse (const char  *json,
                                        gsize        length,
                                        GError     **error);

RungsRelayMail *rungs_relay_mail_ref (RungsRelayMail *self);
void rungs_relay_mail_unref (RungsRelayMail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayMail, rungs_relay_mail_unref)

/* Returns: (transfer full) (nullable): what lies in the folder; NULL where nothing does, or nothing
 * that can be read. */
RungsRelayMail *rungs_relay_mail_load (const char *folder);

/* Keeps what was parsed, or, NULL, forgets it; durable. */
gboolean rungs_relay_mail_save (const char  *folder,
                                const char  *json,
                                GError     **error);

G_END_DECLS
