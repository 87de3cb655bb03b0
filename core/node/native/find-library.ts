import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** ONNX Runtime's shared library, by the names that it has on Linux, macOS and Windows. */
const libraryName = /^(libonnxruntime\.so|libonnxruntime\..*dylib|onnxruntime\.dll)/

/** In a packed app, shared libraries lie beside the archive. */
const unpacked = (path: string): string => path.replace(/\.asar(?=[\\/])/, '.asar.unpacked')

/** The path of the library in the package `onnxruntime-node`; nothing where that is not installed or has none for this system. */
export function findOnnxLibrary(): string | undefined {
  try {
    const description = createRequire(import.meta.url).resolve('onnxruntime-node/package.json')
    const prebuilt = join(unpacked(dirname(description)), 'bin')
    // One folder for each version of Node's own interface, which does not matter to us.
    return readdirSync(prebuilt)
      .map((version) => join(prebuilt, version, process.platform, process.arch))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
      .find((file) => libraryName.test(basename(file)))
  } catch {
    return undefined
  }
}
