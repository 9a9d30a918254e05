import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const bannedNames = "(utils|helpers|common|misc|shared|manager|v2)";

export default tseslint.config(
  { ignores: ["node_modules", "build", ".cache", ".data", "app/server/platform/generated", "app/server/shopify/generated"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true }, globals: { ...globals.node } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-imports": ["error", { patterns: [{ regex: `/${bannedNames}(\\.|/|$)`, message: "Name the thing (design: names)." }] }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      eqeqeq: ["error", "smart"],
    },
  },
  { files: ["app/routes/**/*.{ts,tsx}"], rules: { "max-lines": ["error", { max: 80, skipBlankLines: true, skipComments: true }] } },
  { files: ["**/*.tsx"], plugins: { "react-hooks": reactHooks, "jsx-a11y": jsxA11y }, rules: { ...reactHooks.configs.recommended.rules, ...jsxA11y.configs.recommended.rules } },
  { files: ["cli/**", "bench/**", "scripts/**", "dev-store/**", "tests/**"], rules: { "no-console": "off" } },
  { files: ["scripts/**/*.mjs", "*.js", "*.cjs"], languageOptions: { globals: { ...globals.node } } },
  {
    // Plain browser scripts; the parts of one script share a scope, so only their size is judged here.
    files: ["extensions/**/*.js", "dev-store/**/*.js"],
    languageOptions: { globals: { ...globals.browser } },
    rules: { "max-lines": ["error", { max: 400 }], "@typescript-eslint/no-unused-vars": "off" },
  },
);
