import { useEffect, useRef, useState } from 'preact/hooks';
import { limits, type UserCard } from '@chathub/client';
import { centred, cropped, draw, toFile, type Crop } from '../core/crop.js';
import { useInbox } from '../core/hooks.js';
import { Dialog } from '../ui/basics.js';
import { Avatar } from '../ui/people.js';

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.03;

export function PhotoSettings({ user }: { user: UserCard }) {
  const { t, api, fail, toast } = useInbox();
  const [picture, setPicture] = useState<ImageBitmap>();
  const input = useRef<HTMLInputElement>(null);
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      setPicture(await createImageBitmap(file));
    } catch {
      toast(t.settings.badPhoto);
    }
  };
  return (
    <div class="split">
      <Avatar user={user} size={72} />
      <span class="grow row" style={{ flexWrap: 'wrap' }}>
        <button type="button" class="button small" onClick={() => input.current?.click()}>{t.settings.change}</button>
        {user.avatarUrl && <button type="button" class="button small plain" onClick={() => void api.delete('api/me/avatar').catch(fail)}>{t.settings.removePhoto}</button>}
      </span>
      <input ref={input} type="file" accept="image/*" hidden aria-label={t.settings.photo} onChange={(event) => { void choose(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
      {picture && <CropDialog picture={picture} onClose={() => setPicture(undefined)} />}
    </div>
  );
}

/** The picture is cut here, so that the rest of it never leaves the device. */
function CropDialog({ picture, onClose }: { picture: ImageBitmap; onClose: () => void }) {
  const { t, api, toast, fail } = useInbox();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [zoom, setZoom] = useState(1);
  const [crop, setCrop] = useState<Crop>(centred(picture.width, picture.height));
  const drag = useRef<{ x: number; y: number; crop: Crop } | undefined>(undefined);
  useEffect(() => draw(canvas.current!, picture, crop), [crop]);

  const place = (x: number, y: number, by = zoom): void => setCrop(cropped(picture.width, picture.height, by, x, y));
  const move = (event: PointerEvent): void => {
    if (!drag.current) return;
    const scale = drag.current.crop.side / canvas.current!.clientWidth;
    place(drag.current.crop.x - (event.clientX - drag.current.x) * scale, drag.current.crop.y - (event.clientY - drag.current.y) * scale);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    place(crop.x + arrow[0] * crop.side * STEP, crop.y + arrow[1] * crop.side * STEP);
  };
  const use = async (): Promise<void> => {
    try {
      await api.putBlob('api/me/avatar', await toFile(picture, crop, limits.avatarBytesMax));
      toast(t.app.saved);
      onClose();
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Dialog title={t.settings.cropTitle} onClose={onClose}>
      <div class="crop">
        <canvas
          ref={canvas} width={512} height={512} tabIndex={0} role="img" aria-label={t.settings.cropHint} onKeyDown={onKeyDown}
          onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); drag.current = { x: event.clientX, y: event.clientY, crop }; }}
          onPointerMove={move} onPointerUp={() => { drag.current = undefined; }}
        />
        <span class="muted small">{t.settings.cropHint}</span>
        <label class="row"><span class="small">{t.settings.zoom}</span><input type="range" min={1} max={4} step={0.01} value={zoom} onInput={(event) => { const by = event.currentTarget.valueAsNumber; setZoom(by); place(crop.x, crop.y, by); }} /></label>
      </div>
      <div class="ends"><button type="button" class="button" onClick={onClose}>{t.app.cancel}</button><button type="button" class="button main" onClick={() => void use()}>{t.settings.use}</button></div>
    </Dialog>
  );
}
