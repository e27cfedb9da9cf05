import { useRef, useState } from 'preact/hooks';
import { thumbnailUrl, type ThumbnailPage } from '../api/images';
import type { StreamImage } from '../api/types';
import { Icon } from './icon';
import { Lightbox } from './lightbox';
import { visibilityWords } from './visibility';

const columns = 3;

interface Props {
  images: StreamImage[];
  page: ThumbnailPage;
  /** Whether the person may delete images and change who sees them. */
  editable: boolean;
  onChanged: () => void;
}

function describe(image: StreamImage, at: number, count: number): string {
  const seen = visibilityWords[image.visibility] ?? image.visibility;
  return `Image ${at + 1} of ${count}, ${image.width} by ${image.height}, ${image.format}, ${seen}`;
}

/** Where a key leads in the grid, or undefined when it is not for the grid. */
function target(key: string, at: number, count: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined || to < 0 || to >= count ? undefined : to;
}

function Thumbnail({ src }: { src: string }) {
  const [missing, setMissing] = useState('');
  if (missing === src) return <Icon name="image" />;
  return (
    <img src={src} alt="" loading="lazy" width={200} height={200} onError={() => setMissing(src)} />
  );
}

/** Three columns of thumbnails: one stop for the Tab key, arrows inside, Enter to look closer. */
export function Gallery({ images, page, editable, onChanged }: Props) {
  const [current, setCurrent] = useState(0);
  const [openId, setOpenId] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const stop = Math.min(current, images.length - 1);
  const open = images.findIndex(({ image_id: id }) => id === openId);

  const pressed = (event: KeyboardEvent) => {
    const to = target(event.key, stop, images.length);
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(to);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <>
      <ul class="gallery plain" ref={list} onKeyDown={pressed} data-testid="gallery">
        {images.map((image, at) => (
          <li key={image.image_id}>
            <button
              type="button"
              tabIndex={at === stop ? 0 : -1}
              aria-label={describe(image, at, images.length)}
              data-testid="gallery-item"
              data-image-id={image.image_id}
              onFocus={() => setCurrent(at)}
              onClick={() => setOpenId(image.image_id)}
            >
              <Thumbnail src={thumbnailUrl(image, page)} />
              {image.visibility !== 'public' && (
                <span class="badge" title={visibilityWords[image.visibility]}>
                  <Icon name={image.visibility === 'private' ? 'lock' : 'peers'} />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {open >= 0 && (
        <Lightbox
          images={images}
          at={open}
          editable={editable}
          onMove={(to) => setOpenId(images[to]?.image_id)}
          onClose={() => setOpenId(undefined)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}
