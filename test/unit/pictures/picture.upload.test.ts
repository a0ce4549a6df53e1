// Base64 of uploaded pictures.
import { decodeBase64 } from '../../../src/pictures/picture.upload.js';

describe('base64 of a picture', () => {
  it('may have line breaks', () => {
    const text = Buffer.from('a picture of some length, in lines').toString('base64').replace(/.{20}/g, '$&\n');
    expect(Buffer.from(decodeBase64(text)).toString()).toBe('a picture of some length, in lines');
  });

  it('is refused at once when it is mostly blanks', () => {
    const started = performance.now();
    expect(() => decodeBase64('A '.repeat(6_000_000))).toThrow('not base64');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
