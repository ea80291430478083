// Runs main.py of a folder on MicroPython: node micropython.mjs MICROPYTHON.mjs FOLDER
import { readdirSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , library, folder] = process.argv;
const { loadMicroPython } = await import(pathToFileURL(resolve(library)));
const vm = await loadMicroPython({ heapsize: 1024 * 1024, stdout: console.log });

function copy(from, to) {
  for (const name of readdirSync(from)) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    if (statSync(source).isDirectory()) {
      vm.FS.mkdir(target);
      copy(source, target);
    } else {
      vm.FS.writeFile(target, readFileSync(source));
    }
  }
}

copy(folder, "");
try {
  vm.runPython(readFileSync(`${folder}/main.py`, "utf8"));
} catch (error) {
  // Without this, node prints the whole of MicroPython before the message.
  console.log(error.message);
  process.exitCode = 1;
}
