// Makes wwwroot/dist from what lies here. Runs inside `dotnet build`, whenever something here is newer than what was made.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const dist = join(here, "..", "wwwroot", "dist");

if (process.versions.node.split(".")[0] < 20) {
  console.error(`error : The pages are built with Node 20 or later; this is ${process.version}.`);
  process.exit(1);
}

await alone(join(here, "..", "obj", "assets.lock"), async () => {
  install();
  await bundle();
});

/** One build at a time: two that installed packages at once would leave half of them. A lock whose holder is gone counts for nothing. */
async function alone(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}`, { flag: "wx" });
      break;
    } catch (failure) {
      if (failure.code !== "EEXIST") {
        throw failure;
      }

      if (!runs(holderOf(lock))) {
        rmSync(lock, { force: true });
      }

      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function holderOf(lock) {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return 0;
  }
}

function runs(process_) {
  try {
    return process_ > 0 && process.kill(process_, 0);
  } catch (failure) {
    return failure.code === "EPERM";
  }
}

/** The packages of the lock file, when they are not there already. None of their scripts is run. */
function install() {
  const lockFile = createHash("sha256").update(readFileSync(join(here, "package-lock.json"))).digest("hex");
  const mark = join(packages, ".of-lock-file");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lockFile) {
    return;
  }

  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: here, stdio: "inherit", shell: process.platform === "win32",
  });
  writeFileSync(mark, lockFile);
}

async function bundle() {
  const types = spawnSync(process.execPath, [join(packages, "typescript", "bin", "tsc"), "--project", here], { stdio: "inherit" });
  if (types.status !== 0) {
    process.exitCode = 1;
    return;
  }

  const { compile } = await import("sass");
  const esbuild = await import("esbuild");
  const style = compile(join(here, "site.scss"), { loadPaths: [packages], quietDeps: true, style: "expanded" });
  const css = await esbuild.transform(style.css, { loader: "css", minify: true, target: ["chrome109", "firefox115", "safari15.6"] });
  const script = await esbuild.build({
    entryPoints: [join(here, "site.ts")], bundle: true, minify: true, write: false, format: "esm", legalComments: "none",
    target: ["chrome109", "firefox115", "safari15.6"],
  });

  mkdirSync(dist, { recursive: true });
  put("site.css", css.code);
  put("site.js", script.outputFiles[0].text);
}

/** In one step, so that nobody ever reads half a file. */
function put(name, content) {
  const half = join(dist, `.${name}`);
  writeFileSync(half, content);
  renameSync(half, join(dist, name));
}
