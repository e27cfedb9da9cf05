import type Hls from 'hls.js/light';
import { useEffect, useRef, useState } from 'preact/hooks';

const retryMs = 1_500;

interface Props {
  src: string;
  title: string;
}

/** Plays `src` into `video` and tries again for as long as it fails. Answers what takes it down. */
function play(video: HTMLVideoElement, src: string, say: (problem: string) => void): () => void {
  let hls: Hls | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  const again = (problem: string) => {
    if (ended) return;
    say(problem);
    hls?.destroy();
    hls = undefined;
    clearTimeout(timer);
    timer = setTimeout(() => void start(), retryMs);
  };
  const startNative = () => {
    video.src = src;
    video.addEventListener('error', () => again('The picture is not there yet. Trying again…'), {
      once: true,
    });
  };
  const start = async () => {
    const { default: Player } = await import('hls.js/light');
    if (ended) return;
    if (!Player.isSupported()) {
      if (video.canPlayType('application/vnd.apple.mpegurl')) startNative();
      else say('This browser cannot play live video.');
      return;
    }
    const player = new Player({
      lowLatencyMode: true,
      maxLiveSyncPlaybackRate: 1.5, // a player that fell behind on a busy machine catches up
      backBufferLength: 30,
      enableWorker: false,
    });
    hls = player;
    let recovered = false;
    player.on(Player.Events.ERROR, (_, { fatal, type }) => {
      if (!fatal) return;
      if (type === Player.ErrorTypes.MEDIA_ERROR && !recovered) {
        recovered = true;
        player.recoverMediaError();
        return;
      }
      again('The picture is not there yet. Trying again…');
    });
    player.on(Player.Events.MANIFEST_PARSED, () => void video.play().catch(() => undefined));
    player.loadSource(src);
    player.attachMedia(video);
  };
  const playing = () => say('');
  video.addEventListener('playing', playing);
  start().catch(() => again('The player could not be loaded. Trying again…'));
  return () => {
    ended = true;
    clearTimeout(timer);
    hls?.destroy();
    video.removeEventListener('playing', playing);
    video.removeAttribute('src');
  };
}

/** A live picture: hls.js where it works, the browser's own HLS elsewhere. */
export function HlsPlayer({ src, title }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    if (!video.current) return undefined;
    return play(video.current, src, setProblem);
  }, [src]);
  return (
    <>
      <video
        ref={video}
        controls
        muted
        autoPlay
        playsInline
        aria-label={`Live picture of ${title}`}
        data-testid="player-video"
      />
      {problem && (
        <div class="cover" role="status" data-testid="player-problem">
          {problem}
        </div>
      )}
    </>
  );
}
