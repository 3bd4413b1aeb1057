// Takes the picture that console/screenshot is for, once the front page has had some time to draw.
import { createRequire } from 'node:module'

// The tests have a browser already.
const { chromium } = createRequire(process.argv[3])('playwright-core')

const server = process.env.AWS_ENDPOINT_URL
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const page = await browser.newPage({ viewport: { width: 1360, height: 700 } })
await page.goto(`${server}/console/`)
await page.locator('.place.etl').waitFor()
await page.locator('.way.flows').nth(6).waitFor({ timeout: 120_000 })
await page.waitForTimeout(60_000)
await page.screenshot({ path: process.argv[2] })
await browser.close()
