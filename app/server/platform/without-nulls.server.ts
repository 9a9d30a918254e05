import { Transform } from "node:stream";

/**
 * Takes the NUL bytes out of a page. React 18 sends its buffer of 2 kB whole even when the next character of several
 * bytes no longer fitted, so that Chinese pages carry up to two NULs at such a place, shown as U+FFFD
 * (https://github.com/facebook/react/issues/24985, mended in React 19). No text of ours holds a NUL.
 */
export function withoutNulls(): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });
}
