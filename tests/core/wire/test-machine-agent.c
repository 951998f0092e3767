/* test-machine-agent.c: who is a person, as far as the name tells. */

#include "wire/rungs-machine-agent.h"

static void
test_people (void)
{
  const char *const people[] = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Mobile Safari/537.36",
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_assert_false (rungs_machine_agent_is (people[i]));
}

static void
test_machines (void)
{
  const char *const machines[] = {
    NULL,
    "",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " HeadlessChrome/126.0.0.0 Safari/537.36",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (compatible; BarracudaCentral)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    g_assert_true (rungs_machine_agent_is (machines[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/machine-agent/people", test_people);
  g_test_add_func ("/wire/machine-agent/machines", test_machines);
  return g_test_run ();
}
