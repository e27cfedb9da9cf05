import { useEffect, useRef } from 'preact/hooks';
import { deleteImage, showImageTo } from '../api/images';
import type { StreamImage, Visibility } from '../api/types';
import { attempt } from '../state/messages';
import { bytes, moment, plural } from '../text/format';
import { ConfirmButton } from './confirm_button';
import { Icon } from './icon';
import { VisibilitySelect } from './visibility';

interface Props {
  images: StreamImage[];
  at: number;
  editable: boolean;
  onMove: (to: number) => void;
  onClose: () => void;
  onChanged: () => void;
}

function Controls({ image, onChanged }: { image: StreamImage; onChanged: () => void }) {
  const show = async (visibility: Visibility) => {
    await attempt(() => showImageTo(image.image_id, visibility), 'Visibility changed.');
    onChanged();
  };
  const remove = async () => {
    await attempt(() => deleteImage(image.image_id), 'Image deleted.');
    onChanged();
  };
  return (
    <>
      <label class="unseen" for="image-visibility">
        Who sees this image
      </label>
      <VisibilitySelect
        id="image-visibility"
        value={image.visibility}
        onChange={(visibility) => void show(visibility)}
      />
      <ConfirmButton
        icon="trash"
        label="Delete"
        question="Delete this image?"
        detail="It disappears from every node. This cannot be taken back."
        testid="image-delete"
        onConfirm={() => void remove()}
      />
    </>
  );
}

/** One image over the whole window; the arrow keys go on, Escape goes back. */
export function Lightbox({ images, at, editable, onMove, onClose, onChanged }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const cross = useRef<HTMLButtonElement>(null);
  const image = images[at];
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // Not on the list of who sees the image: arrow keys would change it.
    cross.current?.focus();
    // Closing gives the focus back to where it was.
    return () => dialog?.close();
  }, []);
  if (!image) return null;
  const pressed = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLSelectElement) return;
    if (event.key === 'ArrowLeft' && at > 0) onMove(at - 1);
    if (event.key === 'ArrowRight' && at < images.length - 1) onMove(at + 1);
  };
  const size = `${image.width} × ${image.height} ${image.format.toUpperCase()}`;
  return (
    <dialog
      ref={element}
      class="lightbox"
      aria-label={`Image ${at + 1} of ${images.length}`}
      data-theme="dark"
      data-testid="lightbox"
      onKeyDown={pressed}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="bar">
        <span class="number">
          {at + 1} / {images.length}
        </span>
        <span class="grow" />
        {editable && <Controls image={image} onChanged={onChanged} />}
        <button
          ref={cross}
          type="button"
          class="button icon"
          aria-label="Close"
          data-testid="lightbox-close"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="frame">
        <img
          key={image.image_id}
          src={image.url}
          alt={`${size}, full size`}
          data-testid="lightbox-image"
        />
        <button
          type="button"
          class="button icon step before"
          aria-label="Previous image"
          disabled={at === 0}
          onClick={() => onMove(at - 1)}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          class="button icon step after"
          aria-label="Next image"
          disabled={at === images.length - 1}
          onClick={() => onMove(at + 1)}
        >
          <Icon name="forward" />
        </button>
      </div>
      <div class="bar small">
        <span>{size}</span>
        <span>{bytes(image.size)}</span>
        {image.uploaded_at && <span>{moment(image.uploaded_at)}</span>}
        {image.views !== undefined && <span>{plural(image.views, 'view')}</span>}
      </div>
    </dialog>
  );
}
