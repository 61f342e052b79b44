/** Which part of a picture a square shows: its centre in the picture's pixels, and how many of them fit into the square. */
export interface Crop {
  x: number;
  y: number;
  side: number;
}

export const centred = (width: number, height: number): Crop => ({ x: width / 2, y: height / 2, side: Math.min(width, height) });

/** The crop moved and zoomed so that the square never leaves the picture. `zoom` is 1 for the largest square. */
export function cropped(width: number, height: number, zoom: number, x: number, y: number): Crop {
  const side = Math.min(width, height) / zoom;
  return { side, x: Math.min(width - side / 2, Math.max(side / 2, x)), y: Math.min(height - side / 2, Math.max(side / 2, y)) };
}

export function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, { x, y, side }: Crop): void {
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, x - side / 2, y - side / 2, side, side, 0, 0, canvas.width, canvas.height);
}

/** The square as a file that the server takes: WebP, or JPEG where the browser cannot write it. */
export async function toFile(picture: ImageBitmap, crop: Crop, maxBytes: number): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 512, height: 512 });
  draw(canvas, picture, crop);
  for (const [type, quality] of [['image/webp', 0.9], ['image/jpeg', 0.85], ['image/jpeg', 0.6]] as const) {
    const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
    if (file && file.type === type && file.size <= maxBytes) return file;
  }
  throw new Error('The picture cannot be written.');
}
