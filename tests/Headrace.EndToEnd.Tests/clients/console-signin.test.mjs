// Signs in to the console of a server that knows the access key AKIDEXAMPLE, in a browser.
import { test } from "node:test";
import assert from "node:assert/strict";
import { open } from "./console-browser.mjs";

test("an access key opens the console, and nothing else does", async (t) => {
  const { page, go, look, complaints, close } = await open(t);
  await go("");
  await page.getByLabel("Access key id").fill("AKIDEXAMPLE");
  await page.getByLabel("Secret access key").fill("wrong");
  await look("sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("The access key id or its secret is not right.").waitFor();
  // The browser itself notes that the sign-in was refused, as it should have been.
  assert.equal(complaints.splice(0).length, 1);
  await page.getByLabel("Secret access key").fill("secret");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Nothing flows yet" }).waitFor();
  await look("empty");
  const [cookie] = await page.context().cookies(page.url());
  assert.equal(cookie.httpOnly, true);
  assert.equal(cookie.sameSite, "Strict");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Access key id").waitFor();
  await close();
});
