import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  { files: ["workbench/static/**/*.js", "benchmarks/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["workbench/static/live/sound_worklet.js"], languageOptions: { globals: globals.audioWorklet } },
  { files: ["tests/js/**/*.js"], languageOptions: { globals: globals.node } },
];
