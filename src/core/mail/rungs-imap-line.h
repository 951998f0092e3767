/* rungs-imap-line.h: the lines of IMAP, as they are read and written. Private to rungs-imap.c.
 *
 * A server's reply is lines, of which each may hold literals: "{12}" at the end of a line says that
 * twelve bytes follow, and then the line goes on. Here a line is read whole, its literals apart, so
 * that nothing in a mail can be taken for what the server says. Line and literal have a limit. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line with its literals. */
typedef struct
{
  GString *text;       /* (owned) without them and its line end; where one stood stands "{}" */
  GPtrArray *literals; /* (owned) (element-type GBytes) */
} RungsImapLine;

void rungs_imap_line_clear (RungsImapLine *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsImapLine, rungs_imap_line_clear)

/* Errors: as those of rungs_imap_open(). `line` is to be cleared in any case. */
gboolean rungs_imap_line_read (GBufferedInputStream  *in,
                               RungsImapLine         *line,
                               GCancellable          *cancellable,
                               GError               **error);

/* Returns: (transfer full): a text in quotes. NULL with INVALID where it cannot be said so. */
char *rungs_imap_dup_quoted (const char  *text,
                             GError     **error);

/* Returns: (transfer full): the name of a folder as IMAP has it: what is not ASCII in its own UTF-7
 * (RFC 3501, 5.1.3). */
char *rungs_imap_dup_folder (const char *folder);

/* That a server says what none should; and what GIO says (transfer full) as an error of ours.
 * Return: FALSE. */
gboolean rungs_imap_fail_odd (GError **error);
gboolean rungs_imap_fail_network (GError  *cause,
                                  GError **error);

G_END_DECLS
