const NEWLINE = 10;

export interface LineBlock {
  readonly lines: string[];
  /** Bytes of the lines with their ends: the next block starts right behind them. */
  readonly bytes: number;
}

/**
 * Cuts a stream of bytes into blocks of whole lines of about `blockBytes` each. Text is decoded per block, never per
 * chunk, so a character that a chunk cuts in two survives. A last line without an end counts as a line.
 */
export async function* splitBlocks(chunks: AsyncIterable<Uint8Array>, blockBytes: number): AsyncGenerator<LineBlock> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for await (const chunk of chunks) {
    // A source may hand over a whole file at once.
    for (let start = 0; start < chunk.length; start += blockBytes) {
      const piece = chunk.subarray(start, start + blockBytes);
      pending.push(piece);
      pendingBytes += piece.length;
      if (pendingBytes < blockBytes || !piece.includes(NEWLINE)) continue;
      const joined = Buffer.concat(pending, pendingBytes);
      const end = joined.lastIndexOf(NEWLINE) + 1;
      yield toBlock(joined.subarray(0, end));
      pending = [joined.subarray(end)];
      pendingBytes = joined.length - end;
    }
  }
  if (pendingBytes > 0) yield toBlock(Buffer.concat(pending, pendingBytes));
}

function toBlock(bytes: Buffer): LineBlock {
  const end = bytes[bytes.length - 1] === NEWLINE ? bytes.length - 1 : bytes.length;
  return { lines: bytes.toString("utf8", 0, end).split("\n"), bytes: bytes.length };
}
