/* rungs-app-fixture.c: what tests of the window begin with. */

#include "rungs-app-fixture.h"

#include "rungs-ui-resources.h"
#include "widgets/rungs-form.h"

#define WAIT_SECONDS 30

void
rungs_app_fixture_init (int    *argc,
                        char ***argv)
{
  g_test_init (argc, argv, NULL);
  adw_init ();
  g_resources_register (rungs_ui_get_resource ());
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/app/rungs/Rungs/icons");
}

void
rungs_app_fixture_settle (int milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

void
rungs_app_fixture_wait (RungsAppFixtureFunc func,
                        gpointer            data)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (!func (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      rungs_app_fixture_settle (10);
    }
}

/* Whether one of the properties that hold what a person reads is `text`, mnemonics aside. */
static gboolean
reads (GtkWidget  *widget,
       const char *text)
{
  const char *const names[] = { "label", "title", "text" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), names[i]);
      g_autofree char *value = NULL;

      if (pspec == NULL || !G_IS_PARAM_SPEC_STRING (pspec) || !(pspec->flags & G_PARAM_READABLE))
        continue;
      g_object_get (widget, names[i], &value, NULL);
      if (value != NULL && g_str_equal (text, value))
        return TRUE;
    }
  return FALSE;
}

GtkWidget *
rungs_app_fixture_find (GtkWidget  *widget,
                        const char *text)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && reads (widget, text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = rungs_app_fixture_find (child, text);
  return found;
}

/* What is waited for. */
typedef struct
{
  GtkWidget *widget;
  const char *text;
} Sought;

static gboolean
is_seen (gpointer data)
{
  const Sought *sought = data;

  return rungs_app_fixture_find (sought->widget, sought->text) != NULL;
}

GtkWidget *
rungs_app_fixture_wait_for (GtkWidget  *widget,
                            const char *text)
{
  Sought sought = { widget, text };

  rungs_app_fixture_wait (is_seen, &sought);
  return rungs_app_fixture_find (widget, text);
}

GtkWidget *
rungs_app_fixture_find_type (GtkWidget *widget,
                             GType      type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = rungs_app_fixture_find_type (child, type);
  return found;
}

/* Returns: (nullable): a window of that type that is shown, of that title (NULL: of any). */
static GtkWidget *
find_window (GType       type,
             const char *title)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (each->data, type) && gtk_widget_get_visible (each->data)
        && (title == NULL || g_strcmp0 (gtk_window_get_title (each->data), title) == 0))
      return each->data;
  return NULL;
}

GtkWidget *
rungs_app_fixture_find_window (GType type)
{
  return find_window (type, NULL);
}

GtkWidget *
rungs_app_fixture_find_form (const char *title)
{
  return find_window (RUNGS_TYPE_FORM, title);
}

gboolean
rungs_app_fixture_has_form (gpointer title)
{
  return rungs_app_fixture_find_form (title) != NULL;
}

gboolean
rungs_app_fixture_has_no_form (gpointer title)
{
  return rungs_app_fixture_find_form (title) == NULL;
}

void
rungs_app_fixture_use_keyring (void)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "test.keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
}

char *
rungs_app_fixture_folder (void)
{
  g_autofree char *template = g_build_filename (g_get_home_dir (), "rungs-XXXXXX", NULL);
  char *folder = g_mkdtemp (template);

  g_assert_nonnull (folder);
  return g_steal_pointer (&template);
}
