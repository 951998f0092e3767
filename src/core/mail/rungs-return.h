/* rungs-return.h: what comes back by mail, read from its bytes: bounces, complaints, notes of
 * absence, replies, and mails that ask for no more.
 *
 * Sources: RFC 3462 (multipart/report), RFC 3464 (delivery status), RFC 5965 (complaints), RFC 3834
 * (automatic replies), and the shapes of bounces that follow no RFC (qmail, older Exim and
 * Exchange, some providers), known by their sender and their words. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsReturnKind:
 * @RUNGS_RETURN_OTHER: a mail like any other: none of our business
 * @RUNGS_RETURN_BOUNCE: it was not delivered, and the address is the fault: nothing will be
 * @RUNGS_RETURN_BLOCKED: it was not delivered for another reason: a full mailbox, a filter
 * @RUNGS_RETURN_DELAY: it has not been delivered yet, and is still being tried
 * @RUNGS_RETURN_COMPLAINT: the reader called it spam
 * @RUNGS_RETURN_UNSUBSCRIBE: the reader wants no more
 * @RUNGS_RETURN_ABSENCE: the reader's mail program answered by itself
 * @RUNGS_RETURN_REPLY: a person answered
 */
typedef enum
{
  RUNGS_RETURN_OTHER,
  RUNGS_RETURN_BOUNCE,
  RUNGS_RETURN_BLOCKED,
  RUNGS_RETURN_DELAY,
  RUNGS_RETURN_COMPLAINT,
  RUNGS_RETURN_UNSUBSCRIBE,
  RUNGS_RETURN_ABSENCE,
  RUNGS_RETURN_REPLY,
} RungsReturnKind;

/* "other", "bounce", …: the texts of the file. */
const char *rungs_return_kind_to_text (RungsReturnKind kind);
RungsReturnKind rungs_return_kind_from_text (const char *text);

/* All texts are UTF-8, whatever came in, and never NULL. */
typedef struct
{
  RungsReturnKind kind;
  char *message_id; /* (owned): its own, without < >; may be empty */
  GPtrArray *about; /* (owned) (element-type utf8): the Message-IDs it names, without < >, each
                     * once, the one that it most likely is about first */
  char *from;       /* (owned): the sender's address; empty: none */
  char *from_name;  /* (owned) */
  char *recipient;  /* (owned): whose mail did not arrive, or who complained; empty: not told */
  char *status;     /* (owned): "5.1.1"; empty: none */
  char *subject;    /* (owned) */
  char *words;      /* (owned): of a server, its words; of a person, the beginning of what was
                     * written, without what is quoted; at most RUNGS_RETURN_WORDS characters */
  gint64 date;      /* as it says itself; 0: it does not */
  gboolean is_report; /* its headers say that it is a mail system's: the rest is in its parts */
} RungsReturn;

#define RUNGS_RETURN_WORDS 500

void rungs_return_free (RungsReturn *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsReturn, rungs_return_free)

/* Reads a mail, or its headers alone: then a bounce, a complaint or an answer is told as far as
 * headers tell it. Bytes that are no mail are RUNGS_RETURN_OTHER. Never fails, and trusts nothing:
 * whether a Message-ID is one of ours, the caller must ask. */
RungsReturn *rungs_return_read (const char *bytes,
                                gsize       length);

G_END_DECLS
