// Imports a table of many rows into a new portal: new, again without a change, and with names that no vocabulary has.
// usage: SALA=target/release/sala node benches/import/run.mjs [ROWS]   (needs GNU time at /usr/bin/time)
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.SALA ?? "target/release/sala";
const rows = Number(process.argv[2] ?? 10000);
const root = mkdtempSync(join(tmpdir(), "sala-import-"));
const portal = join(root, "portal");
execFileSync(program, ["init", portal], { stdio: "ignore" });

const table = (topic) => {
  const lines = ["ประทับเวลา,ชื่อเรื่อง,ข้อแนะนำ,วันที่,กลุ่ม,เรื่อง,สิ่งที่เกิดขึ้น"];
  for (let i = 0; i < rows; i++) {
    lines.push(`"15/8/2023, 14:03:${i}",บทเรียนที่ ${i},ใช้บัตรคำคู่ละห้าใบแทนแบบฝึกหนึ่งหน้า ${i},15 ส.ค. 2566,กลุ่มริมน้ำ,"${topic(i)}",สัปดาห์แรกครึ่งหนึ่งทำไม่ทัน สัปดาห์ที่สองทำครบทุกคู่`);
  }
  return lines.join("\n") + "\n";
};
writeFileSync(join(root, "good.csv"), table(() => "การอ่าน, ทำงานร่วมกัน"));
writeFileSync(join(root, "bad.csv"), table((i) => `เรื่องที่ไม่มี ${i}`));

function run(name, file) {
  const done = spawnSync("/usr/bin/time", ["-f", "%e %U %S %M", program, "--portal", portal, "--lang", "en", "import", join(root, file), "--kind", "lesson"], { encoding: "utf8", maxBuffer: 1 << 30 });
  const [wall, user, system, memory] = done.stderr.trim().split("\n").pop().split(" ").map(Number);
  const closing = done.stderr.trim().split("\n").at(-2);
  console.log(`${name}: ${wall} s, processor ${(user + system).toFixed(2)} s, ${Math.round(memory / 1024)} MiB · ${closing}`);
}
run("dry", "bad.csv");
run("new", "good.csv");
run("again", "good.csv");
rmSync(root, { recursive: true, force: true });
