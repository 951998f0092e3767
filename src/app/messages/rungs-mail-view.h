/* rungs-mail-view.h: one mail: what its reader sees, its HTML, and its headers. */

#pragma once

#include <gtk/gtk.h>

#include "mail/rungs-practice-folder.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MAIL_VIEW (rungs_mail_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsMailView, rungs_mail_view, RUNGS, MAIL_VIEW, GtkWidget)

/* Shows that mail, which must have been read whole. */
void rungs_mail_view_show (RungsMailView           *self,
                           const RungsPracticeMail *mail);

/* Says why there is no mail to show. */
void rungs_mail_view_show_trouble (RungsMailView *self,
                                   const char    *trouble);

G_END_DECLS
