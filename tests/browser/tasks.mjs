// What readers come for, done in Chromium on a phone and on a wide screen, with every click counted. Prints the table of
// docs/page-figures.md; fails where a task cannot be done. Typing a word counts as one action.
//   SALA_SITE=public node tasks.mjs [name of a task …]
import { launch, open, fileAddress } from "./lib.mjs";

const WIDTHS = [360, 1280];
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** The first control that a reader sees whose words begin with (else contain) the text. */
const find = (page, text) => page.evaluateHandle((text) => {
  const words = (e) => (e.getAttribute("aria-label") || e.textContent).replace(/\s+/g, " ").trim();
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().height > 0;
  const all = [...document.querySelectorAll("a[href], button, summary, label")].filter(shown);
  return all.find((e) => words(e) === text) || all.find((e) => words(e).startsWith(text)) || all.find((e) => words(e).includes(text)) || null;
}, text);

class Reader {
  constructor(page, phone) { this.page = page; this.phone = phone; this.clicks = 0; }
  async tap(text) {
    const found = (await find(this.page, text)).asElement();
    if (!found) throw new Error(`no “${text}” to click`);
    await found.evaluate((e) => e.scrollIntoView({ block: "center" }));
    await found.click();
    this.clicks += 1;
    await wait(350);
  }
  /** Only on phones: what wide screens show anyway. */
  async tapOnPhone(text) { if (this.phone) await this.tap(text); }
  async tapOnWide(text) { if (!this.phone) await this.tap(text); }
  async type(selector, text) {
    const field = await this.page.waitForSelector(selector, { visible: true });
    await field.click();
    await field.type(text);
    this.clicks += 1;
    await wait(900);
  }
  /** Closes the sheet of filters of a phone. */
  async see() {
    if (!this.phone) return;
    await this.page.click("[data-filter-close]");
    this.clicks += 1;
    await wait(350);
  }
  async choose(selector, value) { await this.page.select(selector, value); this.clicks += 1; await wait(300); }
  async enter() { await this.page.keyboard.press("Enter"); this.clicks += 1; await wait(1500); }
  /** A section of the portal by its name: in the tabs or the menu; others under "more". */
  async section(name, tab = true) {
    if (this.phone) await this.tap("เมนู"); else if (!tab) await this.tap("เพิ่มเติม");
    if (this.phone && !tab) await this.tap("เพิ่มเติม");
    await this.tap(name);
  }
  async text(selector = "main") { return this.page.$eval(selector, (e) => e.innerText.replace(/\s+/g, " ")); }
  async has(text, selector) { if (!(await this.text(selector)).includes(text)) throw new Error(`no “${text}” on the page`); }
  async cards() { return this.page.$$eval("[data-cards] > .card", (all) => all.filter((c) => !c.hidden && c.checkVisibility()).map((c) => c.innerText.replace(/\s+/g, " "))); }
  async some() { if (!(await this.cards()).length) throw new Error("nothing is listed"); }
  async link(selector) { if (!(await this.page.$(selector))) throw new Error(`no ${selector}`); }
}

const TASKS = [
  ["Small primary school that wants to assess success; best proved first", async (r) => {
    await r.tap("3 การประเมินความสำเร็จ");
    await r.tapOnPhone("เหมาะกับขนาดสถานศึกษา");
    await r.tap("เล็ก");
    await r.tapOnPhone("ระดับการศึกษา");
    await r.tap("ประถมศึกษา");
    await r.tap("ดูนวัตกรรม");
    await r.choose("[data-sort]", "-n-evidence");
    await r.some();
  }],
  ["Networks in my province, primary and secondary", async (r) => {
    await r.section("เครือข่าย");
    await r.tapOnPhone("ตัวกรอง");
    await r.tap("ขอนแก่น");
    await r.see();
    const all = (await r.cards()).join(" ");
    if (!/มัธยมศึกษา/.test(all) || !/ประถมศึกษา/.test(all)) throw new Error("one kind of offices only");
  }],
  ["Own school, its name misspelt", async (r) => {
    await r.section("สถานศึกษา", false);
    await r.tapOnPhone("ตัวกรอง");
    await r.type("[data-name-filter]", "อนุบานกาญจน");
    await r.see();
    await r.tap("ค้นหาคำนี้ทั้งคลัง");
    await wait(2500);
    await r.has("อนุบาลกาญจน");
  }],
  ["Lessons of one year about parents and community", async (r) => {
    await r.section("บทเรียนจาก AAR");
    await r.tapOnPhone("ตัวกรอง");
    await r.tap("ปีงบประมาณ");
    await r.tap("2565");
    await r.tap("ตัวกรองอื่น");
    await r.tap("หมวด");
    await r.tap("การมีส่วนร่วมของชุมชน");
    await r.see();
    await r.some();
  }],
  ["Lessons seen in many networks", async (r) => {
    await r.section("บทเรียนจาก AAR");
    await r.tapOnPhone("ตัวกรอง");
    await r.tap("เห็นในหลายเครือข่าย");
    await r.see();
    await r.some();
  }],
  ["Handout for tomorrow", async (r) => {
    await r.tap("คลังสื่อสัมผัส");
    await r.link('main a[type="application/pdf"]');
    r.clicks += 1;
  }],
  ["Two models side by side, differences marked", async (r) => {
    await r.section("รูปแบบความร่วมมือ");
    for (const n of [0, 1]) {
      await r.page.$$eval("[data-cards] .pick", (all, n) => all[n].scrollIntoView({ block: "center" }), n);
      await (await r.page.$$("[data-cards] .pick"))[n].click();
      r.clicks += 1;
      await wait(200);
    }
    await r.tap("เปรียบเทียบ 2");
    await r.link(".differs");
    const inside = await r.page.$$eval(".matrix thead th", (all) => all.slice(1).filter((c) => c.checkVisibility()).map((c) => c.getBoundingClientRect()).every((b) => b.left >= 0 && b.right <= innerWidth + 1));
    if (!inside) throw new Error("a model is outside the screen");
  }],
  ["What is to be done, and until when; into the calendar of a phone", async (r) => {
    await r.tap("งานของเครือข่ายปีนี้");
    await r.tapOnPhone("งานของทุกเครือข่ายและกำหนด");
    await r.has("30 ก.ย.");
    await r.tap("ทะเบียนเครือข่าย");
    await r.tap("เครือข่ายโรงเรียนอนุบาลสามเสน");
    await r.link('a[href$=".ics"]');
    r.clicks += 1;
  }],
  ["Blank form 5 for a word processor", async (r) => {
    await r.section("แบบฟอร์ม", false);
    await r.tap("เอกสารหมายเลข 5");
    await r.link('main a[href$=".docx"]');
    r.clicks += 1;
  }],
  ["A citation to copy", async (r) => {
    await r.tap("คลังสื่อสัมผัส");
    await r.tap("ส่งต่อ อ้างอิง");
    await r.has("APA");
    await r.link('a[download$=".bib"]');
  }],
  ["What is new", async (r) => { await r.tap("ใหม่และปรับปรุง"); await r.has("มกราคม"); }],
  ["Following what is new", async (r) => { await r.tap("ใหม่และปรับปรุง"); await r.tap("ติดตาม"); await r.link('main a[type="application/atom+xml"]'); r.clicks += 1; }],
  ["Sending a page by LINE, with its picture", async (r) => {
    await r.tap("คลังสื่อสัมผัส");
    await r.tap("ส่งต่อ อ้างอิง");
    await r.link('.answer a[href^="https://"][rel~="external"]');
    r.clicks += 1;
  }],
  ["Answering: “we will try this”", async (r) => {
    await r.tap("คลังสื่อสัมผัส");
    await r.tap("ส่งต่อ อ้างอิง");
    await r.has("ลอง", ".answer");
    r.clicks += 1;
  }],
  ["Science in lower secondary schools of the south", async (r) => {
    await r.section("นวัตกรรม");
    await r.tapOnPhone("ตัวกรอง");
    await r.tap("วิทยาศาสตร์");
    await r.tap("มัธยมศึกษาตอนต้น");
    await r.tap("ภาค");
    await r.tap("ภาคใต้");
    await r.see();
    await r.some();
  }],
  ["The essence in English on one page, years of the Common Era", async (r) => {
    await r.tap("English");
    await r.tap("state of the programme");
    await r.has("indicator");
    // A year of the Buddhist era stands only beside its Christian one; titles of Thai entries keep theirs.
    const years = (await r.text("main article")).replace(/\([^)]*\)/g, "").match(/[A-Za-z,] 25[67]\d\b/g) ?? [];
    if (years.length) throw new Error(`years of another calendar: ${years.join(", ")}`);
  }],
  ["The state of the programme on one page, with its evidence", async (r) => {
    await r.tap("สถานะโครงการ");
    await r.has("ตัวชี้วัด");
    await r.has("ข้อเสนอที่รอการตัดสินใจ");
  }],
];

const only = process.argv.slice(2).join(" ");
const chromium = await launch(["--allow-file-access-from-files"]);
let failed = 0;
console.log("| task | clicks at 360 px | clicks at 1280 px |\n| --- | --- | --- |");
for (const [name, act] of TASKS.filter(([name]) => name.includes(only))) {
  const cells = [];
  for (const width of WIDTHS) {
    const { page } = await open(chromium.browser, fileAddress("index.html"), { width, height: width < 500 ? 740 : 900 });
    const reader = new Reader(page, width < 500);
    try { await act(reader); cells.push(String(reader.clicks)); } catch (error) {
      failed += 1;
      cells.push(`not done after ${reader.clicks}: ${error.message} (${new URL(page.url()).pathname.split("/").slice(-2).join("/")})`);
    }
    await page.close();
  }
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}
await chromium.close();
process.exitCode = failed ? 1 : 0;
