// The JSON Schemas that `sala schema` writes for editors: valid as schemas, and true: the front matter of this repository's
// content fits, wrong front matter does not. SALA_BIN names the program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { parse } from "smol-toml";

const program = process.env.SALA_BIN;
const skip = program && existsSync(program) ? false : "SALA_BIN does not name the program";
const repository = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = mkdtempSync(join(tmpdir(), "sala-schemas-"));

/** Front matter of the Thai pages of a folder of content, as an editor's extension reads it. */
function pages(name) {
  const place = join(repository, "content", name);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true })
    .filter((path) => path.endsWith(".md") && !path.endsWith(".en.md"))
    .map((path) => ({ path: `${name}/${path}`, front: /^\+\+\+\n([\s\S]*?)\n\+\+\+/.exec(readFileSync(join(place, path), "utf8"))?.[1] }))
    .filter((page) => page.front)
    .map((page) => ({ path: page.path, value: JSON.parse(JSON.stringify(parse(page.front))) }));
}

describe("schemas for editors", { skip }, () => {
  let schemas, folders;
  before(() => {
    execFileSync(program, ["--portal", repository, "schema", "-o", folder], { stdio: "ignore" });
    const place = join(folder, ".vscode/schemas");
    schemas = Object.fromEntries(readdirSync(place).filter((name) => name.endsWith(".json")).map((name) => [name, JSON.parse(readFileSync(join(place, name), "utf8"))]));
    // The settings say which schema is whose.
    const yaml = JSON.parse(readFileSync(join(folder, ".vscode/settings.json"), "utf8"))["yaml.schemas"];
    folders = Object.entries(yaml).map(([schema, globs]) => [schema.split("/").pop(), /content\/(.*?)\/\*\*/.exec(globs[0])[1]]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const validator = (name) => new Ajv({ strict: "log", logger: false, allErrors: true }).compile(schemas[name]);

  test("each is a valid schema", () => {
    assert.ok(Object.keys(schemas).length > 20);
    for (const [name, schema] of Object.entries(schemas)) {
      const ajv = new Ajv({ strict: false });
      assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
    }
  });

  test("the content of this repository fits", () => {
    let checked = 0;
    for (const [name, place] of folders) {
      const validate = validator(name);
      for (const page of pages(place)) {
        assert.ok(validate(page.value), `${page.path}: ${JSON.stringify(validate.errors)}`);
        checked++;
      }
    }
    assert.ok(checked > 100, `${checked} pages`);
  });

  test("wrong front matter is told", () => {
    const place = folders.find(([, p]) => p === "innovations");
    const validate = validator(place[0]);
    const good = pages(place[1])[0].value;
    const wrong = {
      "an unknown key": { ...good, compnent: ["goal"] },
      "an unknown term": { ...good, component: ["gaol"] },
      "a year that is none": { ...good, fiscal_year: "เร็ว ๆ นี้" },
      "a list of numbers": { ...good, tags: [1] },
      "no title": Object.fromEntries(Object.entries(good).filter(([key]) => key !== "title")),
      "no network": Object.fromEntries(Object.entries(good).filter(([key]) => key !== "network")),
      "a table that is a text": { ...good, results: "ดี" },
      "a column that the table lacks": { ...good, building_blocks: [{ ...(good.building_blocks?.[0] ?? { action: "ก" }), colour: "แดง" }] },
    };
    for (const [what, value] of Object.entries(wrong)) assert.equal(validate(value), false, what);
  });
});
