// Two pictures side by side, compared by the browser that drew them.

/** Nobody sees a pixel that is off by less (of 255). */
const VISIBLE = 16;

/**
 * How many pixels differ and how many of them visibly, by how much at most, within which box, and
 * a picture of where: what is the same pale, what differs red.
 */
export async function comparePictures(browser, before, after) {
  const page = await browser.newPage();
  const result = await page.evaluate(
    async ([one, other, limit]) => {
      const load = async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        return image;
      };
      const images = [await load(one), await load(other)];
      const width = Math.max(...images.map((image) => image.width));
      const height = Math.max(...images.map((image) => image.height));
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      const ctx = canvas.getContext("2d", { willReadFrequently: true });
      const [a, b] = images.map((image) => {
        ctx.clearRect(0, 0, width, height);
        ctx.drawImage(image, 0, 0);
        return ctx.getImageData(0, 0, width, height);
      });
      let pixels = 0;
      let visible = 0;
      let most = 0;
      const box = [width, height, 0, 0];
      for (let i = 0; i < a.data.length; i += 4) {
        const by = Math.max(...[0, 1, 2, 3].map((k) => Math.abs(a.data[i + k] - b.data[i + k])));
        const same = by === 0;
        if (!same) {
          const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
          box.push(Math.max(x, box[2]), Math.max(y, box[3]));
          box.splice(0, 4, Math.min(x, box[0]), Math.min(y, box[1]));
          most = Math.max(most, by);
          pixels += 1;
          if (by > limit) visible += 1;
        }
        const shade = 200 + (a.data[i] + a.data[i + 1] + a.data[i + 2]) / 14;
        b.data.set(same ? [shade, shade, shade, 255] : [220, 0, 0, 255], i);
      }
      ctx.putImageData(b, 0, 0);
      return {
        pixels,
        visible,
        most,
        box,
        total: width * height,
        url: canvas.toDataURL("image/png"),
      };
    },
    [before.toString("base64"), after.toString("base64"), VISIBLE],
  );
  await page.close();
  const { url, ...difference } = result;
  return { ...difference, picture: Buffer.from(url.slice(url.indexOf(",") + 1), "base64") };
}
