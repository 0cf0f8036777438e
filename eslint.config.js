// Lint rules: typed checks that find floating promises and unsafe values, and no rule about looks (prettier's business).
import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] } } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/require-await": "off", // Db's works are async in type although SQLite answers at once
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      eqeqeq: "error",
    },
  },
  { files: ["test/**"], rules: { "max-lines-per-function": "off" } },
  {
    files: ["src/store/schema.ts", "src/words/*.ts", "src/simulator/telling/*.ts", "src/domain.ts"],
    rules: { "max-lines": "off", "max-lines-per-function": "off" },
  },
);
