// A browser for the console's tests: Debian's Chromium, which must stay silent, and every page of which must be accessible.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after } from "node:test";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const shots = fileURLToPath(new URL("../../../artifacts/test/console/", import.meta.url));
const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

export const server = process.env.AWS_ENDPOINT_URL;

// One for all tests of a script: starting it takes longer than many a test.
mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());

/** Opens a window of its own for a test, with nothing kept of others; closing it checks that no page complained. */
export async function open(test, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  test.after(() => context.close());
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints = [];
  const elsewhere = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(`${message.text()} at ${message.location().url}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => !request.url().startsWith(server) && elsewhere.push(request.url()));
  return {
    page,
    complaints,
    go: (path) => page.goto(`${server}/console/${path}`),
    /** Keeps a picture of the page and checks that whoever can't see it can use it. */
    look: async (name) => {
      await page.screenshot({ path: `${shots}${name}.png` });
      if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
      // Every rule is tried; what passed is only not written down element by element.
      const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
      const serious = violations.filter((each) => ["serious", "critical"].includes(each.impact));
      assert.deepEqual(serious.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`), [], name);
    },
    close: async () => {
      await context.close();
      assert.deepEqual(complaints, []);
      assert.deepEqual(elsewhere, [], "no request leaves the machine");
    },
  };
}
