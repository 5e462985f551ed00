// Forms of the preview (`sala serve --edit`) in Chromium: a page is made, has errors, is saved and edited; what people wrote
// in the file stays, `sala check` passes, and nobody else may send. SALA_BIN names the program.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./lib.mjs";

const program = process.env.SALA_BIN;
const skip = program && existsSync(program) ? false : "SALA_BIN does not name the program";
const root = mkdtempSync(join(tmpdir(), "sala-edit-"));
const portal = join(root, "portal");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const innovations = join(portal, "content/innovations");

describe("forms of the preview", { skip }, () => {
  let chromium, server, base;
  before(async () => {
    execFileSync(program, ["--lang", "th", "init", portal], { stdio: "ignore" });
    server = spawn(program, ["--portal", portal, "--lang", "th", "serve", "--edit", "--port", "0"]);
    base = await new Promise((done) => server.stdout.once("data", (line) => done(String(line).trim())));
    chromium = await launch();
  });
  after(async () => {
    await chromium?.close();
    server.kill("SIGINT");
    await new Promise((done) => server.once("exit", done));
    rmSync(root, { recursive: true, force: true });
  });

  const check = () => spawnSync(program, ["--portal", portal, "--lang", "th", "check"], { encoding: "utf8" });
  const fill = (page, name, text) => page.$eval(`[name="${name}"]:not([type=hidden])`, (node, text) => {
    node.value = text;
    node.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
  const press = (page, value) => Promise.all([
    page.waitForNavigation({ waitUntil: "load" }),
    page.$eval(`button[name=":save"][value=${value}]`, (button) => button.click()),
  ]);
  const told = (page, name) => page.$eval(`ul[data-told="${name}"]`, (list) => list.innerText);
  const accessible = async (page) => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ iframes: false }));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
  };

  test("a page is made from the list of kinds, with the keyboard, on the width of a phone", async () => {
    const { page, problems } = await open(chromium.browser, base, { width: 360, height: 740 });
    await accessible(page);
    assert.ok((await page.$eval("main", (main) => main.innerText)).includes("นวัตกรรม"));
    await Promise.all([page.waitForNavigation(), page.$eval('a[href$="new=innovation"]', (link) => { link.focus(); link.click(); })]);
    await accessible(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the phone");
    // What is wrong is said while it is typed, in Thai.
    await fill(page, "title", "คำเช้าห้าคำ");
    await fill(page, "year", "๖๖");
    await page.waitForFunction(() => document.querySelector('ul[data-told="year"]').innerText.length > 0, { timeout: 15000 });
    assert.match(await told(page, "year"), /[ก-๙]/);
    assert.equal(await told(page, "group"), "", "what was not touched is not scolded");
    // Not sound: nothing is written, everything typed is still there.
    await press(page, "public");
    assert.ok((await page.$eval("#summary", (node) => node.innerText)).includes("สิ่งที่พิมพ์ไว้ยังอยู่ครบ"));
    assert.equal(await page.$eval("[name=title]", (node) => node.value), "คำเช้าห้าคำ");
    assert.match(await told(page, "group"), /ต้องกรอก/);
    assert.match(await told(page, "section:problem"), /ต้องเขียน/);
    assert.deepEqual(readdirSync(innovations), ["inn-reading-corner.md"]);
    await accessible(page);
    // Thai digits, a name in the place of an id, two ticks, a row, the sections.
    await fill(page, "year", "๒๕๖๖");
    await fill(page, "group", "กลุ่มริมน้ำ");
    await page.$$eval('input[type=checkbox][name="topic"]', (boxes) => boxes.slice(0, 2).forEach((box) => box.click()));
    await page.$eval("[name=evidence]", (select) => { select.selectedIndex = 1; });
    await fill(page, "steps.1.action", "ติดคำห้าคำ \"ที่ประตู\"");
    await fill(page, "steps.1.minutes", "๕");
    await page.$eval("[data-more]", (button) => button.click());
    await fill(page, "steps.2.action", "อ่านพร้อมกัน");
    await fill(page, "section:problem", "เด็กอ่านคำใหม่ได้น้อยลง\n\nหลังปิดเทอม");
    await fill(page, "section:how", "- ติดคำ\n- อ่าน");
    await press(page, "public");
    assert.match(await page.$eval("[role=status]", (node) => node.innerText), /บันทึกแล้ว/);
    const name = readdirSync(innovations).find((file) => file !== "inn-reading-corner.md");
    const text = readFileSync(join(innovations, name), "utf8");
    for (const line of ["year = 2566", 'group = "gr-river"', 'action = "ติดคำห้าคำ \\"ที่ประตู\\""', "minutes = 5", "## วิธีทำ\n\n- ติดคำ\n- อ่าน"]) {
      assert.ok(text.includes(line), `${line} in ${text}`);
    }
    const checked = check();
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
    assert.deepEqual(problems.filter((p) => !p.includes("422")), []);
    await page.close();
  });

  test("an edit keeps comments, other keys and the rest of the text", async () => {
    const file = join(innovations, "inn-reading-corner.md");
    const old = readFileSync(file, "utf8").replace("+++\n", "+++\n# ของครูสมใจ\ntags   =   [ \"ของเรา\" ] # ป้าย\n").replace(/\n$/, "\n\n## หัวข้อของเรา\n\nข้อความของเรา\n");
    writeFileSync(file, old);
    const address = `${base}page?file=content/innovations/inn-reading-corner.md`;
    const { page } = await open(chromium.browser, address, { width: 1280 });
    await page.waitForSelector("iframe");
    await accessible(page);
    const before = await page.$eval("[name=title]", (node) => node.value);
    await press(page, "public");
    assert.equal(readFileSync(file, "utf8"), old, "saving without a change changes nothing");
    await fill(page, "title", `${before} ๒`);
    await press(page, "public");
    const text = readFileSync(file, "utf8");
    assert.equal(text, old.replace(before, `${before} ๒`));
    // Changed elsewhere meanwhile: told, nothing overwritten, what was typed stays.
    writeFileSync(file, text.replace("ของครูสมใจ", "ของครูสมศรี"));
    await fill(page, "title", "ชื่อที่สาม");
    await press(page, "public");
    assert.match(await page.$eval("#summary", (node) => node.innerText), /ถูกแก้จากที่อื่น/);
    assert.ok(!readFileSync(file, "utf8").includes("ชื่อที่สาม"));
    await press(page, "public");
    const merged = readFileSync(file, "utf8");
    assert.ok(merged.includes("ชื่อที่สาม") && merged.includes("ของครูสมศรี"));
    await page.close();
  });

  test("a draft keeps what does not fit yet, and the last save can be undone", async () => {
    const { page } = await open(chromium.browser, `${base}page?new=innovation`);
    await fill(page, "title", "ยังเขียนไม่เสร็จ");
    await fill(page, "year", "ปีที่แล้ว");
    await press(page, "draft");
    const name = readdirSync(innovations).find((file) => readFileSync(join(innovations, file), "utf8").includes("ยังเขียนไม่เสร็จ"));
    const text = readFileSync(join(innovations, name), "utf8");
    assert.ok(text.includes("draft = true") && text.includes("ปีที่แล้ว"), text);
    assert.equal(check().status, 0);
    assert.match(await page.$eval("main", (main) => main.innerText), /ที่ยังต้องเติม/);
    await Promise.all([page.waitForNavigation(), page.$eval('form[action$="undo"] button', (button) => button.click())]);
    assert.ok(!existsSync(join(innovations, name)));
    await page.close();
  });

  test("nobody else may send, and no path leads out", async () => {
    const send = (headers, body = ":token=x&title=a&:save=public") => fetch(`${base}page?new=innovation`, {
      method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body, redirect: "manual",
    });
    const own = base.replace(/\/\.sala\/edit\/$/, "");
    assert.equal((await send({})).status, 403, "no origin");
    assert.equal((await send({ origin: "http://evil.example" })).status, 403);
    assert.equal((await send({ origin: own })).status, 403, "no token");
    assert.equal((await fetch(own, { method: "POST", headers: { origin: own } })).status, 405, "forms only");
    for (const file of ["portal.toml", "../secret.md", "/etc/passwd", "content/_schema/kinds/innovation.toml"]) {
      assert.equal((await fetch(`${base}page?file=${encodeURIComponent(file)}`)).status, 404, file);
    }
  });

  test("without scripts the form works", async () => {
    const { page } = await open(chromium.browser, `${base}page?new=group`, { js: false });
    const [box] = await page.$$("[name=title]");
    await box.type("กลุ่มใหม่");
    await Promise.all([page.waitForNavigation(), page.click('button[name=":save"][value=public]')]);
    assert.ok(readdirSync(join(portal, "content/groups")).length > 1);
    await page.close();
  });
});
