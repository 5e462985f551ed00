// Lint of every script in the repository. Run from its root: `npm run lint --prefix tests/browser`.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  "no-var": "error",
  "prefer-const": "error",
  "prefer-arrow-callback": "error",
  "arrow-body-style": ["error", "as-needed"],
  "object-shorthand": "error",
  "eqeqeq": "error",
  "no-shadow-restricted-names": "error",
  "no-implicit-globals": "off",
  "no-unused-vars": ["error", { caughtErrors: "none" }],
};

const script = {
  ...rules,
  "one-var": ["error", "never"],
  "max-len": ["error", { code: 120, ignoreStrings: true }],
};

export default [
  { ignores: ["**/node_modules/**", "public/**", "target/**"] },
  {
    // Scripts of published pages: classic, so that they work from files and under the pages' policy.
    files: ["themes/**/*.js", "src/preview/client/*.js"],
    languageOptions: { sourceType: "script", ecmaVersion: 2022, globals: globals.browser },
    rules: script,
  },
  {
    // Parts that are joined into one script: what one declares another uses, and the type check sees to the names.
    files: ["src/search/client/*.js"],
    languageOptions: { sourceType: "script", ecmaVersion: 2022, globals: globals.browser },
    rules: { ...script, "no-undef": "off", "no-unused-vars": "off" },
  },
  {
    files: ["src/pipeline/offline/*.js"],
    languageOptions: { sourceType: "script", ecmaVersion: 2022, globals: globals.serviceworker },
    rules: script,
  },
  {
    files: ["tests/**/*.mjs", "benches/**/*.mjs"],
    languageOptions: { sourceType: "module", ecmaVersion: 2022, globals: { ...globals.node, ...globals.browser } },
    rules,
  },
  {
    files: ["tests/**/*.js", "benches/**/*.js"],
    languageOptions: { sourceType: "commonjs", ecmaVersion: 2022, globals: globals.node },
    rules,
  },
];
