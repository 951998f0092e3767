/* fill-in.js: fills in forms as people do, in Chromium, on a phone, with and without scripts, and lets axe look at
 * every page on the way where scripts run.
 *
 * usage: node fill-in.js TASKS: JSON [{"name", "url", "script", "fill": {SELECTOR: text or true}, "press": SELECTOR,
 * "then": [SELECTOR…], "shows": text, "insecure": whether any certificate will do, "dark"}]; prints for each a line of JSON
 * {"name", "url", "took", "axe": […], "wide": […], "text"}. `then` are pressed one after the other, where they come. */

const fs = require ('fs');
const { chromium } = require ('playwright-core');

const AXE = fs.readFileSync (require.resolve ('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 320, height: 640 };

/* axe is a script, so that it sees nothing where there are none. */
async function look (page, found, script)
{
  if (!script)
    return;
  await page.evaluate (AXE);
  const told = await page.evaluate (() => window.axe.run (document, { resultTypes: ['violations', 'incomplete'] }));
  for (const one of told.violations)
    found.axe.push (`${one.id}: ${one.help}: ${one.nodes.map (node => node.html).join (' ')}`.slice (0, 400));
  const wide = await page.evaluate (() => document.documentElement.scrollWidth);
  if (wide > PHONE.width)
    found.wide.push (`${page.url ()}: ${wide} pixels`);
}

async function fill (page, fields)
{
  for (const [selector, value] of Object.entries (fields))
    if (value === true)
      await page.locator (selector).check ();
    else
      await page.locator (selector).fill (value);
}

async function settle (page)
{
  await page.waitForLoadState ('networkidle');
}

async function run (browser, task)
{
  const found = { name: task.name, axe: [], wide: [] };
  const context = await browser.newContext ({ javaScriptEnabled: task.script, viewport: PHONE, locale: 'en-GB',
                                              colorScheme: task.dark ? 'dark' : 'light',
                                              ignoreHTTPSErrors: task.insecure });
  const page = await context.newPage ();
  const began = Date.now ();

  page.setDefaultTimeout (25000);
  await page.goto (task.url);
  await settle (page);
  await look (page, found, task.script);
  await fill (page, task.fill || {});
  await page.waitForTimeout (task.wait || 0); /* nobody is so quick */
  if (task.press)
    await page.locator (task.press).click ();
  for (const next of task.then || [])
    {
      await settle (page);
      await page.locator (next).waitFor ();
      await look (page, found, task.script);
      await page.waitForTimeout (task.wait || 0);
      await page.locator (next).click ();
    }
  await page.getByText (task.shows).first ().waitFor ();
  found.took = Date.now () - began;
  await settle (page);
  await look (page, found, task.script);
  found.url = page.url ();
  await context.close ();
  console.log (JSON.stringify (found));
}

async function main ()
{
  const browser = await chromium.launch ({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
                                           args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });

  for (const task of JSON.parse (process.argv[2]))
    try
      {
        await run (browser, task);
      }
    catch (error)
      {
        console.log (JSON.stringify ({ name: task.name, failed: String (error).slice (0, 600) }));
      }
  await browser.close ();
}

main ();
