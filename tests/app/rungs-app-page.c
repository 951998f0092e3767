/* rungs-app-page.c: one page of the demo business in a window of its own, for tests of pages. */

#include "rungs-app-page.h"

#define CLOSING_MS 300

/* What is waited for. */
typedef struct
{
  GtkWidget *widget;
  const char *text;
  guint n_rows;
} Sought;

static RungsPage *
open_page (GType        type,
           const char  *title,
           RungsStore  *store,
           GtkWindow  **window)
{
  RungsPage *page = g_object_new (type, "store", store, "title", title, NULL);

  *window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (*window, 1200, 800);
  adw_window_set_content (ADW_WINDOW (*window), GTK_WIDGET (page));
  gtk_window_present (*window);
  return page;
}

RungsPage *
rungs_app_page_open (GType        type,
                     const char  *title,
                     RungsStore **store,
                     GtkWindow  **window)
{
  *store = rungs_app_store_new_demo ();
  return open_page (type, title, *store, window);
}

RungsPage *
rungs_app_page_open_filled (GType         type,
                            RungsDbFunc   fill,
                            const char   *target,
                            RungsStore  **store,
                            RungsDb     **reader,
                            GtkWindow   **window)
{
  RungsPage *page;

  *store = rungs_app_store_new (fill, reader);
  page = open_page (type, "", *store, window);
  if (target != NULL)
    rungs_page_show_target (page, target);
  return page;
}

void
rungs_app_page_close (RungsPage  *page,
                      RungsStore *store,
                      GtkWindow  *window)
{
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (window);
  rungs_app_fixture_settle (CLOSING_MS);
  g_assert_null (page);
  rungs_app_store_close (store);
}

static gboolean
has_rows (gpointer data)
{
  const Sought *sought = data;

  return rungs_browser_get_n_rows (RUNGS_BROWSER (sought->widget)) == sought->n_rows;
}

void
rungs_app_page_wait_for_rows (RungsBrowser *browser,
                              guint         n)
{
  Sought sought = { .widget = GTK_WIDGET (browser), .n_rows = n };

  rungs_app_fixture_wait (has_rows, &sought);
}

static gboolean
is_gone (gpointer data)
{
  const Sought *sought = data;

  return rungs_app_fixture_find (sought->widget, sought->text) == NULL;
}

void
rungs_app_page_wait_until_gone (GtkWidget  *widget,
                                const char *text)
{
  Sought sought = { .widget = widget, .text = text };

  rungs_app_fixture_wait (is_gone, &sought);
}
