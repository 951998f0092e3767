/* rungs-app-fixture.h: what tests of the window begin with. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* g_test_init(), libadwaita, templates and icons. */
void rungs_app_fixture_init (int    *argc,
                             char ***argv);

/* Lets the main loop run for so long. */
void rungs_app_fixture_settle (int milliseconds);

/* Lets the main loop run until `func` says so; a test that waits half a minute has failed. */
typedef gboolean (*RungsAppFixtureFunc) (gpointer data);

void rungs_app_fixture_wait (RungsAppFixtureFunc func,
                             gpointer            data);

/* Returns: (nullable): the first widget in the subtree of `widget`, itself included, whose label,
 * title or text is `text` and that can be seen. */
GtkWidget *rungs_app_fixture_find (GtkWidget  *widget,
                                   const char *text);

/* The same, but waits for it; the test has failed where it never comes. */
GtkWidget *rungs_app_fixture_wait_for (GtkWidget  *widget,
                                       const char *text);

/* Returns: (nullable): the first widget of that type in the subtree. */
GtkWidget *rungs_app_fixture_find_type (GtkWidget *widget,
                                        GType      type);

/* Returns: (nullable): a window of that type that is shown. */
GtkWidget *rungs_app_fixture_find_window (GType type);

/* Returns: (nullable): the form (widgets/rungs-form.h) that is shown, of that title, or of any. */
GtkWidget *rungs_app_fixture_find_form (const char *title);

/* To be waited for; `title` is that of the form, or NULL. */
gboolean rungs_app_fixture_has_form (gpointer title);
gboolean rungs_app_fixture_has_no_form (gpointer title);

/* From now on what belongs into a keyring is kept in a file of a new folder. */
void rungs_app_fixture_use_keyring (void);

/* A new folder; its contents are forgotten with the display's home. */
char *rungs_app_fixture_folder (void);

G_END_DECLS
