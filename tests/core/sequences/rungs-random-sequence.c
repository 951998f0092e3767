/* rungs-random-sequence.c: sequences of steps of all kinds, by chance. */

#include "rungs-random-sequence.h"

#include "sequences/rungs-sequence-store.h"

static void
add_step (GString *json,
          GRand   *rand,
          int      messages,
          int      i,
          int      n)
{
  int on = g_rand_int_range (rand, i + 1, n + 1);

  g_string_append_printf (json, "\"s%d\":{", i);
  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
    case 1:
      g_string_append_printf (json, "\"kind\":\"message\",\"message\":\"M%d\",\"next\":\"s%d\"",
                              g_rand_int_range (rand, 0, messages), i + 1);
      break;
    case 2:
      g_string_append_printf (json, "\"kind\":\"wait\",\"hours\":%d,\"next\":\"s%d\"",
                              g_rand_int_range (rand, 1, 70), i + 1);
      break;
    case 3:
      g_string_append_printf (json, "\"kind\":\"wait_until\",\"time\":\"%02d:00\",\"next\":\"s%d\"",
                              g_rand_int_range (rand, 0, 24), i + 1);
      break;
    case 4:
      g_string_append_printf (json,
                              "\"kind\":\"wait_until\",\"event\":{\"on\":\"tag\",\"name\":\"t%d\"},"
                              "\"days\":2,\"next\":\"s%d\",\"timeout\":\"s%d\"",
                              g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, n + 1),
                              i + 1);
      break;
    case 5:
      g_string_append_printf (json,
                              "\"kind\":\"condition\",\"rule\":{\"field\":\"tag\",\"op\":\"has\","
                              "\"value\":\"t%d\"},\"yes\":\"s%d\",\"no\":\"s%d\"",
                              g_rand_int_range (rand, 0, 3), on, i + 1);
      break;
    case 6:
      g_string_append_printf (
          json, "\"kind\":\"split\",\"branches\":[{\"next\":\"s%d\"},{\"next\":\"s%d\"}]", i + 1,
          on);
      break;
    default:
      g_string_append_printf (json, "\"kind\":\"action\",\"%s\":\"t%d\",\"next\":\"s%d\"",
                              g_rand_boolean (rand) ? "add_tag" : "remove_tag",
                              g_rand_int_range (rand, 0, 3), i + 1);
      break;
    }
  g_string_append (json, "},");
}

static char *
random_graph (GRand *rand,
              int    number,
              int    messages)
{
  g_autoptr (GString) json = g_string_new (NULL);
  int n = g_rand_int_range (rand, 3, 14);

  g_string_append_printf (
      json,
      "{\"name\":\"S%d\",%s\"entry\":{\"triggers\":[{\"on\":\"tag\",\"name\":\"t%d\"}],"
      "\"reentry\":\"after_end\"},\"start\":\"s0\",\"steps\":{",
      number, g_rand_boolean (rand) ? "\"sells\":\"BOOK\"," : "", g_rand_int_range (rand, 0, 3));
  for (int i = 0; i < n; i++)
    add_step (json, rand, messages, i, n);
  g_string_append_printf (json,
                          "\"g\":{\"kind\":\"goal\",\"event\":{\"on\":\"tag\",\"name\":\"t%d\"}},",
                          g_rand_int_range (rand, 0, 8));
  g_string_append_printf (json, "\"s%d\":{\"kind\":\"exit\"}}}", n);
  return g_string_free (g_steal_pointer (&json), FALSE);
}

void
rungs_random_sequence_add (RungsFixture *fixture,
                           GRand        *rand,
                           int           number,
                           int           messages)
{
  gint64 now = rungs_fixture_now (fixture);
  gint64 sequence = 0;

  while (sequence == 0)
    {
      g_autofree char *json = random_graph (rand, number, messages);

      sequence = rungs_sequence_add (fixture->db, json, now, NULL, NULL);
    }
  g_assert_true (rungs_sequence_start (fixture->db, sequence, now, NULL));
}
