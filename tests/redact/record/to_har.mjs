// Events of the DevTools protocol on standard input, a HAR on standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.NODE_MODULES_OF ?? import.meta.url);
const { harFromMessages } = require("chrome-har");
const events = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(harFromMessages(events, { includeTextFromResponseBody: true })));
